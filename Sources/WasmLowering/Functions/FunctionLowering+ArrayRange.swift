// Instructions on many elements of an array: fill, copy, and what comes from segments.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#aggregate-reference-instructions

import CWasmcABI
import LLVMBridge
import WasmSpec

extension FunctionLowering {
    // MARK: Making arrays

    func lowerArrayNew(_ type: TypeIndex) {
        let length = pop()
        let value = pop()
        let reference = newArray(type, length)
        // Elements are zero or null already.
        if !(value.isConstant && value.isNull) {
            fill(reference, type, context.constI64(0), value, builder.zext(length, context.i64))
        }
        push(reference)
    }

    /// Traps: `outOfBoundsMemoryAccess`.
    func lowerArrayNewData(_ type: TypeIndex, _ data: DataIndex) {
        let count = pop()
        let from = builder.zext(pop(), context.i64)
        let bytes = byteCount(type, count)
        let source = checkedData(data, from, bytes)
        let reference = newArray(type, count)
        copy(to: reference, type, context.constI64(0), from: source, bytes)
        push(reference)
    }

    /// Traps: `outOfBoundsTableAccess`.
    func lowerArrayNewElem(_ type: TypeIndex, _ element: ElementIndex) {
        let count = pop()
        let from = builder.zext(pop(), context.i64)
        let source = checkedElements(element, from, builder.zext(count, context.i64))
        let reference = newArray(type, count)
        copy(to: reference, type, context.constI64(0), from: source, byteCount(type, count))
        push(reference)
    }

    // MARK: Changing arrays

    /// Traps: `nullArrayReference`, `outOfBoundsArrayAccess`.
    func lowerArrayFill(_ type: TypeIndex) {
        let count = builder.zext(pop(), context.i64)
        let value = pop()
        let start = builder.zext(pop(), context.i64)
        let reference = pop()
        checkRange(reference, start, count)
        fill(reference, type, start, value, count)
    }

    /// Traps: `nullArrayReference`, `outOfBoundsArrayAccess`. The ranges may overlap.
    func lowerArrayCopy(_ destination: TypeIndex, _ source: TypeIndex) {
        let elements = pop()
        let count = builder.zext(elements, context.i64)
        let from = builder.zext(pop(), context.i64)
        let sourceArray = pop()
        let to = builder.zext(pop(), context.i64)
        let destinationArray = pop()
        trapIf(builder.isNull(destinationArray), .nullArrayReference)
        trapIf(builder.isNull(sourceArray), .nullArrayReference)
        checkLength(destinationArray, to, count)
        checkLength(sourceArray, from, count)
        builder.memmove(
            elementAddress(destinationArray, destination, to), elementAddress(sourceArray, source, from),
            size: byteCount(destination, elements), isVolatile: owner.isStateExact)
    }

    /// Traps: `nullArrayReference`, `outOfBoundsArrayAccess`, `outOfBoundsMemoryAccess`.
    func lowerArrayInitData(_ type: TypeIndex, _ data: DataIndex) {
        let elements = pop()
        let from = builder.zext(pop(), context.i64)
        let to = builder.zext(pop(), context.i64)
        let reference = pop()
        checkRange(reference, to, builder.zext(elements, context.i64))
        let bytes = byteCount(type, elements)
        copy(to: reference, type, to, from: checkedData(data, from, bytes), bytes)
    }

    /// Traps: `nullArrayReference`, `outOfBoundsArrayAccess`, `outOfBoundsTableAccess`.
    func lowerArrayInitElem(_ type: TypeIndex, _ element: ElementIndex) {
        let elements = pop()
        let count = builder.zext(elements, context.i64)
        let from = builder.zext(pop(), context.i64)
        let to = builder.zext(pop(), context.i64)
        let reference = pop()
        checkRange(reference, to, count)
        let source = checkedElements(element, from, count)
        copy(to: reference, type, to, from: source, byteCount(type, elements))
    }

    // MARK: Pieces

    /// The bytes of so many elements (i32), as i64.
    private func byteCount(_ type: TypeIndex, _ elements: IRValue) -> IRValue {
        let size = context.constI64(UInt64(layout(type).sizeBytes))
        return builder.mul(builder.zext(elements, context.i64), size, flags: [.nuw, .nsw])
    }

    private func checkRange(_ reference: IRValue, _ start: IRValue, _ count: IRValue) {
        trapIf(builder.isNull(reference), .nullArrayReference)
        checkLength(reference, start, count)
    }

    /// Traps unless start + count <= length. All are 32 bits wide: the sum does not wrap in 64.
    private func checkLength(_ reference: IRValue, _ start: IRValue, _ count: IRValue) {
        let length = builder.zext(loadLength(reference), context.i64)
        trapIf(
            builder.icmp(.ugt, builder.add(start, count, flags: [.nuw, .nsw]), length), .outOfBoundsArrayAccess)
    }

    /// The address of bytes of a data segment. Nothing wraps: the first is below 2^32, their number below 2^36.
    private func checkedData(_ data: DataIndex, _ from: IRValue, _ bytes: IRValue) -> IRValue {
        let segment = owner.storage.dataSegment(instance.number, data)
        let size = builder.loadField(segment, \wasmc_data_instance.size_bytes, name: "data.size")
        trapIf(
            builder.icmp(.ugt, builder.add(from, bytes, flags: [.nuw, .nsw]), size), .outOfBoundsMemoryAccess)
        let start = builder.loadField(segment, \wasmc_data_instance.bytes, name: "data.bytes")
        return builder.gep(start, offset: from)
    }

    /// The address of references of an element segment.
    private func checkedElements(_ element: ElementIndex, _ from: IRValue, _ count: IRValue) -> IRValue {
        let segment = owner.storage.elementSegment(instance.number, element)
        let size = builder.loadField(segment, \wasmc_elem_instance.size, name: "elem.size")
        trapIf(
            builder.icmp(.ugt, builder.add(from, count, flags: [.nuw, .nsw]), size), .outOfBoundsTableAccess)
        let start = builder.loadField(segment, \wasmc_elem_instance.elements, name: "elem.elements")
        return builder.gep(types.reference, start, [from])
    }

    private func copy(
        to reference: IRValue, _ type: TypeIndex, _ start: IRValue, from source: IRValue, _ bytes: IRValue
    ) {
        builder.memcpy(
            elementAddress(reference, type, start), source, size: bytes, isVolatile: owner.isStateExact)
    }

    /// Gives elements that exist a value.
    private func fill(
        _ reference: IRValue, _ type: TypeIndex, _ start: IRValue, _ value: IRValue, _ count: IRValue
    ) {
        let address = elementAddress(reference, type, start)
        let bytes = layout(type).sizeBytes
        if bytes == 1 {
            builder.memset(
                address, builder.trunc(value, context.i8), size: count, isVolatile: owner.isStateExact)
            return
        }
        let (low, high) = words(value)
        builder.call(
            owner.builtin(.wasmc_gc_fill), [address, count, low, high, context.constI32(bytes)])
    }

    /// A value as one or two integers of 64 bits.
    private func words(_ value: IRValue) -> (low: IRValue, high: IRValue) {
        let zero = context.constI64(0)
        let type = value.type
        if type == types.v128 {
            return (builder.extractElement(value, lane: 0), builder.extractElement(value, lane: 1))
        }
        if type == context.f64 { return (builder.bitCast(value, context.i64), zero) }
        let bits = type == context.f32 ? builder.bitCast(value, context.i32) : value
        return (builder.zextOrTrunc(bits, context.i64), zero)
    }
}

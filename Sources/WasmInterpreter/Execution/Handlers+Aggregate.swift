// Handlers of structures and arrays.
//
// Accesses to fields and elements have narrow slots. The other instructions find their operands side by side, where
// their result goes too; the run's end is the first slot that nothing alive is in.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#aggregate-instructions

import Glibc
import WasmInstructionTable
import WasmSpec

// MARK: Fields and elements

extension Machine {
    /// Calls `body` with the field of the structure in slot `reference`; the word is its offset.
    @inline(__always)
    fileprivate func field(_ reference: NarrowSlot, _ body: (UnsafeMutablePointer<UInt64>) -> Void) {
        let reference = value(in: reference)
        if reference == ReferenceBits.null { return trap(.nullStructureReference) }
        let offset = read(Layout.SlotsAndWord.self).word
        let field = HeapObject(reference).body + Int(truncatingIfNeeded: offset)
        body(field.assumingMemoryBound(to: UInt64.self))
    }

    /// Calls `body` with the element of the array in slot `reference` whose index is in slot `index`.
    @inline(__always)
    fileprivate func element<Element>(
        _ reference: NarrowSlot, _ index: NarrowSlot, _ type: Element.Type,
        _ body: (UnsafeMutablePointer<Element>) -> Void
    ) {
        let reference = value(in: reference)
        if reference == ReferenceBits.null { return trap(.nullArrayReference) }
        let array = HeapObject(reference)
        let index = value(in: index)
        if index >= array.info { return trap(.outOfBoundsArrayAccess) }
        body(array.body.assumingMemoryBound(to: type) + Int(truncatingIfNeeded: index))
    }
}

@inline(__always)
private func structGet(_ machine: Machine, _ unpack: (UInt64) -> UInt64) {
    machine.field(machine.slots.second) { field in
        machine.setValue(in: machine.slots.first, unpack(field.pointee))
        machine.next(behind: Layout.SlotsAndWord.self)
    }
}

@inline(__always)
private func arrayGet<Element>(_ machine: Machine, _ type: Element.Type, _ unpack: (Element) -> UInt64) {
    machine.element(machine.slots.second, machine.slots.third, type) { element in
        machine.setValue(in: machine.slots.first, unpack(element.pointee))
        machine.next(behind: Layout.Slots.self)
    }
}

@inline(__always)
private func arraySet<Element: FixedWidthInteger>(_ machine: Machine, _ type: Element.Type) {
    machine.element(machine.slots.first, machine.slots.second, type) { element in
        element.pointee = Element(truncatingIfNeeded: machine.value(in: machine.slots.third))
        machine.next(behind: Layout.Slots.self)
    }
}

/// `result, reference`, then the field's offset in bytes. Packed fields hold more bits than count.
enum StructGetHandlers {
    static var plain: Handler { { structGet(Machine($0, $1, $2, $3, $4)) { $0 } } }
    static var signed8: Handler {
        { structGet(Machine($0, $1, $2, $3, $4)) { UInt64(i32: Int32(Int8(truncatingIfNeeded: $0))) } }
    }
    static var unsigned8: Handler { { structGet(Machine($0, $1, $2, $3, $4)) { $0 & 0xFF } } }
    static var signed16: Handler {
        { structGet(Machine($0, $1, $2, $3, $4)) { UInt64(i32: Int32(Int16(truncatingIfNeeded: $0))) } }
    }
    static var unsigned16: Handler { { structGet(Machine($0, $1, $2, $3, $4)) { $0 & 0xFFFF } } }
    static var wide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.field(machine.slots.second) { field in
                machine.setVector(in: machine.slots.first, machine.vector(at: field))
                machine.next(behind: Layout.SlotsAndWord.self)
            }
        }
    }
}

/// `reference, value`, then the field's offset in bytes.
enum StructSetHandlers {
    static var plain: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.field(machine.slots.first) { field in
                field.pointee = machine.value(in: machine.slots.second)
                machine.next(behind: Layout.SlotsAndWord.self)
            }
        }
    }

    static var wide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.field(machine.slots.first) { field in
                let value = machine.vector(in: machine.slots.second)
                field[0] = value.low
                field[1] = value.high
                machine.next(behind: Layout.SlotsAndWord.self)
            }
        }
    }
}

/// `result, reference, index`.
enum ArrayGetHandlers {
    static var signed8: Handler { { arrayGet(Machine($0, $1, $2, $3, $4), Int8.self) { UInt64(i32: Int32($0)) } } }
    static var unsigned8: Handler { { arrayGet(Machine($0, $1, $2, $3, $4), UInt8.self) { UInt64($0) } } }
    static var signed16: Handler { { arrayGet(Machine($0, $1, $2, $3, $4), Int16.self) { UInt64(i32: Int32($0)) } } }
    static var unsigned16: Handler { { arrayGet(Machine($0, $1, $2, $3, $4), UInt16.self) { UInt64($0) } } }
    static var bits32: Handler { { arrayGet(Machine($0, $1, $2, $3, $4), UInt32.self) { UInt64($0) } } }
    static var bits64: Handler { { arrayGet(Machine($0, $1, $2, $3, $4), UInt64.self) { $0 } } }
    static var wide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.element(machine.slots.second, machine.slots.third, V128.self) { element in
                machine.setVector(in: machine.slots.first, element.pointee)
                machine.next(behind: Layout.Slots.self)
            }
        }
    }
}

/// `reference, index, value`.
enum ArraySetHandlers {
    static var bits8: Handler { { arraySet(Machine($0, $1, $2, $3, $4), UInt8.self) } }
    static var bits16: Handler { { arraySet(Machine($0, $1, $2, $3, $4), UInt16.self) } }
    static var bits32: Handler { { arraySet(Machine($0, $1, $2, $3, $4), UInt32.self) } }
    static var bits64: Handler { { arraySet(Machine($0, $1, $2, $3, $4), UInt64.self) } }
    static var wide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.element(machine.slots.first, machine.slots.second, V128.self) { element in
                element.pointee = machine.vector(in: machine.slots.third)
                machine.next(behind: Layout.Slots.self)
            }
        }
    }
}

// MARK: Whole objects

enum AggregateHandlers {
    /// The fields' values are the operands.
    static var structNew: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.Aggregate.self, makeStructure) } }
    static var structNewDefault: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.Aggregate.self, makeDefaultStructure) }
    }
    static var arrayNew: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.Aggregate.self, makeArray) } }
    static var arrayNewDefault: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.Aggregate.self, makeDefaultArray) }
    }
    static var arrayNewFixed: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.FixedArray.self, makeFixedArray) } }
    static var arrayNewData: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.AggregateFrom<DataRecord>.self, makeArrayOfData) }
    }
    static var arrayNewElem: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.AggregateFrom<ElementRecord>.self, makeArrayOfElements) }
    }
    static var arrayFill: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.Aggregate.self, fillArray) } }
    /// The type is the destination's.
    static var arrayCopy: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.Aggregate.self, copyArray) } }
    static var arrayInitData: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.AggregateFrom<DataRecord>.self, initializeArrayFromData) }
    }
    static var arrayInitElem: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.AggregateFrom<ElementRecord>.self, initializeArrayFromElements) }
    }

    /// `result, reference`.
    static var arrayLen: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let reference = machine.value(in: machine.slots.second)
            if reference == ReferenceBits.null { return machine.trap(.nullArrayReference) }
            machine.setValue(in: machine.slots.first, HeapObject(reference).info)
            machine.next(behind: Layout.Slots.self)
        }
    }
}

extension Machine {
    fileprivate var operands: UnsafeMutablePointer<UInt64> { place(read(Layout.Aggregate.self).operands.start) }

    fileprivate var type: UnsafeMutablePointer<RuntimeType> { read(Layout.Aggregate.self).type }

    fileprivate func makeObject(bytes: Int, info: UInt64) throws(TrapKind) -> HeapObject {
        let store = context.pointee.store.takeUnretainedValue()
        return try store.makeObject(
            type, bytes: bytes, info: info, frameTop: place(read(Layout.Aggregate.self).operands.end))
    }

    /// A new array with zeroed elements.
    fileprivate func makeArray(count: UInt64) throws(TrapKind) -> HeapObject {
        try makeObject(bytes: Int(truncatingIfNeeded: count) * Int(type.pointee.layout.bytes), info: count)
    }

    fileprivate func array(_ index: Int) throws(TrapKind) -> HeapObject {
        if operands[index] == ReferenceBits.null { throw .nullArrayReference }
        return HeapObject(operands[index])
    }
}

extension HeapObject {
    /// The address of `count` elements of `bytes` bytes each from `index`.
    ///
    /// Traps: `outOfBoundsArrayAccess`.
    fileprivate func range(_ index: UInt64, _ count: UInt64, bytes: UInt32) throws(TrapKind) -> UnsafeMutableRawPointer
    {
        // Both are 32-bit numbers.
        if index + count > info { throw .outOfBoundsArrayAccess }
        return body + Int(truncatingIfNeeded: index) * Int(bytes)
    }
}

/// Sets `count` elements of `bytes` bytes each to the value in `slot`.
private func fill(
    _ elements: UnsafeMutableRawPointer, _ count: UInt64, bytes: UInt32, _ slot: UnsafeMutablePointer<UInt64>
) {
    let count = Int(truncatingIfNeeded: count)
    switch bytes {
    case 1: memset(elements, Int32(UInt8(truncatingIfNeeded: slot[0])), count)
    case 2:
        elements.assumingMemoryBound(to: UInt16.self)
            .update(repeating: UInt16(truncatingIfNeeded: slot[0]), count: count)
    case 4:
        elements.assumingMemoryBound(to: UInt32.self)
            .update(repeating: UInt32(truncatingIfNeeded: slot[0]), count: count)
    case 8: elements.assumingMemoryBound(to: UInt64.self).update(repeating: slot[0], count: count)
    default:
        elements.assumingMemoryBound(to: V128.self)
            .update(repeating: V128(low: slot[0], high: slot[1]), count: count)
    }
}

@inline(never)
private func makeStructure(_ machine: Machine) throws(TrapKind) {
    let bytes = Int(machine.type.pointee.layout.bytes)
    let object = try machine.makeObject(bytes: bytes, info: 0)
    // Fields lie in the heap as the operands lie in the frame.
    memcpy(object.body, machine.operands, bytes)
    machine.operands[0] = object.bits
}

@inline(never)
private func makeDefaultStructure(_ machine: Machine) throws(TrapKind) {
    machine.operands[0] = try machine.makeObject(bytes: Int(machine.type.pointee.layout.bytes), info: 0).bits
}

@inline(never)
private func makeArray(_ machine: Machine) throws(TrapKind) {
    let bytes = machine.type.pointee.layout.bytes
    let count = machine.operands[bytes == 16 ? 2 : 1]
    let object = try machine.makeArray(count: count)
    fill(object.body, count, bytes: bytes, machine.operands)
    machine.operands[0] = object.bits
}

@inline(never)
private func makeDefaultArray(_ machine: Machine) throws(TrapKind) {
    machine.operands[0] = try machine.makeArray(count: machine.operands[0]).bits
}

@inline(never)
private func makeFixedArray(_ machine: Machine) throws(TrapKind) {
    let count = Int(machine.read(Layout.FixedArray.self).count)
    let object = try machine.makeArray(count: UInt64(count))
    let bytes = machine.type.pointee.layout.bytes
    for index in 0..<count {
        fill(
            object.body + index * Int(bytes), 1, bytes: bytes, machine.operands + (bytes == 16 ? 2 * index : index))
    }
    machine.operands[0] = object.bits
}

@inline(never)
private func makeArrayOfData(_ machine: Machine) throws(TrapKind) {
    let bytes = UInt64(machine.type.pointee.layout.bytes)
    let count = machine.operands[1]
    let source = try machine.read(Layout.AggregateFrom<DataRecord>.self).segment.pointee.range(
        machine.operands[0], count * bytes)
    let object = try machine.makeArray(count: count)
    memcpy(object.body, source, Int(truncatingIfNeeded: count * bytes))
    machine.operands[0] = object.bits
}

@inline(never)
private func makeArrayOfElements(_ machine: Machine) throws(TrapKind) {
    let count = machine.operands[1]
    let source = try machine.read(Layout.AggregateFrom<ElementRecord>.self).segment.pointee.range(
        machine.operands[0], count)
    let object = try machine.makeArray(count: count)
    memcpy(object.body, source, Int(truncatingIfNeeded: count) * 8)
    machine.operands[0] = object.bits
}

/// Array, index, value, count.
@inline(never)
private func fillArray(_ machine: Machine) throws(TrapKind) {
    let bytes = machine.type.pointee.layout.bytes
    let array = try machine.array(0)
    let count = machine.operands[bytes == 16 ? 4 : 3]
    fill(try array.range(machine.operands[1], count, bytes: bytes), count, bytes: bytes, machine.operands + 2)
}

/// Destination, index, source, index, count.
@inline(never)
private func copyArray(_ machine: Machine) throws(TrapKind) {
    let bytes = machine.type.pointee.layout.bytes
    let destination = try machine.array(0), source = try machine.array(2)
    let count = machine.operands[4]
    let target = try destination.range(machine.operands[1], count, bytes: bytes)
    let origin = try source.range(machine.operands[3], count, bytes: bytes)
    memmove(target, origin, Int(truncatingIfNeeded: count) * Int(bytes))
}

/// Array, index, offset in the segment, count.
@inline(never)
private func initializeArrayFromData(_ machine: Machine) throws(TrapKind) {
    let bytes = machine.type.pointee.layout.bytes
    let array = try machine.array(0)
    let count = machine.operands[3]
    let target = try array.range(machine.operands[1], count, bytes: bytes)
    let segment = machine.read(Layout.AggregateFrom<DataRecord>.self).segment
    let source = try segment.pointee.range(machine.operands[2], count * UInt64(bytes))
    memcpy(target, source, Int(truncatingIfNeeded: count) * Int(bytes))
}

@inline(never)
private func initializeArrayFromElements(_ machine: Machine) throws(TrapKind) {
    let array = try machine.array(0)
    let count = machine.operands[3]
    let target = try array.range(machine.operands[1], count, bytes: 8)
    let source = try machine.read(Layout.AggregateFrom<ElementRecord>.self).segment.pointee.range(
        machine.operands[2], count)
    memcpy(target, source, Int(truncatingIfNeeded: count) * 8)
}

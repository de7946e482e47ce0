// Structures and arrays, one object at a time. Allocation is the runtime's; objects come cleared from it.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#aggregate-reference-instructions

import CWasmcABI
import LLVMBridge
import WasmInstructionTable
import WasmSpec

extension FunctionLowering {
    // MARK: Structures

    /// Traps: `gcHeapExhausted`.
    private func newStruct(_ type: TypeIndex) -> IRValue {
        let number = context.constI32(instance.typeID(type))
        return located { builder.call(owner.builtin(.wasmc_gc_new_struct), [number, moduleOffset]) }
    }

    func lowerStructNew(_ type: TypeIndex) {
        let fields = fieldTypes(type)
        let values = pop(fields.count)
        let reference = newStruct(type)
        for (index, (field, value)) in zip(fields, values).enumerated() {
            storeStored(
                value, field.storage, fieldAddress(reference, type, index),
                .field(index, HeapStorage(field.storage)))
        }
        push(reference)
    }

    func lowerStructNewDefault(_ type: TypeIndex) { push(newStruct(type)) }

    /// Traps: `nullStructureReference`.
    func lowerStructGet(_ operation: StructGetOperation, _ type: TypeIndex, _ field: FieldIndex) {
        let reference = pop()
        trapIf(builder.isNull(reference), .nullStructureReference)
        let storage = fieldTypes(type)[field.position].storage
        push(
            loadStored(
                storage, fieldAddress(reference, type, field.position), .field(field.position, HeapStorage(storage)),
                isSigned: operation == .structGetS))
    }

    /// Traps: `nullStructureReference`.
    func lowerStructSet(_ type: TypeIndex, _ field: FieldIndex) {
        let value = pop()
        let reference = pop()
        trapIf(builder.isNull(reference), .nullStructureReference)
        let storage = fieldTypes(type)[field.position].storage
        storeStored(
            value, storage, fieldAddress(reference, type, field.position),
            .field(field.position, HeapStorage(storage)))
    }

    // MARK: Arrays

    func elementStorage(_ type: TypeIndex) -> StorageType { fieldTypes(type)[0].storage }

    /// Traps: `gcHeapExhausted`.
    func newArray(_ type: TypeIndex, _ length: IRValue) -> IRValue {
        let number = context.constI32(instance.typeID(type))
        return located { builder.call(owner.builtin(.wasmc_gc_new_array), [number, length, moduleOffset]) }
    }

    func lowerArrayNewDefault(_ type: TypeIndex) { push(newArray(type, pop())) }

    func lowerArrayNewFixed(_ type: TypeIndex, _ count: UInt32) {
        let values = pop(Int(count))
        let reference = newArray(type, context.constI32(count))
        let storage = elementStorage(type)
        for (index, value) in values.enumerated() {
            storeStored(
                value, storage, elementAddress(reference, type, context.constI64(UInt64(index))),
                .element(HeapStorage(storage)))
        }
        push(reference)
    }

    /// The address of an element.
    ///
    /// Traps: `nullArrayReference`, `outOfBoundsArrayAccess`.
    private func checkedElement(_ reference: IRValue, _ type: TypeIndex, _ index: IRValue) -> IRValue {
        trapIf(builder.isNull(reference), .nullArrayReference)
        trapIf(builder.icmp(.uge, index, loadLength(reference)), .outOfBoundsArrayAccess)
        return elementAddress(reference, type, builder.zext(index, context.i64))
    }

    func lowerArrayGet(_ operation: ArrayGetOperation, _ type: TypeIndex) {
        let index = pop()
        let address = checkedElement(pop(), type, index)
        let storage = elementStorage(type)
        push(loadStored(storage, address, .element(HeapStorage(storage)), isSigned: operation == .arrayGetS))
    }

    func lowerArraySet(_ type: TypeIndex) {
        let value = pop()
        let index = pop()
        let address = checkedElement(pop(), type, index)
        let storage = elementStorage(type)
        storeStored(value, storage, address, .element(HeapStorage(storage)))
    }

    /// Traps: `nullArrayReference`.
    func lowerArrayLen() {
        let reference = pop()
        trapIf(builder.isNull(reference), .nullArrayReference)
        push(loadLength(reference))
    }
}

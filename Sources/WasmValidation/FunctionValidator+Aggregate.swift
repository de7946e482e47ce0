// Structures, arrays, i31 and conversions between hierarchies.
// Spec: https://webassembly.github.io/spec/core/valid/instructions.html#aggregate-reference-instructions

import Diagnostics
import WasmSpec

extension FunctionValidator {
    // MARK: Structures

    mutating func visitStructNew(_ index: TypeIndex) throws(Diagnostic) {
        let type = try context.structureType(index)
        var position = Int(type.count)
        while position > 0 {
            position -= 1
            try popOperand(expecting: context.fields[Int(type.start) + position].type)
        }
        pushOperand(StackType(isNullable: false, index))
    }

    mutating func visitStructNewDefault(_ index: TypeIndex) throws(Diagnostic) {
        let type = try context.structureType(index)
        for position in 0..<Int(type.count) { try checkDefaultable(context.fields[Int(type.start) + position]) }
        pushOperand(StackType(isNullable: false, index))
    }

    mutating func visitStructGet(
        _ operation: StructGetOperation, _ index: TypeIndex, _ fieldIndex: FieldIndex
    ) throws(Diagnostic) {
        let field = try field(index, fieldIndex)
        switch operation {
        case .structGet: try checkPacking(field, isExtending: false)
        case .structGetS, .structGetU: try checkPacking(field, isExtending: true)
        }
        try popOperand(expecting: StackType(isNullable: true, index))
        pushOperand(field.type)
    }

    mutating func visitStructSet(_ index: TypeIndex, _ fieldIndex: FieldIndex) throws(Diagnostic) {
        let field = try field(index, fieldIndex)
        guard field.isMutable else { throw Diagnostic(.invalid, "immutable field", "field \(fieldIndex)") }
        try popOperand(expecting: field.type)
        try popOperand(expecting: StackType(isNullable: true, index))
    }

    private func field(_ index: TypeIndex, _ field: FieldIndex) throws(Diagnostic) -> FieldRecord {
        let type = try context.structureType(index)
        guard field.rawValue < type.count else { throw context.unknown("field", field) }
        return context.fields[Int(type.start) + field.position]
    }

    private func checkDefaultable(_ field: FieldRecord) throws(Diagnostic) {
        guard field.type.isDefaultable else {
            throw Diagnostic(.invalid, "field type is not defaultable", "\(field.type)")
        }
    }

    /// Packed fields are read with a sign or zero extension, all others without.
    private func checkPacking(_ field: FieldRecord, isExtending: Bool) throws(Diagnostic) {
        guard field.storage.isPacked == isExtending else {
            throw Diagnostic(.invalid, isExtending ? "field is unpacked" : "field is packed", "\(field.storage)")
        }
    }

    // MARK: Arrays

    mutating func visitArrayNew(_ index: TypeIndex) throws(Diagnostic) {
        let element = try context.arrayType(index)
        try popOperand(expecting: .i32)
        try popOperand(expecting: element.type)
        pushOperand(StackType(isNullable: false, index))
    }

    mutating func visitArrayNewDefault(_ index: TypeIndex) throws(Diagnostic) {
        try checkDefaultable(try context.arrayType(index))
        try popOperand(expecting: .i32)
        pushOperand(StackType(isNullable: false, index))
    }

    mutating func visitArrayNewFixed(_ index: TypeIndex, _ count: UInt32) throws(Diagnostic) {
        let element = try context.arrayType(index)
        // Unreachable code has as many operands as one likes: those that are there are looked at, whatever `count` is.
        let available = operandStack.count - frameHeight
        guard isUnreachable || Int(count) <= available else {
            throw Diagnostic(
                .invalid, "type mismatch",
                "instruction requires \(count) of \(element.type) but stack has \(available) values")
        }
        for _ in 0..<min(Int(count), available) { try popOperand(expecting: element.type) }
        pushOperand(StackType(isNullable: false, index))
    }

    mutating func visitArrayNewData(_ index: TypeIndex, _ data: DataIndex) throws(Diagnostic) {
        try checkBytes(try context.arrayType(index))
        try context.checkData(data)
        try popOperand(expecting: .i32)
        try popOperand(expecting: .i32)
        pushOperand(StackType(isNullable: false, index))
    }

    mutating func visitArrayNewElem(_ index: TypeIndex, _ element: ElementIndex) throws(Diagnostic) {
        try checkElements(try context.element(element), in: try context.arrayType(index))
        try popOperand(expecting: .i32)
        try popOperand(expecting: .i32)
        pushOperand(StackType(isNullable: false, index))
    }

    mutating func visitArrayGet(_ operation: ArrayGetOperation, _ index: TypeIndex) throws(Diagnostic) {
        let element = try context.arrayType(index)
        switch operation {
        case .arrayGet: try checkPacking(element, isExtending: false)
        case .arrayGetS, .arrayGetU: try checkPacking(element, isExtending: true)
        }
        try popOperand(expecting: .i32)
        try popOperand(expecting: StackType(isNullable: true, index))
        pushOperand(element.type)
    }

    mutating func visitArraySet(_ index: TypeIndex) throws(Diagnostic) {
        let element = try mutableElement(index)
        try popOperand(expecting: element.type)
        try popOperand(expecting: .i32)
        try popOperand(expecting: StackType(isNullable: true, index))
    }

    mutating func visitArrayLen() throws(Diagnostic) {
        try popOperand(expecting: StackType(isNullable: true, .array))
        pushOperand(.i32)
    }

    mutating func visitArrayFill(_ index: TypeIndex) throws(Diagnostic) {
        let element = try mutableElement(index)
        try popOperand(expecting: .i32)
        try popOperand(expecting: element.type)
        try popOperand(expecting: .i32)
        try popOperand(expecting: StackType(isNullable: true, index))
    }

    mutating func visitArrayCopy(_ destination: TypeIndex, _ source: TypeIndex) throws(Diagnostic) {
        let (target, origin) = (try mutableElement(destination), try context.arrayType(source))
        guard context.matcher.isSubtype(origin.storage, of: target.storage) else {
            throw Diagnostic(
                .invalid, "array types do not match", "elements of \(origin.storage) copied to \(target.storage)")
        }
        try popOperand(expecting: .i32)
        try popOperand(expecting: .i32)
        try popOperand(expecting: StackType(isNullable: true, source))
        try popOperand(expecting: .i32)
        try popOperand(expecting: StackType(isNullable: true, destination))
    }

    mutating func visitArrayInitData(_ index: TypeIndex, _ data: DataIndex) throws(Diagnostic) {
        try checkBytes(try mutableElement(index))
        try context.checkData(data)
        try popInitOperands(index)
    }

    mutating func visitArrayInitElem(_ index: TypeIndex, _ element: ElementIndex) throws(Diagnostic) {
        try checkElements(try context.element(element), in: try mutableElement(index))
        try popInitOperands(index)
    }

    /// The array, where to begin in it, where in the segment, and how many.
    private mutating func popInitOperands(_ index: TypeIndex) throws(Diagnostic) {
        try popOperand(expecting: .i32)
        try popOperand(expecting: .i32)
        try popOperand(expecting: .i32)
        try popOperand(expecting: StackType(isNullable: true, index))
    }

    private func mutableElement(_ index: TypeIndex) throws(Diagnostic) -> FieldRecord {
        let element = try context.arrayType(index)
        guard element.isMutable else { throw Diagnostic(.invalid, "immutable array", "type \(index)") }
        return element
    }

    /// Data segments fill arrays of numbers and vectors, packed ones included.
    private func checkBytes(_ element: FieldRecord) throws(Diagnostic) {
        guard element.type.isNumberOrVector else {
            throw Diagnostic(.invalid, "array type is not numeric or vector", "\(element.type)")
        }
    }

    private func checkElements(_ type: StackType, in element: FieldRecord) throws(Diagnostic) {
        guard !element.storage.isPacked, context.matcher.matches(type, element.type) else {
            throw Diagnostic(
                .invalid, "type mismatch", "elements of \(type) do not match the array's \(element.storage)")
        }
    }

    // MARK: i31 and conversions

    mutating func visitRefI31() throws(Diagnostic) {
        try popOperand(expecting: .i32)
        pushOperand(StackType(isNullable: false, .i31))
    }

    mutating func visitI31Get() throws(Diagnostic) {
        try popOperand(expecting: StackType(isNullable: true, .i31))
        pushOperand(.i32)
    }

    /// From one hierarchy to the other; null stays null.
    mutating func visitConversion(from source: AbstractHeapType, to target: AbstractHeapType) throws(Diagnostic) {
        let operand = try popMatching(StackType(isNullable: true, source))
        pushOperand(StackType(isNullable: operand.isNullable, target))
    }
}

// Table instructions. Spec: https://webassembly.github.io/spec/core/valid/instructions.html#table-instructions

import Diagnostics
import WasmSpec

extension FunctionValidator {
    mutating func visitTableGet(_ index: TableIndex) throws(Diagnostic) {
        let table = try context.table(index)
        try popOperand(expecting: table.address)
        pushOperand(table.element)
    }

    mutating func visitTableSet(_ index: TableIndex) throws(Diagnostic) {
        let table = try context.table(index)
        try popOperand(expecting: table.element)
        try popOperand(expecting: table.address)
    }

    mutating func visitTableSize(_ index: TableIndex) throws(Diagnostic) {
        pushOperand(try context.table(index).address)
    }

    mutating func visitTableGrow(_ index: TableIndex) throws(Diagnostic) {
        let table = try context.table(index)
        try popOperand(expecting: table.address)
        try popOperand(expecting: table.element)
        pushOperand(table.address)
    }

    mutating func visitTableFill(_ index: TableIndex) throws(Diagnostic) {
        let table = try context.table(index)
        try popOperand(expecting: table.address)
        try popOperand(expecting: table.element)
        try popOperand(expecting: table.address)
    }

    mutating func visitTableCopy(_ destination: TableIndex, _ source: TableIndex) throws(Diagnostic) {
        let (target, origin) = (try context.table(destination), try context.table(source))
        guard context.matcher.matches(origin.element, target.element) else {
            throw Diagnostic(
                .invalid, "type mismatch", "elements of \(origin.element) do not match the table's \(target.element)")
        }
        try popOperand(expecting: lengthType(target.address, origin.address))
        try popOperand(expecting: origin.address)
        try popOperand(expecting: target.address)
    }

    mutating func visitTableInit(_ element: ElementIndex, _ index: TableIndex) throws(Diagnostic) {
        let table = try context.table(index)
        let type = try context.element(element)
        guard context.matcher.matches(type, table.element) else {
            throw Diagnostic(
                .invalid, "type mismatch", "elements of \(type) do not match the table's \(table.element)")
        }
        try popOperand(expecting: .i32)
        try popOperand(expecting: .i32)
        try popOperand(expecting: table.address)
    }

    /// A length that both addresses can hold.
    func lengthType(_ address: StackType, _ other: StackType) -> StackType {
        address == .i64 && other == .i64 ? .i64 : .i32
    }
}

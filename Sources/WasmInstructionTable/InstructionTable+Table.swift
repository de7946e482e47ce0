// Table instructions: one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Table instructions.
    static func addTable(to table: inout InstructionTable) {
        table.row("table.get", .single(0x25), .tableGet, traps: [.outOfBoundsTableAccess], .referenceTypes)
        table.row("table.set", .single(0x26), .tableSet, traps: [.outOfBoundsTableAccess], .referenceTypes)
        table.row("table.init", .prefixed(0xFC, 0x0C), .tableInit, traps: [.outOfBoundsTableAccess], .bulkMemory)
        table.row("elem.drop", .prefixed(0xFC, 0x0D), .elemDrop, .bulkMemory)
        table.row("table.copy", .prefixed(0xFC, 0x0E), .tableCopy, traps: [.outOfBoundsTableAccess], .bulkMemory)
        table.row("table.grow", .prefixed(0xFC, 0x0F), .tableGrow, .referenceTypes)
        table.row("table.size", .prefixed(0xFC, 0x10), .tableSize, .referenceTypes)
        table.row("table.fill", .prefixed(0xFC, 0x11), .tableFill, traps: [.outOfBoundsTableAccess], .referenceTypes)
    }
}

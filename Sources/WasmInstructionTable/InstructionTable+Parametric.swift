// Parametric instructions: one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Parametric instructions.
    static func addParametric(to table: inout InstructionTable) {
        table.row("drop", .single(0x1A), .drop)
        table.row("select", .single(0x1B), .select)
        table.row("select (result)", .single(0x1C), .selectTyped, .referenceTypes)
    }
}

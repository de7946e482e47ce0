// Variable instructions: one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Variable instructions.
    static func addVariable(to table: inout InstructionTable) {
        table.row("local.get", .single(0x20), .localGet)
        table.row("local.set", .single(0x21), .localSet)
        table.row("local.tee", .single(0x22), .localTee)
        table.row("global.get", .single(0x23), .globalGet)
        table.row("global.set", .single(0x24), .globalSet)
    }
}

// Reference instructions: one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Reference instructions.
    static func addReference(to table: inout InstructionTable) {
        table.row("ref.null", .single(0xD0), .refNull, .referenceTypes)
        table.row("ref.is_null", .single(0xD1), .refIsNull, .referenceTypes)
        table.row("ref.func", .single(0xD2), .refFunc, .referenceTypes)
        table.row("ref.eq", .single(0xD3), .refEq, .gc)
        table.row("ref.as_non_null", .single(0xD4), .refAsNonNull, traps: [.nullReference], .functionReferences)
        table.row("ref.test", .prefixed(0xFB, 0x14), .refTest, .gc)
        table.row("ref.test null", .prefixed(0xFB, 0x15), .refTestNull, .gc)
        table.row("ref.cast", .prefixed(0xFB, 0x16), .refCast, traps: [.castFailure], .gc)
        table.row("ref.cast null", .prefixed(0xFB, 0x17), .refCastNull, traps: [.castFailure], .gc)
    }
}

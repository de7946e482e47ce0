// Control instructions: one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Control instructions.
    static func addControl(to table: inout InstructionTable) {
        table.row("unreachable", .single(0x00), .unreachable, traps: [.unreachable])
        table.row("nop", .single(0x01), .nop)
        table.row("block", .single(0x02), .block)
        table.row("loop", .single(0x03), .loop)
        table.row("if", .single(0x04), .if)
        table.row("else", .single(0x05), .else)
        table.row("end", .single(0x0B), .end)
        table.row("br", .single(0x0C), .br)
        table.row("br_if", .single(0x0D), .brIf)
        table.row("br_table", .single(0x0E), .brTable)
        table.row("return", .single(0x0F), .return)
        table.row("call", .single(0x10), .call, traps: [.callStackExhausted])
        table.row(
            "call_indirect", .single(0x11), .callIndirect,
            traps: [.undefinedElement, .uninitializedElement, .indirectCallTypeMismatch, .callStackExhausted])
        table.row("return_call", .single(0x12), .returnCall, .tailCall)
        table.row(
            "return_call_indirect", .single(0x13), .returnCallIndirect,
            traps: [.undefinedElement, .uninitializedElement, .indirectCallTypeMismatch], .tailCall)
        table.row(
            "call_ref", .single(0x14), .callRef,
            traps: [.nullFunctionReference, .callStackExhausted], .functionReferences)
        table.row(
            "return_call_ref", .single(0x15), .returnCallRef,
            traps: [.nullFunctionReference], .functionReferences)
        table.row("br_on_null", .single(0xD5), .brOnNull, .functionReferences)
        table.row("br_on_non_null", .single(0xD6), .brOnNonNull, .functionReferences)
        table.row("br_on_cast", .prefixed(0xFB, 0x18), .brOnCast, .gc)
        table.row("br_on_cast_fail", .prefixed(0xFB, 0x19), .brOnCastFail, .gc)
    }
}

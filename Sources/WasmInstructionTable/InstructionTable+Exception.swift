// Exception handling, in both encodings: one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Exception handling, in both encodings.
    static func addException(to table: inout InstructionTable) {
        table.row("try", .single(0x06), .legacyTry, .legacyExceptions)
        table.row("catch", .single(0x07), .legacyCatch, .legacyExceptions)
        table.row("throw", .single(0x08), .throw, traps: [.unhandledException], .exceptions)
        table.row("rethrow", .single(0x09), .legacyRethrow, .legacyExceptions)
        table.row(
            "throw_ref", .single(0x0A), .throwRef,
            traps: [.nullExceptionReference, .unhandledException], .exceptions)
        table.row("delegate", .single(0x18), .legacyDelegate, .legacyExceptions)
        table.row("catch_all", .single(0x19), .legacyCatchAll, .legacyExceptions)
        table.row("try_table", .single(0x1F), .tryTable, .exceptions)
    }
}

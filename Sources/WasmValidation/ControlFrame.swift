// The control stack's entries. Spec: https://webassembly.github.io/spec/core/appendix/algorithm.html

/// What opened a block; some endings depend on it.
enum ControlOpcode: UInt8, Sendable {
    case function, block, loop, `if`, `else`, tryTable, legacyTry, legacyCatch, legacyCatchAll
}

/// A block that is open.
struct ControlFrame: Sendable {
    let opcode: ControlOpcode
    let startTypes: TypeList
    let endTypes: TypeList
    /// The operand stack's height at the start of the block, below its parameters.
    let height: Int
    /// How many locals had been set first, of those that need it, at the start of the block.
    let initializationHeight: Int
    /// Whether the rest of the block cannot be reached.
    var isUnreachable = false

    /// What a branch to the block's label takes.
    var labelTypes: TypeList { opcode == .loop ? startTypes : endTypes }
}

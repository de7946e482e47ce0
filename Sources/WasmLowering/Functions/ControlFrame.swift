import LLVMBridge

/// An open block of a function that is being lowered.
struct ControlFrame {
    enum Kind { case function, block, loop, ifThen, ifElse, tryTable, legacyTry, legacyCatch }

    var kind: Kind
    /// Where a branch to the label goes, and the phis that take its operands.
    var target: BasicBlock
    var targetPhis: [IRValue]
    /// The code behind the block's `end`, and the phis that take its results. For all but loops the
    /// target is the continuation.
    var continuation: BasicBlock
    var resultPhis: [IRValue]
    /// Operands below the block's own.
    var height: Int
    /// The block of an `if` that is taken when the condition is zero, until its `else` or `end`.
    var elseBlock: BasicBlock?
    /// The operands an `if` began with: its `else` begins with them too.
    var parameters: [IRValue] = []
    /// Whose handlers are the innermost ones for code in this block.
    var region: TryRegion?
    /// Of a `try` in the legacy encoding: its own handlers, which its `catch` parts add.
    var ownRegion: TryRegion?
    /// In a `catch` part: what `rethrow` throws.
    var caught: CaughtException?
}

// Handlers of exceptions, while a function is being lowered.

import LLVMBridge

/// The handlers of a `try_table` or `try`. What they are is known at the end of the function: those of the legacy encoding come
/// behind the code they are for, and `delegate` says at its end who is next.
final class TryRegion {
    struct Clause {
        /// Nil catches everything.
        let tag: TagID?
        let handler: BasicBlock
    }

    /// Who is asked next; nil when an exception leaves the function.
    var parent: TryRegion?
    var clauses: [Clause] = []
    /// Where calls unwind to, once one has been lowered.
    var landingPad: BasicBlock?
    /// Its number among those that share a landing pad, if it does.
    var sharedNumber: Int?
    /// Where the tag decides among the clauses, once something has needed it.
    var dispatch: BasicBlock?

    init(parent: TryRegion?) { self.parent = parent }
}

/// A landing pad of several regions.
final class SharedLandingPad {
    let block: BasicBlock
    /// A slot of the frame: whose the call is that comes next.
    let number: IRValue
    var regions: [TryRegion] = []

    init(block: BasicBlock, number: IRValue) { (self.block, self.number) = (block, number) }
}

/// What a `catch` part of the legacy encoding has caught.
enum CaughtException {
    /// Its values are known.
    case tagged(TagID, [IRValue])
    /// A copy of it on the stack.
    case copy(IRValue)
}

/// A `throw` in reach of handlers: its block is not finished.
struct PendingThrow {
    let block: BasicBlock
    let tag: TagID
    let region: TryRegion
    let offset: Int
}

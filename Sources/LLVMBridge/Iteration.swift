// Loops over what a function holds. They allocate nothing, which a `Sequence` of references would not promise.

/// Calls `body` with each block of a function, in order.
@inlinable
public func forEachBlock(of function: IRFunction, _ body: (BasicBlock) -> Void) {
    var block = function.entryBlock
    while let current = block {
        body(current)
        block = current.next
    }
}

/// Calls `body` with each instruction of a function, in order.
@inlinable
public func forEachInstruction(of function: IRFunction, _ body: (IRValue) -> Void) {
    forEachBlock(of: function) { forEachInstruction(of: $0, body) }
}

/// Calls `body` with each instruction of a block, in order.
@inlinable
public func forEachInstruction(of block: BasicBlock, _ body: (IRValue) -> Void) {
    var instruction = block.firstInstruction
    while let current = instruction {
        body(current)
        instruction = current.nextInstruction
    }
}

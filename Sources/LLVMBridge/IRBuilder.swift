import CLLVM

/// Owns an LLVM instruction builder for one module.
///
/// Instructions are inserted at the current position and get the current debug location. An operation on
/// constants gives a constant: no instruction appears then, so ask `IRValue.isInstruction` before treating a
/// result as one. Operand types are not checked here; `IRModule.verify` does.
public final class IRBuilder {
    public let ref: OpaquePointer
    public let module: IRModule

    @inlinable
    public var context: LLVMContext { module.context }

    /// Kind `!prof`, looked up once: branch weights are frequent.
    let profKind: MetadataKind

    public init(_ module: IRModule) {
        self.module = module
        ref = LLVMCreateBuilderInContext(module.context.ref)
        profKind = module.context.metadataKind("prof")
    }

    deinit { LLVMDisposeBuilder(ref) }

    // MARK: Position

    @inlinable
    public func positionAtEnd(_ block: BasicBlock) { LLVMPositionBuilderAtEnd(ref, block.ref) }

    /// Inserts before `instruction` from now on.
    @inlinable
    public func positionBefore(_ instruction: IRValue) { LLVMPositionBuilderBefore(ref, instruction.ref) }

    /// Moves an instruction from where it stands to the current position. It keeps its place, if the builder has none.
    @inlinable
    public func move(_ instruction: IRValue) {
        LLVMInstructionRemoveFromParent(instruction.ref)
        LLVMInsertIntoBuilder(ref, instruction.ref)
    }

    /// The block that is being filled; nil before the first positioning.
    @inlinable
    public var insertBlock: BasicBlock? { LLVMGetInsertBlock(ref).map { BasicBlock($0) } }

    /// True when the current block already has its terminator; nothing more may be appended then.
    public var isTerminated: Bool { insertBlock?.terminator != nil }

    // MARK: Debug location

    /// The location that new instructions get; nil for none.
    public var debugLocation: Metadata? {
        get { LLVMGetCurrentDebugLocation2(ref).map { Metadata($0) } }
        set { LLVMSetCurrentDebugLocation2(ref, newValue?.ref) }
    }
}

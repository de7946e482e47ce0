import CLLVM

/// An LLVM value: a constant, an argument, an instruction, a function or a global. Valid as long as what
/// holds it: the module, or the context for constants that are not globals.
@frozen
public struct IRValue: IRReference {
    public let ref: OpaquePointer

    @inlinable
    public init(_ ref: OpaquePointer) { self.ref = ref }

    @inlinable
    public var type: IRType { IRType(LLVMTypeOf(ref)) }

    public var name: String {
        get {
            var length = 0
            let start = LLVMGetValueName2(ref, &length)
            return borrowedString(start, length)
        }
        nonmutating set { withUTF8(newValue) { LLVMSetValueName2(ref, $0, $1) } }
    }

    @inlinable
    public var isConstant: Bool { Bool(LLVMIsConstant(ref)) }

    @inlinable
    public var isNull: Bool { Bool(LLVMIsNull(ref)) }

    /// True for `undef` and for `poison`.
    @inlinable
    public var isUndef: Bool { Bool(LLVMIsUndef(ref)) }

    @inlinable
    public var isPoison: Bool { Bool(LLVMIsPoison(ref)) }

    /// True when the value is an instruction, and not what the builder folded it to.
    @inlinable
    public var isInstruction: Bool { LLVMIsAInstruction(ref) != nil }

    /// True when the value is an instruction that ends a block.
    @inlinable
    public var isTerminator: Bool { LLVMIsATerminatorInst(ref) != nil }

    /// True when some instruction or constant uses the value.
    @inlinable
    public var hasUses: Bool { LLVMGetFirstUse(ref) != nil }

    /// The value of an integer constant of at most 64 bits, zero-extended; nil for anything else.
    public var constantZExtValue: UInt64? {
        guard LLVMIsAConstantInt(ref) != nil, type.integerWidth <= 64 else { return nil }
        return LLVMConstIntGetZExtValue(ref)
    }

    /// The value of an integer constant of at most 64 bits, sign-extended; nil for anything else.
    public var constantSExtValue: Int64? {
        guard LLVMIsAConstantInt(ref) != nil, type.integerWidth <= 64 else { return nil }
        return LLVMConstIntGetSExtValue(ref)
    }

    /// The value of a scalar floating-point constant, as a double; nil for anything else.
    public var constantFloat: Double? {
        guard LLVMIsAConstantFP(ref) != nil, type.kind != .vector else { return nil }
        var losesInfo: LLVMBool = 0
        return LLVMConstRealGetDouble(ref, &losesInfo)
    }

    /// A lane or member of a constant; nil when it is not known.
    public func aggregateElement(_ index: Int) -> IRValue? {
        LLVMGetAggregateElement(ref, UInt32(index)).map { IRValue($0) }
    }

    public func replaceAllUses(with other: IRValue) { LLVMReplaceAllUsesWith(ref, other.ref) }

    /// Number of operands of an instruction or constant.
    @inlinable
    public var operandCount: Int { Int(LLVMGetNumOperands(ref)) }

    @inlinable
    public func operand(_ index: Int) -> IRValue { IRValue(LLVMGetOperand(ref, UInt32(index))) }

    @inlinable
    public func setOperand(_ index: Int, _ value: IRValue) { LLVMSetOperand(ref, UInt32(index), value.ref) }

    /// The value as LLVM prints it.
    public func print() -> String { takeMessage(LLVMPrintValueToString(ref)) }

    // MARK: Instructions

    /// The block of an instruction that has been inserted.
    @inlinable
    public var parentBlock: BasicBlock? { LLVMGetInstructionParent(ref).map { BasicBlock($0) } }

    @inlinable
    public var nextInstruction: IRValue? { LLVMGetNextInstruction(ref).map { IRValue($0) } }

    /// Adds incoming edges to a phi.
    public func addIncoming(_ incoming: [(value: IRValue, block: BasicBlock)]) {
        for edge in incoming { addIncoming(edge.value, from: edge.block) }
    }

    /// Adds one incoming edge to a phi.
    @inlinable
    public func addIncoming(_ value: IRValue, from block: BasicBlock) {
        var value: LLVMValueRef? = value.ref
        var block: LLVMBasicBlockRef? = block.ref
        LLVMAddIncoming(ref, &value, &block, 1)
    }

    /// Number of incoming edges of a phi.
    @inlinable
    public var incomingCount: Int { Int(LLVMCountIncoming(ref)) }

    @inlinable
    public func incoming(_ index: Int) -> (value: IRValue, block: BasicBlock) {
        (IRValue(LLVMGetIncomingValue(ref, UInt32(index))), BasicBlock(LLVMGetIncomingBlock(ref, UInt32(index))))
    }

    /// Adds a case to a `switch` instruction. `value` is a constant of the type of the condition.
    @inlinable
    public func addCase(_ value: IRValue, _ destination: BasicBlock) {
        LLVMAddCase(ref, value.ref, destination.ref)
    }
}

/// A basic block of a function. Valid until it is deleted.
@frozen
public struct BasicBlock: IRReference {
    public let ref: OpaquePointer

    @inlinable
    public init(_ ref: OpaquePointer) { self.ref = ref }

    public var name: String { String(cString: LLVMGetBasicBlockName(ref)) }

    /// The function that the block belongs to.
    @inlinable
    public var parent: IRFunction { IRFunction(LLVMGetBasicBlockParent(ref)) }

    /// The terminator; nil while the block is open.
    @inlinable
    public var terminator: IRValue? { LLVMGetBasicBlockTerminator(ref).map { IRValue($0) } }

    @inlinable
    public var firstInstruction: IRValue? { LLVMGetFirstInstruction(ref).map { IRValue($0) } }

    @inlinable
    public var next: BasicBlock? { LLVMGetNextBasicBlock(ref).map { BasicBlock($0) } }

    /// True when a branch or another block refers to it.
    @inlinable
    public var hasUses: Bool { LLVMGetFirstUse(LLVMBasicBlockAsValue(ref)) != nil }

    /// A new, empty block in front of this one.
    public func insertBlockBefore(_ name: String = "") -> BasicBlock {
        BasicBlock(LLVMInsertBasicBlockInContext(LLVMGetModuleContext(LLVMGetGlobalParent(parent.ref)), ref, name))
    }

    /// Lets all that branches to the block branch to another one. Phis keep the block as what they come from.
    public func redirectBranches(to other: BasicBlock) {
        // With its terminator, the block would be replaced in the phis behind it, too.
        let terminator = LLVMGetBasicBlockTerminator(ref)
        if let terminator { LLVMInstructionRemoveFromParent(terminator) }
        LLVMReplaceAllUsesWith(LLVMBasicBlockAsValue(ref), LLVMBasicBlockAsValue(other.ref))
        guard let terminator else { return }
        let builder = LLVMCreateBuilderInContext(LLVMGetModuleContext(LLVMGetGlobalParent(parent.ref)))
        defer { LLVMDisposeBuilder(builder) }
        LLVMPositionBuilderAtEnd(builder, ref)
        LLVMInsertIntoBuilder(builder, terminator)
    }

    /// Deletes the block and its instructions; nothing may refer to it.
    public func delete() { LLVMDeleteBasicBlock(ref) }
}

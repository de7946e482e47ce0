import CLLVM

/// LLVM's calling conventions, as far as wasmc uses them. Caller and callee must agree: a mismatch is
/// immediate UB.
public enum CallingConvention: UInt32, Equatable, Sendable {
    case c = 0
    case fast = 8
    case cold = 9
    case preserveMost = 14
    /// Guarantees tail calls even between functions of different type.
    case tail = 18
}

/// A function of a module: a definition once it has a block, a declaration before. (`Function` is the
/// spec's.)
@frozen
public struct IRFunction: IRGlobalValue {
    public let ref: OpaquePointer

    @inlinable
    public init(_ ref: OpaquePointer) { self.ref = ref }

    @inlinable
    public var type: IRType { valueType }

    @inlinable
    public var parameterCount: Int { Int(LLVMCountParams(ref)) }

    @inlinable
    public func parameter(_ index: Int) -> IRValue {
        precondition(index >= 0 && index < parameterCount, "parameter index out of range")
        return IRValue(LLVMGetParam(ref, UInt32(index)))
    }

    public var parameters: [IRValue] { (0..<parameterCount).map { IRValue(LLVMGetParam(ref, UInt32($0))) } }

    /// The calling convention as LLVM numbers it.
    @inlinable
    var rawCallingConvention: UInt32 { LLVMGetFunctionCallConv(ref) }

    /// nil when the function has a convention that `CallingConvention` does not name.
    public var callingConvention: CallingConvention? { CallingConvention(rawValue: rawCallingConvention) }

    public func setCallingConvention(_ convention: CallingConvention) {
        LLVMSetFunctionCallConv(ref, convention.rawValue)
    }

    /// Name of the collector strategy.
    public func setGC(_ name: String) { LLVMSetGC(ref, name) }

    /// The personality routine, which functions with landing pads need.
    public func setPersonality(_ personality: IRFunction) { LLVMSetPersonalityFn(ref, personality.ref) }

    /// The debug information of the function; nil for none.
    public var subprogram: Metadata? { LLVMGetSubprogram(ref).map { Metadata($0) } }

    /// Ties the function to its debug information.
    public func setSubprogram(_ subprogram: Metadata) { LLVMSetSubprogram(ref, subprogram.ref) }

    // MARK: Blocks

    public func appendBlock(_ name: String = "") -> BasicBlock {
        BasicBlock(LLVMAppendBasicBlockInContext(LLVMGetModuleContext(LLVMGetGlobalParent(ref)), ref, name))
    }

    /// The first block; nil for a declaration.
    public var entryBlock: BasicBlock? { LLVMGetFirstBasicBlock(ref).map { BasicBlock($0) } }

    public var blockCount: Int { Int(LLVMCountBasicBlocks(ref)) }

    /// The blocks in order. Collected: the list stays valid while blocks are added.
    public var blocks: [BasicBlock] {
        Array(sequence(first: entryBlock, next: { $0?.next }).prefix { $0 != nil }.compactMap { $0 })
    }

    /// Whether the function is well formed; says nothing about why not. See `IRModule.verify`.
    public var isWellFormed: Bool { !Bool(LLVMVerifyFunction(ref, LLVMReturnStatusAction)) }

    /// Removes the function, to which nothing may refer.
    public func delete() { LLVMDeleteFunction(ref) }
}

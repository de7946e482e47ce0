// Reading a function that has been built: uses, opcodes, edges, attached nodes. What the builder made is known to
// who built it; analyses come later and know nothing.

import CLLVM

/// What an instruction does, by LLVM's opcode. Only those that analyses ask for have a name.
@frozen
public struct IROpcode: Hashable, Sendable {
    @usableFromInline let number: UInt32

    @inlinable
    init(_ opcode: LLVMOpcode) { number = opcode.rawValue }

    @inlinable
    public static func ~= (pattern: IROpcode, value: IROpcode) -> Bool { pattern.number == value.number }

    @inlinable public static var ret: IROpcode { IROpcode(LLVMRet) }
    @inlinable public static var br: IROpcode { IROpcode(LLVMBr) }
    @inlinable public static var `switch`: IROpcode { IROpcode(LLVMSwitch) }
    @inlinable public static var invoke: IROpcode { IROpcode(LLVMInvoke) }
    @inlinable public static var resume: IROpcode { IROpcode(LLVMResume) }
    @inlinable public static var unreachable: IROpcode { IROpcode(LLVMUnreachable) }
    @inlinable public static var alloca: IROpcode { IROpcode(LLVMAlloca) }
    @inlinable public static var load: IROpcode { IROpcode(LLVMLoad) }
    @inlinable public static var store: IROpcode { IROpcode(LLVMStore) }
    @inlinable public static var getElementPtr: IROpcode { IROpcode(LLVMGetElementPtr) }
    @inlinable public static var phi: IROpcode { IROpcode(LLVMPHI) }
    @inlinable public static var call: IROpcode { IROpcode(LLVMCall) }
    @inlinable public static var add: IROpcode { IROpcode(LLVMAdd) }
    @inlinable public static var sub: IROpcode { IROpcode(LLVMSub) }
    @inlinable public static var mul: IROpcode { IROpcode(LLVMMul) }
    @inlinable public static var uDiv: IROpcode { IROpcode(LLVMUDiv) }
    @inlinable public static var sDiv: IROpcode { IROpcode(LLVMSDiv) }
    @inlinable public static var uRem: IROpcode { IROpcode(LLVMURem) }
    @inlinable public static var sRem: IROpcode { IROpcode(LLVMSRem) }
    @inlinable public static var shl: IROpcode { IROpcode(LLVMShl) }
    @inlinable public static var lShr: IROpcode { IROpcode(LLVMLShr) }
    @inlinable public static var aShr: IROpcode { IROpcode(LLVMAShr) }
    @inlinable public static var and: IROpcode { IROpcode(LLVMAnd) }
    @inlinable public static var or: IROpcode { IROpcode(LLVMOr) }
    @inlinable public static var xor: IROpcode { IROpcode(LLVMXor) }
    @inlinable public static var icmp: IROpcode { IROpcode(LLVMICmp) }
    @inlinable public static var fcmp: IROpcode { IROpcode(LLVMFCmp) }
    @inlinable public static var trunc: IROpcode { IROpcode(LLVMTrunc) }
    @inlinable public static var zext: IROpcode { IROpcode(LLVMZExt) }
    @inlinable public static var sext: IROpcode { IROpcode(LLVMSExt) }
    @inlinable public static var extractElement: IROpcode { IROpcode(LLVMExtractElement) }
    @inlinable public static var insertElement: IROpcode { IROpcode(LLVMInsertElement) }
    @inlinable public static var shuffleVector: IROpcode { IROpcode(LLVMShuffleVector) }
    @inlinable public static var extractValue: IROpcode { IROpcode(LLVMExtractValue) }
    @inlinable public static var insertValue: IROpcode { IROpcode(LLVMInsertValue) }
    @inlinable public static var bitCast: IROpcode { IROpcode(LLVMBitCast) }
    @inlinable public static var select: IROpcode { IROpcode(LLVMSelect) }
    @inlinable public static var freeze: IROpcode { IROpcode(LLVMFreeze) }
    @inlinable public static var fence: IROpcode { IROpcode(LLVMFence) }
    @inlinable public static var atomicCmpXchg: IROpcode { IROpcode(LLVMAtomicCmpXchg) }
    @inlinable public static var atomicRMW: IROpcode { IROpcode(LLVMAtomicRMW) }

    /// A conversion of one value: `trunc`, `zext`, `bitcast` and the like.
    @inlinable
    public var isCast: Bool {
        switch LLVMOpcode(rawValue: number) {
        case LLVMTrunc, LLVMZExt, LLVMSExt, LLVMFPToUI, LLVMFPToSI, LLVMUIToFP, LLVMSIToFP, LLVMFPTrunc, LLVMFPExt,
            LLVMPtrToInt, LLVMPtrToAddr, LLVMIntToPtr, LLVMBitCast, LLVMAddrSpaceCast:
            true
        default: false
        }
    }

    /// An operation on integers whose operands may change places.
    @inlinable
    public var isCommutative: Bool {
        switch LLVMOpcode(rawValue: number) {
        case LLVMAdd, LLVMMul, LLVMAnd, LLVMOr, LLVMXor: true
        default: false
        }
    }

    /// Floating-point arithmetic on operands of the result's type, or a conversion from an integer.
    @inlinable
    public var isFloatArithmetic: Bool {
        switch LLVMOpcode(rawValue: number) {
        case LLVMFAdd, LLVMFSub, LLVMFMul, LLVMFDiv, LLVMSIToFP, LLVMUIToFP: true
        default: false
        }
    }

    /// A computation whose result depends on its operands alone, and that does nothing but give it. A division is
    /// one, too: with operands that it is not defined for, it must not be reached.
    @inlinable
    public var isPure: Bool {
        if isCast { return true }
        switch LLVMOpcode(rawValue: number) {
        case LLVMFNeg, LLVMAdd, LLVMFAdd, LLVMSub, LLVMFSub, LLVMMul, LLVMFMul, LLVMUDiv, LLVMSDiv, LLVMFDiv,
            LLVMURem, LLVMSRem, LLVMFRem, LLVMShl, LLVMLShr, LLVMAShr, LLVMAnd, LLVMOr, LLVMXor, LLVMGetElementPtr,
            LLVMICmp, LLVMFCmp, LLVMSelect, LLVMExtractElement, LLVMInsertElement, LLVMShuffleVector,
            LLVMExtractValue, LLVMInsertValue, LLVMFreeze:
            return true
        default: return false
        }
    }
}

/// An operand of an instruction or constant, as seen from the value that stands there.
@frozen
public struct IRUse: Equatable, Sendable {
    @usableFromInline nonisolated(unsafe) let ref: OpaquePointer

    @inlinable
    init(_ ref: OpaquePointer) { self.ref = ref }

    /// The instruction or constant that has the operand.
    @inlinable
    public var user: IRValue { IRValue(LLVMGetUser(ref)) }

    /// The value's next use; a user that has the value in several operands comes several times.
    @inlinable
    public var next: IRUse? { LLVMGetNextUse(ref).map { IRUse($0) } }
}

extension IRValue {
    /// The first of the value's uses, in no particular order; nil for none.
    @inlinable
    public var firstUse: IRUse? { LLVMGetFirstUse(ref).map { IRUse($0) } }

    /// Calls `body` with each user of the value, once per operand. `body` must not change uses.
    @inlinable
    public func forEachUser(_ body: (IRValue) -> Void) {
        var use = firstUse
        while let current = use {
            body(current.user)
            use = current.next
        }
    }

    /// The opcode of an instruction.
    @inlinable
    public var opcode: IROpcode { IROpcode(LLVMGetInstructionOpcode(ref)) }

    /// Number of blocks that a terminator may go on to.
    @inlinable
    public var successorCount: Int { Int(LLVMGetNumSuccessors(ref)) }

    @inlinable
    public func successor(_ index: Int) -> BasicBlock { BasicBlock(LLVMGetSuccessor(ref, UInt32(index))) }

    /// Whether a load, a store or an atomic operation must happen as it stands.
    @inlinable
    public var isVolatile: Bool {
        get { Bool(LLVMGetVolatile(ref)) }
        nonmutating set { LLVMSetVolatile(ref, LLVMBool(newValue)) }
    }

    /// For each lane of a `shufflevector` the lane that it comes from, counted through both operands; -1 for poison.
    public var shuffleMask: [Int] {
        (0..<LLVMGetNumMaskElements(ref)).map {
            let lane = LLVMGetMaskValue(ref, $0)
            return lane == LLVMGetUndefMaskElem() ? -1 : Int(lane)
        }
    }

    /// Of an `extractvalue` or an `insertvalue`: the element of the outermost structure.
    @inlinable
    public var elementIndex: Int { Int(LLVMGetIndices(ref)[0]) }

    /// Of a `getelementptr`: whether its index counts bytes.
    public var countsBytes: Bool {
        let type = IRType(LLVMGetGEPSourceElementType(ref))
        return type.kind == .integer && type.integerWidth == 8
    }

    /// How many arguments a call or an invoke has; they are its first operands.
    @inlinable
    public var argumentCount: Int { Int(LLVMGetNumArgOperands(ref)) }

    /// What a call or an invoke calls: a function, or the address of one.
    @inlinable
    public var calledValue: IRValue { IRValue(LLVMGetCalledValue(ref)) }

    /// True when the value is a call of an intrinsic.
    @inlinable
    public var isIntrinsicCall: Bool { LLVMIsAIntrinsicInst(ref) != nil }

    /// True when the value is a parameter of a function.
    @inlinable
    public var isParameter: Bool { LLVMIsAArgument(ref) != nil }

    /// True when the value is a function.
    @inlinable
    public var isFunction: Bool { LLVMIsAFunction(ref) != nil }

    /// The node of a kind that is attached to an instruction; nil for none.
    @inlinable
    public func metadata(_ kind: MetadataKind) -> Metadata? {
        guard LLVMHasMetadata(ref) != 0, let value = LLVMGetMetadata(ref, kind.id) else { return nil }
        return LLVMValueAsMetadata(value).map { Metadata($0) }
    }

    /// The debug location of an instruction; nil for none.
    @inlinable
    public var debugLocation: Metadata? { LLVMInstructionGetDebugLoc(ref).map { Metadata($0) } }
}

extension IRFunction {
    /// The value of attribute `memory`; nil when the function has none and may do anything.
    public var memoryEffects: MemoryEffects? {
        LLVMGetEnumAttributeAtIndex(ref, AttributePlace.function.index, AttributeKind.memory.id).map {
            MemoryEffects(rawValue: LLVMGetEnumAttributeValue($0))
        }
    }
}

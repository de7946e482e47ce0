import CLLVM

/// Whether a call is a tail call.
public enum TailCallKind: Equatable, Sendable {
    case none
    /// A hint, without effect on what the program may do: the stack may grow.
    case tail
    /// Must be a tail call: directly followed by `ret` of its result, conventions equal, no access to the
    /// caller's allocas. With any convention but `tail` the prototypes must match.
    case mustTail
    /// Must not become a tail call.
    case noTail

    var raw: LLVMTailCallKind {
        switch self {
        case .none: LLVMTailCallKindNone
        case .tail: LLVMTailCallKindTail
        case .mustTail: LLVMTailCallKindMustTail
        case .noTail: LLVMTailCallKindNoTail
        }
    }
}

extension IRBuilder {
    /// Calls a function with its own type and calling convention.
    @discardableResult
    public func call(
        _ callee: IRFunction, _ arguments: [IRValue] = [], tailCall: TailCallKind = .none, name: String = ""
    ) -> IRValue {
        makeCall(callee.type, callee.value, arguments, callee.rawCallingConvention, tailCall, name)
    }

    /// Calls through a pointer (or inline assembler) of function type `type`. A callee of another type or
    /// convention is immediate UB. A result of type void takes no name.
    @discardableResult
    public func call(
        _ type: IRType, _ callee: IRValue, _ arguments: [IRValue] = [],
        callingConvention: CallingConvention = .c, tailCall: TailCallKind = .none, name: String = ""
    ) -> IRValue {
        makeCall(type, callee, arguments, callingConvention.rawValue, tailCall, name)
    }

    /// Calls a function that may unwind to `unwind`, a block that starts with a landing pad; goes on in `normal`.
    @discardableResult
    public func invoke(
        _ callee: IRFunction, _ arguments: [IRValue] = [], normal: BasicBlock, unwind: BasicBlock, name: String = ""
    ) -> IRValue {
        makeInvoke(callee.type, callee.value, arguments, callee.rawCallingConvention, normal, unwind, name)
    }

    /// Calls through a pointer, as `invoke` of a function does.
    @discardableResult
    public func invoke(
        _ type: IRType, _ callee: IRValue, _ arguments: [IRValue] = [],
        callingConvention: CallingConvention = .c, normal: BasicBlock, unwind: BasicBlock, name: String = ""
    ) -> IRValue {
        makeInvoke(type, callee, arguments, callingConvention.rawValue, normal, unwind, name)
    }

    private func makeCall(
        _ type: IRType, _ callee: IRValue, _ arguments: [IRValue], _ convention: UInt32, _ tailCall: TailCallKind,
        _ name: String
    ) -> IRValue {
        let call = withReferences(arguments) {
            LLVMBuildCall2(ref, type.ref, callee.ref, $0, UInt32($1), name)!
        }
        if convention != CallingConvention.c.rawValue { LLVMSetInstructionCallConv(call, convention) }
        if tailCall != .none { LLVMSetTailCallKind(call, tailCall.raw) }
        return IRValue(call)
    }

    private func makeInvoke(
        _ type: IRType, _ callee: IRValue, _ arguments: [IRValue], _ convention: UInt32, _ normal: BasicBlock,
        _ unwind: BasicBlock, _ name: String
    ) -> IRValue {
        let invoke = withReferences(arguments) {
            LLVMBuildInvoke2(ref, type.ref, callee.ref, $0, UInt32($1), normal.ref, unwind.ref, name)!
        }
        if convention != CallingConvention.c.rawValue { LLVMSetInstructionCallConv(invoke, convention) }
        return IRValue(invoke)
    }
}

import CLLVM

public enum AtomicOrdering: Equatable, Sendable {
    case notAtomic, unordered, monotonic, acquire, release, acquireRelease, sequentiallyConsistent

    var raw: LLVMAtomicOrdering {
        switch self {
        case .notAtomic: LLVMAtomicOrderingNotAtomic
        case .unordered: LLVMAtomicOrderingUnordered
        case .monotonic: LLVMAtomicOrderingMonotonic
        case .acquire: LLVMAtomicOrderingAcquire
        case .release: LLVMAtomicOrderingRelease
        case .acquireRelease: LLVMAtomicOrderingAcquireRelease
        case .sequentiallyConsistent: LLVMAtomicOrderingSequentiallyConsistent
        }
    }
}

/// Read-modify-write operations on integers.
public enum AtomicRMWOperation: Equatable, Sendable {
    case xchg, add, sub, and, nand, or, xor, max, min, umax, umin

    var raw: LLVMAtomicRMWBinOp {
        switch self {
        case .xchg: LLVMAtomicRMWBinOpXchg
        case .add: LLVMAtomicRMWBinOpAdd
        case .sub: LLVMAtomicRMWBinOpSub
        case .and: LLVMAtomicRMWBinOpAnd
        case .nand: LLVMAtomicRMWBinOpNand
        case .or: LLVMAtomicRMWBinOpOr
        case .xor: LLVMAtomicRMWBinOpXor
        case .max: LLVMAtomicRMWBinOpMax
        case .min: LLVMAtomicRMWBinOpMin
        case .umax: LLVMAtomicRMWBinOpUMax
        case .umin: LLVMAtomicRMWBinOpUMin
        }
    }
}

extension IRBuilder {
    /// Replaces what stands at `pointer`, naturally aligned, and gives the old value.
    public func atomicRMW(
        _ operation: AtomicRMWOperation, _ pointer: IRValue, _ value: IRValue,
        ordering: AtomicOrdering = .sequentiallyConsistent, isVolatile: Bool = false, name: String = ""
    ) -> IRValue {
        let result = IRValue(LLVMBuildAtomicRMW(ref, operation.raw, pointer.ref, value.ref, ordering.raw, 0))
        if isVolatile { LLVMSetVolatile(result.ref, 1) }
        if !name.isEmpty { result.name = name }
        return result
    }

    /// Stores `replacement` when `expected` stands at `pointer`, naturally aligned. Gives a structure of the old
    /// value and an i1 that tells whether it was stored; see `extractValue`.
    public func atomicCmpXchg(
        _ pointer: IRValue, expected: IRValue, replacement: IRValue,
        success: AtomicOrdering = .sequentiallyConsistent, failure: AtomicOrdering = .sequentiallyConsistent,
        isWeak: Bool = false, isVolatile: Bool = false, name: String = ""
    ) -> IRValue {
        let result = IRValue(
            LLVMBuildAtomicCmpXchg(
                ref, pointer.ref, expected.ref, replacement.ref, success.raw, failure.raw, 0))
        if isWeak { LLVMSetWeak(result.ref, 1) }
        if isVolatile { LLVMSetVolatile(result.ref, 1) }
        if !name.isEmpty { result.name = name }
        return result
    }

    @discardableResult
    public func fence(_ ordering: AtomicOrdering, singleThread: Bool = false) -> IRValue {
        IRValue(LLVMBuildFence(ref, ordering.raw, LLVMBool(singleThread), ""))
    }
}

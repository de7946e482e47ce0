import CLLVM

/// Promises about wrapping. A false one makes the result poison, which for an address leaves the sandbox.
@frozen
public struct WrapFlags: OptionSet, Sendable {
    public let rawValue: UInt8

    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let nuw = WrapFlags(rawValue: 1)
    public static let nsw = WrapFlags(rawValue: 2)
}

/// Integer comparisons, by LLVM's names.
public enum IntPredicate: UInt32, Equatable, Sendable {
    case eq = 32
    case ne, ugt, uge, ult, ule, sgt, sge, slt, sle

    @inlinable
    var raw: LLVMIntPredicate { LLVMIntPredicate(rawValue: rawValue) }

    /// What holds of exchanged operands.
    public var swapped: IntPredicate {
        switch self {
        case .eq, .ne: self
        case .ugt: .ult
        case .uge: .ule
        case .ult: .ugt
        case .ule: .uge
        case .sgt: .slt
        case .sge: .sle
        case .slt: .sgt
        case .sle: .sge
        }
    }
}

extension IRValue {
    /// How an `icmp` compares; nil for other instructions.
    public var intPredicate: IntPredicate? {
        guard LLVMIsAICmpInst(ref) != nil else { return nil }
        return IntPredicate(rawValue: LLVMGetICmpPredicate(ref).rawValue)
    }
}

/// Floating-point comparisons, by LLVM's names: `o` is false and `u` is true when an operand is a NaN.
public enum RealPredicate: UInt32, Equatable, Sendable {
    case alwaysFalse = 0
    case oeq, ogt, oge, olt, ole, one, ord, uno, ueq, ugt, uge, ult, ule, une
    case alwaysTrue

    @inlinable
    var raw: LLVMRealPredicate { LLVMRealPredicate(rawValue: rawValue) }
}

extension IRBuilder {
    // MARK: Integers

    public func add(_ lhs: IRValue, _ rhs: IRValue, flags: WrapFlags = [], name: String = "") -> IRValue {
        withFlags(flags, LLVMBuildAdd(ref, lhs.ref, rhs.ref, name))
    }

    public func sub(_ lhs: IRValue, _ rhs: IRValue, flags: WrapFlags = [], name: String = "") -> IRValue {
        withFlags(flags, LLVMBuildSub(ref, lhs.ref, rhs.ref, name))
    }

    public func mul(_ lhs: IRValue, _ rhs: IRValue, flags: WrapFlags = [], name: String = "") -> IRValue {
        withFlags(flags, LLVMBuildMul(ref, lhs.ref, rhs.ref, name))
    }

    /// Shift left. An amount of at least the width gives poison: mask it.
    public func shl(_ lhs: IRValue, _ rhs: IRValue, flags: WrapFlags = [], name: String = "") -> IRValue {
        withFlags(flags, LLVMBuildShl(ref, lhs.ref, rhs.ref, name))
    }

    /// Logical shift right. An amount of at least the width gives poison: mask it.
    @inlinable
    public func lshr(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildLShr(ref, lhs.ref, rhs.ref, name))
    }

    /// Arithmetic shift right. An amount of at least the width gives poison: mask it.
    @inlinable
    public func ashr(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildAShr(ref, lhs.ref, rhs.ref, name))
    }

    @inlinable
    public func and(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildAnd(ref, lhs.ref, rhs.ref, name))
    }

    @inlinable
    public func or(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildOr(ref, lhs.ref, rhs.ref, name))
    }

    /// `or` of operands that have no set bit in common; poison when they have.
    public func orDisjoint(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        let result = or(lhs, rhs, name: name)
        if LLVMIsABinaryOperator(result.ref) != nil { LLVMSetIsDisjoint(result.ref, 1) }
        return result
    }

    @inlinable
    public func xor(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildXor(ref, lhs.ref, rhs.ref, name))
    }

    /// Unsigned quotient. A divisor of 0 is immediate UB: guard it.
    @inlinable
    public func udiv(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildUDiv(ref, lhs.ref, rhs.ref, name))
    }

    /// Signed quotient. A divisor of 0, or MIN / -1, is immediate UB: guard both.
    @inlinable
    public func sdiv(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildSDiv(ref, lhs.ref, rhs.ref, name))
    }

    /// Unsigned remainder. A divisor of 0 is immediate UB: guard it.
    @inlinable
    public func urem(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildURem(ref, lhs.ref, rhs.ref, name))
    }

    /// Signed remainder. A divisor of 0, or MIN % -1, is immediate UB: guard both.
    @inlinable
    public func srem(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildSRem(ref, lhs.ref, rhs.ref, name))
    }

    @inlinable
    public func neg(_ value: IRValue, name: String = "") -> IRValue { IRValue(LLVMBuildNeg(ref, value.ref, name)) }

    @inlinable
    public func not(_ value: IRValue, name: String = "") -> IRValue { IRValue(LLVMBuildNot(ref, value.ref, name)) }

    @inlinable
    public func icmp(_ predicate: IntPredicate, _ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildICmp(ref, predicate.raw, lhs.ref, rhs.ref, name))
    }

    /// Compares an integer, vector or pointer with zero.
    @inlinable
    public func isNull(_ value: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildIsNull(ref, value.ref, name))
    }

    @inlinable
    public func isNotNull(_ value: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildIsNotNull(ref, value.ref, name))
    }

    // MARK: Floats, without fast-math flags

    @inlinable
    public func fadd(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildFAdd(ref, lhs.ref, rhs.ref, name))
    }

    @inlinable
    public func fsub(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildFSub(ref, lhs.ref, rhs.ref, name))
    }

    @inlinable
    public func fmul(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildFMul(ref, lhs.ref, rhs.ref, name))
    }

    @inlinable
    public func fdiv(_ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildFDiv(ref, lhs.ref, rhs.ref, name))
    }

    /// Flips the sign bit, of NaNs too.
    @inlinable
    public func fneg(_ value: IRValue, name: String = "") -> IRValue { IRValue(LLVMBuildFNeg(ref, value.ref, name)) }

    @inlinable
    public func fcmp(_ predicate: RealPredicate, _ lhs: IRValue, _ rhs: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildFCmp(ref, predicate.raw, lhs.ref, rhs.ref, name))
    }

    // MARK: Any type

    @inlinable
    public func select(
        _ condition: IRValue, _ then: IRValue, _ otherwise: IRValue, weights: BranchWeights? = nil, name: String = ""
    ) -> IRValue {
        let result = IRValue(LLVMBuildSelect(ref, condition.ref, then.ref, otherwise.ref, name))
        if let weights { setWeights(weights, on: result) }
        return result
    }

    /// Stops the spread of poison and undef: any fixed value takes their place.
    @inlinable
    public func freeze(_ value: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildFreeze(ref, value.ref, name))
    }

    /// Sets flags on a fresh instruction; a folded constant has none to set.
    private func withFlags(_ flags: WrapFlags, _ result: LLVMValueRef) -> IRValue {
        if !flags.isEmpty, LLVMIsABinaryOperator(result) != nil {
            if flags.contains(.nuw) { LLVMSetNUW(result, 1) }
            if flags.contains(.nsw) { LLVMSetNSW(result, 1) }
        }
        return IRValue(result)
    }

    @usableFromInline
    func setWeights(_ weights: BranchWeights, on instruction: IRValue) {
        guard instruction.isInstruction else { return }
        instruction.setMetadata(profKind, context.branchWeights([weights.then, weights.else]))
    }
}

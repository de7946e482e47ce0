import CLLVM

extension IRBuilder {
    /// Zero-extends. `nneg` promises that the operand is not negative; a false promise gives poison.
    public func zext(_ value: IRValue, _ type: IRType, nneg: Bool = false, name: String = "") -> IRValue {
        let result = IRValue(LLVMBuildZExt(ref, value.ref, type.ref, name))
        // With equal types the builder returns the operand, whose flags are not ours to set.
        if nneg, result != value, result.isInstruction { LLVMSetNNeg(result.ref, 1) }
        return result
    }

    /// Zero-extends, truncates or does nothing, whichever leads to the integer type `type`.
    @inlinable
    public func zextOrTrunc(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildIntCast2(ref, value.ref, type.ref, 0, name))
    }

    /// The pointer with an integer's value; nothing is known of what it points to.
    @inlinable
    public func intToPtr(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildIntToPtr(ref, value.ref, type.ref, name))
    }

    @inlinable
    public func trunc(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildTrunc(ref, value.ref, type.ref, name))
    }

    @inlinable
    public func sext(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildSExt(ref, value.ref, type.ref, name))
    }

    /// Rounds to a narrower float. May keep a signalling NaN signalling: quiet it where the spec asks for that.
    @inlinable
    public func fpTrunc(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildFPTrunc(ref, value.ref, type.ref, name))
    }

    /// Widens a float. May keep a signalling NaN signalling: quiet it where the spec asks for that.
    @inlinable
    public func fpExt(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildFPExt(ref, value.ref, type.ref, name))
    }

    /// Poison when the truncated value does not fit: guard it or use `llvm.fptoui.sat`.
    @inlinable
    public func fpToUI(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildFPToUI(ref, value.ref, type.ref, name))
    }

    /// Poison when the truncated value does not fit: guard it or use `llvm.fptosi.sat`.
    @inlinable
    public func fpToSI(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildFPToSI(ref, value.ref, type.ref, name))
    }

    @inlinable
    public func uiToFP(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildUIToFP(ref, value.ref, type.ref, name))
    }

    @inlinable
    public func siToFP(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildSIToFP(ref, value.ref, type.ref, name))
    }

    /// Reinterprets the bits; both types have the same size and neither is a pointer.
    @inlinable
    public func bitCast(_ value: IRValue, _ type: IRType, name: String = "") -> IRValue {
        IRValue(LLVMBuildBitCast(ref, value.ref, type.ref, name))
    }
}

import CLLVM

extension IRBuilder {
    @discardableResult
    @inlinable
    public func br(_ destination: BasicBlock) -> IRValue { IRValue(LLVMBuildBr(ref, destination.ref)) }

    @discardableResult
    public func condBr(
        _ condition: IRValue, _ then: BasicBlock, _ otherwise: BasicBlock, weights: BranchWeights? = nil
    ) -> IRValue {
        let branch = IRValue(LLVMBuildCondBr(ref, condition.ref, then.ref, otherwise.ref))
        if let weights { setWeights(weights, on: branch) }
        return branch
    }

    /// A `switch`. Case values are distinct constants of the type of `value`. `weights`, if given, has one entry
    /// for the default and then one for each case.
    @discardableResult
    public func `switch`(
        _ value: IRValue, default: BasicBlock, cases: [(value: IRValue, destination: BasicBlock)],
        weights: [UInt32]? = nil
    ) -> IRValue {
        let instruction = IRValue(LLVMBuildSwitch(ref, value.ref, `default`.ref, UInt32(cases.count)))
        for entry in cases { instruction.addCase(entry.value, entry.destination) }
        if let weights {
            precondition(weights.count == cases.count + 1, "a switch has one weight per destination")
            instruction.setMetadata(profKind, context.branchWeights(weights))
        }
        return instruction
    }

    /// A phi, which must stand in front of all other instructions of its block; see `IRValue.addIncoming`.
    @inlinable
    public func phi(_ type: IRType, name: String = "") -> IRValue { IRValue(LLVMBuildPhi(ref, type.ref, name)) }

    public func phi(
        _ type: IRType, _ incoming: [(value: IRValue, block: BasicBlock)], name: String = ""
    ) -> IRValue {
        let phi = phi(type, name: name)
        phi.addIncoming(incoming)
        return phi
    }

    @discardableResult
    @inlinable
    public func retVoid() -> IRValue { IRValue(LLVMBuildRetVoid(ref)) }

    @discardableResult
    @inlinable
    public func ret(_ value: IRValue) -> IRValue { IRValue(LLVMBuildRet(ref, value.ref)) }

    /// Returns a structure that is made of `values`.
    @discardableResult
    public func retAggregate(_ values: [IRValue]) -> IRValue {
        withReferences(values) { IRValue(LLVMBuildAggregateRet(ref, $0, UInt32($1))) }
    }

    /// Immediate UB when reached: only after something that does not return.
    @discardableResult
    @inlinable
    public func unreachable() -> IRValue { IRValue(LLVMBuildUnreachable(ref)) }

    // MARK: Exceptions

    /// A landing pad. Its function needs a personality; its block starts with it, apart from phis.
    public func landingPad(_ type: IRType, clauses: [IRValue], isCleanup: Bool, name: String = "") -> IRValue {
        let pad = IRValue(LLVMBuildLandingPad(ref, type.ref, nil, UInt32(clauses.count), name))
        for clause in clauses { LLVMAddClause(pad.ref, clause.ref) }
        LLVMSetCleanup(pad.ref, LLVMBool(isCleanup))
        return pad
    }

    /// Continues unwinding with the value of a landing pad.
    @discardableResult
    @inlinable
    public func resume(_ exception: IRValue) -> IRValue { IRValue(LLVMBuildResume(ref, exception.ref)) }
}

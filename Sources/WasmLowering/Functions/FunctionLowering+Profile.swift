// What was counted of a function, where its code branches and calls. It decides which way is fast; what the code does is the
// same, whatever a profile says.

import LLVMBridge
import WasmInstructionTable
import WasmProfile
import WasmSpec

extension FunctionLowering {
    // MARK: Branches

    /// What was counted of the conditional branch that is being lowered; nil when it was never reached.
    var countedWeights: BranchWeights? {
        guard case .branch(let reached, let taken)? = siteCounts else { return nil }
        let weights = Self.weights([min(taken, reached), reached > taken ? reached - taken : 0])
        return weights.map { BranchWeights(then: $0[0], else: $0[1]) }
    }

    /// The same of a `br_table` whose labels at these positions are cases, and all others the default.
    func countedWeights(ofCases positions: [Int]) -> [UInt32]? {
        guard case .table(let counts)? = siteCounts else { return nil }
        let cases = positions.map { counts[$0] }
        var rest = Set(counts.indices)
        rest.subtract(positions)
        return Self.weights([rest.reduce(0) { $0.adding(counts[$1]) }] + cases)
    }

    /// Counts in LLVM's 32 bits, of which only the ratio matters; nil when all are 0.
    private static func weights(_ counts: [UInt64]) -> [UInt32]? {
        guard let most = counts.max(), most != 0 else { return nil }
        // Their sum has to fit, too.
        let (sum, overflows) = counts.reduce((UInt64(0), false)) { result, count in
            let (sum, overflows) = result.0.addingReportingOverflow(count)
            return (sum, result.1 || overflows)
        }
        let scale = (overflows ? most / UInt64(UInt32.max) * UInt64(counts.count) : sum / UInt64(UInt32.max)) + 1
        return counts.map { UInt32(truncatingIfNeeded: $0 / scale) }
    }

    // MARK: Calls

    /// A function that a call through a table or a reference has often called.
    struct CountedCallee {
        var function: FunctionID
        /// How often it was called, and how often another one that was not asked for before.
        var weights: BranchWeights?
    }

    /// Asked for at most, one after the other.
    private static let mostCountedCallees = 3
    /// Of all calls, and of those that are left, in percent, which one has to make up.
    private static let leastPart: UInt64 = 5
    private static let leastPartOfRest: UInt64 = 30

    /// Those that the call that is being lowered may call, and will often.
    func countedCallees(of type: TypeIndex) -> [CountedCallee] {
        guard case .call(let counts)? = siteCounts, let profile = owner.plan.profile else { return [] }
        var rest = counts.targets.reduce(counts.others) { $0.adding($1.count) }
        guard rest != 0, rest >= profile.summary.coldCount else { return [] }
        let all = rest
        var callees: [CountedCallee] = []
        for target in counts.targets.prefix(Self.mostCountedCallees) {
            guard target.count >= all / 100 * Self.leastPart, target.count >= rest / 100 * Self.leastPartOfRest else {
                break
            }
            guard let function = callee(target, type) else { continue }
            rest = rest > target.count ? rest - target.count : 0
            let weights = Self.weights([target.count, rest]).map { BranchWeights(then: $0[0], else: $0[1]) }
            callees.append(CountedCallee(function: function, weights: weights))
        }
        return callees
    }

    /// A counted callee, if a call for that type may call it: the profile may be another program's.
    private func callee(_ target: CallCounts.Target, _ type: TypeIndex) -> FunctionID? {
        let plan = owner.plan
        let provider = plan.instances[target.module]
        let index = FunctionIndex(provider.module.importedFunctionCount + target.function)
        let id = FunctionID(instance: target.module, function: index)
        guard plan.facts.isReferenced[target.module][index.position],
            plan.facts.isReachable[target.module][index.position],
            plan.signature(of: id) == module.functionType(type),
            instance.typeRange(type).contains(provider.typeID(provider.module.functionTypes[index.position]))
        else { return nil }
        return id
    }

    /// Calls through a table: functions that were often called directly, when the element is one of them, others as ever.
    ///
    /// Traps: as without. What is called directly is not null and has the type. In a table that nothing changes, the
    /// element is known by its index, which thus is within bounds.
    func callCounted(
        _ callees: [CountedCallee], _ type: TypeIndex, _ table: TableIndex, _ index: IRValue, _ arguments: [IRValue]
    ) -> [IRValue] {
        let image = image(table)
        guard image.isImmutable else {
            let reference = element(table, toCallAt: index)
            return call(oneOf: callees, type, arguments) { callee in
                builder.icmp(.eq, reference, owner.reference(to: callee.function))
            } otherwise: {
                checkedCallee(type, reference, index)
            }
        }
        let known = callees.filter { image.elements.contains($0.function) }
        return call(oneOf: known, type, arguments) { callee in
            let position = image.elements.firstIndex(of: callee.function) ?? 0
            return builder.icmp(.eq, index, context.constI64(UInt64(position)))
        } otherwise: {
            checkedCallee(type, table, index)
        }
    }

    /// The same through a reference.
    func callCounted(
        _ callees: [CountedCallee], _ type: TypeIndex, _ reference: IRValue, _ arguments: [IRValue]
    ) -> [IRValue] {
        call(oneOf: callees, type, arguments) { callee in
            builder.icmp(.eq, reference, owner.reference(to: callee.function))
        } otherwise: {
            checkedCallee(type, reference: reference)
        }
    }

    private func call(
        oneOf callees: [CountedCallee], _ type: TypeIndex, _ arguments: [IRValue],
        isCalled: (CountedCallee) -> IRValue, otherwise code: () -> IRValue
    ) -> [IRValue] {
        let signature = module.functionType(type)
        let end = function.appendBlock("call.end")
        var results: [(values: [IRValue], block: BasicBlock)] = []
        func finish(_ values: [IRValue]) {
            if let block = builder.insertBlock { results.append((values, block)) }
            builder.br(end)
        }
        for callee in callees {
            let direct = function.appendBlock("call.direct")
            let next = function.appendBlock("call.next")
            builder.condBr(isCalled(callee), direct, next, weights: callee.weights)
            builder.positionAtEnd(direct)
            let mayThrow = owner.plan.facts.throwing[callee.function]
            finish(call(signature, owner.callee(callee.function).value, arguments, mayThrow: mayThrow))
            builder.positionAtEnd(next)
        }
        finish(callIndirectly(type, code(), arguments))
        builder.positionAtEnd(end)
        return signature.results.indices.map { position in
            builder.phi(
                types.type(signature.results[position]),
                results.map { (value: $0.values[position], block: $0.block) })
        }
    }
}

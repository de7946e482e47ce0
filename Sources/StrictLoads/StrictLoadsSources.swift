import LLVMBridge

/// Which loads' values, and which parameters, flow into each vertex, and where they may cancel each other out.
///
/// What two loads give is the same once LLVM has made one of them. A computation of both may then come to the same whatever
/// that is: `2 * a - (b << 1)`, `a == b`. So may one of two values that a load flows into. In such computations a use does
/// not count; it is not looked for whether it would really cancel.
struct StrictLoadsSources {
    typealias ClassSet = StrictLoadsClassSet

    private struct Sources: Equatable {
        /// All that flow into the value.
        var all = ClassSet()
        /// Those that may be subtracted in it, as opposed to added.
        var negated = ClassSet()
    }

    private let flow: StrictLoadsFlow
    private let classes: StrictLoadsClasses
    private var sources: [Sources]
    /// What may cancel in a computation, as far as it has been asked for.
    private var cancelled: [Int: ClassSet] = [:]
    private var cancelledInCalls: [IRValue: ClassSet] = [:]

    /// How often each edge may be gone along, on average. Beyond, everything flows everywhere.
    private static let effort = 32

    init(_ graph: StrictLoadsGraph, _ flow: StrictLoadsFlow, _ classes: StrictLoadsClasses) {
        self.flow = flow
        self.classes = classes
        sources = Array(repeating: Sources(), count: graph.vertices.count)
        for index in 0..<graph.loadCount { sources[index].all = classes.ofLoads[index] }
        var number = classes.count
        for index in graph.loadCount..<graph.rootCount {
            let value = graph.vertices[index].value
            sources[index].all = ClassSet(number)
            if value.isInstruction { sources[index].all |= classes.ofCall(value) }
            number += 1
        }
        spread(graph)
    }

    private mutating func spread(_ graph: StrictLoadsGraph) {
        let order = flow.positions()
        var effort = Self.effort * (graph.uses.count + 1)
        var isPending = [Bool](repeating: true, count: sources.count)
        var pending = Array(graph.vertices.indices)
        while !pending.isEmpty {
            // In rounds: users come after what they use, mostly.
            var next: [Int] = []
            for index in pending {
                isPending[index] = false
                effort -= graph.vertices[index].uses.count
                guard effort > 0 else {
                    sources = sources.map { _ in Sources(all: .everything, negated: .everything) }
                    return
                }
                if graph.vertices[index].isBranch { continue }
                for use in graph.uses[graph.vertices[index].uses] {
                    guard case .vertex(let user) = use.user, !graph.vertices[user].isBranch else { continue }
                    var result = sources[user]
                    let flowing = contribution(of: index, to: user, use, graph, order)
                    result.all |= flowing.all
                    result.negated |= flowing.negated
                    if result == sources[user] { continue }
                    sources[user] = result
                    if !isPending[user] {
                        isPending[user] = true
                        next.append(user)
                    }
                }
            }
            pending = next.sorted()
        }
    }

    /// What flows from a vertex into one that uses it.
    private func contribution(
        of index: Int, to user: Int, _ use: StrictLoadsAnalysis.Use, _ graph: StrictLoadsGraph, _ order: [Int]
    ) -> Sources {
        let own = sources[index]
        let value = graph.vertices[index].value
        let computation = graph.vertices[user].value
        let allNegated = Sources(all: own.all, negated: own.all)
        switch computation.opcode {
        case .phi:
            guard let block = computation.parentBlock, isBackward(use.node, graph.vertices[user].node, block, order)
            else { return own }
            // What a loop loaded in an earlier round lies somewhere else.
            return Sources(all: own.all & ~classes.varying, negated: own.negated & ~classes.varying)
        case .add, .or, .and, .lShr, .zext, .trunc, .bitCast, .freeze, .insertElement, .extractElement, .shuffleVector,
            .insertValue, .extractValue:
            return own
        case .sext:
            return value.type.kind == .integer && value.type.integerWidth == 1 ? allNegated : own
        case .select: return computation.operand(0) == value ? allNegated : own
        case .sub: return computation.operand(0) == value ? own : allNegated
        case .shl, .mul:
            let factor = computation.operand(1)
            guard let constant = factor.constantSExtValue else { return computation.opcode == .mul ? own : allNegated }
            // A factor that shifts out half of the bits may shift out the rest the next time.
            let half = Int64(1) << Int64(value.type.integerWidth / 2 - 1)
            let isSmall =
                computation.opcode == .mul
                ? (0...half).contains(constant) : constant < Int64(value.type.integerWidth / 2)
            return isSmall ? own : allNegated
        default: return allNegated
        }
    }

    private func isBackward(_ source: Int, _ target: Int, _ block: BasicBlock, _ order: [Int]) -> Bool {
        flow.heads[target] == block && order[source] >= order[target]
    }

    // MARK: Questions

    private func sources(of value: IRValue, _ graph: StrictLoadsGraph) -> Sources {
        graph.index(of: value).map { sources[$0] } ?? Sources()
    }

    /// What flows from a root: a guest load, a call or a parameter.
    func own(_ root: Int) -> ClassSet { sources[root].all }

    /// What of a vertex does not count where a computation uses it.
    mutating func cancelled(_ index: Int, in user: Int, _ graph: StrictLoadsGraph) -> ClassSet {
        let own = sources[index].all
        let computation = graph.vertices[user].value
        if graph.vertices[index].isBranch { return mayBeAlike(phi: user, graph) ? .everything : ClassSet() }
        if graph.vertices[user].isBranch || computation.opcode == .phi { return ClassSet() }
        if computation.opcode == .select {
            guard computation.operand(0) == graph.vertices[index].value else { return ClassSet() }
            let first = sources(of: computation.operand(1), graph).all
            return first != ClassSet() && first == sources(of: computation.operand(2), graph).all
                ? .everything : ClassSet()
        }
        if let known = cancelled[user] { return own & known }
        let result = cancelling(in: computation, graph)
        cancelled[user] = result
        return own & result
    }

    /// What of a vertex does not count where a call passes it on.
    mutating func cancelled(_ index: Int, inCall call: IRValue, _ graph: StrictLoadsGraph) -> ClassSet {
        let result = cancelledInCalls[call] ?? shared(in: call, graph)
        cancelledInCalls[call] = result
        return sources[index].all & result
    }

    /// Whether nothing of a vertex is left without `cancelled`.
    func isWhole(_ index: Int, _ cancelled: ClassSet) -> Bool { sources[index].all & ~cancelled == ClassSet() }

    /// What may cancel in a computation.
    private func cancelling(in computation: IRValue, _ graph: StrictLoadsGraph) -> ClassSet {
        switch computation.opcode {
        case .add, .or:
            let (first, second) = (
                sources(of: computation.operand(0), graph), sources(of: computation.operand(1), graph)
            )
            return first.all & second.negated | first.negated & second.all
        case .sub, .xor, .and, .icmp, .fcmp, .uDiv, .sDiv, .uRem, .sRem, .shl, .lShr, .aShr:
            return sources(of: computation.operand(0), graph).all & sources(of: computation.operand(1), graph).all
        case .call, .invoke: return shared(in: computation, graph)
        default: return ClassSet()
        }
    }

    /// What flows into more than one operand of a call, or into one and is loaded by the callee.
    private func shared(in call: IRValue, _ graph: StrictLoadsGraph) -> ClassSet {
        let isIntrinsic = call.isIntrinsicCall
        var seen = classes.ofCall(call)
        var result = ClassSet()
        var last: IRValue?
        for index in 0..<call.argumentCount {
            let operand = call.operand(index)
            // A rotation has its first operand twice.
            if isIntrinsic, operand == last { continue }
            last = operand
            let own = sources(of: operand, graph).all
            result |= seen & own
            seen |= own
        }
        return result
    }

    /// Whether all that a phi chooses from may come to be the same: the same flows into it.
    private mutating func mayBeAlike(phi user: Int, _ graph: StrictLoadsGraph) -> Bool {
        if let known = cancelled[user] { return known != ClassSet() }
        let phi = graph.vertices[user].value
        var common: ClassSet?
        var isAlike = true
        for index in 0..<phi.incomingCount where isAlike {
            let incoming = phi.incoming(index).value
            if incoming == phi { continue }
            let all = sources(of: incoming, graph).all
            isAlike = all != ClassSet() && all == common ?? all && !depends(incoming, on: phi)
            common = all
        }
        cancelled[user] = isAlike ? .everything : ClassSet()
        return isAlike
    }

    /// Whether a value is computed from what a phi was in the round before.
    private func depends(_ value: IRValue, on phi: IRValue) -> Bool {
        var pending = [value]
        var budget = Self.effort
        while let next = pending.popLast(), budget > 0 {
            if next == phi { return true }
            budget -= 1
            guard next.isInstruction, next.opcode.isPure else { continue }
            for index in 0..<next.operandCount { pending.append(next.operand(index)) }
        }
        return false
    }
}

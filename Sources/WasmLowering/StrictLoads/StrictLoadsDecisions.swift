import LLVMBridge

/// What the branches of a function decide.
struct StrictLoadsDecisions {
    private let flow: StrictLoadsFlow
    /// Whether a flow node holds an effect. Guest loads are none: they may be removed as far as this can tell.
    private var hasEffect: [Bool]
    private lazy var postDominators = flow.immediatePostDominators()

    /// Most flow nodes that a branch is looked at for. One that decides about more without an effect in them counts as
    /// deciding nothing, which costs speed and nothing else.
    private static let limit = 400

    init(_ function: IRFunction, _ flow: StrictLoadsFlow, _ calls: StrictLoadsCalls) {
        self.flow = flow
        hasEffect = Array(repeating: false, count: flow.nodeCount)
        var block = function.entryBlock
        while let current = block {
            block = current.next
            guard let node = flow.node(current), !hasEffect[node] else { continue }
            hasEffect[node] = Self.hasEffect(current, calls)
        }
    }

    private static func hasEffect(_ block: BasicBlock, _ calls: StrictLoadsCalls) -> Bool {
        var instruction = block.firstInstruction
        while let current = instruction {
            // That a function returns is no effect, but what it returns is.
            if calls.isEffect(current) || current.opcode == .ret && current.operandCount > 0 { return true }
            instruction = current.nextInstruction
        }
        return false
    }

    /// The phis whose values depend on the branch at the end of `node`, or nil if it decides about an effect.
    mutating func phis(decidedAt node: Int) -> [IRValue]? {
        if flow.mayTrap[node] { return nil }
        let join = postDominators[node]
        var region = join.map { [$0] } ?? []
        var seen = Set(region)
        var pending = [node]
        while let current = pending.popLast() {
            for next in flow.successors(current) where seen.insert(next).inserted {
                if hasEffect[next] { return nil }
                if region.count == Self.limit { return [] }
                region.append(next)
                pending.append(next)
            }
        }
        return region.flatMap { phis(of: flow.heads[$0]) }
    }

    private func phis(of block: BasicBlock) -> [IRValue] {
        var phis: [IRValue] = []
        var instruction = block.firstInstruction
        while let current = instruction, current.opcode == .phi {
            let first = current.incoming(0).value
            if (1..<current.incomingCount).contains(where: { current.incoming($0).value != first }) {
                phis.append(current)
            }
            instruction = current.nextInstruction
        }
        return phis
    }
}

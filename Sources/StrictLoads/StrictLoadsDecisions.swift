import LLVMBridge

/// What the branches of a function decide.
struct StrictLoadsDecisions {
    private let flow: StrictLoadsFlow
    private let folding: StrictLoadsFolding
    /// Whether a flow node holds an effect. Guest loads are none: they may be removed as far as this can tell.
    private var hasEffect: [Bool]
    private lazy var postDominators = flow.immediatePostDominators()

    /// Most flow nodes that a branch is looked at for. One that decides about more without an effect in them counts as
    /// deciding nothing, which costs speed and nothing else.
    private static let limit = 400

    init(_ function: StrictLoadsCalls.Function, _ flow: StrictLoadsFlow, _ folding: StrictLoadsFolding) {
        self.folding = folding
        self.flow = flow
        hasEffect = Array(repeating: false, count: flow.nodeCount)
        for block in function.effectBlocks {
            if let node = flow.node(block) { hasEffect[node] = true }
        }
        guard function.isResultNeeded else { return }
        // That a function returns is no effect, but what it returns is.
        for node in 0..<flow.nodeCount where flow.successors(node).isEmpty {
            if let terminator = flow.terminator(node), terminator.opcode == .ret, terminator.operandCount > 0 {
                hasEffect[node] = true
            }
        }
    }

    /// The phis whose values depend on the branch at the end of `node`, or nil if it decides about an effect.
    mutating func phis(decidedAt node: Int) -> [IRValue]? {
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
            let values = (0..<current.incomingCount).map { current.incoming($0).value }
            if values.contains(where: { $0 != values[0] }), !folding.mayBecomeEqual(values) { phis.append(current) }
            instruction = current.nextInstruction
        }
        return phis
    }
}

/// Whether uses lie on every path.
struct StrictLoadsCoverage {
    private let flow: StrictLoadsFlow
    /// Marks of one question, by its number, so that nothing has to be cleared.
    private var question = 0
    private var isUse: [Int]
    private var isEdgeSource: [Int]
    /// The first in the list of edges of a node that `isEdgeSource` marks.
    private var firstEdge: [Int]
    private var isSeen: [Int]

    /// Most flow nodes to look at for one question. Beyond, the answer is no, which costs speed and nothing else.
    private static let limit = 400

    init(_ flow: StrictLoadsFlow) {
        self.flow = flow
        isUse = Array(repeating: 0, count: flow.nodeCount)
        isEdgeSource = isUse
        firstEdge = isUse
        isSeen = isUse
    }

    /// Whether each path from the end of node `start` meets one of `uses` before it comes back to `start` or ends, and
    /// no path goes round for ever without.
    mutating func covers(
        _ uses: ArraySlice<StrictLoadsAnalysis.Use>, from start: Int, where counts: (StrictLoadsAnalysis.Use) -> Bool
    ) -> Bool {
        question += 1
        var edges: [(target: Int, next: Int)] = []
        for use in uses where counts(use) {
            if let target = use.target {
                edges.append((target, isEdgeSource[use.node] == question ? firstEdge[use.node] : -1))
                firstEdge[use.node] = edges.count - 1
                isEdgeSource[use.node] = question
            } else {
                if use.node == start { return true }
                isUse[use.node] = question
            }
        }
        func stops(_ node: Int, _ next: Int) -> Bool {
            if isUse[next] == question { return true }
            var edge = isEdgeSource[node] == question ? firstEdge[node] : -1
            while edge >= 0 {
                if edges[edge].target == next { return true }
                edge = edges[edge].next
            }
            return false
        }
        var seen = [start]
        var index = 0
        while index < seen.count {
            let node = seen[index]
            index += 1
            if flow.successors(node).isEmpty { return false }
            for next in flow.successors(node) where !stops(node, next) {
                if next == start || seen.count == Self.limit { return false }
                if isSeen[next] == question { continue }
                isSeen[next] = question
                seen.append(next)
            }
        }
        // A path to an end of the function would have met a use.
        return seen.allSatisfy { flow.reachesEnd[$0] } || leavesAll(seen, stops)
    }

    /// Whether each of `nodes`, which lead nowhere but to each other and to uses, leads to a use.
    private func leavesAll(_ nodes: [Int], _ stops: (Int, Int) -> Bool) -> Bool {
        var stuck = nodes
        while !stuck.isEmpty {
            var isStuck = Set(stuck)
            let before = stuck.count
            for node in stuck.reversed()
            where flow.successors(node).contains(where: { stops(node, $0) || !isStuck.contains($0) }) {
                isStuck.remove(node)
            }
            stuck = stuck.filter { isStuck.contains($0) }
            if stuck.count == before { return false }
        }
        return true
    }
}

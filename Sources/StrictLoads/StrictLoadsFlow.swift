import LLVMBridge

/// The control flow of a function, as far as it decides whether a value is used.
///
/// Blocks that always run one after the other are one node. Paths to traps count like any other: which trap comes first
/// can be seen.
struct StrictLoadsFlow {
    /// The node of each block.
    private let nodeOfBlock: [Int]
    private let numbers: ReferenceNumbers<BasicBlock>
    let nodeCount: Int
    /// The first block of each node; phis that choose stand nowhere else.
    let heads: [BasicBlock]
    private let tails: [BasicBlock]
    /// Whether a path leads from the node to an end of the function.
    private(set) var reachesEnd: [Bool]
    private let edges: NumberLists

    init(_ function: IRFunction, _ ends: StrictLoadsEnds) {
        var blocks: [BasicBlock] = []
        forEachBlock(of: function) { blocks.append($0) }
        var numbers = ReferenceNumbers<BasicBlock>(capacity: blocks.count)
        for (number, block) in blocks.enumerated() { numbers.insert(block, number) }
        var all = NumberLists()
        for block in blocks { Self.appendSuccessors(of: block, ends, numbers, to: &all) }

        let chains = Self.chains(all)
        var node = [Int](repeating: 0, count: blocks.count)
        for (index, chain) in chains.enumerated() {
            for number in chain { node[number] = index }
        }
        self.numbers = numbers
        nodeOfBlock = node
        nodeCount = chains.count
        heads = chains.map { blocks[$0[0]] }
        tails = chains.map { blocks[$0[$0.count - 1]] }
        var edges = NumberLists()
        for chain in chains {
            for next in all[chain[chain.count - 1]] { edges.append(node[next]) }
            edges.finishList()
        }
        self.edges = edges
        reachesEnd = Self.nodesReaching((0..<edges.count).filter { edges[$0].isEmpty }, edges.reversed())
    }

    private static func nodesReaching(_ ends: [Int], _ predecessors: NumberLists) -> [Bool] {
        var reaches = [Bool](repeating: false, count: predecessors.count)
        for end in ends { reaches[end] = true }
        var pending = ends
        while let node = pending.popLast() {
            for predecessor in predecessors[node] where !reaches[predecessor] {
                reaches[predecessor] = true
                pending.append(predecessor)
            }
        }
        return reaches
    }

    /// The node of a block of the function.
    func node(_ block: BasicBlock) -> Int? { numbers[block].map { nodeOfBlock[$0] } }

    /// What ends the last block of a node.
    func terminator(_ node: Int) -> IRValue? { tails[node].terminator }

    /// Where a node goes on, without repetitions.
    func successors(_ node: Int) -> ArraySlice<Int> { edges[node] }

    /// The place of each node in an order in which nodes come before those that they lead to, but for one edge of each loop
    /// at least.
    func positions() -> [Int] {
        var isSeen = [Bool](repeating: false, count: nodeCount)
        var result = [Int](repeating: 0, count: nodeCount)
        var position = nodeCount
        for root in 0..<nodeCount where !isSeen[root] {
            isSeen[root] = true
            var stack = [(node: root, next: edges.range(root).lowerBound)]
            while let top = stack.last {
                if top.next == edges.range(top.node).upperBound {
                    position -= 1
                    result[top.node] = position
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let successor = edges[top.node][top.next]
                if !isSeen[successor] {
                    isSeen[successor] = true
                    stack.append((successor, edges.range(successor).lowerBound))
                }
            }
        }
        return result
    }

    private static func appendSuccessors(
        of block: BasicBlock, _ ends: StrictLoadsEnds, _ numbers: ReferenceNumbers<BasicBlock>,
        to lists: inout NumberLists
    ) {
        if let terminator = block.terminator {
            let successors = ends.successors(of: block)
            // A large `switch` has few destinations, but looking through them for each case would be quadratic.
            var seen: Set<Int> = []
            for index in successors {
                guard let number = numbers[terminator.successor(index)] else { continue }
                if successors.count > 8 ? seen.insert(number).inserted : !lists.isInOpenList(number) {
                    lists.append(number)
                }
            }
        }
        lists.finishList()
    }

    /// Divides the blocks into runs in which each is the only successor of the one before it, and that one its only
    /// predecessor.
    private static func chains(_ edges: NumberLists) -> [[Int]] {
        let predecessors = edges.reversed()
        func follower(_ number: Int) -> Int? {
            guard edges[number].count == 1, let next = edges[number].first, next != 0,
                predecessors[next].count == 1
            else { return nil }
            return next
        }
        var isFollower = [Bool](repeating: false, count: edges.count)
        for number in 0..<edges.count {
            if let next = follower(number) { isFollower[next] = true }
        }
        var isPlaced = [Bool](repeating: false, count: edges.count)
        var chains: [[Int]] = []
        // The second round finds rings, which nothing leads to.
        for startsInside in [false, true] {
            for number in 0..<edges.count where !isPlaced[number] && (startsInside || !isFollower[number]) {
                var chain: [Int] = []
                var next: Int? = number
                while let current = next, !isPlaced[current] {
                    isPlaced[current] = true
                    chain.append(current)
                    next = follower(current)
                }
                chains.append(chain)
            }
        }
        return chains
    }

    // MARK: Post-dominators

    /// The immediate post-dominator of each node, or nil where paths meet behind the end only.
    ///
    /// Of a loop that is never left, one node counts as an end, as if it were.
    /// Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm.
    func immediatePostDominators() -> [Int?] {
        let predecessors = edges.reversed()
        let (order, roots) = postOrderFromEnds(predecessors)
        let end = nodeCount
        var position = [Int](repeating: 0, count: nodeCount + 1)
        for (index, node) in order.enumerated() { position[node] = index }
        position[end] = order.count
        var result = [Int](repeating: -1, count: nodeCount + 1)
        result[end] = end
        func common(_ first: Int, _ second: Int) -> Int {
            var (first, second) = (first, second)
            while first != second {
                while position[first] < position[second] { first = result[first] }
                while position[second] < position[first] { second = result[second] }
            }
            return first
        }
        var isChanged = true
        while isChanged {
            isChanged = false
            for node in order.reversed() {
                var best = roots[node] ? end : -1
                for successor in successors(node) where result[successor] >= 0 {
                    best = best < 0 ? successor : common(best, successor)
                }
                if best != result[node] {
                    result[node] = best
                    isChanged = true
                }
            }
        }
        return result.dropLast().map { $0 == end ? nil : $0 }
    }

    /// All nodes in the post-order of the reversed graph, and which of them are its roots.
    private func postOrderFromEnds(_ predecessors: NumberLists) -> (order: [Int], roots: [Bool]) {
        var isSeen = [Bool](repeating: false, count: nodeCount)
        var roots = [Bool](repeating: false, count: nodeCount)
        var order: [Int] = []
        order.reserveCapacity(nodeCount)
        func visit(_ root: Int) {
            roots[root] = true
            isSeen[root] = true
            var stack = [(node: root, next: predecessors[root].startIndex)]
            while let top = stack.last {
                let list = predecessors[top.node]
                if top.next == list.endIndex {
                    order.append(top.node)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let predecessor = list[top.next]
                if !isSeen[predecessor] {
                    isSeen[predecessor] = true
                    stack.append((predecessor, predecessors[predecessor].startIndex))
                }
            }
        }
        for node in 0..<nodeCount where successors(node).isEmpty { visit(node) }
        for node in (0..<nodeCount).reversed() where !isSeen[node] { visit(node) }
        return (order, roots)
    }
}

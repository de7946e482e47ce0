import LLVMBridge

/// Who uses the values that guest loads flow into.
struct StrictLoadsGraph {
    typealias Use = StrictLoadsAnalysis.Use

    struct Vertex {
        /// A parameter, or an instruction: a guest load, a computation, a phi, or a branch, which stands for its
        /// decision.
        let value: IRValue
        /// The flow node it lies in.
        let node: Int
        let isBranch: Bool
        /// An effect in the same flow node needs it.
        var isAnchored = false
        /// Where in `uses` its uses are.
        var uses = 0..<0
        /// Of a phi: the vertex of the operand that was explored last.
        var operand = -1
        /// Of a structure that carries values: how many. 1 for everything else.
        let elementCount: Int
    }

    /// Guest loads in their order, calls that may return what was loaded, parameters, then what has been found.
    private(set) var vertices: [Vertex] = []
    /// The uses of all vertices.
    private(set) var uses: [Use] = []
    private var indices: ReferenceNumbers<IRValue>
    private let flow: StrictLoadsFlow
    let loadCount: Int
    /// Guest loads, calls and parameters.
    private(set) var rootCount = 0
    private let calls: StrictLoadsCalls
    /// Whether what the function returns is needed.
    private let isResultNeeded: Bool
    private var decisions: StrictLoadsDecisions

    init(_ number: Int, _ flow: StrictLoadsFlow, _ calls: StrictLoadsCalls) {
        self.flow = flow
        self.calls = calls
        let function = calls.functions[number]
        isResultNeeded = function.isResultNeeded
        loadCount = function.guestLoads.count
        decisions = StrictLoadsDecisions(function, flow, calls.folding)
        let roots = function.guestLoads + function.loadingCalls
        indices = ReferenceNumbers(capacity: 2 * roots.count)
        for root in roots { _ = vertex(of: root) }
        defer { rootCount = vertices.count }
        guard !function.isParameterNeeded.isEmpty, let entry = function.value.entryBlock.flatMap(flow.node) else {
            return
        }
        for parameter in function.value.parameters {
            indices.insert(parameter, vertices.count)
            vertices.append(Vertex(value: parameter, node: entry, isBranch: false, elementCount: 1))
        }
    }

    /// The vertex of an instruction, made if need be; nil where code cannot be reached.
    private mutating func vertex(of value: IRValue) -> Int? {
        if let known = indices[value] { return known }
        let opcode = value.opcode
        // What an invoke gives is there when it has returned.
        let block = opcode == .invoke ? value.successor(0) : value.parentBlock
        guard let block, let node = flow.node(block) else { return nil }
        let index = vertices.count
        vertices.append(
            Vertex(
                value: value, node: node, isBranch: opcode == .br || opcode == .switch,
                elementCount: elementCount(of: value)))
        indices.insert(value, index)
        return index
    }

    /// Several results of a function are a structure, and each may come from a load of its own. In what an intrinsic
    /// returns, each element needs all operands.
    private func elementCount(of value: IRValue) -> Int {
        guard value.type.kind == .structure else { return 1 }
        if let callee = calls.callee(ofPossibleCall: value), calls.functions[callee].value.isDeclaration { return 1 }
        return value.type.structElements.count
    }

    /// The vertex of a value.
    func index(of value: IRValue) -> Int? { indices[value] }

    /// The element of a structure that a use is about; nil when it is about all.
    func element(of use: Use) -> Int? {
        guard case .vertex(let user) = use.user, vertices[user].value.opcode == .extractValue else { return nil }
        return vertices[user].value.elementIndex
    }

    /// Finds the uses of all vertices, and the vertices that are reached in doing so.
    mutating func explore() {
        var index = 0
        while index < vertices.count {
            let start = uses.count
            if vertices[index].isBranch {
                exploreDecision(index)
            } else if isAnchoredAtOnce(index) {
                vertices[index].isAnchored = true
            } else {
                exploreUses(index)
            }
            vertices[index].uses = start..<uses.count
            index += 1
        }
    }

    /// Leaves out uses in computations in which values may cancel each other out, and decisions between what may come to be
    /// the same. Uses that are left because not all may cancel are marked.
    ///
    /// Returns for each root whether it is among what may cancel in one of those.
    mutating func leaveOutCancelled(_ classes: StrictLoadsClasses) -> [Bool] {
        var sources = StrictLoadsSources(self, flow, classes)
        var partly = StrictLoadsClassSet()
        for index in vertices.indices {
            for use in vertices[index].uses {
                let cancelled =
                    switch uses[use].user {
                    case .vertex(let user): sources.cancelled(index, in: user, self)
                    case .effect:
                        uses[use].call.map { sources.cancelled(index, inCall: $0, self) } ?? StrictLoadsClassSet()
                    case .guestLoad, .nobody: StrictLoadsClassSet()
                    }
                if cancelled == StrictLoadsClassSet() { continue }
                if sources.isWhole(index, cancelled) {
                    uses[use].user = .nobody
                } else {
                    uses[use].isPartial = true
                    partly |= cancelled
                }
            }
        }
        return (0..<rootCount).map { sources.own($0).intersects(partly) }
    }

    // MARK: Values

    /// How an instruction uses a value that it has as an operand.
    private enum Role {
        case effect, computation, guestLoad, phi, none
        /// An effect of a function that may be inlined, and then use the value or not.
        case passed
    }

    private func role(of user: IRValue, _ value: IRValue) -> Role {
        if calls.ends.isBehind(user) { return .none }
        return switch user.opcode {
        case .ret: isResultNeeded ? .effect : .none
        case .resume, .atomicRMW, .atomicCmpXchg: .effect
        case .store: calls.keeps(user) || user.operand(1) == value && !calls.isSlot(value) ? .effect : .none
        case .load:
            if user.isVolatile { .effect } else { isGuestLoad(user) ? .guestLoad : .computation }
        case .call, .invoke:
            if calls.passes(user, value) { role(ofCall: user) } else { .none }
        case .phi: .phi
        case .br, .switch: .computation
        case .select:
            usesWhateverHappens(user, value) && !calls.folding.mayIgnore(value, in: user) ? .computation : .none
        case let opcode: opcode.isPure && !calls.folding.mayIgnore(value, in: user) ? .computation : .none
        }
    }

    private func role(ofCall call: IRValue) -> Role {
        guard calls.isEffect(call) else { return .computation }
        return calls.isShown(call) && call.argumentCount > 1 ? .passed : .effect
    }

    private func isGuestLoad(_ load: IRValue) -> Bool {
        guard let index = indices[load] else { return false }
        return index < loadCount
    }

    /// Whether a `select` uses a value as its condition or for both outcomes: one of them is thrown away, and code
    /// generation makes a branch of that when it seems worth it.
    private func usesWhateverHappens(_ select: IRValue, _ value: IRValue) -> Bool {
        let (first, second) = (select.operand(1), select.operand(2))
        if first == second { return first == value }
        if select.operand(0) == value { return true }
        let other = first == value ? second : first
        guard other.isInstruction, other.opcode.isPure, other.opcode != .select else { return false }
        return (0..<other.operandCount).contains { other.operand($0) == value }
    }

    private func isAnchoredAtOnce(_ index: Int) -> Bool {
        let vertex = vertices[index]
        var use = vertex.value.firstUse
        while let current = use {
            let user = current.user
            if role(of: user, vertex.value) == .effect, let block = user.parentBlock, flow.node(block) == vertex.node {
                return true
            }
            use = current.next
        }
        return false
    }

    private mutating func exploreUses(_ index: Int) {
        let value = vertices[index].value
        var next = value.firstUse
        while let current = next {
            next = current.next
            let user = current.user
            guard let block = user.parentBlock, let node = flow.node(block) else { continue }
            switch role(of: user, value) {
            case .none: break
            case .effect: uses.append(Use(node: node, target: nil, user: .effect))
            case .passed: uses.append(Use(node: node, target: nil, user: .effect, call: user))
            case .guestLoad:
                if let load = vertex(of: user) { uses.append(Use(node: node, target: nil, user: .guestLoad(load))) }
            case .computation:
                if let result = vertex(of: user) { uses.append(Use(node: node, target: nil, user: .vertex(result))) }
            case .phi:
                // A phi is a user once for each edge, and all its edges are looked at together.
                if let result = vertex(of: user), vertices[result].operand != index {
                    vertices[result].operand = index
                    appendUses(of: value, byPhi: user, result, block)
                }
            }
        }
    }

    /// A phi uses a value on the edges that it comes by.
    private mutating func appendUses(of value: IRValue, byPhi phi: IRValue, _ result: Int, _ block: BasicBlock) {
        let node = vertices[result].node
        for index in 0..<phi.incomingCount {
            let edge = phi.incoming(index)
            guard edge.value == value, let source = flow.node(edge.block) else { continue }
            // Within a flow node, or from one that leads nowhere else, the edge is always taken.
            let isOnlyWay = flow.heads[node] != block || flow.successors(source).count == 1
            uses.append(Use(node: source, target: isOnlyWay ? nil : node, user: .vertex(result)))
        }
    }

    // MARK: Branches

    /// A branch matters when it decides whether an effect happens, or which value a needed phi has.
    private mutating func exploreDecision(_ index: Int) {
        let node = vertices[index].node
        guard let phis = decisions.phis(decidedAt: node) else {
            vertices[index].isAnchored = true
            return
        }
        for phi in phis {
            if let user = vertex(of: phi) { uses.append(Use(node: node, target: nil, user: .vertex(user))) }
        }
    }
}

import LLVMBridge

/// Finds the guest loads of one function that nobody needs. See `StrictLoads`.
///
/// Values that guest loads flow into, and branches that they decide, are the vertices of a graph; its edges say who
/// uses whom, and where. At first all vertices count as needed; those that are not used on some path are taken out
/// until nothing changes. What is left may justify itself in a circle, and has to reach an effect besides.
struct StrictLoadsAnalysis {
    /// A use of a vertex.
    struct Use {
        /// The flow node in which it happens, or, for a phi, from which the edge comes.
        let node: Int
        /// The flow node to which the edge of a phi leads, when there are others; nil if the use always happens.
        let target: Int?
        var user: User
        /// Of an effect: the call of a function of the module that it is.
        var call: IRValue?
        /// Whether some of what flows here may cancel.
        var isPartial = false
    }

    enum User: Equatable {
        /// It makes a difference that can be seen.
        case effect
        /// A computation that matters as far as its own result is needed.
        case vertex(Int)
        /// A guest load of that address: whether its value is needed or not, it will stay.
        case guestLoad(Int)
        /// A use that does not count.
        case nobody
    }

    private enum State {
        /// Used by an effect that runs whenever the definition does, or the like.
        case anchored
        /// Needed as far as is known.
        case needed
        case unneeded
    }

    private let flow: StrictLoadsFlow
    private let classes: StrictLoadsClasses
    private let loadCount: Int
    private let callCount: Int
    private let parameterCount: Int
    private var graph: StrictLoadsGraph
    private var coverage: StrictLoadsCoverage
    private var state: [State] = []
    private var countsPartialUses = true
    /// The vertices that count on a vertex's being needed.
    private var dependents = NumberLists()

    /// - Parameter number: the function's number in `calls`.
    init(_ number: Int, _ calls: StrictLoadsCalls) {
        let function = calls.functions[number]
        loadCount = function.guestLoads.count
        callCount = function.loadingCalls.count
        parameterCount = function.isParameterNeeded.count
        flow = StrictLoadsFlow(function.value, calls.ends)
        classes = calls.classification.classes[number]
        graph = StrictLoadsGraph(number, flow, calls)
        coverage = StrictLoadsCoverage(flow)
    }

    /// Whether there is anything to find out about a function.
    static func hasRoots(_ function: StrictLoadsCalls.Function) -> Bool {
        !function.guestLoads.isEmpty || !function.loadingCalls.isEmpty || !function.isParameterNeeded.isEmpty
    }

    /// What nobody needs of a function.
    struct Unneeded {
        /// Guest loads.
        let loads: [IRValue]
        /// Calls of functions that may return what they load.
        let calls: [IRValue]
        /// Numbers of parameters.
        let parameters: [Int]
    }

    mutating func findUnneeded() -> Unneeded {
        graph.explore()
        let isPartlyCancelled = graph.leaveOutCancelled(classes)
        var isUnneeded = findUnneededRoots()
        if isPartlyCancelled.contains(true) {
            // Once more without those uses, for what may cancel there.
            countsPartialUses = false
            for (root, isUnneededThen) in findUnneededRoots().enumerated() where isPartlyCancelled[root] {
                isUnneeded[root] = isUnneeded[root] || isUnneededThen
            }
        }
        func unneeded(from start: Int, _ count: Int) -> [Int] { (0..<count).filter { isUnneeded[start + $0] } }
        return Unneeded(
            loads: unneeded(from: 0, loadCount).map { graph.vertices[$0].value },
            calls: unneeded(from: loadCount, callCount).map { graph.vertices[loadCount + $0].value },
            parameters: unneeded(from: loadCount + callCount, parameterCount))
    }

    /// Whether each guest load, call and parameter is unneeded.
    private mutating func findUnneededRoots() -> [Bool] {
        state = graph.vertices.map { $0.isAnchored ? .anchored : .needed }
        dependents = NumberLists(
            count: state.count, usersAndUsed { if case .vertex(let user) = $0 { user } else { nil } })
        // Users come after what they use, mostly: going backwards, little is looked at twice.
        propagate(Array(graph.vertices.indices))
        while let circular = findCircular() { propagate(circular.flatMap { dependents[$0] }) }
        return (0..<loadCount + callCount + parameterCount).map { state[$0] == .unneeded }
    }

    /// Whether a use is looked at.
    private func counts(_ use: Use) -> Bool { use.user != .nobody && (countsPartialUses || !use.isPartial) }

    /// Pairs of a user, as far as `user` gives one, and the vertex that it uses.
    private func usersAndUsed(_ user: (User) -> Int?) -> [(Int, Int)] {
        var pairs: [(Int, Int)] = []
        pairs.reserveCapacity(graph.uses.count)
        for (index, vertex) in graph.vertices.enumerated() {
            for use in vertex.uses {
                if counts(graph.uses[use]), let user = user(graph.uses[use].user) { pairs.append((user, index)) }
            }
        }
        return pairs
    }

    /// Takes out what is not needed among `pending`, the last first, and then what counted on that.
    private mutating func propagate(_ pending: [Int]) {
        var pending = pending
        var isPending = [Bool](repeating: false, count: state.count)
        for index in pending { isPending[index] = true }
        while let index = pending.popLast() {
            isPending[index] = false
            guard state[index] == .needed, !isNeeded(index) else { continue }
            state[index] = .unneeded
            for dependent in dependents[index] where !isPending[dependent] {
                isPending[dependent] = true
                pending.append(dependent)
            }
        }
    }

    private mutating func isNeeded(_ index: Int) -> Bool {
        let vertex = graph.vertices[index]
        let uses = graph.uses[vertex.uses]
        let counts = { [state, countsPartialUses] (use: Use) in
            if use.isPartial && !countsPartialUses { return false }
            return switch use.user {
            case .vertex(let user): state[user] != .unneeded
            case .effect, .guestLoad: true
            case .nobody: false
            }
        }
        if vertex.isBranch { return uses.contains(where: counts) }
        guard vertex.elementCount > 1 else { return coverage.covers(uses, from: vertex.node, where: counts) }
        // Whoever needs one result of a function does not need the load behind another.
        return (0..<vertex.elementCount).allSatisfy { element in
            coverage.covers(uses, from: vertex.node) { [graph] use in
                counts(use) && graph.element(of: use).map { $0 == element } ?? true
            }
        }
    }

    /// Takes out needed vertices that reach no effect, and returns them; nil when there are none.
    ///
    /// Of loads of addresses that depend on each other in a circle, the last is made volatile, and anchors the rest.
    private mutating func findCircular() -> [Int]? {
        // Users of what, turned round: what is grounded grounds what it uses.
        let used = NumberLists(
            count: state.count,
            usersAndUsed { user in
                switch user {
                case .effect, .nobody: nil
                case .vertex(let user), .guestLoad(let user): user
                }
            })
        var isGrounded = [Bool](repeating: false, count: state.count)
        var pending: [Int] = []
        for (index, vertex) in graph.vertices.enumerated() {
            let hasEffect =
                state[index] == .needed
                && vertex.uses.contains { graph.uses[$0].user == .effect && counts(graph.uses[$0]) }
            let isVolatile = index < loadCount && state[index] == .unneeded
            if hasEffect || isVolatile || state[index] == .anchored { pending.append(index) }
        }
        func ground() {
            while let index = pending.popLast() {
                if isGrounded[index] { continue }
                isGrounded[index] = true
                for other in used[index] where state[other] != .unneeded { pending.append(other) }
            }
        }
        ground()
        var circular: [Int] = []
        for index in (0..<loadCount).reversed() where !isGrounded[index] {
            state[index] = .unneeded
            circular.append(index)
            pending.append(index)
            ground()
        }
        for index in loadCount..<state.count where state[index] == .needed && !isGrounded[index] {
            state[index] = .unneeded
            circular.append(index)
        }
        return circular.isEmpty ? nil : circular
    }
}

extension StrictLoadsAnalysis.Unneeded {
    init(allOf function: StrictLoadsCalls.Function) {
        loads = function.guestLoads
        calls = function.loadingCalls
        parameters = Array(function.isParameterNeeded.indices)
    }
}

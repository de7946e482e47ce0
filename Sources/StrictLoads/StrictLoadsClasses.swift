import LLVMBridge

/// A set of classes of loads, and of other sources of values. There are more classes than bits, so that sets may seem to
/// have in common what they do not, but not the reverse.
typealias StrictLoadsClassSet = SIMD4<UInt64>

extension StrictLoadsClassSet {
    init(_ number: Int) {
        self.init()
        self[number / 64 % 4] = 1 << UInt64(number % 64)
    }

    static var everything: StrictLoadsClassSet { StrictLoadsClassSet(repeating: .max) }

    func intersects(_ other: StrictLoadsClassSet) -> Bool { self & other != StrictLoadsClassSet() }
}

/// Which guest loads of a function may come to be one: those of bytes in common, also those that inlined callees will
/// bring. See `StrictLoadsNumbering` for what that does not look at.
struct StrictLoadsClasses {
    /// The class of each guest load.
    private(set) var ofLoads: [StrictLoadsClassSet]
    /// The classes of loads that a call's callee may do.
    private var ofCalls: [StrictLoadsClassSet]
    private var calls: ReferenceNumbers<IRValue>
    /// Classes of loads from somewhere else in each round of a loop.
    private(set) var varying = StrictLoadsClassSet()
    /// How many classes there are.
    private(set) var count = 0

    struct Load: Hashable {
        let address: StrictLoadsNumbering.Address
        let width: Int
    }

    /// - Parameter loads: what each of the function's guest loads may load.
    /// - Parameter calls: its calls, and the loads that happen in each; nil for a call in which any may happen.
    init(_ loads: [[Load]], calls: [(call: IRValue, loads: [Load]?)], isVarying: (StrictLoadsNumbering.Address) -> Bool)
    {
        ofLoads = Array(repeating: StrictLoadsClassSet(), count: loads.count)
        ofCalls = Array(repeating: StrictLoadsClassSet(), count: calls.count)
        self.calls = ReferenceNumbers(capacity: calls.count)
        var members = loads.enumerated().flatMap { index, choices in choices.map { (load: $0, index: index) } }
        for (index, (call, inside)) in calls.enumerated() {
            self.calls.insert(call, index)
            guard let inside else {
                ofCalls[index] = .everything
                continue
            }
            for load in inside { members.append((load, loads.count + index)) }
        }
        members.sort {
            let (first, second) = ($0.load.address, $1.load.address)
            return (first.root, first.offset, $0.index) < (second.root, second.offset, $1.index)
        }
        var end: StrictLoadsNumbering.Address?
        for (load, index) in members {
            let address = load.address
            if let last = end, last.root == address.root, last.offset > address.offset {
                end?.offset = max(last.offset, address.offset &+ load.width)
            } else {
                end = StrictLoadsNumbering.Address(root: address.root, offset: address.offset &+ load.width)
                count += 1
            }
            let own = StrictLoadsClassSet(count - 1)
            if isVarying(address) { varying |= own }
            if index < loads.count { ofLoads[index] |= own } else { ofCalls[index - loads.count] |= own }
        }
    }

    func ofCall(_ call: IRValue) -> StrictLoadsClassSet { calls[call].map { ofCalls[$0] } ?? StrictLoadsClassSet() }
}

/// The classes of all functions of a module.
struct StrictLoadsClassification {
    typealias Load = StrictLoadsClasses.Load

    private(set) var classes: [StrictLoadsClasses] = []
    private var numbering = StrictLoadsNumbering()

    /// Most loads of a callee to look at one by one. Beyond, any load may happen in it.
    private static let limit = 64

    /// - Parameter calls: calls of functions that the module defines.
    /// - Parameter calleesFirst: the functions' numbers.
    init(
        _ functions: [StrictLoadsCalls.Function], _ calls: [(callee: Int, caller: Int, call: IRValue)],
        calleesFirst: [Int]
    ) {
        let callsOf = NumberLists(count: functions.count, calls.enumerated().map { ($1.callee, $0) })
        let callsIn = NumberLists(count: functions.count, calls.enumerated().map { ($1.caller, $0) })
        // Parameters that are given one value may be one address.
        for number in calleesFirst.reversed() {
            uniteParameters(of: functions[number].value, callsOf[number].map { calls[$0].call })
        }
        var inside = [[Load]?](repeating: [], count: functions.count)
        var result = [StrictLoadsClasses?](repeating: nil, count: functions.count)
        for number in calleesFirst {
            let loads = functions[number].guestLoads.map { load in
                let width = Self.byteCount(load.type)
                return numbering.addresses(load.operand(0)).map { Load(address: $0, width: width) }
            }
            let called = callsIn[number].map { index in
                let call = calls[index]
                return (call.call, loadsInside(call.call, functions[call.callee].value, inside[call.callee]))
            }
            result[number] = StrictLoadsClasses(loads, calls: called) { [numbering] in numbering.isVarying($0) }
            inside[number] = visible(loads, called.map(\.1))
        }
        classes = result.compactMap { $0 }
    }

    private mutating func uniteParameters(of function: IRFunction, _ calls: [IRValue]) {
        let count = function.parameterCount
        guard count > 1, !calls.isEmpty else { return }
        var united = Array(0..<count)
        for call in calls {
            var first: [Int: Int] = [:]
            for index in 0..<count {
                let number = numbering.number(of: call.operand(index))
                if let other = first[number] {
                    united[index] = min(united[index], united[other])
                } else {
                    first[number] = index
                }
            }
        }
        for index in 0..<count where united[index] != index {
            numbering.unite(function.parameter(index), with: numbering.number(of: function.parameter(united[index])))
        }
    }

    /// The loads of a function that its callers may have, too: not those that differ in each round of a loop.
    private func visible(_ loads: [[Load]], _ calls: [[Load]?]) -> [Load]? {
        var seen = Set<Load>()
        var result: [Load] = []
        for group in loads + calls {
            guard let group else { return nil }
            for load in group where !numbering.isVarying(load.address) && seen.insert(load).inserted {
                guard result.count < Self.limit else { return nil }
                result.append(load)
            }
        }
        return result
    }

    private mutating func loadsInside(_ call: IRValue, _ callee: IRFunction, _ loads: [Load]?) -> [Load]? {
        guard let loads else { return nil }
        if loads.isEmpty { return [] }
        var arguments: [Int: Int] = [:]
        for index in 0..<callee.parameterCount {
            arguments[numbering.number(of: callee.parameter(index))] = numbering.number(of: call.operand(index))
        }
        var result: [Load] = []
        for load in loads {
            guard let address = numbering.substitute(arguments, in: load.address) else { return nil }
            result.append(Load(address: address, width: load.width))
        }
        return result
    }

    private static func byteCount(_ type: IRType) -> Int {
        switch type.kind {
        case .integer: (type.integerWidth + 7) / 8
        case .half: 2
        case .float: 4
        case .vector: max(1, type.vectorCount * bitWidth(type.elementType) / 8)
        default: 8
        }
    }

    private static func bitWidth(_ type: IRType) -> Int {
        type.kind == .integer ? type.integerWidth : 8 * byteCount(type)
    }
}

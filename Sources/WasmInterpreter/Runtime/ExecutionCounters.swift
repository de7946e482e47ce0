// What executions count, for profiles.

import Synchronization
import WasmSpec

/// Counters of a program; stores of its threads have them in common.
public final class ExecutionCounters: Sendable {
    private struct Key: Hashable {
        let instance: Int
        let function: FunctionIndex
    }

    private let functions = Mutex<[Key: FunctionCounters]>([:])

    public init() {}

    /// Those of a function, which begins at a module offset.
    func counters(instance: Int, function: FunctionIndex, at offset: Int) -> FunctionCounters {
        functions.withLock { functions in
            let key = Key(instance: instance, function: function)
            if let known = functions[key] { return known }
            let counters = FunctionCounters(at: offset)
            functions[key] = counters
            return counters
        }
    }

    /// What was counted of a function, by the number of its instance in the store and its index there; nil when it was
    /// never called. Threads may still count.
    public func counts(instance: Int, function: FunctionIndex) -> ExecutionCounts? {
        functions.withLock { $0[Key(instance: instance, function: function)] }?.counts
    }
}

/// What was counted of a function.
public struct ExecutionCounts: Sendable {
    /// How often it was called.
    public var entries: UInt64
    /// By module offset of the instruction. Instructions in code that cannot run are not there.
    public var sites: [Int: ExecutionSite] = [:]
}

/// What was counted of an instruction.
public enum ExecutionSite: Sendable {
    /// Iterations of a loop.
    case loop(UInt64)
    /// How often a conditional branch was reached, and how often its condition held.
    case branch(reached: UInt64, taken: UInt64)
    /// By label of a `br_table`, the default last.
    case table([UInt64])
    /// Callees of a call through a table or a reference, and calls of others.
    case call(callees: [(instance: Int, function: FunctionIndex, count: UInt64)], others: UInt64)
}

/// The counters of a function, which code refers to by their addresses.
final class FunctionCounters: Sendable {
    enum Kind: Sendable {
        case loop, branchThatHolds, branchThatFails, table, call
    }

    /// Counters of a site.
    fileprivate struct Words: @unchecked Sendable {
        let kind: Kind
        let first: UnsafeMutablePointer<UInt64>
        let count: Int
    }

    private let offset: Int
    private let sites = Mutex<[Int: Words]>([:])

    /// - Parameter offset: Where the function begins, at which there is no instruction.
    init(at offset: Int) { self.offset = offset }

    deinit { sites.withLock { for words in $0.values { words.first.deallocate() } } }

    /// The counter of calls.
    var entry: UnsafeMutablePointer<UInt64> { words(of: .loop, at: offset, count: 1) }

    func callees(at offset: Int) -> UnsafeMutablePointer<UInt64> {
        words(of: .call, at: offset, count: CalleeCounters.words)
    }

    /// The counters of the instruction at a module offset, the same whenever somebody asks.
    func words(of kind: Kind, at offset: Int, count: Int) -> UnsafeMutablePointer<UInt64> {
        let words = sites.withLock { sites in
            if let known = sites[offset] { return known }
            let first = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
            first.initialize(repeating: 0, count: count)
            let words = Words(kind: kind, first: first, count: count)
            sites[offset] = words
            return words
        }
        return words.first
    }

    var counts: ExecutionCounts {
        sites.withLock { sites in
            var counts = ExecutionCounts(entries: sites[offset]?.first.pointee ?? 0)
            for (place, words) in sites where place != offset { counts.sites[place] = words.site }
            return counts
        }
    }
}

extension FunctionCounters.Words {
    fileprivate var site: ExecutionSite {
        let numbers = Array(UnsafeBufferPointer(start: first, count: count))
        switch kind {
        case .loop: return .loop(numbers[0])
        case .branchThatHolds: return .branch(reached: numbers[0], taken: numbers[1])
        case .branchThatFails: return .branch(reached: numbers[0], taken: numbers[0] &- min(numbers[0], numbers[1]))
        case .table: return .table(numbers)
        case .call:
            var callees: [(instance: Int, function: FunctionIndex, count: UInt64)] = []
            for entry in 0..<CalleeCounters.entries {
                let name = numbers[CalleeCounters.first + 2 * entry]
                if name == 0 { continue }
                let (instance, function) = CalleeCounters.function(name)
                callees.append((instance, function, numbers[CalleeCounters.first + 2 * entry + 1]))
            }
            return .call(callees: callees, others: numbers[CalleeCounters.others])
        }
    }
}

// What memories, tables and the heap of a store may take together, as runtime-c/src/budget.c counts it for compiled
// programs.

import Synchronization

/// Bytes that memories, tables (8 for each element) and the heap may take: a store's, or within it those of some of its
/// modules.
public final class ByteBudget: Sendable {
    /// The most; `UInt64.max` for any number.
    public let limitBytes: UInt64
    private let outer: ByteBudget?
    private let counts = Mutex(Counts())

    private struct Counts {
        var usedBytes: UInt64 = 0
        /// Of these, what tables began with.
        var startTableBytes: UInt64 = 0
    }

    /// Tables of up to so many bytes are there at start whatever the limit; `runtime-c/src/budget.c` says why.
    static let startTableBytes: UInt64 = 65_536

    static let bytesPerElement: UInt64 = 8

    /// - Parameter outer: The budget of which this one is a part.
    public init(limitBytes: UInt64 = .max, within outer: ByteBudget? = nil) {
        self.limitBytes = limitBytes
        self.outer = outer
    }

    /// Pays for bytes; false, and nothing is paid, when they are more than is left.
    func take(_ bytes: UInt64) -> Bool { take(bytes, atStart: false) }

    /// Pays for a memory's first bytes, in whose way small tables do not stand.
    public func takeAtStart(_ bytes: UInt64) -> Bool { take(bytes, atStart: true) }

    /// Pays for a table's first elements.
    public func takeStartTable(elements: UInt64) -> Bool {
        let (bytes, overflow) = elements.multipliedReportingOverflow(by: Self.bytesPerElement)
        return !overflow && takeStartTable(bytes: bytes)
    }

    /// Gives back, to the budget of which this one is a part, all that was paid here: nothing has it any more.
    public func giveBackAll() {
        let bytes = counts.withLock { counts in
            defer { counts = Counts() }
            return counts.usedBytes
        }
        outer?.giveBack(bytes)
    }

    func giveBack(_ bytes: UInt64) {
        counts.withLock { $0.usedBytes -= bytes }
        outer?.giveBack(bytes)
    }

    private func take(_ bytes: UInt64, atStart: Bool) -> Bool {
        let isPaid = counts.withLock { counts in
            guard fits(bytes, counts, atStart: atStart) else { return false }
            counts.usedBytes += bytes
            return true
        }
        guard isPaid else { return false }
        if let outer, !outer.take(bytes, atStart: atStart) {
            counts.withLock { $0.usedBytes -= bytes }
            return false
        }
        return true
    }

    private func takeStartTable(bytes: UInt64) -> Bool {
        let isPaid = counts.withLock { counts in
            let (used, overflow) = counts.usedBytes.addingReportingOverflow(bytes)
            guard !overflow else { return false }
            var after = counts
            after.usedBytes = used
            after.startTableBytes += bytes
            guard fits(0, after, atStart: true) else { return false }
            counts = after
            return true
        }
        return isPaid && outer?.takeStartTable(bytes: bytes) ?? true
    }

    private func fits(_ bytes: UInt64, _ counts: Counts, atStart: Bool) -> Bool {
        var used = counts.usedBytes
        if atStart { used -= min(counts.startTableBytes, Self.startTableBytes) }
        return used <= limitBytes && bytes <= limitBytes - used
    }
}

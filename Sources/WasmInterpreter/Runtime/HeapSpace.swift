// What the heaps of a program's threads may take together.

import Glibc
import Synchronization

/// The bytes that all heaps of a program may have, as `runtime-c/src/gc` has them for compiled programs: each thread has a
/// heap of its own, as no reference leaves its store, and collects it without the others.
public final class HeapSpace: Sendable {
    public let limitBytes: Int
    private let counts = Mutex(Counts())
    /// How often a heap has asked the others to collect.
    private let requestCount = Atomic<Int>(0)

    private struct Counts {
        var takenBytes = 0
        var heaps = 0
        var collections = 0
    }

    /// - Parameter limitBytes: Rounded down to whole blocks.
    public init(limitBytes: Int) { self.limitBytes = limitBytes / Heap.blockBytes * Heap.blockBytes }

    func addHeap() { counts.withLock { $0.heaps += 1 } }

    /// Takes note of the end of a heap, which had so many bytes.
    func removeHeap(_ bytes: Int) {
        counts.withLock { counts in
            counts.heaps -= 1
            counts.takenBytes -= bytes
        }
    }

    /// Whether a heap may have so many bytes more, which are its own then.
    func take(_ bytes: Int) -> Bool {
        counts.withLock { counts in
            guard bytes <= limitBytes - counts.takenBytes else { return false }
            counts.takenBytes += bytes
            return true
        }
    }

    /// The number of a collection among those of all heaps, from 1 on.
    func nextCollection() -> Int {
        counts.withLock { counts in
            counts.collections += 1
            return counts.collections
        }
    }

    func giveBack(_ bytes: Int) { counts.withLock { $0.takenBytes -= bytes } }

    var requests: Int { requestCount.load(ordering: .relaxed) }

    /// How long who finds no room waits for others: one that waits for something else never answers.
    private static let patience = Duration.seconds(1)

    /// Asks the other heaps to collect, and waits a moment for what they give back; false: there are none of either.
    func askOthers() -> Bool {
        let (takenBytes, heaps) = counts.withLock { ($0.takenBytes, $0.heaps) }
        guard heaps > 1 else { return false }
        requestCount.add(1, ordering: .relaxed)
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            if counts.withLock({ $0.takenBytes }) < takenBytes { return true }
            sched_yield()
        }
        return false
    }

    /// Nobody can collect what another thread has left lying. Where there are several and half of the space is taken, this is
    /// how much each leaves.
    var part: Int? {
        counts.withLock { counts in
            guard counts.heaps > 1, counts.takenBytes >= limitBytes / 2 else { return nil }
            return limitBytes / 2 / counts.heaps
        }
    }
}

import Diagnostics
import Synchronization
import Testing

@testable import Support

@Suite struct ThreadTests {
    @Test func threadsRunAndAreJoined() throws {
        let count = Atomic(0)
        let threads = (0..<4).compactMap { _ in SystemThread { count.add(1, ordering: .relaxed) } }
        for thread in threads { thread.join() }
        #expect(count.load(ordering: .relaxed) == threads.count)
    }

    private static func depth(_ count: Int) -> Int { count == 0 ? 0 : 1 + depth(count - 1) }

    @Test func stacksAreAsLargeAsAskedFor() throws {
        let depth = Atomic(0)
        // More frames than the stack of a default thread holds.
        let thread = try #require(
            SystemThread(stackBytes: 512 << 20) { depth.store(Self.depth(1_000_000), ordering: .relaxed) })
        thread.join()
        #expect(depth.load(ordering: .relaxed) == 1_000_000)
    }

    @Test(arguments: [1, 3, 100]) func resultsAreInTheOrderOfTheElements(_ threads: Int) throws {
        let results = parallelMap(Array(0..<50), threads: threads, stackBytes: 1 << 20) {
            (element: Int) throws(Diagnostic) in 2 * element
        }
        #expect(try results.map { try $0.get() } == (0..<50).map { 2 * $0 })
        #expect(parallelMap([Int](), threads: threads, stackBytes: 1 << 20) { (_) throws(Diagnostic) in 1 }.isEmpty)
    }

    @Test func nothingIsBegunAfterAnError() {
        let results = parallelMap(Array(0..<50), threads: 1, stackBytes: 1 << 20) {
            (element: Int) throws(Diagnostic) in
            if element == 3 { throw Diagnostic(.internal, "three") }
            return element
        }
        #expect(results.count == 4)
        #expect(throws: Diagnostic.self) { try results[3].get() }
    }
}

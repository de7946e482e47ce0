import Diagnostics
import Synchronization

/// Maps `elements` on up to `threads` threads. Results are in the order of the elements, so that nothing
/// depends on which thread was faster; after an error no further element is begun.
///
/// - Parameter stackBytes: of each thread; address space only until it is used.
public func parallelMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], threads: Int, stackBytes: Int,
    _ transform: @escaping @Sendable (Element) throws(Diagnostic) -> Result
) -> [Swift.Result<Result, Diagnostic>] {
    let queue = WorkQueue(elements, transform)
    let count = max(1, min(threads, elements.count))
    let workers = (0..<count).compactMap { _ in SystemThread(stackBytes: stackBytes) { queue.work() } }
    // Without a single thread the caller works; its stack is the process's.
    if workers.isEmpty { queue.work() }
    for worker in workers { worker.join() }
    return queue.results
}

/// Elements to do and results so far.
private final class WorkQueue<Element: Sendable, Output: Sendable>: Sendable {
    private struct State: ~Copyable {
        var next = 0
        var isFailed = false
        var results: [Int: Result<Output, Diagnostic>] = [:]
    }

    private let elements: [Element]
    private let transform: @Sendable (Element) throws(Diagnostic) -> Output
    private let state = Mutex(State())

    init(_ elements: [Element], _ transform: @escaping @Sendable (Element) throws(Diagnostic) -> Output) {
        self.elements = elements
        self.transform = transform
    }

    func work() {
        while let index = take() {
            let result: Result<Output, Diagnostic>
            do {
                result = .success(try transform(elements[index]))
            } catch {
                result = .failure(error)
            }
            state.withLock { state in
                state.results[index] = result
                if case .failure = result { state.isFailed = true }
            }
        }
    }

    private func take() -> Int? {
        state.withLock { state in
            guard !state.isFailed, state.next < elements.count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    /// In element order; elements that were not begun after an error are left out.
    var results: [Result<Output, Diagnostic>] {
        state.withLock { state in elements.indices.compactMap { state.results[$0] } }
    }
}

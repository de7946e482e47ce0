// Threads with large stacks: LLVM recurses over the code it compiles, and a default thread's stack is
// too small for what a guest can make of that.

import Diagnostics
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Bytes of a compiling thread's stack; address space only until it is used.
private let threadStackBytes = 256 << 20

/// Maps `elements` on up to `threads` threads. Results are in the order of the elements, so that nothing
/// depends on which thread was faster; after an error no further element is begun.
func parallelMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], threads: Int, _ transform: @escaping @Sendable (Element) throws(Diagnostic) -> Result
) -> [Swift.Result<Result, Diagnostic>] {
    let queue = WorkQueue(elements, transform)
    let count = max(1, min(threads, elements.count))
    var workers: [pthread_t] = []
    for _ in 0..<count {
        if let thread = startThread({ queue.work() }) { workers.append(thread) }
    }
    // Without a single thread the caller works; its stack is the process's.
    if workers.isEmpty { queue.work() }
    for worker in workers { pthread_join(worker, nil) }
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

private final class ThreadBody {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
}

private func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, threadStackBytes)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
    let status = pthread_create(
        &thread, &attributes,
        { context in
            guard let context else { return nil }
            Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
            return nil
        }, context)
    guard status == 0 else {
        Unmanaged<ThreadBody>.fromOpaque(context).release()
        return nil
    }
    return thread
}

/// Counts finished tasks and tells whoever wants to know.
final class ProgressCounter: Sendable {
    private let completed = Mutex(0)
    private let total: Int
    private let report: (@Sendable (CompileProgress) -> Void)?

    init(total: Int, report: (@Sendable (CompileProgress) -> Void)?) {
        self.total = total
        self.report = report
        report?(CompileProgress(completed: 0, total: total))
    }

    func advance() {
        guard let report else { return }
        let count = completed.withLock { count in
            count += 1
            return count
        }
        report(CompileProgress(completed: count, total: total))
    }
}

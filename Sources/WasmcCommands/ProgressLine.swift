import Synchronization

/// A line on the terminal that says how far a long compilation has come. Short ones draw nothing.
final class ProgressLine: Sendable {
    private struct State: Sendable {
        var lastDraw: ContinuousClock.Instant?
    }

    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// A compilation that takes no longer needs no line.
    static let delay = Duration.seconds(1)
    static let interval = Duration.milliseconds(100)

    /// Called from any thread.
    func update(completed: Int, total: Int) {
        let now = ContinuousClock.now
        guard now - start >= Self.delay else { return }
        state.withLock { state in
            if let last = state.lastDraw, now - last < Self.interval { return }
            state.lastDraw = now
            let seconds = (now - start).components.seconds
            Console.drawError("\r\u{1B}[Kcompiling: \(completed) of \(total) parts, \(seconds) s")
        }
    }

    /// Removes the line.
    func clear() {
        state.withLock { state in
            guard state.lastDraw != nil else { return }
            state.lastDraw = nil
            Console.drawError("\r\u{1B}[K")
        }
    }
}

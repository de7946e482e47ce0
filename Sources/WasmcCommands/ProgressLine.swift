import Diagnostics
import Glibc
import Support
import Synchronization
import WasmDriver

/// A line on the terminal that says what a long compilation is doing. Short ones draw nothing.
final class ProgressLine: Sendable {
    private struct State: Sendable {
        var progress = BuildProgress.reading
        /// What is drawn now.
        var drawn = ""
        var isEnded = false
    }

    /// A compilation that takes no longer needs no line.
    static let delay = Duration.seconds(2)
    private static let interval_us: UInt32 = 100_000

    private let start = ContinuousClock.now
    private let draw: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameter draw: writes to the terminal.
    init(draw: @escaping @Sendable (String) -> Void = { Console.drawError(TerminalText(trusted: $0)) }) {
        self.draw = draw
    }

    /// Draws from now on until `end`, on a thread of its own: a single function may take longer than a user waits.
    func begin() {
        SystemThread {
            while self.tick(after: ContinuousClock.now - self.start) { usleep(ProgressLine.interval_us) }
        }?.detach()
    }

    /// Called from any thread with what is being done.
    func update(_ progress: BuildProgress) { state.withLock { $0.progress = progress } }

    /// Draws the line if it is time to and something has changed; false after the end.
    func tick(after elapsed: Duration) -> Bool {
        state.withLock { state in
            if state.isEnded { return false }
            guard elapsed >= Self.delay else { return true }
            let text = "\(state.progress.description), \(elapsed.components.seconds) s"
            if text != state.drawn { draw("\r\u{1B}[K" + text) }
            state.drawn = text
            return true
        }
    }

    /// Removes the line; it is drawn again if the work goes on.
    func clear() { state.withLock { remove(&$0) } }

    /// Removes the line for good. Nothing is drawn between the two.
    func end() {
        state.withLock { state in
            remove(&state)
            state.isEnded = true
        }
    }

    private func remove(_ state: inout State) {
        if !state.drawn.isEmpty { draw("\r\u{1B}[K") }
        state.drawn = ""
    }
}

extension BuildProgress {
    /// What is being done, for people.
    var description: String {
        switch self {
        case .reading: "reading"
        case .compiling(let completed, let total): "compiling: \(completed) of \(total) parts"
        case .linking: "linking"
        }
    }
}

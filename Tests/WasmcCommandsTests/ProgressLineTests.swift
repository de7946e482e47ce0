import Synchronization
import Testing

@testable import WasmcCommands

@Suite struct ProgressLineTests {
    /// What was drawn.
    private final class Terminal: Sendable {
        private let text = Mutex("")
        func draw(_ more: String) { text.withLock { $0 += more } }
        func take() -> String {
            text.withLock { text in
                defer { text = "" }
                return text.replacing("\r\u{1B}[K", with: "|")
            }
        }
    }

    @Test func shortWorkDrawsNothing() {
        let terminal = Terminal()
        let line = ProgressLine { terminal.draw($0) }
        line.update(.compiling(completed: 1, total: 2))
        #expect(line.tick(after: .milliseconds(1999)))
        line.end()
        #expect(!line.tick(after: .seconds(10)))
        #expect(terminal.take() == "")
    }

    @Test func longWorkSaysWhatItDoes() {
        let terminal = Terminal()
        let line = ProgressLine { terminal.draw($0) }
        _ = line.tick(after: .milliseconds(2000))
        #expect(terminal.take() == "|reading, 2 s")
        line.update(.compiling(completed: 0, total: 8))
        _ = line.tick(after: .milliseconds(2100))
        #expect(terminal.take() == "|compiling: 0 of 8 parts, 2 s")
        _ = line.tick(after: .milliseconds(2200))
        #expect(terminal.take() == "")
        // Nothing is done yet, but time passes.
        _ = line.tick(after: .milliseconds(3000))
        #expect(terminal.take() == "|compiling: 0 of 8 parts, 3 s")
        // A remark takes the line away for a moment.
        line.clear()
        #expect(terminal.take() == "|")
        _ = line.tick(after: .milliseconds(3100))
        #expect(terminal.take() == "|compiling: 0 of 8 parts, 3 s")
        line.update(.linking)
        _ = line.tick(after: .milliseconds(3200))
        #expect(terminal.take() == "|linking, 3 s")
        line.end()
        #expect(terminal.take() == "|")
        line.end()
        #expect(terminal.take() == "")
    }
}

import Support
import Testing

@testable import WasmDriver

@Suite struct SubprocessTests {
    @Test func argumentsArriveAsTheyAre() throws {
        let arguments = ["-c", "printf '<%s>' \"$@\"", "sh", "a b", "$HOME", "", "*", "'"]
        let outcome = try Subprocess(executable: "/bin/sh", arguments: arguments).run()
        #expect(outcome.status == .exited(0))
        #expect(outcome.output == "<a b><$HOME><><*><'>")
    }

    @Test func standardInputIsEmpty() throws {
        let outcome = try Subprocess(executable: "/bin/cat", arguments: []).run()
        #expect(outcome == Subprocess.Outcome(status: .exited(0), output: ""))
    }

    @Test func statusesAndSignals() throws {
        let sh = { try Subprocess(executable: "/bin/sh", arguments: ["-c", $0]).run().status }
        #expect(try sh("exit 0") == .exited(0))
        #expect(try sh("exit 255") == .exited(255))
        #expect(try sh("kill -TERM $$") == .signaled(15))
    }

    /// More than a pipe holds: the child must not be blocked for ever, and only the beginning is kept.
    @Test func longOutputIsCut() throws {
        let outcome = try Subprocess(executable: "/bin/sh", arguments: ["-c", "yes | head -c 300000"]).run()
        #expect(outcome.status == .exited(0))
        #expect(outcome.output.utf8.count == Subprocess.outputLimit)
    }

    @Test func missingExecutable() throws {
        let error = try #require(throws: Diagnostic.self) {
            try Subprocess(executable: "/nonexistent/ld", arguments: []).run()
        }
        #expect(error.phase == .environment)
        #expect(error.message == "cannot run `/nonexistent/ld`")
    }
}

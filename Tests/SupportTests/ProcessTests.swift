import Diagnostics
import Glibc
import Testing

@testable import Support

@Suite struct ProcessTests {
    /// How a shell script ends, and what it prints.
    private func run(_ script: String, environment: [String]? = nil) throws -> (Support.ExitStatus, String) {
        let pipe = try Pipe()
        var process = ProcessStart(executable: "/bin/sh", arguments: ["-c", script], environment: environment)
        process.hasEmptyInput = true
        process.descriptors = [(pipe.writeEnd, STDOUT_FILENO)]
        let child = try process.start()
        close(pipe.writeEnd)
        var output: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 100)
        while case let count = Files.read(pipe.readEnd, into: &block), count > 0 { output += block[..<count] }
        close(pipe.readEnd)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return (Support.ExitStatus(waitStatus: status), String(decoding: output, as: UTF8.self))
    }

    @Test func statuses() throws {
        #expect(try run("exit 3").0 == .exited(3))
        // Others may be blocked in the thread that runs a test, and so in what it starts.
        #expect(try run("kill -KILL $$").0 == .signaled(SIGKILL))
    }

    @Test func descriptorsAndEnvironment() throws {
        #expect(try run("cat; echo $NAME", environment: ["NAME=value"]) == (.exited(0), "value\n"))
        #expect(try run("echo \"${NAME-unset}\"", environment: []).1 == "unset\n")
    }

    @Test func whatCannotBeRunIsAnError() throws {
        let error = try #require(throws: Diagnostic.self) { try ProcessStart(executable: "/nonexistent").start() }
        #expect(error.phase == .environment && error.message == "cannot run `/nonexistent`")
    }
}

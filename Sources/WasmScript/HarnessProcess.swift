// The process of a harness: commands in, answers out, a line each.

import Diagnostics
import Glibc
import Support

/// A running harness. It is killed when the value goes away.
final class HarnessProcess {
    private let pid: pid_t
    private let commands: Int32
    private let answers: Int32
    private var buffer: [UInt8] = []

    /// Starts `executable`, which need not stay in the file system.
    init(executable: String) throws(Diagnostic) {
        let input = try Pipe()
        let output = try Pipe()
        var process = ProcessStart(executable: executable, environment: [])
        process.descriptors = [(input.readEnd, STDIN_FILENO), (output.writeEnd, STDOUT_FILENO)]
        defer {
            close(input.readEnd)
            close(output.writeEnd)
        }
        do throws(Diagnostic) { pid = try process.start() } catch {
            throw Diagnostic(.environment, "cannot start the program of the script", error.detail)
        }
        commands = input.writeEnd
        answers = output.readEnd
    }

    /// Sends a command and waits for its answer; nil when the program has ended or does not answer.
    func ask(_ command: String) -> String? {
        // A harness that died must not kill the one who asks.
        guard Files.write(Array(command.utf8) + [UInt8(ascii: "\n")], to: commands) == 0 else { return nil }
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line
            }
            guard isReadable(timeoutSeconds: Self.answerTimeoutSeconds) else { return nil }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = Files.read(answers, into: &chunk)
            if count <= 0 { return nil }
            buffer += chunk[..<count]
        }
    }

    /// A command that takes longer does not end: scripts are made of short ones.
    private static let answerTimeoutSeconds = 120

    private func isReadable(timeoutSeconds: Int) -> Bool {
        var descriptor = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
        while true {
            let count = poll(&descriptor, 1, Int32(timeoutSeconds * 1000))
            if count < 0, errno == EINTR { continue }
            return count > 0
        }
    }

    deinit {
        close(commands)
        close(answers)
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }
}

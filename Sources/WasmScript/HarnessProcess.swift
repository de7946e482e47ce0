// The process of a harness: commands in, answers out, a line each.

import Diagnostics
import Glibc
import Support

/// A running harness. It is killed when the value goes away.
final class HarnessProcess {
    private let pid: pid_t
    /// By thread, the main one's first; each is used by one thread.
    let sessions: [HarnessSession]

    /// Starts `executable`, which need not stay in the file system, with `threadCount` threads beside its main one.
    init(executable: String, threadCount: Int) throws(Diagnostic) {
        var process = ProcessStart(
            executable: executable, arguments: threadCount > 0 ? ["\(threadCount)"] : [], environment: [])
        var sessions: [HarnessSession] = []
        var theirs: [Int32] = []
        defer { for end in theirs { close(end) } }
        for thread in 0...threadCount {
            let (commands, answers) = (try Self.pipe(above: threadCount), try Self.pipe(above: threadCount))
            theirs += [commands.read, answers.write]
            sessions.append(HarnessSession(commands: commands.write, answers: answers.read))
            // As the harness has them: standard input and output, then a pair for each thread.
            let first = Int32(thread == 0 ? 0 : 1 + 2 * thread)
            process.descriptors += [(commands.read, first), (answers.write, first + 1)]
        }
        self.sessions = sessions
        do throws(Diagnostic) { pid = try process.start() } catch {
            throw Diagnostic(.environment, "cannot start the program of the script", error.detail)
        }
    }

    /// A pipe whose ends are none of the numbers that the new process has its own under.
    private static func pipe(above threadCount: Int) throws(Diagnostic) -> (read: Int32, write: Int32) {
        let pipe = try Pipe()
        func moved(_ end: Int32) -> Int32 {
            let copy = fcntl(end, F_DUPFD_CLOEXEC, Int32(3 + 2 * threadCount))
            close(end)
            return copy
        }
        let (read, write) = (moved(pipe.readEnd), moved(pipe.writeEnd))
        guard read >= 0, write >= 0 else {
            throw Diagnostic(.environment, "cannot make a pipe", String(cString: strerror(errno)))
        }
        return (read, write)
    }

    deinit {
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }
}

/// Commands to one thread of a harness, and its answers.
final class HarnessSession {
    private let commands: Int32
    private let answers: Int32
    private var buffer: [UInt8] = []

    fileprivate init(commands: Int32, answers: Int32) {
        self.commands = commands
        self.answers = answers
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
    }
}

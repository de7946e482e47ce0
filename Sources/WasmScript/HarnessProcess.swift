// The process of a harness: commands in, answers out, a line each.

import CLinux
import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A running harness. It is killed when the value goes away.
final class HarnessProcess {
    private let pid: pid_t
    private let commands: Int32
    private let answers: Int32
    private var buffer: [UInt8] = []

    /// Starts `executable`, which need not stay in the file system.
    init(executable: String) throws(Diagnostic) {
        var input: [Int32] = [0, 0]
        var output: [Int32] = [0, 0]
        guard pipe2(&input, O_CLOEXEC) == 0, pipe2(&output, O_CLOEXEC) == 0 else {
            throw Diagnostic(.environment, "cannot make a pipe", String(cString: strerror(errno)))
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input[0], 0)
        posix_spawn_file_actions_adddup2(&actions, output[1], 1)
        var child: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(executable), nil]
        defer { free(arguments[0]) }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        let status = posix_spawn(&child, executable, &actions, nil, &arguments, &environment)
        close(input[0])
        close(output[1])
        guard status == 0 else {
            throw Diagnostic(.environment, "cannot start the program of the script", String(cString: strerror(status)))
        }
        pid = child
        commands = input[1]
        answers = output[0]
    }

    /// Sends a command and waits for its answer; nil when the program has ended or does not answer.
    func ask(_ command: String) -> String? {
        // A harness that died must not kill the one who asks.
        var bytes = Array(command.utf8) + [UInt8(ascii: "\n")]
        while !bytes.isEmpty {
            let count = send(bytes)
            if count <= 0 { return nil }
            bytes.removeFirst(count)
        }
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line
            }
            guard isReadable(timeoutSeconds: Self.answerTimeoutSeconds) else { return nil }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = read(answers, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
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

    private func send(_ bytes: [UInt8]) -> Int {
        while true {
            let count = write(commands, bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            return count
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

import CLinux
import Diagnostics
import Glibc

/// A program to be run, as a value. No shell takes part: arguments arrive as they are.
public struct Subprocess: Equatable, Sendable {
    /// Path of the executable; PATH is not searched.
    public var executable: String
    /// Arguments behind argv[0], which is the executable's path.
    public var arguments: [String]

    public init(executable: String, arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    /// How a program ended.
    public enum Status: Equatable, Sendable {
        case exited(Int32)
        case signaled(Int32)
    }

    /// How a program ended, and what it wrote.
    public struct Outcome: Equatable, Sendable {
        public var status: Status
        /// Standard output and standard error together, at most `Subprocess.outputLimit` bytes.
        public var output: String
    }

    /// Bytes of a program's messages that are kept.
    public static let outputLimit = 1 << 16

    /// Runs the program with an empty standard input and waits for its end.
    ///
    /// - Throws: `environment` when it cannot be started.
    public func run() throws(Diagnostic) -> Outcome {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw systemError("cannot run", executable, errno) }
        let child: pid_t
        do throws(Diagnostic) { child = try start(writingTo: ends[1]) } catch {
            for end in ends { close(end) }
            throw error
        }
        Interruption.setChild(child)
        close(ends[1])
        let output = Self.drain(ends[0])
        close(ends[0])
        return Outcome(status: Self.decode(Interruption.reap(child)), output: output)
    }

    private func start(writingTo descriptor: Int32) throws(Diagnostic) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, descriptor, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, descriptor, STDERR_FILENO)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = Interruption.originalMask()
        posix_spawnattr_setsigmask(&attributes, &mask)
        var defaults = Interruption.defaultSignals()
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let argv = CStringArray([executable] + arguments)
        var child: pid_t = 0
        let code = posix_spawn(&child, HostText.cString(executable), &actions, &attributes, argv.pointers, environ)
        guard code == 0 else { throw systemError("cannot run", executable, code) }
        return child
    }

    /// Reads to the end and keeps the beginning.
    private static func drain(_ descriptor: Int32) -> String {
        var kept: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return String(decoding: kept, as: UTF8.self) }
            kept += block[..<min(count, outputLimit - kept.count)]
        }
    }

    /// Decodes a status of `waitpid` (the macros WIFEXITED and so on are not imported).
    static func decode(_ status: Int32) -> Status {
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
    }
}

/// An array of C strings that ends with a null pointer, as exec wants it.
final class CStringArray {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        pointers = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() { pointers[index] = strdup(HostText.cString(string)) }
        pointers[count] = nil
    }

    deinit {
        for index in 0..<count { free(pointers[index]) }
        pointers.deallocate()
    }
}

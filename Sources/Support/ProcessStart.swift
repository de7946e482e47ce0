import CLinux
import Diagnostics
import Glibc

/// How a process ended.
public enum ExitStatus: Equatable, Sendable {
    case exited(Int32)
    case signaled(Int32)

    /// Decodes a status of `waitpid` (the macros WIFEXITED and so on are not imported).
    public init(waitStatus status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
    }
}

/// What a new process begins with. No shell takes part: arguments arrive as they are.
public struct ProcessStart {
    /// Path of the executable; PATH is not searched.
    public var executable: String
    /// Arguments behind argv[0].
    public var arguments: [String]
    /// argv[0]; the executable's path when nil.
    public var name: String?
    /// As `NAME=VALUE`; this process's own when nil.
    public var environment: [String]?
    /// Descriptors of this process that the new one has under other numbers.
    public var descriptors: [(own: Int32, number: Int32)] = []
    /// Whether its standard input is empty.
    public var hasEmptyInput = false
    /// Signals that are blocked, and those that have their default action; as in this process when nil.
    public var signals: (blocked: sigset_t, defaulted: sigset_t)?

    public init(executable: String, arguments: [String] = [], environment: [String]? = nil) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// Starts the process.
    ///
    /// - Throws: `environment` when it cannot be run.
    public func start() throws(Diagnostic) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if hasEmptyInput { posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) }
        for (own, number) in descriptors { posix_spawn_file_actions_adddup2(&actions, own, number) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        if var signals {
            posix_spawnattr_setsigmask(&attributes, &signals.blocked)
            posix_spawnattr_setsigdefault(&attributes, &signals.defaulted)
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        }

        let argv = CStringArray([name ?? executable] + arguments)
        let variables = environment.map { CStringArray($0) }
        var child: pid_t = 0
        let code = posix_spawn(
            &child, HostText.cString(executable), &actions, &attributes, argv.pointers, variables?.pointers ?? environ)
        guard code == 0 else { throw systemError("cannot run", executable, code) }
        return child
    }
}

/// A pipe, closed in programs that are started.
public struct Pipe {
    public let readEnd: Int32
    public let writeEnd: Int32

    /// Throws `environment`.
    public init() throws(Diagnostic) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else {
            throw Diagnostic(.environment, "cannot make a pipe", String(cString: strerror(errno)))
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }
}

/// An array of C strings that ends with a null pointer, as exec wants it.
public final class CStringArray {
    /// Valid while the array lives.
    public let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    public init(_ strings: [String]) {
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

import CLinux
import Diagnostics
import Glibc
import Support

/// `wasmc run`: this process becomes the program.
///
/// Not a child: exit status, signals, terminal and job control are then the program's own, nothing is left behind
/// whoever is killed, and the compiler's memory is given back before the program starts.
public struct GuestProcess: Sendable {
    /// The bytes of the executable.
    public var executable: [UInt8]
    /// argv, from argv[0] on.
    public var arguments: [String]
    public var grants: [Grant]
    /// Whether the program has linked modules.
    public var hasModules = false

    public init(executable: [UInt8], arguments: [String], grants: [Grant], hasModules: Bool = false) {
        self.executable = executable
        self.arguments = arguments
        self.grants = grants
        self.hasModules = hasModules
    }

    /// This process's environment with the grants added to those of WASMC_GRANTS.
    public static func environment(adding grants: [Grant]) -> [String] {
        environment(EnvironmentVariables.all, adding: grants)
    }

    static func environment(_ variables: [String], adding grants: [Grant]) -> [String] {
        let name = "WASMC_GRANTS="
        let earlier = variables.last { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) } ?? ""
        let line = [earlier, quotedLine(grants.map(\.word))].filter { !$0.isEmpty }.joined(separator: " ")
        return variables.filter { !$0.hasPrefix(name) } + (line.isEmpty ? [] : [name + line])
    }

    /// Starts the program in place of this one. Returns only by throwing.
    ///
    /// The executable is a file in memory: no directory has to allow execution, and nothing has to be removed.
    public func start() throws(Diagnostic) -> Never {
        try checkEnvironment()
        let descriptor = try makeFile()
        let argv = CStringArray(arguments)
        let variables = CStringArray(Self.environment(adding: grants))
        var mask = Interruption.originalMask()
        pthread_sigmask(SIG_SETMASK, &mask, nil)
        Interruption.restoreFileSizeSignal()
        fexecve(descriptor, argv.pointers, variables.pointers)
        throw systemError("cannot start", name, errno)
    }

    /// Starts the program as a child of this process, with the same streams.
    ///
    /// - Parameter descriptors: What it gets besides, under other numbers.
    /// - Throws: `environment` when it cannot be started.
    func startBeside(descriptors: [(own: Int32, number: Int32)]) throws(Diagnostic) -> pid_t {
        try checkEnvironment()
        let file = try makeFile()
        defer { close(file) }
        var process = ProcessStart(executable: "/proc/self/fd/\(file)", arguments: Array(arguments.dropFirst()))
        process.name = name
        process.environment = Self.environment(adding: grants)
        process.descriptors = descriptors
        process.signals = (Interruption.originalMask(), Interruption.defaultSignals())
        return try process.start()
    }

    private var name: String { arguments.first ?? "wasmc" }

    /// The executable as a file in memory.
    private func makeFile() throws(Diagnostic) -> Int32 {
        let descriptor = memfd_create(HostText.cString(name.utf8.count < 200 ? name : "wasmc"), WASMC_MFD_CLOEXEC)
        guard descriptor >= 0 else { throw systemError("cannot create a file in memory for", name, errno) }
        try Files.write(executable, to: descriptor, path: name)
        return descriptor
    }

    /// Refuses what WASMC_GRANTS of this process cannot say.
    public func checkEnvironment() throws(Diagnostic) {
        // The grants are added behind the words of the variable, and must not become those of a module named there.
        if hasModules,
            EnvironmentVariables.all.contains(where: { $0.hasPrefix("WASMC_GRANTS=") && $0.contains("--module") })
        {
            throw Diagnostic(
                .environment, "WASMC_GRANTS has grants of a linked module", "with `wasmc run` they come from a manifest"
            )
        }
    }
}

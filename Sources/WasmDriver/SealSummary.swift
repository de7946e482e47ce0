// What sealing does to an executable, in sentences: which doors of the kernel stay open, by its own list of system calls.

/// What the kernel enforces of a program's grants.
public struct SealSummary {
    /// The sentences.
    public let sentences: [String]

    /// - Parameters:
    ///   - mode: as it is baked in.
    ///   - systemCalls: those that the executable lets through; nil when it does not say.
    ///   - isCeiling: whether who starts it cannot choose a laxer mode.
    public init(mode: SealMode, systemCalls: SystemCalls?, isCeiling: Bool) {
        switch mode {
        case .off: sentences = ["Not sealed (--seal off): the runtime alone enforces the grants."]
        case .log: sentences = ["Not sealed (--seal log): the kernel logs what it would refuse, and refuses nothing."]
        case .auto, .require:
            var result = [
                mode == .require
                    ? "The kernel enforces this, and where it cannot, the program does not start (--seal require)."
                    : "The kernel enforces this, with Landlock and seccomp where it has them (--seal auto)."
            ]
            if let systemCalls {
                result += [Self.paths(Set(systemCalls.guest)), Self.sockets(systemCalls)]
                result += Self.processes(systemCalls)
                result.append("Any other system call ends it, and so does making memory executable.")
            }
            if !isCeiling { result.append("Whoever starts it can choose another mode with `--seal` in WASMC_GRANTS.") }
            sentences = result
        }
    }

    private static func paths(_ calls: Set<String>) -> String {
        let found = calls.intersection(pathCalls).sorted()
        if found.isEmpty { return "Paths: it makes no system call that takes one." }
        return "Paths: \(found.joined(separator: ", ")), on what it was granted; Landlock refuses to open, create, "
            + "remove or rename anything outside of the granted directories."
    }

    private static func sockets(_ calls: SystemCalls) -> String {
        let found = Set(calls.guest).intersection(socketCalls).sorted()
        if found.isEmpty { return "Sockets: it makes no system call for them." }
        let making = found.filter { connectingCalls.contains($0) }
        let whose = calls.broker.isEmpty ? "that it was granted" : "that it was granted or that its broker gives it"
        return "Sockets: \(found.joined(separator: ", "))"
            + (making.isEmpty ? ", on sockets \(whose); none makes, binds or connects one." : ".")
    }

    /// The processes beside the guest's, which run none of its code.
    private static func processes(_ calls: SystemCalls) -> [String] {
        var sentences: [String] = []
        if !calls.broker.isEmpty {
            sentences += [
                "Broker, a process beside it with a filter of its own (\(calls.broker.count) system calls): it alone opens "
                    + "sockets and looks names up, by the rules.",
                "Which module asks is what the guest's process says: one that was taken over has the rules of all its "
                    + "modules together.",
            ]
        }
        if !calls.forwarder.isEmpty {
            sentences.append(
                "Forwarder, with `--forward` a process with a filter of its own (\(calls.forwarder.count) system calls): it "
                    + "moves bytes between the host's ports and the isolated network.")
        }
        return sentences
    }

    private static let pathCalls: Set<String> = [
        "open", "openat", "openat2", "creat", "newfstatat", "statx", "stat", "lstat", "access", "faccessat",
        "faccessat2", "readlink", "readlinkat", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat",
        "renameat2", "link", "linkat", "symlink", "symlinkat", "utimensat", "truncate", "chmod", "fchmodat", "chown",
        "fchownat", "chdir", "chroot", "execve", "execveat", "mknod", "mknodat", "statfs",
    ]

    private static let connectingCalls: Set<String> = ["socket", "socketpair", "bind", "listen", "connect"]

    private static let socketCalls = connectingCalls.union([
        "accept", "accept4", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg", "shutdown",
        "getsockname", "getpeername", "setsockopt", "getsockopt",
    ])
}

// What system calls the processes of an executable may make once it is sealed, read from the section that the runtime's
// filters come from (runtime-c/src/sys/syscalls.h).

/// The system calls that an executable lets through: names, each once and in order, of each process for itself.
public struct SystemCalls: Hashable, Sendable {
    /// Where the guest runs.
    public var guest: [String] = []
    /// Of the process that opens sockets and looks names up; nothing in a program that has none.
    public var broker: [String] = []
    /// Of the process that brings connections into an isolated network; likewise.
    public var forwarder: [String] = []

    public init(guest: [String], broker: [String] = [], forwarder: [String] = []) {
        self.guest = guest
        self.broker = broker
        self.forwarder = forwarder
    }

    /// Names, each ended by a NUL; the linker leaves out those of functions that are not linked. What is no call of the
    /// guest's process has the process before it, `broker:connect`.
    private static let section = "wasmc_syscall_names"
    /// Most bytes of the list that are read: the names of all system calls there are take a fifth.
    private static let sizeLimit = 32 << 10

    /// Nil when the file has no such list.
    ///
    /// - Parameter elf: the bytes of the file; they may be anything.
    public static func read(from elf: [UInt8]) -> SystemCalls? {
        guard let contents = ELFFile(elf)?.section(named: section), contents.count <= sizeLimit else { return nil }
        var processes: [String: Set<String>] = [:]
        for entry in contents.split(separator: 0) {
            let parts = entry.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            let process = parts.count == 2 ? String(decoding: parts[0], as: UTF8.self) : guestProcess
            processes[process, default: []].insert(String(decoding: parts[parts.count - 1], as: UTF8.self))
        }
        func calls(of process: String) -> [String] { processes[process]?.sorted() ?? [] }
        return SystemCalls(
            guest: calls(of: guestProcess), broker: calls(of: "broker"), forwarder: calls(of: "forwarder"))
    }

    private static let guestProcess = ""
}

// What system calls an executable may make once it is sealed, read from the section that the runtime's filter comes
// from (runtime-c/src/sys/syscalls.h).

/// The system calls that an executable lets through.
public enum SystemCalls {
    /// Names, each ended by a NUL; the linker leaves out those of functions that are not linked.
    private static let section = "wasmc_syscall_names"
    /// Most bytes of the list that are read: the names of all system calls there are take a fifth.
    private static let sizeLimit = 32 << 10

    /// The names, each once and in order; nil when the file has no such list.
    ///
    /// - Parameter elf: the bytes of the file; they may be anything.
    public static func read(from elf: [UInt8]) -> [String]? {
        guard let contents = ELFFile(elf)?.section(named: section), contents.count <= sizeLimit else { return nil }
        return Set(contents.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }).sorted()
    }
}

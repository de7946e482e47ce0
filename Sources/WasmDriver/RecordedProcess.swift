import CLinux
import CWasmcABI
import Diagnostics
import Glibc
import Support

/// `wasmc diff`: a program in a process of its own, which records what it does (`record.h`) with this one waiting.
public struct RecordedProcess: ~Copyable {
    /// How it has ended.
    public let status: ExitStatus
    /// The file that it has written, as far as it came. Valid as long as this value.
    public let record: UnsafeRawBufferPointer

    /// As much as a program can record. The file takes what is written of it, and no more.
    static let recordBytes = 64 << 30

    /// Runs the program to its end, with this process's streams.
    ///
    /// - Throws: `environment` when it cannot be started, or when there is no room for what it records.
    public static func run(_ process: GuestProcess) throws(Diagnostic) -> RecordedProcess {
        let directory = try TemporaryDirectory()
        let file = "\(directory.path)/record"
        let descriptor = open(HostText.cString(file), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TemporaryDirectory.error(writingIn: directory.path, errno) }
        defer { close(descriptor) }
        guard ftruncate(descriptor, sizeLimit()) == 0 else {
            throw TemporaryDirectory.error(writingIn: directory.path, errno)
        }
        let child = try process.startBeside(descriptors: [(descriptor, WASMC_RECORD_DESCRIPTOR)])
        Interruption.setChild(child)
        let status = ExitStatus(waitStatus: Interruption.reap(child))
        if case .signaled(SIGBUS) = status, isFull(descriptor) {
            throw TemporaryDirectory.error(writingIn: directory.path, ENOSPC)
        }
        var header = wasmc_record_header()
        let count = pread(descriptor, &header, MemoryLayout<wasmc_record_header>.size, 0)
        let used = count == MemoryLayout<wasmc_record_header>.size ? Int(clamping: header.used_bytes) : 0
        guard used > 0, used <= recordBytes else {
            return RecordedProcess(status: status, record: UnsafeRawBufferPointer(start: nil, count: 0))
        }
        let base = mmap(nil, used, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let base, base != MAP_FAILED else { throw systemError("cannot read", file, errno) }
        return RecordedProcess(status: status, record: UnsafeRawBufferPointer(start: base, count: used))
    }

    private init(status: ExitStatus, record: UnsafeRawBufferPointer) {
        self.status = status
        self.record = record
    }

    /// A limit of file sizes holds for this one, too.
    private static func sizeLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { return recordBytes }
        return min(recordBytes, Int(clamping: limit.rlim_cur))
    }

    /// Whether its file system has no room left.
    private static func isFull(_ descriptor: Int32) -> Bool {
        var state = statvfs()
        return fstatvfs(descriptor, &state) == 0 && state.f_bavail == 0
    }

    deinit {
        if let base = record.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), record.count) }
    }
}

// Files and paths. Paths are the user's own: nothing here is reachable by a guest.

import Diagnostics
import Glibc

/// An error of the environment that names the file and the system's reason.
///
/// - Parameters:
///   - what: what could not be done, e.g. `cannot read`.
///   - code: an error number of the system's.
public func systemError(_ what: String, _ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic(.environment, "\(what) `\(path)`", String(cString: strerror(code)))
}

/// Reading files and asking about them.
public enum Files {
    /// The contents of a file, or of standard input for `-`.
    ///
    /// - Parameter limit: most bytes to accept.
    /// - Throws: `environment` when it cannot be read; `unsupported` when it is longer than `limit`.
    public static func read(_ path: String, limit: Int = .max) throws(Diagnostic) -> [UInt8] {
        try read(path, headBytes: 0) { (_) throws(Diagnostic) in limit }
    }

    /// The contents of a file, or of standard input for `-`, as far as its first bytes deserve.
    ///
    /// Reads to the end rather than trusting the size, so that pipes work and what grows or never ends does no harm. Of a
    /// file that is too long already only the beginning is read.
    ///
    /// - Parameters:
    ///   - headBytes: How many of the first bytes `limit` needs.
    ///   - limit: Called with these bytes and maybe more, or with all there are. Gives the most bytes to accept; nothing
    ///     is read behind them when it throws.
    /// - Throws: `environment` when it cannot be read; `unsupported` when it is longer than it may be.
    public static func read(
        _ path: String, headBytes: Int, limit: ([UInt8]) throws(Diagnostic) -> Int
    ) throws(Diagnostic) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(HostText.cString(path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw systemError("cannot read", path, errno) }
        defer { if path != "-" { close(descriptor) } }

        var bytes: [UInt8] = []
        try append(&bytes, from: descriptor, path) { $0 >= headBytes }
        let limit = try limit(bytes)
        var information = stat()
        if fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG {
            let size = Int(information.st_size)
            if size > limit { throw tooLarge(path, limit) }
            bytes.reserveCapacity(size)
        }
        try append(&bytes, from: descriptor, path) { $0 > limit }
        if bytes.count > limit { throw tooLarge(path, limit) }
        return bytes
    }

    private static func tooLarge(_ path: String, _ limit: Int) -> Diagnostic {
        Diagnostic(.unsupported, "`\(path)` is too large", "the limit is \(limit) bytes")
    }

    /// Reads to the end, or until there are as many bytes as `isEnough` says.
    private static func append(
        _ bytes: inout [UInt8], from descriptor: Int32, _ path: String, until isEnough: (Int) -> Bool
    ) throws(Diagnostic) {
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while !isEnough(bytes.count) {
            let count = read(descriptor, into: &block)
            if count == 0 { return }
            if count < 0 {
                if path == "-" {
                    throw Diagnostic(.environment, "cannot read standard input", String(cString: strerror(errno)))
                }
                throw systemError("cannot read", path, errno)
            }
            bytes += block[..<count]
        }
    }

    /// Exactly as many bytes as there have to be; nil when there are fewer, or on errors.
    public static func read(_ descriptor: Int32, count: Int) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while initialized < count {
                let read = Glibc.read(descriptor, buffer.baseAddress! + initialized, count - initialized)
                if read < 0, errno == EINTR { continue }
                if read <= 0 { return }
                initialized += read
            }
        }
        return bytes.count == count ? bytes : nil
    }

    /// What changes when a file is replaced or written.
    public struct Stamp: Hashable, Sendable {
        public var device: UInt64
        public var number: UInt64
        public var bytes: Int64
        /// Nanoseconds since 1970.
        public var changed_ns: Int64
    }

    /// The stamp of a file, behind symbolic links; nil when it is not there.
    public static func stamp(_ path: String) -> Stamp? {
        var information = stat()
        guard stat(HostText.cString(path), &information) == 0 else { return nil }
        let changed = Int64(information.st_mtim.tv_sec) * 1_000_000_000 + Int64(information.st_mtim.tv_nsec)
        return Stamp(
            device: UInt64(information.st_dev), number: UInt64(information.st_ino), bytes: Int64(information.st_size),
            changed_ns: changed)
    }

    /// Reads into `block` what there is, at least a byte; 0 at the end, and negative, with the reason in `errno`, on errors.
    public static func read(_ descriptor: Int32, into block: inout [UInt8]) -> Int {
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count >= 0 || errno != EINTR { return count }
        }
    }

    /// Makes a file that holds `bytes`, or replaces what it held. Throws `environment`; it may then hold a part.
    public static func write(_ bytes: [UInt8], toFile path: String) throws(Diagnostic) {
        let descriptor = open(HostText.cString(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw systemError("cannot write", path, errno) }
        defer { close(descriptor) }
        try write(bytes, to: descriptor, path: path)
    }

    /// Writes all of `bytes`; an error of the system names `path`, which is `-` for standard output.
    public static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(Diagnostic) {
        let code = write(bytes, to: descriptor)
        guard code == 0 else {
            if path == "-" {
                throw Diagnostic(.environment, "cannot write standard output", String(cString: strerror(code)))
            }
            throw systemError("cannot write", path, code)
        }
    }

    /// Writes all of `bytes`; an error number, or 0.
    public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { rest in
                Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno }
            if count == 0 { return EIO }
            done += count
        }
        return 0
    }

    /// Makes a directory unless there is one. Throws `environment`.
    public static func makeDirectory(_ path: String) throws(Diagnostic) {
        guard mkdir(HostText.cString(path), 0o755) == 0 || errno == EEXIST else {
            throw systemError("cannot make", path, errno)
        }
    }

    /// The names of what a directory holds, sorted. Throws `environment`.
    public static func names(in directory: String) throws(Diagnostic) -> [String] {
        guard let stream = opendir(HostText.cString(directory)) else {
            throw systemError("cannot read", directory, errno)
        }
        return names(stream)
    }

    /// The names of what an open directory holds, sorted; nil when it cannot be read.
    public static func names(inDirectory descriptor: Int32) -> [String]? {
        // A descriptor of its own: the stream's goes with it, and its position is not shared.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { return nil }
        guard let stream = fdopendir(own) else {
            close(own)
            return nil
        }
        return names(stream)
    }

    private static func names(_ stream: OpaquePointer) -> [String] {
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { HostText.text($0.prefix { $0 != 0 }) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether something is there and, if asked, can be executed by this process.
    public static func exists(_ path: String, executable: Bool = false) -> Bool {
        guard access(HostText.cString(path), executable ? X_OK : F_OK) == 0 else { return false }
        return !executable || !isDirectory(path)
    }

    /// Whether something is there and no directory.
    public static func isFile(_ path: String) -> Bool { exists(path) && !isDirectory(path) }

    /// Whether a directory is there.
    public static func isDirectory(_ path: String) -> Bool {
        var information = stat()
        return stat(HostText.cString(path), &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether two paths name the same existing file.
    public static func areSame(_ first: String, _ second: String) -> Bool {
        var one = stat()
        var two = stat()
        guard stat(HostText.cString(first), &one) == 0, stat(HostText.cString(second), &two) == 0 else { return false }
        return one.st_dev == two.st_dev && one.st_ino == two.st_ino
    }
}

// Files and paths. Paths are the user's own: nothing here is reachable by a guest.

import Diagnostics
import Glibc

/// An error of the environment that names the file and the system's reason.
func systemError(_ what: String, _ path: String, _ code: Int32) -> Diagnostic {
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
    static func read(
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
            let count = Glibc.read(descriptor, &block, block.count)
            if count == 0 { return }
            if count < 0 {
                if errno == EINTR { continue }
                if path == "-" {
                    throw Diagnostic(.environment, "cannot read standard input", String(cString: strerror(errno)))
                }
                throw systemError("cannot read", path, errno)
            }
            bytes += block[..<count]
        }
    }

    /// Writes all of `bytes`; an error of the system names `path`.
    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(Diagnostic) {
        let code = write(bytes, to: descriptor)
        guard code == 0 else {
            if path == "-" {
                throw Diagnostic(.environment, "cannot write standard output", String(cString: strerror(code)))
            }
            throw systemError("cannot write", path, code)
        }
    }

    /// Writes all of `bytes`; an error number, or 0.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { rest in
                Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            done += count
        }
        return 0
    }

    /// Whether something is there and, if asked, can be executed by this process.
    public static func exists(_ path: String, executable: Bool = false) -> Bool {
        guard access(HostText.cString(path), executable ? X_OK : F_OK) == 0 else { return false }
        return !executable || !isDirectory(path)
    }

    /// Whether something is there and no directory.
    public static func isFile(_ path: String) -> Bool { exists(path) && !isDirectory(path) }

    static func isDirectory(_ path: String) -> Bool {
        var information = stat()
        return stat(HostText.cString(path), &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether two paths name the same existing file.
    static func areSame(_ first: String, _ second: String) -> Bool {
        var one = stat()
        var two = stat()
        guard stat(HostText.cString(first), &one) == 0, stat(HostText.cString(second), &two) == 0 else { return false }
        return one.st_dev == two.st_dev && one.st_ino == two.st_ino
    }
}

/// Operations on the text of a path.
public enum Paths {
    /// The last component: `b.wasm` of `a/b.wasm`.
    public static func baseName(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// The directory a path lies in: `a` of `a/b`, `.` of `b`, `/` of `/b`.
    public static func directory(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The path without the last component's `.wasm` or `.wat`.
    public static func withoutModuleExtension(_ path: String) -> String {
        for suffix in [".wasm", ".wat"] where path.hasSuffix(suffix) && baseName(path).utf8.count > suffix.utf8.count {
            return String(path.dropLast(suffix.count))
        }
        return path
    }
}

/// The value of a variable of this process's environment, or nil when it is unset or empty.
func environmentValue(_ name: String) -> String? {
    guard let value = getenv(name), value[0] != 0 else { return nil }
    return HostText.text(cString: value)
}

/// The names of the variables in this process's environment, sorted; those that a shell can set.
public func environmentNames() -> [String] {
    var names: Set<String> = []
    var next = environ
    while let variable = next.pointee {
        let name = HostText.text(cString: variable).prefix { $0 != "=" }
        if name.utf8.allSatisfy({ plainBytes.contains($0) }) { names.insert(String(name)) }
        next += 1
    }
    return names.sorted()
}

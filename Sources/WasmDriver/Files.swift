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
    /// Reads to the end rather than trusting the size, so that pipes work.
    ///
    /// - Parameters:
    ///   - limit: most bytes to accept.
    ///   - headBytes: How many of the first bytes `check` needs.
    ///   - check: Called with these bytes and maybe more, or with all there are; nothing is read behind them when it throws.
    /// - Throws: `environment` when it cannot be read; `unsupported` when it is longer than `limit`.
    public static func read(
        _ path: String, limit: Int = .max, headBytes: Int = 0,
        check: ([UInt8]) throws(Diagnostic) -> Void = { _ in }
    ) throws(Diagnostic) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(HostText.cString(path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw systemError("cannot read", path, errno) }
        defer { if path != "-" { close(descriptor) } }

        var bytes: [UInt8] = []
        var information = stat()
        if fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG {
            bytes.reserveCapacity(min(Int(information.st_size), limit))
        }
        var block = [UInt8](repeating: 0, count: 1 << 18)
        var isChecked = headBytes == 0
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count == 0 {
                if !isChecked { try check(bytes) }
                return bytes
            }
            if count < 0 {
                if errno == EINTR { continue }
                if path == "-" {
                    throw Diagnostic(.environment, "cannot read standard input", String(cString: strerror(errno)))
                }
                throw systemError("cannot read", path, errno)
            }
            guard bytes.count + count <= limit else {
                throw Diagnostic(.unsupported, "`\(path)` is too large", "the limit is \(limit) bytes")
            }
            bytes += block[..<count]
            if !isChecked, bytes.count >= headBytes {
                try check(bytes)
                isChecked = true
            }
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

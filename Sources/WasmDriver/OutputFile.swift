import Diagnostics
import Glibc
import Support

/// A file that appears under its name only when it is complete.
///
/// Bytes go to a new file of another name in the same directory; `commit` renames it. Until then an older file
/// of that name stays as it is, and whatever goes wrong, a signal included, removes the new one. There is
/// no fsync: after a power failure the file may be missing, as with every compiler.
///
/// A path that is a device or a pipe (`/dev/null`) is written in place, and `-` is standard output.
public struct OutputFile: ~Copyable {
    private let path: String
    private let descriptor: Int32
    /// The name until `commit`, with its key in `Interruption`; nil when written in place.
    private let temporary: (path: String, key: Int)?
    private var isCommitted = false

    /// - Parameter isExecutable: whether to set the execute permissions, as far as the umask allows.
    public init(path: String, isExecutable: Bool = false) throws(Diagnostic) {
        self.path = path
        if let descriptor = try OutputFile.openInPlace(path) {
            self.descriptor = descriptor
            temporary = nil
            return
        }
        let parent = Paths.directory(path)
        for attempt in 0..<100 {
            let name = "\(parent)/.\(Paths.baseName(path)).\(getpid())-\(attempt).tmp"
            let permissions: mode_t = isExecutable ? 0o777 : 0o666
            let key = Interruption.remember(.file(name))
            let descriptor = open(HostText.cString(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
            if descriptor >= 0 {
                self.descriptor = descriptor
                temporary = (name, key)
                return
            }
            let code = errno
            Interruption.forget(key) {}
            if code != EEXIST { throw systemError("cannot create", path, code) }
        }
        throw systemError("cannot create", path, EEXIST)
    }

    /// Finds out before the long part whether the file could be written.
    ///
    /// - Parameters:
    ///   - isText: whether a terminal can show it.
    ///   - input: a file that must not be overwritten.
    /// - Throws: `environment`: bytes for a terminal, a directory, a directory that is not there or cannot be changed.
    public static func check(_ path: String, isText: Bool, input: String? = nil) throws(Diagnostic) {
        if path == "-" {
            guard isText || isatty(STDOUT_FILENO) == 0 else {
                throw Diagnostic(
                    .environment, "binary output to a terminal", "name a file with -o, or send the output to one")
            }
            return
        }
        if Files.isDirectory(path) {
            throw Diagnostic(.environment, "`\(path)` is a directory", "name a file with -o")
        }
        if let input, Files.areSame(path, input) {
            throw Diagnostic(.environment, "the output would overwrite the input `\(input)`", "name it with -o")
        }
        let parent = Paths.directory(path)
        if !Files.exists(path), access(HostText.cString(parent), F_OK) != 0 {
            throw Diagnostic(.environment, "cannot create `\(path)`", "there is no directory `\(parent)`")
        }
        if !Files.exists(path), access(HostText.cString(parent), W_OK) != 0 {
            throw systemError("cannot create", path, errno)
        }
    }

    /// A descriptor when the path is something that a rename must not replace.
    private static func openInPlace(_ path: String) throws(Diagnostic) -> Int32? {
        if path == "-" { return STDOUT_FILENO }
        var information = stat()
        guard stat(HostText.cString(path), &information) == 0 else { return nil }
        switch information.st_mode & S_IFMT {
        case S_IFREG: return nil
        case S_IFDIR: throw systemError("cannot write", path, EISDIR)
        default:
            let descriptor = open(HostText.cString(path), O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw systemError("cannot write", path, errno) }
            return descriptor
        }
    }

    public func write(_ bytes: [UInt8]) throws(Diagnostic) {
        try Files.write(bytes, to: descriptor, path: path)
    }

    /// Gives the file its name.
    public consuming func commit() throws(Diagnostic) {
        guard let temporary else { return }
        let path = path
        let status = Interruption.forget(temporary.key) {
            if rename(HostText.cString(temporary.path), HostText.cString(path)) == 0 { return Int32(0) }
            let code = errno
            unlink(HostText.cString(temporary.path))
            return code
        }
        isCommitted = true
        guard status == 0 else { throw systemError("cannot write", path, status) }
    }

    deinit {
        if descriptor != STDOUT_FILENO { close(descriptor) }
        guard let temporary, !isCommitted else { return }
        Interruption.forget(temporary.key) { Interruption.remove(.file(temporary.path)) }
    }
}

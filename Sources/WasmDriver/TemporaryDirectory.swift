import Diagnostics
import Glibc
import Support

/// A private directory for intermediate files. It is removed with everything in it when the value goes, on
/// errors and on signals alike (`Interruption`).
public struct TemporaryDirectory: ~Copyable {
    /// Its path, without a slash at the end.
    public let path: String
    private let key: Int

    /// Creates one below TMPDIR, or below `/tmp`; only this user can enter it.
    public init() throws(Diagnostic) {
        var parent = EnvironmentVariables.value("TMPDIR") ?? "/tmp"
        // Nothing that begins with a minus may get into a command line.
        if parent.hasPrefix("-") { parent = "./" + parent }
        var template = HostText.cString("\(parent)/wasmc-XXXXXX")
        let created = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
        guard created else { throw systemError("cannot create a temporary directory in", parent, errno) }
        let path = template.withUnsafeBufferPointer { HostText.text(cString: $0.baseAddress!) }
        self.path = path
        key = Interruption.remember(.directory(path))
    }

    /// Writes a file of its own into the directory and returns its path.
    public func write(_ bytes: [UInt8], name: String) throws(Diagnostic) -> String {
        let file = "\(path)/\(name)"
        let descriptor = open(HostText.cString(file), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.error(writingIn: path, errno) }
        defer { close(descriptor) }
        let code = Files.write(bytes, to: descriptor)
        guard code == 0 else { throw Self.error(writingIn: path, code) }
        return file
    }

    /// An error of writing into one of these directories, where the user can make room or go elsewhere.
    static func error(writingIn path: String, _ code: Int32) -> Diagnostic {
        let remedy = code == EFBIG ? "`ulimit -f` limits the size of files" : "TMPDIR may name another directory"
        return Diagnostic(
            .environment, "cannot write temporary files in `\(Paths.directory(path))`",
            "\(String(cString: strerror(code))); \(remedy)")
    }

    deinit {
        let path = path
        Interruption.forget(key) { Interruption.remove(.directory(path)) }
    }
}

import Diagnostics
import Glibc

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

    /// The path without symbolic links; nil when nothing is there.
    public static func resolved(_ path: String) -> String? {
        guard let real = realpath(HostText.cString(path), nil) else { return nil }
        defer { free(real) }
        return HostText.text(cString: real)
    }

    /// The path without the last component's `.wasm` or `.wat`.
    public static func withoutModuleExtension(_ path: String) -> String {
        for suffix in [".wasm", ".wat"] where path.hasSuffix(suffix) && baseName(path).utf8.count > suffix.utf8.count {
            return String(path.dropLast(suffix.count))
        }
        return path
    }
}

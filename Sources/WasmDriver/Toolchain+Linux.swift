// Where things lie on Linux. Nothing is taken from the current directory.

import Diagnostics
import Glibc
import Support

/// The places that are searched, as values, so that tests can give their own.
public struct ToolchainSearch: Sendable {
    /// Path of this executable.
    public var executable: String
    /// PATH.
    public var path: String
    /// WASMC_LIBRARY_PATH: the directory that holds one directory for each target.
    public var libraryOverride: String?
    /// WASMC_LLD.
    public var linkerOverride: String?

    public init(executable: String, path: String, libraryOverride: String? = nil, linkerOverride: String? = nil) {
        self.executable = executable
        self.path = path
        self.libraryOverride = libraryOverride
        self.linkerOverride = linkerOverride
    }

    /// The places of this process.
    public static func current() -> ToolchainSearch {
        ToolchainSearch(
            executable: executablePath(), path: EnvironmentVariables.value("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
            libraryOverride: EnvironmentVariables.value("WASMC_LIBRARY_PATH"),
            linkerOverride: EnvironmentVariables.value("WASMC_LLD"))
    }

    private static func executablePath() -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes {
            readlink("/proc/self/exe", $0.assumingMemoryBound(to: CChar.self).baseAddress!, $0.count)
        }
        return count > 0 ? HostText.text(buffer[..<count]) : ""
    }

    /// Finds everything.
    ///
    /// - Throws: `environment` that says what is missing and which package has it.
    public func toolchain(for target: Target) throws(Diagnostic) -> Toolchain {
        Toolchain(
            target: target, linker: try linker(), libraryDirectory: try libraryDirectory(for: target))
    }

    /// The linker: WASMC_LLD, LLVM 22's, or any `ld.lld` in PATH.
    public func linker() throws(Diagnostic) -> String {
        if let linkerOverride {
            guard Files.exists(linkerOverride, executable: true) else {
                throw Diagnostic(
                    .environment, "cannot run the linker `\(linkerOverride)`", "WASMC_LLD names no executable")
            }
            return linkerOverride
        }
        let llvm = "/usr/lib/llvm-22/bin/ld.lld"
        if let found = inPath("ld.lld-22") { return found }
        if Files.exists(llvm, executable: true) { return llvm }
        if let found = inPath("ld.lld") { return found }
        throw Diagnostic(
            .environment, "the linker ld.lld is missing",
            "install it (Debian and Ubuntu: `apt-get install lld-22`) or name it in WASMC_LLD")
    }

    /// The directories that may hold the runtime of a target, best first.
    public func libraryCandidates(for target: Target) -> [String] {
        if let libraryOverride { return ["\(libraryOverride)/\(target.triple)"] }
        let directory = Paths.directory(executable)
        var candidates = ["\(Paths.directory(directory))/lib/wasmc/\(target.triple)"]
        // In the build tree the executable lies somewhere below .build, and the runtime in build/lib.
        if let root = packageRoot(of: directory) { candidates.append("\(root)/build/lib/wasmc/\(target.triple)") }
        return candidates
    }

    /// The first candidate that holds the runtime archive.
    public func libraryDirectory(for target: Target) throws(Diagnostic) -> String {
        let candidates = libraryCandidates(for: target)
        guard let found = candidates.first(where: { Files.exists("\($0)/libwasmc.a") }) else {
            throw Diagnostic(
                .environment, "the runtime for \(target.triple) is missing",
                "no libwasmc.a in \(candidates.joined(separator: ", ")); `make install` puts it there, and "
                    + "WASMC_LIBRARY_PATH names another directory")
        }
        for file in Toolchain.libraryFiles where !Files.exists("\(found)/\(file)") {
            throw Diagnostic(.environment, "the runtime for \(target.triple) is incomplete", "no \(file) in \(found)")
        }
        return found
    }

    /// The executable that makes the network of a program which this process interprets. Whether it is there, who starts it
    /// finds out.
    public func networkHelper() -> String {
        let candidates = libraryCandidates(for: .host).map { "\($0)/wasmc-network" }
        return candidates.first(where: { Files.exists($0, executable: true) }) ?? candidates[0]
    }

    /// A text that is installed with wasmc, such as `LICENSE`: below the prefix, or in the build tree.
    ///
    /// - Throws: `environment` when it is not there.
    public func document(named name: String) throws(Diagnostic) -> String {
        let directory = Paths.directory(executable)
        var candidates = ["\(Paths.directory(directory))/share/doc/wasmc/\(name)"]
        if let root = packageRoot(of: directory) { candidates.append("\(root)/\(name)") }
        guard let found = candidates.first(where: { Files.exists($0) }) else {
            throw Diagnostic(.environment, "\(name) is missing", "not in \(candidates.joined(separator: ", "))")
        }
        return found
    }

    private func packageRoot(of directory: String) -> String? {
        var components = directory.split(separator: "/", omittingEmptySubsequences: false)
        guard let index = components.lastIndex(of: ".build") else { return nil }
        components.removeSubrange(index...)
        return components.joined(separator: "/")
    }

    /// Searches PATH; its relative directories are passed over, so that the current one decides nothing.
    private func inPath(_ name: String) -> String? {
        for directory in path.split(separator: ":") where directory.hasPrefix("/") {
            let candidate = "\(directory)/\(name)"
            if Files.exists(candidate, executable: true) { return candidate }
        }
        return nil
    }
}

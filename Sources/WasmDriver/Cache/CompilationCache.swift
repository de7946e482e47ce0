// What was compiled, for the next time. Whatever goes wrong with it, the result is the same, and at most a warning is
// printed.

import Diagnostics
import Glibc
import Support
import Synchronization
import WasmLowering

/// Objects of units and linked executables, in a directory. Several processes may use one at the same time.
public final class CompilationCache: UnitStore, Sendable {
    /// Where it is, and how large it may become.
    public struct Location: Equatable, Sendable {
        /// The directory; nil to use none.
        public var path: String?
        /// Whether a user has named it.
        public var isNamed = false
        /// Bytes on disk.
        public var limit: UInt64 = CompilationCache.defaultLimit

        public init(path: String?, isNamed: Bool = false, limit: UInt64 = CompilationCache.defaultLimit) {
            (self.path, self.isNamed, self.limit) = (path, isNamed, limit)
        }
    }

    /// What a build has found and what it has kept.
    public struct Counts: Equatable, Sendable {
        public var hits = 0
        public var misses = 0
        public var isExecutableFound = false
    }

    public static let defaultLimit: UInt64 = 2 << 30
    /// What remains when the limit is reached, of five: not every build has to look.
    private static let kept: UInt64 = 4
    /// How old a temporary file is that nobody writes any more.
    private static let abandoned_ns: Int64 = 3_600_000_000_000

    private struct State: Sendable {
        var counts = Counts()
        var hasWritten = false
        /// Why nothing more is written, once that has failed.
        var failure: Int32 = 0
    }

    private let directory: CacheDirectory
    private let limit: UInt64
    private let compiler: String
    private let state = Mutex(State())

    public var path: String { directory.path }
    public var counts: Counts { state.withLock { $0.counts } }

    /// - Throws: `environment` when the directory cannot be used.
    public init(_ path: String, limit: UInt64) throws(Diagnostic) {
        directory = try CacheDirectory(path)
        self.limit = limit
        compiler = CompilerIdentity.compiler(version: WasmcVersion.text)
    }

    /// What a user without options has: `wasmc` in XDG_CACHE_HOME, else in `.cache` of an existing HOME. WASMC_CACHE names
    /// another directory or is `off`; WASMC_CACHE_SIZE is the limit.
    ///
    /// - Throws: `environment` when the limit is no size.
    public static func standardLocation() throws(Diagnostic) -> Location {
        var location = Location(path: nil)
        if let text = EnvironmentVariables.value("WASMC_CACHE_SIZE") {
            guard let limit = parseSize(text) else {
                throw Diagnostic(.environment, "WASMC_CACHE_SIZE is `\(text)`", "expected a size such as 500M or 2GiB")
            }
            location.limit = limit
        }
        if let path = EnvironmentVariables.value("WASMC_CACHE") {
            if path != "off" { (location.path, location.isNamed) = (path, true) }
            return location
        }
        // Relative paths are invalid, as the specification of these directories says.
        if let base = EnvironmentVariables.value("XDG_CACHE_HOME"), base.hasPrefix("/") {
            location.path = "\(base)/wasmc"
        } else if let home = EnvironmentVariables.value("HOME"), home.hasPrefix("/"), Files.isDirectory(home) {
            location.path = "\(home)/.cache/wasmc"
        }
        return location
    }

    /// Whether the cache lies in a directory, or is that.
    public func lies(in directory: String) -> Bool {
        guard let outer = Paths.resolved(directory), let inner = Paths.resolved(path) else { return false }
        return inner == outer || outer == "/" || inner.hasPrefix(outer + "/")
    }

    // MARK: Units

    public func object(of unit: LoweredUnit) -> [UInt8]? {
        let found = directory.read(.unit(unit, compiler: compiler))
        state.withLock { if found == nil { $0.counts.misses += 1 } else { $0.counts.hits += 1 } }
        return found
    }

    public func keep(_ object: [UInt8], of unit: LoweredUnit) { write(object, .unit(unit, compiler: compiler)) }

    // MARK: Executables

    /// The key of an executable.
    ///
    /// - Parameter parts: what decides it besides the compiler, the linker and the runtime.
    func key(ofExecutable parts: [[UInt8]], _ toolchain: Toolchain) -> CacheKey {
        let identity = Array(CompilerIdentity.toolchain(toolchain).utf8)
        return CacheKey(compiler: compiler, [Array("executable".utf8), identity] + parts)
    }

    func executable(_ key: CacheKey) -> BuiltExecutable? {
        guard let bytes = directory.read(key), let executable = BuiltExecutable(encoded: bytes) else { return nil }
        state.withLock { $0.counts.isExecutableFound = true }
        return executable
    }

    func keep(_ executable: BuiltExecutable, _ key: CacheKey) { write(executable.encoded, key) }

    // MARK: Writing

    private func write(_ contents: [UInt8], _ key: CacheKey) {
        guard state.withLock({ $0.failure }) == 0, UInt64(contents.count) <= limit else { return }
        let code = directory.write(contents, key)
        state.withLock { state in
            if code == 0 { state.hasWritten = true } else { state.failure = code }
        }
    }

    /// Ends a build: makes room if there is too much.
    ///
    /// - Returns: a warning, when something could not be kept.
    public func finish() -> String? {
        let (hasWritten, failure) = state.withLock { ($0.hasWritten, $0.failure) }
        if hasWritten {
            directory.writeTag()
            evict()
        }
        guard failure != 0 else { return nil }
        return "the cache `\(path)` is not written: \(String(cString: strerror(failure)))"
    }

    /// Removes what was not used for longest until there is room, and what killed builds have left.
    private func evict() {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let now_ns = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
        var files = directory.files()
        for file in files where file.isTemporary && now_ns - file.used_ns > Self.abandoned_ns {
            directory.remove(file.name)
        }
        files.removeAll(where: \.isTemporary)
        var sum = files.reduce(0) { $0 + $1.bytes }
        guard sum > limit else { return }
        for file in files.sorted(by: { ($0.used_ns, $0.name) < ($1.used_ns, $1.name) }) {
            if sum <= limit / 5 * Self.kept { return }
            directory.remove(file.name)
            sum -= file.bytes
        }
    }

    // MARK: For people

    /// How much is in a cache.
    public struct Contents: Equatable, Sendable {
        public var entries: Int
        /// On disk.
        public var bytes: UInt64
    }

    /// What is in a cache; nothing when there is none. Throws `environment` when it cannot be used.
    public static func contents(of path: String) throws(Diagnostic) -> Contents {
        guard Files.exists(path) else { return Contents(entries: 0, bytes: 0) }
        let files = try CacheDirectory(path, makes: false).files()
        return Contents(entries: files.count { !$0.isTemporary }, bytes: files.reduce(0) { $0 + $1.bytes })
    }

    /// Removes all entries, and says what there was. Builds that run at the time are not disturbed.
    public static func clean(_ path: String) throws(Diagnostic) -> Contents {
        let contents = try contents(of: path)
        guard Files.exists(path) else { return contents }
        let directory = try CacheDirectory(path, makes: false)
        for file in directory.files() { directory.remove(file.name) }
        return contents
    }
}

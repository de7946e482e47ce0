import ArgumentParser
import Diagnostics
import WasmDriver

/// Where `build` and `run` keep what they have compiled.
struct CacheOptions: ParsableArguments {
    @Option(
        name: .customLong("cache"),
        help: ArgumentHelp(
            "Keep what is compiled in this directory; the default is wasmc in XDG_CACHE_HOME or ~/.cache.",
            valueName: "dir"),
        completion: .directory)
    var directory: String?

    @Flag(name: .customLong("no-cache"), help: "Compile everything, and keep nothing.")
    var isOff = false

    @Option(
        name: .customLong("cache-size"),
        help: ArgumentHelp(
            "How large the cache may become, 2GiB by default; what was not used for longest goes first.",
            valueName: "size"))
    var size: String?

    @Flag(name: .customLong("trace-cache"), help: "Say what was found in the cache.")
    var isTraced = false

    mutating func validate() throws {
        if let size, Quantity.bytes(ofSize: size) == nil {
            throw ValidationError("`--cache-size \(size)`: expected a size such as 500M or 2GiB")
        }
        if isOff, directory != nil { throw ValidationError("`--cache` and `--no-cache` exclude each other") }
    }

    /// An option that is given, if there is one.
    var givenOption: String? {
        if directory != nil { return "--cache" }
        if isOff { return "--no-cache" }
        if size != nil { return "--cache-size" }
        return isTraced ? "--trace-cache" : nil
    }

    /// Where the cache is.
    func location() throws(Diagnostic) -> CompilationCache.Location {
        var location = try CompilationCache.standardLocation()
        if let directory { (location.path, location.isNamed) = (directory, true) }
        if isOff { location.path = nil }
        if let size, let limit = Quantity.bytes(ofSize: size) { location.limit = limit }
        return location
    }

    /// Opens the cache, unless there is none or it cannot be used, which is no error.
    ///
    /// - Parameter exposed: directories that the program may change; what lies in them is not run.
    func open(_ messages: OutputOptions, exposed: [String] = []) throws(Diagnostic) -> CompilationCache? {
        let location = try location()
        guard let path = location.path else { return nil }
        do throws(Diagnostic) {
            let cache = try CompilationCache(path, limit: location.limit)
            if let directory = exposed.first(where: cache.lies(in:)) {
                let text = "the cache `\(path)` is not used: the program is granted `\(directory)`, and could change it"
                // Whoever grants all of a home has not asked for a cache.
                if location.isNamed { messages.warn(text) } else if isTraced { messages.note(text) }
                return nil
            }
            return cache
        } catch {
            messages.warn("\(error.message): \(error.detail); `--no-cache` uses none")
            return nil
        }
    }

    /// Says what could not be kept, and with `--trace-cache` what was found.
    func report(_ cache: CompilationCache?, _ messages: OutputOptions) {
        guard let cache else { return }
        if let warning = cache.finish() { messages.warn(warning) }
        guard isTraced else { return }
        let counts = cache.counts
        if counts.isExecutableFound {
            messages.note("cache: hit, the executable")
        } else {
            messages.note("cache: miss, the executable; \(counts.hits) hits and \(counts.misses) misses of units")
        }
    }
}

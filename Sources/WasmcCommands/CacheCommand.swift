import ArgumentParser
import Diagnostics
import WasmDriver

/// What `wasmc cache` does.
enum CacheAction: String, CaseIterable, ExpressibleByArgument {
    case show, clean
}

/// `wasmc cache`.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Show or empty the cache of what was compiled.",
        discussion: """
            `wasmc cache` says where it is and how much is in it, `wasmc cache clean` removes all of it, which changes \
            nothing but the time that the next builds take.
            """)

    @Argument(help: ArgumentHelp("show or clean.", valueName: "action"))
    var action = CacheAction.show

    @Option(
        name: .customLong("cache"),
        help: ArgumentHelp("The directory, if it is not the default one.", valueName: "dir"), completion: .directory)
    var directory: String?

    @OptionGroup(title: "Messages") var messages: OutputOptions

    func run() throws {
        try messages.reporting { () throws(Diagnostic) in
            var location = try CompilationCache.standardLocation()
            if let directory { location.path = directory }
            switch action {
            case .show: try show(location)
            case .clean: try clean(location)
            }
        }
    }

    private func show(_ location: CompilationCache.Location) throws(Diagnostic) {
        let contents = try location.path.map { (path) throws(Diagnostic) in try CompilationCache.contents(of: path) }
        if messages.isJSON {
            var object = JSONObject()
            object.add("directory", location.path.map { .string($0) } ?? .null)
            object.add("entries", .integer(contents?.entries ?? 0))
            object.add("bytes", .integer(Int(contents?.bytes ?? 0)))
            object.add("limit", .integer(Int(clamping: location.limit)))
            return Console.print(.object(object))
        }
        guard let path = location.path, let contents else { return Console.print("there is no cache") }
        let sizes = [contents.bytes, location.limit].map { TerminalText(trusted: Quantity.rounded(bytes: $0)) }
        Console.print("directory: \(path)\nentries: \(contents.entries)\nsize: \(sizes[0]) of \(sizes[1])")
    }

    private func clean(_ location: CompilationCache.Location) throws(Diagnostic) {
        let removed = try location.path.map { (path) throws(Diagnostic) in try CompilationCache.clean(path) }
        if messages.isJSON {
            var object = JSONObject()
            object.add("entries", .integer(removed?.entries ?? 0))
            object.add("bytes", .integer(Int(removed?.bytes ?? 0)))
            return Console.print(.object(object))
        }
        let size = TerminalText(trusted: Quantity.rounded(bytes: removed?.bytes ?? 0))
        Console.print("removed \(removed?.entries ?? 0) entries, \(size)")
    }
}

import ArgumentParser
import Diagnostics
import Support
import WasmDriver

/// `wasmc explain-trap`.
struct ExplainTrapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain-trap",
        abstract: "Say where in the source a trap was.",
        discussion: """
            Reads what a program has printed, from standard input or the file of --message, and prints it with the \
            names, files, lines and inlined functions that the module's debug information has for it. With offsets \
            on the command line, explains those. Of an executable, also of a stripped one, the modules that it was \
            made of are looked for beside it and in this directory; they are compiled again for a message of a stripped \
            one.
            """)

    @Argument(
        help: ArgumentHelp("The program's .wasm or .wat file, or the executable.", valueName: "file"),
        completion: .file())
    var file: String

    @Argument(help: ArgumentHelp("Module offsets, e.g. 0x2c.", valueName: "offsets"))
    var offsets: [String] = []

    @Option(
        name: .customLong("message"),
        help: ArgumentHelp("A file with what the program has printed.", valueName: "file"),
        completion: .file())
    var message: String?

    @Option(
        name: .customLong("preload"),
        help: ArgumentHelp("Another module of the program, as it was linked.", valueName: "name=file"))
    var preload: [String] = []

    @Option(
        name: .customLong("profile-use"),
        help: ArgumentHelp("What the stripped executable was optimised for, as for `build`.", valueName: "file"),
        completion: .file())
    var profiles: [String] = []

    @OptionGroup(title: "Cache") var cache: CacheOptions
    @OptionGroup(title: "Messages") var messages: OutputOptions

    mutating func validate() throws {
        for text in offsets where Self.number(text) == nil {
            throw ValidationError("`\(text)`: expected a module offset, e.g. 0x2c")
        }
        for text in preload where !text.dropFirst().contains("=") {
            throw ValidationError("`--preload \(text)`: expected NAME=FILE")
        }
        if message != nil, !offsets.isEmpty { throw ValidationError("offsets and `--message` exclude each other") }
        if file == "-", offsets.isEmpty, message == nil {
            throw ValidationError(
                "the module and the message cannot both come from standard input: write `--message FILE`")
        }
    }

    private static func number(_ text: String) -> Int? {
        text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
    }

    func run() throws {
        try messages.reporting(file: file) { () throws(Diagnostic) in
            var preloaded: [String: String] = [:]
            for text in preload {
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                preloaded[parts[0]] = parts[1]
            }
            let program = try ExplainedProgram(file, preloaded: preloaded)
            var lines = offsets.compactMap(Self.number).flatMap { program.main.lines(at: $0) }
            if offsets.isEmpty {
                let text = String(decoding: try Files.read(message ?? "-", limit: Self.messageBytes), as: UTF8.self)
                lines = try program.explain(text) { (plan) throws(Diagnostic) in try prepare(&plan) }
                if lines.last == "" { lines.removeLast() }
            }
            for line in lines { Console.print(line) }
        }
    }

    /// Far more than a program prints.
    private static let messageBytes = 64 << 20

    /// How a stripped program is made again.
    private func prepare(_ plan: inout BuildPlan) throws(Diagnostic) {
        plan.jobs = availableProcessors()
        plan.profile = profiles.isEmpty ? nil : try ProfileFile.merged(profiles)
        plan.cache = try cache.open(messages)
    }
}

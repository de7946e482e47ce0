import ArgumentParser
import Diagnostics
import WasmDriver

/// `wasmc run`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Compile a module and run it.",
        usage: "wasmc run [<options>] <file> [<arguments> ...]",
        discussion: """
            Options come before the file; everything behind it is the program's. The exit status is the program's, \
            or 134 after a trap.
            """)

    @OptionGroup(title: "Grants") var grants: GrantOptions
    @OptionGroup var refusedGrants: RefusedGrantOptions
    @OptionGroup(title: "Code generation") var codegen: CodegenOptions

    @Flag(name: .customLong("native"), help: "Run as native code, the default.")
    var isNative = false

    @Flag(name: .customLong("interp"), help: .hidden)
    var isInterpreted = false

    @OptionGroup(title: "Messages") var messages: OutputOptions

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("A .wasm or .wat file and the program's arguments.", valueName: "file and arguments"))
    var words: [String] = []

    private var fileAndArguments: ArraySlice<String> { words.first == "--" ? words.dropFirst() : words[...] }

    mutating func validate() throws {
        try refuse([("--interp", isInterpreted)])
        guard let file = fileAndArguments.first else { throw ValidationError("Missing expected argument '<file>'") }
        // What follows the last known option is captured, an unknown option too.
        if words.first == "--help" || words.first == "-h" { throw CleanExit.helpRequest(self) }
        if words.first == "--version" { throw CleanExit.message(Wasmc.configuration.version) }
        guard !file.hasPrefix("-") || file == "-" || words.first == "--" else {
            throw ValidationError("Unknown option '\(file)'")
        }
    }

    func run() throws {
        let grants = try grants.grants()
        guard let file = fileAndArguments.first else { return }
        try messages.reporting(file: file) { () throws(Diagnostic) in
            var plan = try codegen.plan(for: file)
            plan.includesInvoke = self.grants.invoke != nil
            let line = plan.report(to: messages)
            defer { line.clear() }
            let executable = try plan.makeExecutable()
            line.clear()
            let arguments = [Paths.baseName(file)] + fileAndArguments.dropFirst()
            try GuestProcess(executable: executable, arguments: arguments, grants: grants).start()
        }
    }
}

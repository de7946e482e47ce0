import ArgumentParser
import Diagnostics
import WasmDriver
import WasmHost
import WasmValidation

/// What runs a program.
enum RunEngine: String, EnumerableFlag {
    case native, interp

    static func help(for value: RunEngine) -> ArgumentHelp? {
        switch value {
        case .native: "Compile the module, the default."
        case .interp: "Interpret the module: starts at once, runs slowly. Code generation has no meaning then."
        }
    }
}

/// `wasmc run`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Compile a module and run it, or interpret it.",
        usage: "wasmc run [<options>] <file> [<arguments> ...]",
        discussion: """
            Options come before the file; everything behind it is the program's. The exit status is the program's, \
            or 134 after a trap.
            """)

    @OptionGroup(title: "Grants") var grants: GrantOptions
    @OptionGroup var refusedGrants: RefusedGrantOptions
    @OptionGroup(title: "Code generation") var codegen: CodegenOptions

    @Flag(help: "What runs the program.")
    var engine = RunEngine.native

    @OptionGroup(title: "Messages") var messages: OutputOptions

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("A .wasm or .wat file and the program's arguments.", valueName: "file and arguments"))
    var words: [String] = []

    private var fileAndArguments: ArraySlice<String> { words.first == "--" ? words.dropFirst() : words[...] }

    mutating func validate() throws {
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
        let arguments = [Paths.baseName(file)] + fileAndArguments.dropFirst()
        switch engine {
        case .native:
            try messages.reporting(file: file) { () throws(Diagnostic) in
                try compileAndRun(file, arguments, grants)
            }
        case .interp:
            var status: Int32 = 0
            try messages.reporting(file: file) { () throws(Diagnostic) in
                status = try interpret(file, arguments, grants)
            }
            throw ExitCode(status)
        }
    }

    private func compileAndRun(_ file: String, _ arguments: [String], _ grants: [Grant]) throws(Diagnostic) -> Never {
        var plan = try codegen.plan(for: file)
        plan.includesInvoke = self.grants.invoke != nil
        let line = plan.report(to: messages)
        defer { line.clear() }
        let executable = try plan.makeExecutable()
        line.clear()
        try GuestProcess(executable: executable, arguments: arguments, grants: grants).start()
    }

    /// Runs the program in this process; its exit status.
    private func interpret(_ file: String, _ arguments: [String], _ grants: [Grant]) throws(Diagnostic) -> Int32 {
        let input = try ModuleInput(try ModuleInput.read(file))
        do throws(Diagnostic) {
            return try InterpretedProgram(
                module: try WasmValidation.validate(input.module), arguments: arguments,
                environment: GuestProcess.environment(adding: grants)
            ).run()
        } catch { throw input.located(error) }
    }
}

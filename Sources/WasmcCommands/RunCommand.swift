import ArgumentParser
import Diagnostics
import Support
import WasmDriver
import WasmHost

/// What runs a program.
enum RunEngine: String, EnumerableFlag {
    case native, interp

    static func help(for value: RunEngine) -> ArgumentHelp? {
        switch value {
        case .native: "Compile the module."
        case .interp:
            "Interpret the module: starts at once, runs slowly; sealed but for system calls; nothing is generated."
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
            134 after a trap, 124 after --timeout, or 125 when it cannot start.
            """)

    @OptionGroup(title: "Modules") var modules: ModuleOptions
    @OptionGroup(title: "Grants") var grants: GrantOptions
    @OptionGroup var refusedGrants: RefusedGrantOptions
    @OptionGroup(title: "Code generation") var codegen: CodegenOptions
    @OptionGroup(title: "Cache") var cache: CacheOptions

    @Flag(help: "What runs the program.")
    var engine = RunEngine.native

    @Option(
        name: .customLong("profile-out"),
        help: ArgumentHelp(
            "With --interp: write here what ran how often, for --profile-use of `wasmc build`.", valueName: "file"),
        completion: .file())
    var profileOutput: String?

    @OptionGroup(title: "Messages") var messages: OutputOptions

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("A .wasm or .wat file and the program's arguments.", valueName: "file and arguments"),
        completion: .modules)
    var words: [String] = []

    mutating func validate() throws {
        if engine == .interp, let option = codegen.givenOption ?? cache.givenOption {
            throw ValidationError("`\(option)` says how code is compiled; `--interp` compiles nothing")
        }
        if engine == .native, profileOutput != nil {
            throw ValidationError("`--profile-out` counts what the interpreter does: add `--interp`")
        }
        try ProgramWords(words).check(for: self, isFileOptional: modules.configuration != nil)
    }

    func run() throws {
        let grants = try grants.grants()
        var words = ProgramWords(words).fileAndArguments
        var status: Int32 = 0
        // What cannot be invoked is the start's fault, as it is when an executable is started.
        try messages.reporting(usageStatus: WasmcMain.cannotStart) { () throws(Diagnostic) in
            // A manifest that names the main module leaves all words to the program.
            var file: String?
            if try !modules.namesMain() { file = words.popFirst() }
            let program = try modules.program(main: file, grants: (messages.isJSON ? [.json] : []) + grants)
            status = try run(program, [Paths.baseName(program.main)] + words)
        }
        throw ExitCode(status)
    }

    /// The status of the program, unless this process has become it.
    private func run(_ program: ModuleOptions.Program, _ arguments: [String]) throws(Diagnostic) -> Int32 {
        do throws(Diagnostic) {
            switch engine {
            case .native: try compileAndRun(program, arguments)
            case .interp: return try interpret(program, arguments)
            }
        } catch {
            // The file that the command is about.
            switch error.phase {
            case .environment, .manifest, .usage: throw error
            case .unlinkable where error.isAboutSizes:
                // The compiler finds what the executable and the interpreter find at the start.
                messages.report(error.located(in: program.main), file: nil)
                return WasmcMain.cannotStart
            default: throw error.located(in: program.main)
            }
        }
    }

    /// The main module's grants come with the start, as everybody's who starts it; those of others are baked in.
    private func compileAndRun(_ program: ModuleOptions.Program, _ arguments: [String]) throws(Diagnostic) -> Never {
        var plan = try codegen.plan(for: program.main)
        plan.profile = try codegen.profile()
        plan.linkedModules = program.linked
        plan.invoked = program.grants.invokedExport
        plan.isIsolated = program.grants.isolateNetwork
        plan.savesCoredump = program.grants.contains { $0.kind == .coredump }
        plan.aborts = program.grants.contains { $0.kind == .abort }
        let line = plan.report(to: messages)
        defer { line.end() }
        let grants = program.grants + program.linked.flatMap(\.grants)
        plan.cache = try cache.open(messages, exposed: grants.writableDirectories)
        let executable = try plan.makeExecutable()
        line.end()
        cache.report(plan.cache, messages)
        try GuestProcess(
            executable: executable, arguments: arguments, grants: program.grants, hasModules: !program.linked.isEmpty
        ).start()
    }

    /// Runs the program in this process; its exit status.
    private func interpret(_ program: ModuleOptions.Program, _ arguments: [String]) throws(Diagnostic) -> Int32 {
        // As for a compiled program: the main module's grants come with the start, those of others are baked in.
        let modules = try ProgramModules(
            main: try ModuleInput(reading: program.main), named: BuildPlan(input: program.main).moduleName, grants: [],
            linked: program.linked,
            invoked: program.grants.invokedExport, isCompiled: false, jobs: codegen.jobs)
        if let text = modules.remark { messages.note(text) }
        let start = GuestProcess(
            executable: [], arguments: arguments, grants: program.grants, hasModules: !program.linked.isEmpty)
        try start.checkEnvironment()
        var interpreted = InterpretedProgram(
            modules: modules.modules, grants: modules.grantWords, arguments: arguments,
            environment: GuestProcess.environment(adding: program.grants),
            networkHelper: ToolchainSearch.current().networkHelper(),
            located: { number, diagnostic in modules.members[number].located(diagnostic) })
        interpreted.profile = try profileOutput.map { (path) throws(Diagnostic) in try ProfileOutput(path) }
        return try interpreted.run()
    }
}

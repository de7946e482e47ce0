import ArgumentParser
import Diagnostics
import Glibc
import WasmDriver
import WasmLowering
import WasmScript

/// Engines that run scripts.
enum EngineChoice: String, CaseIterable, ExpressibleByArgument {
    case native, interpreter, both
}

extension NaNComparison: ExpressibleByArgument {}

/// `wasmc wast`.
struct WastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wast",
        abstract: "Run WebAssembly test scripts.",
        usage: "wasmc wast [<options>] <file> ...",
        discussion: """
            Prints each assertion that does not hold with its place, what was expected and what came out, and a summary \
            line `N passed, N failed, N skipped`. Commands of modules that the engine refuses by name are skipped \
            and counted by reason. With `--engine both`, what one engine does not do as the other does not hold either, \
            but for signs and payloads of NaNs.
            """)

    @Argument(help: ArgumentHelp(".wast files.", valueName: "file"), completion: .file(extensions: ["wast"]))
    var files: [String]

    @Option(help: ArgumentHelp("The engine that runs the modules.", valueName: "engine"))
    var engine = EngineChoice.native

    @Option(
        help: ArgumentHelp(
            "With `--engine both`: NaNs of both engines are the same by their class, or only by their bits.",
            valueName: "class|bits"))
    var nans = NaNComparison.class

    @OptionGroup(title: "Code generation") var codegen: CodegenOptions
    @OptionGroup(title: "Messages") var messages: OutputOptions

    mutating func validate() throws {
        if !codegen.profiles.isEmpty {
            throw ValidationError("`--profile-use` is for programs, and a script is many modules")
        }
    }

    func run() throws {
        signal(SIGPIPE, SIG_IGN)
        var total = ScriptSummary()
        for file in files {
            try messages.reporting(file: file) { () throws(Diagnostic) in
                let summary = runScript(try ModuleInput.readScript(file), file: file, on: try makeEngine())
                report(summary, file)
                total += summary
            }
        }
        if !messages.isJSON {
            for (reason, count) in total.skippedReasons.sorted(by: { $0.key < $1.key }) {
                Console.print("skipped \(count): \(reason)")
            }
            Console.print("\(total.line)")
        }
        if total.failed > 0 { throw ExitCode(WasmcMain.failure) }
    }

    private func makeEngine() throws(Diagnostic) -> any ScriptEngine {
        if engine == .interpreter { return InterpreterScriptEngine() }
        var plan = try codegen.plan(for: "script")
        // What a script asks after a trap, it gets to know.
        if plan.traps == nil { plan.traps = .exact }
        let native = NativeScriptEngine(
            options: plan.engineOptions, target: plan.target, toolchain: try plan.search.toolchain(for: plan.target))
        return engine == .native
            ? native
            : ComparingScriptEngine(native: native, isStateExact: plan.engineOptions.traps == .exact, nans: nans)
    }

    private func report(_ summary: ScriptSummary, _ file: String) {
        if messages.isJSON {
            Console.print(.object(object(summary, file)))
            return
        }
        for failure in summary.failures {
            Console.print("\(failure.file):\(failure.line):\(failure.column): \(failure.message)")
        }
    }

    private func object(_ summary: ScriptSummary, _ file: String) -> JSONObject {
        var object = JSONObject()
        object.add("file", .string(file))
        object.add("passed", .integer(summary.passed))
        object.add("failed", .integer(summary.failed))
        object.add("skipped", .integer(summary.skipped))
        let failures = summary.failures.map { failure -> JSON in
            var entry = JSONObject()
            entry.add("line", .integer(failure.line))
            entry.add("column", .integer(failure.column))
            entry.add("message", .string(failure.message))
            return .object(entry)
        }
        object.add("failures", .array(failures))
        return object
    }
}

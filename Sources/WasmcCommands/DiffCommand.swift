import ArgumentParser
import Diagnostics
import Support
import WasmBinary
import WasmDriver
import WasmHost
import WasmSpec

/// `wasmc diff`.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compile a module and interpret it, and compare what both do.",
        usage: "wasmc diff [<options>] <file> [<arguments> ...]",
        discussion: """
            The compiled program runs first, with the grants and streams of `wasmc run`; the interpreter gets the same \
            results of host calls and must do the same with them: host calls with arguments and the memory they work on, \
            trap, exit status, memories and globals at the end. The first difference is printed. The status is 0 when \
            there is none, 1 when there is one, 2 when there is nothing to compare, or 125 when the program cannot start.
            """)

    /// What `wasmc diff` ends with, besides what a program does that cannot start.
    enum Status {
        static let equal: Int32 = 0
        static let differs: Int32 = 1
        static let trouble: Int32 = 2
    }

    @OptionGroup(title: "Modules") var modules: ModuleOptions
    @OptionGroup(title: "Grants") var grants: GrantOptions
    @OptionGroup var refusedGrants: RefusedGrantOptions
    @OptionGroup(title: "Code generation") var codegen: CodegenOptions

    @Option(
        name: .customLong("native"),
        help: ArgumentHelp("Compile this module, and interpret the other.", valueName: "file"), completion: .modules)
    var nativeFile: String?

    @OptionGroup(title: "Messages") var messages: OutputOptions

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("A .wasm or .wat file and the program's arguments.", valueName: "file and arguments"),
        completion: .modules)
    var words: [String] = []

    mutating func validate() throws {
        try ProgramWords(words).check(for: self, isFileOptional: modules.configuration != nil)
    }

    func run() throws {
        let grants = try grants.grants()
        var words = ProgramWords(words).fileAndArguments
        var status = Status.trouble
        do throws(Diagnostic) {
            var file: String?
            if try !modules.namesMain() { file = words.popFirst() }
            let program = try modules.program(main: file, grants: (messages.isJSON ? [.json] : []) + grants)
            do throws(Diagnostic) {
                status = try compare(program, [Paths.baseName(program.main)] + words)
            } catch {
                switch error.phase {
                case .environment, .manifest, .usage: throw error
                default: throw error.located(in: program.main)
                }
            }
        } catch {
            messages.report(error, file: nil)
            throw ExitCode(error.phase == .usage ? WasmcMain.cannotStart : Status.trouble)
        }
        throw ExitCode(status)
    }

    private func compare(_ program: ModuleOptions.Program, _ arguments: [String]) throws(Diagnostic) -> Int32 {
        let main = try ModuleInput(reading: program.main)
        let modules = try ProgramModules(
            main: main, named: "", grants: [], linked: program.linked, invoked: program.grants.invokedExport,
            isCompiled: false, jobs: codegen.jobs)
        try refuseThreads(modules)
        var plan = try codegen.plan(for: nativeFile ?? program.main)
        plan.mainModule = nativeFile == nil ? main : nil
        plan.profile = try codegen.profile()
        plan.linkedModules = program.linked
        plan.invoked = program.grants.invokedExport
        plan.isIsolated = program.grants.isolateNetwork
        plan.recordsHostCalls = true
        let line = plan.report(to: messages)
        defer { line.end() }
        let executable = try plan.makeExecutable()
        line.end()
        let process = GuestProcess(
            executable: executable, arguments: arguments, grants: program.grants, hasModules: !program.linked.isEmpty)
        let native = try RecordedProcess.run(process)
        // It has said why.
        if native.status == .exited(WasmcMain.cannotStart) { return WasmcMain.cannotStart }
        let outcome = try InterpretedProgram(
            modules: modules.modules, grants: modules.grantWords, arguments: arguments,
            environment: GuestProcess.environment(adding: program.grants),
            located: { number, diagnostic in modules.members[number].located(diagnostic) }
        ).replay(native.record, comparesStateAfterTraps: plan.isStateExactAfterTraps)
        return report(outcome, native.status, modules, file: program.main)
    }

    /// Threads do what they do in an order of their own in each engine.
    private func refuseThreads(_ modules: ProgramModules) throws(Diagnostic) {
        for member in modules.members {
            for entry in member.module.module.imports where entry.module == "wasi" && entry.name == "thread-spawn" {
                throw member.located(
                    Diagnostic(
                        .unsupported, "threads",
                        "host calls of several threads cannot be compared: their order is another in each run",
                        at: .offset(entry.offset),
                        notes: [
                            Note("compare what the program prints with `wasmc run` and with `wasmc run --interp`")
                        ]))
            }
        }
    }

    private func report(
        _ outcome: ReplayOutcome, _ native: ExitStatus, _ modules: ProgramModules, file: String
    ) -> Int32 {
        if let divergence = outcome.divergence {
            messages.report(diagnostic(divergence, modules), file: file)
            return Status.differs
        }
        var end = outcome.end
        if case .signaled(let signal) = native { end = "signal \(signal)" }
        if messages.isJSON {
            var object = JSONObject()
            object.add("divergence", .null)
            object.add("host_calls", .integer(outcome.hostCalls))
            object.add("end", .string(end))
            object.add("state", .bool(outcome.comparesState))
            Console.printError(.object(object))
        } else {
            let calls = "\(outcome.hostCalls) host call\(outcome.hostCalls == 1 ? "" : "s")"
            messages.note("no divergence: \(calls), \(end)" + (outcome.comparesState ? ", memories and globals" : ""))
        }
        return Status.equal
    }

    private func diagnostic(_ divergence: Divergence, _ modules: ProgramModules) -> Diagnostic {
        var result = Diagnostic(
            .divergence, divergence.message, "native: \(divergence.native); interpreter: \(divergence.interpreted)")
        guard let place = divergence.place, let instance = divergence.instance else { return result }
        let member = modules.members[instance]
        let name = NameSection(member.module.module).functions[FunctionIndex(rawValue: place.function)]
        result.location = .offset(place.offset)
        let prefix = modules.members.count > 1 && instance < modules.members.count - 1 ? member.name + "!" : ""
        result.function = "\(prefix)func[\(place.function)]" + (name.map { " <\($0)>" } ?? "")
        result = member.located(result)
        // Text has lines; the offset is what traps and maps speak of.
        result.notes.append(Note("module offset 0x\(String(place.offset, radix: 16))"))
        return result
    }
}

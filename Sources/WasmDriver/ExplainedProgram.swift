// What explains traps of a program: its modules, found by what its executable says of them, and the places of its code.

import Diagnostics
import Support
import WasmLowering

/// What explains traps of a program.
public struct ExplainedProgram {
    public var main: TrapExplanation
    /// The modules that are linked with it, by their names.
    public var linked: [String: TrapExplanation] = [:]
    fileprivate var executable: Executable?

    /// An executable, and the files of its modules.
    fileprivate struct Executable {
        var bytes: [UInt8]
        var note: ExecutableNote
        var main: String
        var linked: [LinkedModule] = []
    }

    /// Takes a module, or an executable that wasmc has made, also with `--strip`: then the modules are looked for beside it
    /// and in the current directory, under their names, and are those that it was made of.
    ///
    /// - Parameter preloaded: files of modules that need not be looked for.
    /// - Throws: what reading a module throws; `environment` when a module of an executable is not found.
    public init(_ file: String, preloaded: [String: String] = [:]) throws(Diagnostic) {
        for (name, path) in preloaded { linked[name] = TrapExplanation(try ModuleInput(reading: path), file: path) }
        let bytes = try ModuleInput.read(file, acceptsExecutables: true)
        guard case .elf = ContentKind(of: bytes) else {
            main = TrapExplanation(try ModuleInput(bytes), file: file)
            return
        }
        let note = try ExecutableNote.read(from: bytes)
        let directories = file == "-" ? ["."] : [Paths.directory(file), "."]
        main = try Self.find(note.moduleName, note.moduleHash, in: directories)
        var executable = Executable(bytes: bytes, note: note, main: main.file)
        for module in note.linkedModules {
            let explanation: TrapExplanation
            if let known = linked[module.name] {
                explanation = known
            } else {
                explanation = try Self.find(module.name, module.moduleHash, in: directories)
                linked[module.name] = explanation
            }
            executable.linked.append(
                LinkedModule(
                    name: module.name, input: explanation.file, grants: module.grants.compactMap { Grant(word: $0) }))
        }
        self.executable = executable
    }

    private static func find(
        _ name: String, _ hash: String, in directories: [String]
    ) throws(Diagnostic) -> TrapExplanation {
        for directory in directories {
            for suffix in ["wasm", "wat"] {
                let path = (directory == "." ? "" : directory + "/") + "\(name).\(suffix)"
                guard let bytes = try? ModuleInput.read(path), SHA256.hexadecimal(bytes) == hash else { continue }
                return TrapExplanation(try ModuleInput(bytes), file: path)
            }
        }
        throw Diagnostic(
            .environment, "a module of the executable is not found",
            "`\(name).wasm`, with the SHA-256 \(hash), lies neither beside the executable nor in this directory",
            notes: [Note("name the module's file in place of the executable, and others with --preload NAME=FILE")])
    }

    /// A message with its frames explained; what is no frame stays as it is.
    ///
    /// - Parameter prepare: completes the plan by which a stripped program is made again, when frames need it: its cache,
    ///   its threads and who hears of progress.
    /// - Throws: `usage` when such frames are no executable's; what building throws, and `environment` when the same does
    ///   not come of it.
    public func explain(
        _ message: String, prepare: (inout BuildPlan) throws(Diagnostic) -> Void
    ) throws(Diagnostic) -> [TerminalText] {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        let places = lines.contains { TrapExplanation.codeOffset($0) != nil } ? try placesMadeAgain(prepare) : nil
        return lines.flatMap { line -> [TerminalText] in
            if let places, let offset = TrapExplanation.codeOffset(line) {
                return places.calls(at: offset).flatMap(explain)
            }
            return TrapExplanation.explain(line, main: main, linked: linked)
        }
    }

    /// The lines of a call. Linked modules are instances in their order, and the main one is the last.
    private func explain(_ call: CodePlaces.Call) -> [TerminalText] {
        let modules = executable?.linked ?? []
        let isLinked = call.instance < modules.count
        let module = isLinked ? linked[modules[call.instance].name] ?? main : main
        let name = isLinked ? modules[call.instance].name : executable?.note.moduleName ?? ""
        let prefix = modules.isEmpty ? "" : name + "!"
        if let offset = call.offset { return module.lines(at: offset, prefix: prefix) }
        return [module.line(ofFunction: call.function, prefix: prefix)]
    }

    /// The places that `--strip` has left out, of the same program made again.
    private func placesMadeAgain(
        _ prepare: (inout BuildPlan) throws(Diagnostic) -> Void
    ) throws(Diagnostic) -> CodePlaces {
        guard let executable else {
            throw Diagnostic(
                .usage, "the message is of an executable that was made with --strip",
                "name the executable in place of the module, which lies beside it or in this directory")
        }
        if let places = ELFFile(executable.bytes).flatMap({ CodePlaces($0) }), places.hasPlaces { return places }
        var plan = try executable.plan
        try prepare(&plan)
        let made = try plan.makeExecutable()
        guard let stripped = ELFFile(executable.bytes).flatMap({ CodePlaces($0) }),
            let places = ELFFile(made).flatMap({ CodePlaces($0) }), places.isOfSameCode(as: stripped)
        else {
            throw Diagnostic(
                .environment, "the modules do not make this executable again",
                "its code is another, made by another build of wasmc, with a profile (--profile-use), or for the processor of "
                    + "another machine")
        }
        return places
    }
}

fileprivate extension ExplainedProgram.Executable {
    /// How the executable was made, but for `--strip`.
    var plan: BuildPlan {
        get throws(Diagnostic) {
            guard note.version == WasmcVersion.text, let optimization = OptimizationLevel(rawValue: note.optimization),
                let bounds = BoundsStrategy(rawValue: note.bounds), let traps = TrapStrictness(rawValue: note.traps)
            else {
                throw Diagnostic(
                    .unsupported, "an executable of another version of wasmc",
                    "only version \(note.version) makes the tables that --strip has left out")
            }
            var plan = BuildPlan(input: main)
            plan.target = try Target.named(note.target)
            let processors = (try? plan.target.processors(note.processor)) ?? [note.processor]
            (plan.processor, plan.cloneProcessors) = (processors[0], Array(processors.dropFirst()))
            plan.processorFeatures = note.processorFeatures
            // What `native` stood for is no level.
            if (try? plan.check()) == nil { plan.processor = "native" }
            (plan.optimization, plan.bounds, plan.traps) = (optimization, bounds, traps)
            plan.grants = note.grants.compactMap { Grant(word: $0) }
            plan.isCeiling = note.isCeiling
            plan.linkedModules = linked
            plan.initializer = note.initializer.isEmpty ? nil : note.initializer
            return plan
        }
    }
}

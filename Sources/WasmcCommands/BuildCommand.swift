import ArgumentParser
import Diagnostics
import WasmDriver

/// `wasmc build`.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compile a module to an executable.",
        discussion: """
            The executable needs no runtime. Grants given here are baked in as defaults; whoever starts it can give \
            more in the variable WASMC_GRANTS, in the same words, or with --ceiling only less. `wasmc inspect` shows \
            what is baked in.
            """)

    @Argument(
        help: ArgumentHelp(
            "A .wasm or .wat file, or - for standard input; with --config the manifest may name it.", valueName: "file"),
        completion: .modules)
    var input: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "The file to write; the default is the input's name without .wasm, in this directory.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(
        name: .customLong("emit"),
        help: ArgumentHelp(
            "What to write: exe, obj, asm, llvm-ir, llvm-bc; several with commas. Or units: a directory for ninja.",
            valueName: "kinds"),
        completion: .list(Artifact.allCases.map(\.rawValue)))
    var emit: [String] = []

    @Flag(name: .customShort("g"), help: "Make an executable for debuggers, with symbols and lines.")
    var keepsSymbols = false

    @Flag(
        name: .customLong("strip"),
        help: "Leave out what only messages of traps need; `wasmc explain-trap` makes it again from the module.")
    var isStripped = false

    @Option(
        name: .customLong("init-func"),
        help: ArgumentHelp(
            "An export that is called now, without a host: the program begins with the memory that it leaves.",
            valueName: "name"))
    var initFunction: String?

    @OptionGroup(title: "Modules") var modules: ModuleOptions
    @OptionGroup(title: "Code generation") var codegen: CodegenOptions
    @OptionGroup(title: "Cache") var cache: CacheOptions
    @OptionGroup(title: "Grants") var grants: GrantOptions

    @Flag(name: .customLong("ceiling"), help: "Make the grants the most that the program ever has.")
    var isCeiling = false

    @OptionGroup var refusedGrants: RefusedGrantOptions
    @OptionGroup(title: "Messages") var messages: OutputOptions

    /// The artifacts of a comma list.
    private static func artifacts(_ list: String) throws -> [Artifact] {
        try list.split(separator: ",", omittingEmptySubsequences: false).map { name in
            if let artifact = Artifact(rawValue: String(name)) { return artifact }
            guard !name.isEmpty else { throw ValidationError("`--emit \(list)`: a kind is missing between commas") }
            let known = Artifact.allCases.map(\.rawValue)
            let nearest = Spelling.nearest(to: String(name), among: known).map { "; did you mean `\($0)`?" } ?? ""
            throw ValidationError(
                "`--emit \(list)`: `\(name)` is not supported by this version, which makes "
                    + known.joined(separator: ", ") + nearest)
        }
    }

    /// What to write, each once.
    var artifacts: [Artifact] {
        get throws {
            var result: [Artifact] = []
            for artifact in try emit.flatMap(Self.artifacts) where !result.contains(artifact) {
                result.append(artifact)
            }
            return result.isEmpty ? [.executable] : result
        }
    }

    mutating func validate() throws {
        let artifacts = try artifacts
        if artifacts.contains(.units), artifacts.count > 1 {
            throw ValidationError("`--emit units` is a directory, and nothing else is made with it")
        }
        if keepsSymbols, isStripped { throw ValidationError("`-g` keeps what `--strip` leaves out") }
        guard input != nil || modules.configuration != nil else {
            throw ValidationError("no file is given: write `wasmc build FILE`, a .wasm or .wat file")
        }
    }

    func run() throws {
        let grants = try grants.grants()
        let artifacts = try artifacts
        try messages.reporting(file: input) { () throws(Diagnostic) in
            let program = try modules.program(main: input, grants: grants, isCeiling: isCeiling)
            let input = program.main
            // What is no module gets no output, whatever that would be called.
            let module = try ModuleInput(reading: input)
            try module.refuseUnlinked(besides: Set(program.linked.map(\.name)))
            var plan = try codegen.plan(for: input)
            plan.mainModule = module
            plan.initializer = initFunction
            plan.profile = try codegen.profile()
            plan.grants = program.grants
            plan.linkedModules = program.linked
            plan.isCeiling = program.isCeiling
            plan.keepsSymbols = keepsSymbols
            plan.isStripped = isStripped
            let warnings = program.secretWarnings
            for warning in warnings { messages.warn(warning) }
            let outputs = try ArtifactPath.paths(for: artifacts, named: output, input: input)
            for output in outputs { try output.check() }
            let line = plan.report(to: messages)
            defer { line.end() }
            plan.cache = try cache.open(messages)
            defer { cache.report(plan.cache, messages) }
            let files = try plan.write(outputs)
            if messages.isJSON {
                var object = JSONObject()
                object.add("outputs", .array(files.map { .string($0) }))
                if !warnings.isEmpty { object.add("warnings", .array(warnings.map { .string($0) })) }
                Console.print(.object(object))
            }
        }
    }
}

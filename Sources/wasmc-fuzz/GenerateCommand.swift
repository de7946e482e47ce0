import ArgumentParser
import Glibc
import Support
import WasmFuzz
import WasmInstructionTable

/// Which modules are generated.
struct GeneratorArguments: ParsableArguments {
    @Option(help: "Bytes of choices for a module, at most.") var size = 600
    @Option(
        help: ArgumentHelp(
            """
            Features to generate, by name, instead of those that every engine compiles; or all, those of other engines, or \
            engines, those of both engines of wasmc.
            """,
            valueName: "a,b,..."))
    var features: String?

    mutating func validate() throws {
        guard 1...1_000_000 ~= size else { throw ValidationError("--size \(size): expected 1 to 1000000") }
        _ = try options()
    }

    func options() throws -> GeneratorOptions {
        guard let features else { return GeneratorOptions(maximumChoices: size) }
        if features == "all" {
            return GeneratorOptions(features: ModuleGenerator.comparableFeatures, maximumChoices: size)
        }
        if features == "engines" {
            return GeneratorOptions(features: ModuleGenerator.engineFeatures, maximumChoices: size)
        }
        var set = FeatureSet([.mvp])
        for name in features.split(separator: ",") {
            guard let feature = Feature.allCases.first(where: { $0.name == name }) else {
                throw ValidationError("--features: there is no feature \(name)")
            }
            set.insert(feature)
        }
        return GeneratorOptions(features: set, maximumChoices: size)
    }
}

/// `wasmc-fuzz generate`.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Write valid modules, and mutants of them.",
        discussion: "The module of seed N is N.wasm; its mutants are N.1.wasm, N.2.wasm, ...")

    @Option(help: "The first seed.") var seed: UInt64 = 1
    @Option(help: "Modules, of successive seeds.") var count = 1
    @Option(help: "Mutants of each.") var mutants = 0
    @Option(help: "The directory to write to.") var out: String
    @OptionGroup var generator: GeneratorArguments

    func run() throws {
        try Files.makeDirectory(out)
        let generator = ModuleGenerator(try generator.options())
        var previous = generator.module(seed: seed &- 1)
        for number in 0..<max(0, count) {
            let current = seed &+ UInt64(number)
            let module = generator.module(seed: current)
            try Files.write(module, toFile: "\(out)/\(current).wasm")
            var mutator = Mutator(seed: current)
            for mutant in 0..<max(0, mutants) {
                let mutated = mutator.mutateModule(module, splicing: previous)
                try Files.write(mutated, toFile: "\(out)/\(current).\(mutant + 1).wasm")
            }
            previous = module
        }
    }
}

/// `wasmc-fuzz script`.
struct GenerateScriptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "script", abstract: "Write a script of generated modules, for `wasmc wast --engine both`.",
        discussion: "Prints the number of commands of each seed.")

    @Option(help: "The first seed.") var seed: UInt64 = 1
    @Option(help: "Modules or pairs of them, of successive seeds.") var count = 1
    @Option(help: "The script.") var out: String
    @OptionGroup var generator: GeneratorArguments

    func run() throws {
        let options = try generator.options()
        let writer = ScriptWriter(ModuleGenerator(options))
        var lines: [String] = []
        for number in 0..<max(0, count) {
            let current = seed &+ UInt64(number)
            let choices = ChoiceSequence.bytes(seed: current, maximumCount: options.maximumChoices)
            let commands = writer.commands(seed: current, choices: choices)
            print("\(commands.count)")
            lines += commands
        }
        try Files.write(Array((lines.joined(separator: "\n") + "\n").utf8), toFile: out)
    }
}

/// `wasmc-fuzz shrink`.
struct ShrinkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shrink", abstract: "Reduce the module of a seed while a command succeeds on it.",
        discussion:
            "The command gets the module's path as its last argument; status 0 means that it still fails as wanted.")

    @Option(help: "The seed.") var seed: UInt64
    @Option(help: "The file of the module.") var out: String
    @Option(help: "Modules that are tried, at most.") var attempts = 2000
    @Flag(help: "Write the script of the seed, and not its module.") var script = false
    @OptionGroup var generator: GeneratorArguments
    @Argument(help: "The path of a program, and its arguments.") var command: [String]

    func run() throws {
        let options = try generator.options()
        let generator = ModuleGenerator(options)
        func isInteresting(_ choices: [UInt8]) throws -> Bool {
            let lines = script ? ScriptWriter(generator).commands(seed: seed, choices: choices) : []
            let module =
                script ? Array((lines.joined(separator: "\n") + "\n").utf8) : generator.module(choices: choices)
            let candidate = "\(out).candidate"
            try Files.write(module, toFile: candidate)
            defer { unlink(candidate) }
            let child = try Child(command[0], Array(command.dropFirst()) + [candidate])
            guard child.wait(patience: 60, progress: { 0 }) == .ended(.exited(0)) else { return false }
            // The best so far is there even if this program is stopped.
            try Files.write(module, toFile: out)
            return true
        }
        let choices = ChoiceSequence.bytes(seed: seed, maximumCount: options.maximumChoices)
        guard try isInteresting(choices) else { throw ValidationError("the command fails on the module itself") }
        let smallest = try shrink(choices, maximumAttempts: attempts, isInteresting: isInteresting)
        print("\(choices.count) bytes of choices, \(smallest.count) after shrinking")
    }
}

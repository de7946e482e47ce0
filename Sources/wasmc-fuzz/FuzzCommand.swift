// Runs a fuzz target for some time: this process watches, a child of it works.

import ArgumentParser
import Glibc
import Support
import WasmBinary
import WasmDebugInfo
import WasmFuzz
import WasmText

/// `wasmc-fuzz decode`, `parse`, `validate` and `debug-info`.
protocol FuzzCommand: ParsableCommand {
    static var target: FuzzTarget { get }
    var options: FuzzOptions { get }
}

extension FuzzCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: target.rawValue, abstract: "Fuzz the compiler's \(target.rawValue) phase.")
    }

    func run() throws { try options.run(Self.target) }
}

struct DecodeCommand: FuzzCommand {
    static let target = FuzzTarget.decode
    @OptionGroup var options: FuzzOptions
}

struct ParseCommand: FuzzCommand {
    static let target = FuzzTarget.parse
    @OptionGroup var options: FuzzOptions
}

struct ValidateCommand: FuzzCommand {
    static let target = FuzzTarget.validate
    @OptionGroup var options: FuzzOptions
}

struct DebugInfoCommand: FuzzCommand {
    static let target = FuzzTarget.debugInfo
    @OptionGroup var options: FuzzOptions
}

struct FuzzOptions: ParsableArguments {
    @Option(help: "The seed; equal seeds run equal inputs.") var seed: UInt64 = 1
    @Option(help: "Seconds to run.") var seconds = 10.0
    @Option(help: "A directory of .wasm, .wat or .wast files to mutate besides generated modules.") var corpus: String?
    @Option(help: "Where inputs that fail are saved.") var out = "findings"
    @Option(help: "Seconds that one input may take.") var patience = 20.0
    @Option(help: ArgumentHelp("First input.", visibility: .private)) var first: UInt64?

    /// The status of a child that found a property not to hold.
    private static let findingStatus: Int32 = 3

    func run(_ target: FuzzTarget) throws {
        if let first { return try work(target, from: first) }
        try Files.makeDirectory(out)
        let state = try SharedState(path: statePath(target))
        defer { unlink(statePath(target)) }
        let end = now() + seconds
        var findings = 0
        state.iteration = 0
        while now() < end {
            let remaining = max(0.1, end - now())
            let child = try Child("/proc/self/exe", arguments(target, from: state.iteration, seconds: remaining))
            let result = child.wait(patience: patience) { state.iteration }
            guard result != .ended(.exited(0)) else { break }
            findings += 1
            let file = "\(out)/\(target.rawValue)-\(seed)-\(state.iteration).\(target == .parse ? "wast" : "wasm")"
            try Files.write(state.input, toFile: file)
            print("finding: seed \(seed), input \(state.iteration): \(result): \(file)")
            state.iteration += 1
        }
        print("\(target.rawValue): \(state.iteration) executions, \(findings) findings")
        if findings > 0 { throw ExitCode.failure }
    }

    private func statePath(_ target: FuzzTarget) -> String { "\(out)/.\(target.rawValue)-\(seed).state" }

    private func arguments(_ target: FuzzTarget, from first: UInt64, seconds: Double) -> [String] {
        let corpus = corpus.map { ["--corpus", $0] } ?? []
        return [target.rawValue, "--seed", "\(seed)", "--seconds", "\(seconds)", "--out", out, "--first", "\(first)"]
            + corpus
    }

    // MARK: The child

    private func work(_ target: FuzzTarget, from first: UInt64) throws {
        let state = try SharedState(path: statePath(target))
        let corpus = try loadCorpus(target)
        let end = now() + seconds
        var iteration = first
        while now() < end {
            // Each input has a seed of its own, so that work can go on behind a finding.
            var mutator = Mutator(seed: seed &* 0x1_0000_0001_B3 &+ iteration)
            var input = corpus[mutator.number(below: corpus.count)]
            let other = corpus[mutator.number(below: corpus.count)]
            input = target.mutate(input, splicing: other, &mutator)
            if input.count > SharedState.inputLimit { input.removeSubrange(SharedState.inputLimit...) }
            if !input.isEmpty { state.input = input }
            state.iteration = iteration
            if let message = target.run(input) {
                print(message)
                throw ExitCode(Self.findingStatus)
            }
            iteration += 1
        }
        state.iteration = iteration
    }

    /// What is mutated: files of the corpus, and modules of seeds.
    private func loadCorpus(_ target: FuzzTarget) throws -> [[UInt8]] {
        let generator = ModuleGenerator(GeneratorOptions(maximumChoices: 300))
        var modules = (0..<100).map { generator.module(seed: seed &+ UInt64($0)) }
        let suffixes = target == .parse ? [".wat", ".wast"] : [".wasm", ".wat", ".wast"]
        var texts: [[UInt8]] = []
        for file in try corpus.map({ try files(in: $0, suffixes) }) ?? [] {
            let contents = try Files.read(file)
            if file.hasSuffix(".wasm") { modules.append(contents) } else { texts.append(contents) }
        }
        guard target != .parse else {
            return texts.flatMap(Self.pieces) + (try modules.map { try printModule(try decodeModule($0)) })
        }
        modules += texts.flatMap(modulesOfScript)
        guard target == .debugInfo else { return modules }
        // Generated modules have none.
        let described = modules.filter { (try? decodeModule($0)).flatMap(DebugInfo.init) != nil }
        return described.isEmpty ? modules : described
    }

    /// The files of a directory whose names end with one of `suffixes`, by name.
    private func files(in directory: String, _ suffixes: [String]) throws -> [String] {
        try Files.names(in: directory).filter { suffixes.contains(where: $0.hasSuffix) }.map { "\(directory)/\($0)" }
    }

    /// Commands of a script in pieces, so that one input does not take long.
    private static func pieces(_ text: [UInt8]) -> [[UInt8]] {
        let pieceBytes = 8_000
        var pieces: [[UInt8]] = [[]]
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.first == UInt8(ascii: "("), pieces[pieces.count - 1].count > pieceBytes { pieces.append([]) }
            pieces[pieces.count - 1] += line + [UInt8(ascii: "\n")]
        }
        return pieces
    }

    /// The modules of a script that assemble.
    private func modulesOfScript(_ text: [UInt8]) -> [[UInt8]] {
        guard let script = try? parseScript(text: text) else { return [] }
        return script.commands.compactMap { $0.kind.module }.compactMap { try? $0.assemble().bytes }
    }
}

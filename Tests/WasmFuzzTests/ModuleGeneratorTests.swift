import Diagnostics
import Testing
import WasmBinary
import WasmFuzz
import WasmInstructionTable
import WasmValidation

@Suite struct ModuleGeneratorTests {
    @Test(
        arguments: [50, 300, 2000],
        [ModuleGenerator.features, ModuleGenerator.comparableFeatures, ModuleGenerator.engineFeatures])
    func modulesAreValid(size: Int, features: FeatureSet) {
        let generator = ModuleGenerator(GeneratorOptions(features: features, maximumChoices: size))
        for seed in 0..<100 as Range<UInt64> {
            #expect(throws: Never.self, "seed \(seed)") { try validate(decodeModule(generator.module(seed: seed))) }
        }
    }

    /// Each feature is left out once, and is then not needed.
    @Test(arguments: ModuleGenerator.comparableFeatures.features.filter { $0 != .mvp }) func featuresAreChosen(
        _ absent: Feature
    ) {
        let features = FeatureSet(ModuleGenerator.comparableFeatures.features.filter { $0 != absent })
        let generator = ModuleGenerator(GeneratorOptions(features: features, maximumChoices: 200))
        for seed in 0..<50 as Range<UInt64> {
            #expect(throws: Never.self, "seed \(seed)") {
                try validate(decodeModule(generator.module(seed: seed), features: features), features: features)
            }
        }
    }

    @Test func equalSeedsMakeEqualModules() {
        let (first, second) = (ModuleGenerator(), ModuleGenerator())
        #expect(first.module(seed: 7) == second.module(seed: 7))
        #expect(first.module(seed: 7) != first.module(seed: 8))
    }

    /// Every row of the table whose feature is generated occurs in some module.
    @Test func everyInstructionIsGenerated() throws {
        // Waits block where nobody notifies, and a fence has neither operands nor results.
        var missing = Set(
            InstructionTable.all.rows.filter { ModuleGenerator.engineFeatures.contains($0.feature) }
                .map(\.mnemonic)
        ).subtracting(["memory.atomic.wait32", "memory.atomic.wait64", "atomic.fence"])
        let generator = ModuleGenerator(
            GeneratorOptions(features: ModuleGenerator.engineFeatures, maximumChoices: 1000))
        var seed: UInt64 = 0
        while !missing.isEmpty, seed < 8000 {
            let module = try decodeModule(generator.module(seed: seed))
            for function in module.functions {
                try module.source.withReader(function.body) { (bytes) throws(Diagnostic) in
                    var reader = InstructionReader(bytes)
                    while !reader.isAtEnd { missing.remove(try reader.next().mnemonic) }
                }
            }
            seed += 1
        }
        #expect(missing.isEmpty, "\(missing.sorted())")
    }

    /// A library and what imports from it, in a script.
    @Test(arguments: [20, 400]) func linkedModulesAreValid(size: Int) throws {
        let generator = ModuleGenerator(
            GeneratorOptions(features: ModuleGenerator.engineFeatures, maximumChoices: size))
        for seed in 0..<100 as Range<UInt64> {
            let choices = ChoiceSequence.bytes(seed: seed, maximumCount: size)
            let commands = ScriptWriter(generator).commands(seed: seed, choices: choices)
            let modules = commands.filter { $0.hasPrefix("(module ") }.map(Self.binary)
            #expect(modules.count == (seed % 4 == 3 ? 2 : 1))
            for module in modules { _ = try validate(decodeModule(module)) }
            guard modules.count == 2 else { continue }
            #expect(commands.contains { $0.hasPrefix("(register ") })
            #expect(try !decodeModule(modules[1]).imports.isEmpty)
        }
    }

    /// The bytes of `(module $name binary "\00...")`.
    private static func binary(_ command: String) -> [UInt8] {
        command.split(separator: "\\").dropFirst().compactMap { UInt8($0.prefix(2), radix: 16) }
    }

    @Test func noChoicesMakeTheSimplestModule() throws {
        let module = try decodeModule(ModuleGenerator().module(choices: []))
        // A function, its wrapper and `state`.
        #expect(module.functions.count == 3)
    }

    @Test func shrinkingKeepsWhatIsInteresting() {
        let choices = ChoiceSequence.bytes(seed: 3, maximumCount: 400) + [200]
        let smallest = shrink(choices) { $0.contains { $0 >= 200 } }
        #expect(smallest == [200])
    }

    @Test func mutantsAreTheSameInEachRun() {
        let module = ModuleGenerator().module(seed: 1)
        var (first, second) = (Mutator(seed: 5), Mutator(seed: 5))
        for _ in 0..<100 {
            #expect(first.mutateModule(module, splicing: []) == second.mutateModule(module, splicing: []))
        }
    }
}

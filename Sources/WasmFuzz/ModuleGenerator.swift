// Generates valid modules for differential tests: everything in them ends, and nothing depends on what the
// specification leaves open.

import WasmBinary
import WasmInstructionTable
import WasmSpec

/// Generates a module from a sequence of choices; equal choices and options give equal modules.
///
/// A module imports nothing, unless it is made for a library (`ScriptWriter`). It exports
/// - `f0`, `f1`, ...: its functions, behind wrappers without float, vector and reference types (`Harness`),
/// - `state`, `() -> i64`: a hash of all globals, memories and tables.
///
/// Loops and calls consume fuel, and functions return zeros without it. NaNs that the specification leaves open are
/// made canonical where they appear, so that results are the same bits on each engine. Memories and tables have
/// small maxima, so that growing them fails in the same places.
public struct ModuleGenerator {
    /// The features that modules use unless told otherwise. `threads` can be added for atomic accesses and shared
    /// memories, `relaxedSIMD` for its instructions, whose results differ between engines, `legacyExceptions` beside
    /// `exceptions`, which other engines do not know. The rest, but what `comparableFeatures` and `engineFeatures` add, is
    /// not generated.
    public static let features = FeatureSet([
        .mvp, .mutableGlobals, .signExtension, .saturatingTruncation, .multiValue, .bulkMemory, .referenceTypes,
        .multiTable, .extendedConst, .simd, .tailCall, .multiMemory, .memory64, .wideArithmetic,
    ])

    /// All features that results can be compared of with another engine; `features` are those of compiled code.
    public static let comparableFeatures = FeatureSet(
        features.features + [.functionReferences, .gc, .exceptions])

    /// All features that both engines of wasmc have: with legacy exceptions, atomic accesses and shared memories, and pages
    /// of a byte.
    public static let engineFeatures = FeatureSet(
        comparableFeatures.features + [.legacyExceptions, .threads, .customPageSizes])

    private let options: GeneratorOptions
    private let catalog: InstructionCatalog

    public init(_ options: GeneratorOptions = GeneratorOptions()) {
        var options = options
        options.features = Self.closed(options.features)
        self.options = options
        catalog = InstructionCatalog(features: options.features)
    }

    /// Without the features that are generated with instructions of others which are absent.
    private static func closed(_ features: FeatureSet) -> FeatureSet {
        var left = features.features
        if !left.contains(.referenceTypes) { left.removeAll { $0 == .functionReferences || $0 == .exceptions } }
        if !left.contains(.exceptions) { left.removeAll { $0 == .legacyExceptions } }
        if !left.contains(.functionReferences) { left.removeAll { $0 == .gc } }
        return FeatureSet(left)
    }

    /// The module of a seed.
    public func module(seed: UInt64) -> [UInt8] {
        module(choices: ChoiceSequence.bytes(seed: seed, maximumCount: options.maximumChoices))
    }

    /// The module of a sequence of choices; any bytes are one.
    public func module(choices bytes: [UInt8]) -> [UInt8] {
        var choices = ChoiceSequence(bytes)
        return generate(&choices).bytes
    }

    /// A library and a module that imports from it under the name `library`; any bytes are such a pair.
    func pair(choices bytes: [UInt8]) -> [GeneratedModule] {
        let middle = bytes.count / 2
        var choices = ChoiceSequence(Array(bytes[..<middle]))
        let library = generate(&choices, isLibrary: true)
        choices = ChoiceSequence(Array(bytes[middle...]))
        return [library, generate(&choices, library: library.plan)]
    }

    /// A module by itself.
    func single(choices bytes: [UInt8]) -> GeneratedModule {
        var choices = ChoiceSequence(bytes)
        return generate(&choices)
    }

    private func generate(
        _ choices: inout ChoiceSequence, library: ModulePlan? = nil, isLibrary: Bool = false
    ) -> GeneratedModule {
        choices.reserve(oneOf: 3)
        var plan = ModulePlan(&choices, features: options.features, library: library)
        choices.release()
        let declared = plan
        let own = plan.importCount(.function)..<plan.functionTypes.count
        var bodies: [[UInt8]] = []
        for function in own {
            choices.reserve(oneOf: own.upperBound - function)
            var generator = FunctionGenerator(
                plan: plan, catalog: catalog, features: options.features,
                type: plan.types[plan.functionTypes[function]],
                choices: choices)
            bodies.append(generator.body())
            choices = generator.choices
            choices.release()
        }
        let harness = Harness(plan: plan, features: options.features)
        var exports: [FunctionType] = []
        for function in own {
            bodies.append(harness.wrapper(of: function))
            let type = plan.types[plan.functionTypes[function]]
            exports.append(Harness.wrapperType(of: type, features: options.features))
            plan.functionTypes.append(plan.index(of: exports[exports.count - 1]))
        }
        bodies.append(harness.state())
        plan.functionTypes.append(plan.index(of: FunctionType(parameters: [], results: [.i64])))
        let bytes = ModuleWriter(
            plan: plan, bodies: bodies, generatedFunctions: own.count, isLibrary: isLibrary,
            writesDataCount: options.features.contains(.bulkMemory)
        ).bytes()
        return GeneratedModule(plan: declared, bytes: bytes, exports: exports)
    }
}

/// A module and what can be called of it.
struct GeneratedModule {
    /// Without the harness's functions.
    let plan: ModulePlan
    let bytes: [UInt8]
    /// The types of `f0`, `f1`, ...
    let exports: [FunctionType]
}

// Validates a module. The order is the module's: first all declarations, then constant expressions, exports and
// segments, then function bodies; within each, the first error in the order of the file is the one reported.
// Spec: https://webassembly.github.io/spec/core/valid/modules.html

import Diagnostics
import Support
import WasmBinary
import WasmInstructionTable
import WasmSpec

/// Validates `module`, of which only features in `allowed` may be used.
///
/// Throws `.invalid` with the phrase of the specification's tests, the two things that do not fit, the module offset
/// and the function; `.malformed` for bodies that are no instruction sequences; `.unsupported` beyond
/// `ImplementationLimits`.
///
/// - Parameter threads: at most as many validate functions. What is thrown, and what is returned, is the same for each.
public func validate(
    _ module: Module, features allowed: FeatureSet = .all, threads: Int = 1
) throws(Diagnostic) -> ValidatedModule {
    var validator = ModuleValidator(module, allowed: allowed)
    try validator.validateTypes()
    try validator.validateDeclarations()
    let context = try validator.makeContext()
    var functionValidator = FunctionValidator(context)
    try validator.validateDefinitions(&functionValidator)
    validator.features.formUnion(functionValidator.features)
    validator.features.formUnion(try validator.validateFunctions(context, threads: threads))
    return validator.result(context)
}

/// The state of validating a module: what its declarations say.
struct ModuleValidator {
    let module: Module
    let allowed: FeatureSet
    /// Features used so far.
    var features = FeatureSet([.mvp])
    var matcher = TypeMatcher()
    var spaces = IndexSpaces()

    init(_ module: Module, allowed: FeatureSet) {
        self.module = module
        self.allowed = allowed
    }

    /// Notes that a feature is used at `offset`. `message` is the specification's phrase for modules without it.
    mutating func use(_ feature: Feature, at offset: Int, _ message: String? = nil) throws(Diagnostic) {
        guard feature == .mvp || allowed.contains(feature) else {
            var error = notEnabled(feature)
            if let message { error = Diagnostic(.invalid, message, error.message) }
            throw error.located(at: .offset(offset))
        }
        features.insert(feature)
    }

    func invalid(_ message: String, _ detail: String = "", at offset: Int) -> Diagnostic {
        Diagnostic(.invalid, message, detail, at: .offset(offset))
    }

    func makeContext() throws(Diagnostic) -> ValidationContext {
        ValidationContext(
            module, allowed: allowed, matcher: matcher, spaces: spaces,
            referenced: try referencedFunctions(of: module, functionCount: spaces.functionTypes.count))
    }

    /// Validates all functions that the module defines; the features that they use.
    ///
    /// Runs of functions are begun in the order of the module, and each is finished once it has begun: so the first error
    /// of all is found before any later one can keep it from being looked for.
    func validateFunctions(_ context: ValidationContext, threads: Int) throws(Diagnostic) -> FeatureSet {
        let validateRun: @Sendable (Range<Int>) throws(Diagnostic) -> FeatureSet = { [self] (run) throws(Diagnostic) in
            var validator = FunctionValidator(context)
            for position in run { try validateFunction(at: position, &validator) }
            return validator.features
        }
        let runs = FunctionRuns.divide(module.functions)
        guard threads > 1, runs.count > 1 else { return try validateRun(module.functions.indices) }
        var features = FeatureSet()
        for result in parallelMap(runs, threads: threads, stackBytes: FunctionRuns.threadStackBytes, validateRun) {
            features.formUnion(try result.get())
        }
        return features
    }

    /// Validates the body of one function that the module defines; errors name the function.
    private func validateFunction(at position: Int, _ validator: inout FunctionValidator) throws(Diagnostic) {
        do throws(Diagnostic) {
            try validator.validateFunction(at: position)
        } catch {
            var error = error
            let imported = spaces.functionTypes.count - module.functions.count
            error.function = module.describe(FunctionIndex(imported + position))
            throw error
        }
    }

    func result(_ context: ValidationContext) -> ValidatedModule {
        let referenced = context.referenced.indices.filter { context.referenced[$0] }.map { FunctionIndex($0) }
        return ValidatedModule(
            module: module, features: features, spaces: spaces, matcher: matcher, referencedFunctions: referenced)
    }
}

// What the back end lowers.

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec
import WasmValidation

extension ProgramPlan {
    /// What the back end lowers. Anything else is refused by name.
    static let supportedFeatures = FeatureSet([
        .mvp, .mutableGlobals, .signExtension, .saturatingTruncation, .multiValue, .bulkMemory, .referenceTypes,
        .multiTable, .extendedConst, .simd, .relaxedSIMD, .tailCall, .functionReferences, .multiMemory, .memory64,
        .customPageSizes, .wideArithmetic, .threads, .exceptions, .legacyExceptions, .gc,
    ])

    /// Throws `.unsupported` with the place of each feature that is not.
    static func refuseUnsupported(_ module: ValidatedModule) throws(Diagnostic) {
        let missing = module.features.features.filter { !supportedFeatures.contains($0) }
        guard !missing.isEmpty else { return }
        var error = Diagnostic(
            .unsupported, "the native back end cannot lower \(missing.map(\.name).joined(separator: ", "))",
            "the module is valid, and `wasmc run --interp` runs it")
        let uses = missing.compactMap { feature in firstUse(of: feature, in: module).map { (feature, $0) } }
            .sorted { $0.1.offset < $1.1.offset }
        if let first = uses.first?.1 {
            error.location = .offset(first.offset)
            error.function = first.function
        }
        // One place says where one feature is used; of several, each has its own.
        if uses.count > 1 {
            error.notes = uses.map { feature, use in
                Note(
                    "\(feature.name) is used here first" + (use.function.map { " (in \($0))" } ?? ""),
                    at: .offset(use.offset))
            }
        }
        throw error
    }

    /// Where a module first uses a feature: where it is no longer valid without it.
    private static func firstUse(
        of feature: Feature, in module: ValidatedModule
    ) -> (offset: Int, function: String?)? {
        let others = FeatureSet(Feature.allCases.filter { $0 != feature })
        do throws(Diagnostic) {
            _ = try validate(module.module, features: others)
            return nil
        } catch {
            guard case .offset(let offset) = error.location else { return nil }
            return (offset, error.function)
        }
    }
}

extension ValidatedModule {
    /// Whether some code catches exceptions with a reference to them.
    func makesExceptionReferences() throws(Diagnostic) -> Bool {
        guard features.contains(.exceptions) else { return false }
        for function in module.functions {
            let isFound = try module.source.withReader(function.body) { (reader) throws(Diagnostic) in
                var instructions = InstructionReader(reader)
                while !instructions.isAtEnd {
                    guard case .tryTable(_, let clauses) = try instructions.next() else { continue }
                    if clauses.contains(where: \.makesReference) { return true }
                }
                return false
            }
            if isFound { return true }
        }
        return false
    }
}

extension CatchClause {
    /// Whether the label gets a reference to what is caught.
    var makesReference: Bool {
        switch self {
        case .catchTagRef, .catchAllRef: true
        case .catchTag, .catchAll: false
        }
    }
}

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

    /// Throws `.unsupported` for a module that keeps references to exceptions.
    static func refuseExceptionReferences(_ module: ValidatedModule) throws(Diagnostic) {
        guard module.features.contains(.exceptions) else { return }
        for function in module.module.functions {
            try module.module.source.withReader(function.body) { (reader) throws(Diagnostic) in
                var instructions = InstructionReader(reader)
                while !instructions.isAtEnd {
                    guard case .tryTable(_, let clauses) = try instructions.next() else { continue }
                    guard clauses.contains(where: \.makesReference) else { continue }
                    throw Diagnostic(
                        .unsupported, "the native back end cannot lower references to exceptions",
                        "the module is valid, and `wasmc run --interp` runs it",
                        at: .offset(instructions.instructionOffset))
                }
            }
        }
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

extension CatchClause {
    fileprivate var makesReference: Bool {
        switch self {
        case .catchTagRef, .catchAllRef: true
        case .catchTag, .catchAll: false
        }
    }
}

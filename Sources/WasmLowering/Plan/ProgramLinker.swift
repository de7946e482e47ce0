// Links the instances of a program, one after the other.

import Diagnostics
import WasmInstructionTable
import WasmSpec
import WasmValidation

/// Resolves the imports of instances against host functions and those before them. Each costs what it has itself,
/// however many there are.
public struct ProgramLinker: Sendable {
    private var canonicalizer = TypeCanonicalizer()
    private var instances: [InstancePlan] = []

    public init() {}

    /// Links instances, all of whose features can be lowered. That they fit together is checked first: it does not
    /// depend on what this back end can do.
    ///
    /// Throws with the number of the instance that is at fault.
    static func link(_ program: [ProgramInstance]) throws(LinkError) -> [InstancePlan] {
        var linker = ProgramLinker()
        for instance in program { linker.instances.append(try linker.resolve(instance)) }
        var instances: [InstancePlan] = []
        for instance in linker.instances { instances.append(try evaluated(instance, instances)) }
        return instances
    }

    /// Links another instance, which later ones may import from, and checks that it can be lowered.
    ///
    /// Throws when that is not so; it is then as if it had not been added.
    public mutating func add(_ instance: ProgramInstance) throws(LinkError) {
        instances.append(try Self.evaluated(try resolve(instance), instances))
    }

    private mutating func resolve(_ instance: ProgramInstance) throws(LinkError) -> InstancePlan {
        let typeNumbers = canonicalizer.canonicalize(instance.module)
        var plan = InstancePlan(number: instances.count, instance, typeNumbers: typeNumbers)
        let resolution = ImportResolution(earlier: instances, instance: instance, typeNumbers: typeNumbers)
        do throws(Diagnostic) {
            try resolution.resolve(into: &plan, &canonicalizer)
        } catch { throw LinkError(instance: plan.number, diagnostic: error) }
        return plan
    }

    private static func evaluated(
        _ instance: InstancePlan, _ earlier: [InstancePlan]
    ) throws(LinkError) -> InstancePlan {
        var instance = instance
        do throws(Diagnostic) {
            try refuseUnsupported(instance.module)
            try instance.evaluateGlobals(earlier)
        } catch { throw LinkError(instance: instance.number, diagnostic: error) }
        return instance
    }

    private static func refuseUnsupported(_ module: ValidatedModule) throws(Diagnostic) {
        let missing = module.features.features.filter { !ProgramPlan.supportedFeatures.contains($0) }
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

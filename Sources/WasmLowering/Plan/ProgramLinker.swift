// Links the modules of a program, one after the other.

import Diagnostics
import WasmHostTable
import WasmSpec
import WasmValidation

/// Why modules cannot be linked.
public struct LinkError: Error {
    /// The number of the instance whose import or feature it is; offsets in `diagnostic` are its module's.
    public var instance: Int
    public var diagnostic: Diagnostic
}

/// A program that is put together: modules are added in instantiation order, and each of their imports is bound to what
/// an earlier one exports or to a function of the host. A module costs what it has itself, however many there are.
public struct ProgramLinker: Sendable {
    private(set) var canonicalizer = TypeCanonicalizer()
    /// In instantiation order.
    private(set) var instances: [InstancePlan] = []

    /// A program of no modules.
    public init() {}

    /// Links the modules of a program. That they fit together is found first: it does not depend on what this back end
    /// can lower.
    public init(_ modules: [ProgramModule]) throws(LinkError) {
        for module in modules { instances.append(try resolve(module)) }
        for number in instances.indices { try prepare(number) }
    }

    /// Links another module, which later ones may import from, and checks that it can be lowered.
    ///
    /// Throws when that is not so; it is then as if it had not been added.
    public mutating func add(_ module: ProgramModule) throws(LinkError) {
        instances.append(try resolve(module))
        do throws(LinkError) {
            try prepare(instances.count - 1)
        } catch {
            instances.removeLast()
            throw error
        }
    }

    /// Whether the program has a garbage-collected heap; then all its references take 32 bits.
    public var hasHeap: Bool { instances.contains { $0.module.features.contains(.gc) || $0.refersToExceptions } }

    private mutating func resolve(_ module: ProgramModule) throws(LinkError) -> InstancePlan {
        let typeNumbers = canonicalizer.canonicalize(module.module)
        var plan = InstancePlan(number: instances.count, module, typeNumbers: typeNumbers)
        let resolution = ImportResolution(earlier: instances, module: module, typeNumbers: typeNumbers)
        do throws(Diagnostic) {
            try resolution.resolve(into: &plan, &canonicalizer)
        } catch { throw LinkError(instance: plan.number, diagnostic: error) }
        return plan
    }

    /// Checks that an instance can be lowered, and evaluates its globals.
    private mutating func prepare(_ number: Int) throws(LinkError) {
        var instance = instances[number]
        do throws(Diagnostic) {
            try ProgramPlan.refuseUnsupported(instance.module)
            instance.refersToExceptions = try instance.module.makesExceptionReferences()
            try instance.evaluateGlobals(instances)
        } catch { throw LinkError(instance: number, diagnostic: error) }
        instances[number] = instance
    }
}

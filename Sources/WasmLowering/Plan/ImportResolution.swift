// Binds each import to an export of an earlier instance or to a host function.
// Spec: https://webassembly.github.io/spec/core/exec/modules.html#instantiation

import Diagnostics
import WasmHostTable
import WasmSpec
import WasmValidation

/// Resolves the imports of one module, as they are bound, against the instances before it.
struct ImportResolution {
    let earlier: [InstancePlan]
    let module: ProgramModule
    /// Canonical numbers of the types of `module`, by type index.
    let typeNumbers: [UInt32]

    /// Fills the index spaces of `plan`: imports first, then what the module defines.
    ///
    /// Throws "unknown import" and "incompatible import type", with both types.
    func resolve(into plan: inout InstancePlan, _ types: inout TypeCanonicalizer) throws(Diagnostic) {
        for (entry, binding) in zip(module.module.module.imports, module.bindings) {
            switch binding {
            case .export(let name, let provider):
                try bind(entry, to: name, of: earlier[provider], into: &plan, types)
            case .host: try bindHost(entry, into: &plan, &types)
            case .sharedMemory: try bindSharedMemory(entry, into: &plan, types)
            }
        }
        let imported = module.module.importedFunctionCount
        let module = module.module.module
        for position in module.functions.indices {
            let index = FunctionIndex(imported + position)
            plan.functions.append(FunctionID(instance: plan.number, function: index))
            plan.hostFunctions.append(nil)
        }
        plan.tables += module.tables.indices.map { TableID(instance: plan.number, position: $0) }
        for memory in module.memories { addMemory(memory.type, to: &plan) }
        plan.globals += module.globals.indices.map { GlobalID(instance: plan.number, position: $0) }
        plan.tags += module.tags.indices.map { TagID(instance: plan.number, position: $0) }
    }

    private func bindHost(
        _ entry: Import, into plan: inout InstancePlan, _ types: inout TypeCanonicalizer
    ) throws(Diagnostic) {
        let host = try HostFunctionTable.all.resolve(entry, of: module.module)
        // The host's type is final and alone in its group; one that only looks like it is another.
        let expected = CanonicalExternalType(entry.description, typeNumbers: typeNumbers)
        let actual = CanonicalExternalType.function(types.canonicalize(host.type))
        guard types.matches(actual, expected) else {
            throw incompatible(
                entry, module.module.describe(entry.description), "function \(host.type), final and in no group")
        }
        plan.functions.append(FunctionID(instance: plan.number, function: FunctionIndex(plan.functions.count)))
        plan.hostFunctions.append(host)
    }

    private func addMemory(_ type: MemoryType, to plan: inout InstancePlan) {
        plan.memories.append(MemoryID(instance: plan.number, position: plan.ownMemories.count))
        plan.ownMemories.append(type)
    }

    /// The first import of the names defines the memory, with its type.
    private func bindSharedMemory(
        _ entry: Import, into plan: inout InstancePlan, _ types: TypeCanonicalizer
    ) throws(Diagnostic) {
        guard case .memory(let type) = entry.description else {
            throw Diagnostic(.internal, "an import that is no memory", entry.quotedName)
        }
        for provider in earlier + [plan] {
            let position = provider.sharedMemoryImports.firstIndex {
                ExactName($0.module) == ExactName(entry.module) && ExactName($0.name) == ExactName(entry.name)
            }
            guard let position else { continue }
            let known = provider.ownMemories[position]
            guard types.matches(.memory(known), .memory(type)) else {
                throw incompatible(entry, module.module.describe(entry.description), "memory \(known)")
            }
            plan.memories.append(MemoryID(instance: provider.number, position: position))
            return
        }
        addMemory(type, to: &plan)
        plan.sharedMemoryImports.append(entry)
    }

    private func bind(
        _ entry: Import, to name: String, of provider: InstancePlan, into plan: inout InstancePlan,
        _ types: TypeCanonicalizer
    ) throws(Diagnostic) {
        guard let export = provider.export(name) else {
            throw unknown(entry, "module \(provider.name) exports no such name")
        }
        let expected = CanonicalExternalType(entry.description, typeNumbers: typeNumbers)
        let (definer, type) = definition(export, of: provider)
        let actual = CanonicalExternalType(type, typeNumbers: definer.typeNumbers)
        guard types.matches(actual, expected, minimum: .later) else {
            throw incompatible(entry, module.module.describe(entry.description), definer.module.describe(type))
        }
        switch export {
        case .function(let index):
            plan.functions.append(provider.functions[index.position])
            plan.hostFunctions.append(provider.hostFunctions[index.position])
        case .table(let index):
            let id = provider.tables[index.position]
            checkSize(.table(id), actual, expected, entry, &plan)
            plan.tables.append(id)
        case .memory(let index):
            let id = provider.memories[index.position]
            checkSize(.memory(id), actual, expected, entry, &plan)
            plan.memories.append(id)
        case .global(let index): plan.globals.append(provider.globals[index.position])
        case .tag(let index): plan.tags.append(provider.tags[index.position])
        }
    }

    // MARK: Matching

    /// Who defines what `provider` exports, and its type there. What is exported again after having been imported has
    /// its own type and not the one that it was imported with, which may say less.
    private func definition(_ export: ExternalIndex, of provider: InstancePlan) -> (InstancePlan, ExternalType) {
        switch export {
        case .function(let index):
            let id = provider.functions[index.position]
            let definer = earlier[id.instance]
            return (definer, .function(definer.module.functionTypes[id.function.position]))
        case .table(let index):
            let id = provider.tables[index.position]
            return (earlier[id.instance], .table(earlier[id.instance].module.module.tables[id.position].type))
        case .memory(let index):
            let id = provider.memories[index.position]
            return (earlier[id.instance], .memory(earlier[id.instance].ownMemories[id.position]))
        case .global(let index):
            let id = provider.globals[index.position]
            return (earlier[id.instance], .global(earlier[id.instance].module.module.globals[id.position].type))
        case .tag(let index):
            let id = provider.tags[index.position]
            return (earlier[id.instance], .tag(earlier[id.instance].module.module.tags[id.position].type))
        }
    }

    /// The minimum is compared with the size at instantiation: the provider may have grown by then.
    private func checkSize(
        _ object: SizeCheck.Object, _ actual: CanonicalExternalType, _ expected: CanonicalExternalType,
        _ entry: Import, _ plan: inout InstancePlan
    ) {
        guard let actual = actual.minimum, let expected = expected.minimum, actual < expected else { return }
        plan.sizeChecks.append(SizeCheck(object: object, minimum: expected, entry: entry))
    }

    // MARK: Errors

    private func unknown(_ entry: Import, _ detail: String) -> Diagnostic {
        Diagnostic(
            .unlinkable, "unknown import", "\"\(entry.module)\" \"\(entry.name)\": \(detail)", at: .offset(entry.offset)
        )
    }

    private func incompatible(_ entry: Import, _ expected: String, _ found: String) -> Diagnostic {
        Diagnostic(
            .unlinkable, "incompatible import type",
            "\"\(entry.module)\" \"\(entry.name)\": expected \(expected), found \(found)", at: .offset(entry.offset))
    }
}

extension CanonicalExternalType {
    /// Pages or elements; nil for what has no size.
    fileprivate var minimum: UInt64? {
        switch self {
        case .table(_, let limits, _): limits.minimum
        case .memory(let type): type.limits.minimum
        case .function, .global, .tag: nil
        }
    }
}

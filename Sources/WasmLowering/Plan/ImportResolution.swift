// Binds each import to an export of an earlier instance or to a host function.
// Spec: https://webassembly.github.io/spec/core/exec/modules.html#instantiation

import Diagnostics
import WasmHostTable
import WasmSpec
import WasmValidation

/// Resolves the imports of one instance against the instances before it.
struct ImportResolution {
    let earlier: [InstancePlan]
    let instance: ProgramInstance
    /// Canonical types of `instance`, to compare with those of the others.
    let typeIDs: [UInt32]
    let canonicalizer: TypeCanonicalizer

    /// Fills the index spaces of `plan`: imports first, then what the module defines.
    ///
    /// Throws "unknown import" and "incompatible import type", with both types.
    func resolve(into plan: inout InstancePlan) throws(Diagnostic) {
        for entry in instance.module.module.imports {
            if let provider = instance.providers[entry.module] {
                try bind(entry, to: earlier[provider], into: &plan)
            } else {
                try bindHost(entry, into: &plan)
            }
        }
        let module = instance.module.module
        for position in module.functions.indices {
            let index = FunctionIndex(instance.module.importedFunctionCount + position)
            plan.functions.append(FunctionID(instance: plan.number, function: index))
            plan.hostFunctions.append(nil)
        }
        plan.tables += module.tables.indices.map { TableID(instance: plan.number, position: $0) }
        plan.memories += module.memories.indices.map { MemoryID(instance: plan.number, position: $0) }
        plan.globals += module.globals.indices.map { GlobalID(instance: plan.number, position: $0) }
    }

    private func bindHost(_ entry: Import, into plan: inout InstancePlan) throws(Diagnostic) {
        let host = try HostFunctionTable.all.resolve(entry, of: instance.module)
        plan.functions.append(FunctionID(instance: plan.number, function: FunctionIndex(plan.functions.count)))
        plan.hostFunctions.append(host)
    }

    private func bind(_ entry: Import, to provider: InstancePlan, into plan: inout InstancePlan) throws(Diagnostic) {
        guard let export = provider.export(entry.name) else {
            throw unknown(entry, "module \(provider.name) exports no such name")
        }
        switch (entry.description, export) {
        case (.function(let type), .function(let index)):
            let actual = provider.module.functionTypes[index.position]
            guard matches(provider.typeIDs[actual.position], typeIDs[type.position]) else {
                throw incompatible(
                    entry, "\(instance.module.functionType(type))", "\(provider.module.functionType(actual))")
            }
            plan.functions.append(provider.functions[index.position])
            plan.hostFunctions.append(provider.hostFunctions[index.position])
        case (.table(let type), .table(let index)):
            let actual = provider.module.tables[index.position]
            guard actual.addressType == type.addressType, actual.element == type.element,
                limitsMatch(actual.limits, type.limits)
            else { throw incompatible(entry, "\(type)", "\(actual)") }
            let id = provider.tables[index.position]
            checkSize(.table(id), actual.limits, type.limits, entry, &plan)
            plan.tables.append(id)
        case (.memory(let type), .memory(let index)):
            let actual = provider.module.memories[index.position]
            guard actual.addressType == type.addressType, actual.isShared == type.isShared,
                actual.pageSizeLog2 == type.pageSizeLog2, limitsMatch(actual.limits, type.limits)
            else { throw incompatible(entry, "\(type)", "\(actual)") }
            let id = provider.memories[index.position]
            checkSize(.memory(id), actual.limits, type.limits, entry, &plan)
            plan.memories.append(id)
        case (.global(let type), .global(let index)):
            let actual = provider.module.globals[index.position]
            guard actual.isMutable == type.isMutable,
                valueTypesMatch(actual.value, type.value, isMutable: type.isMutable)
            else { throw incompatible(entry, "\(type)", "\(actual)") }
            plan.globals.append(provider.globals[index.position])
            plan.constants.append(provider.constants[index.position])
        case (.tag, .tag), (.function, _), (.table, _), (.memory, _), (.global, _), (.tag, _):
            throw incompatible(entry, kindName(entry.description), kindName(export))
        }
    }

    // MARK: Matching

    /// Canonical types are 1-based here.
    private func matches(_ actual: UInt32, _ expected: UInt32) -> Bool {
        canonicalizer.isSubtype(actual - 1, of: expected - 1)
    }

    /// The minimum is compared with the size at instantiation: the provider may have grown by then.
    private func checkSize(
        _ object: SizeCheck.Object, _ actual: Limits, _ expected: Limits, _ entry: Import, _ plan: inout InstancePlan
    ) {
        guard actual.minimum < expected.minimum else { return }
        plan.sizeChecks.append(SizeCheck(object: object, minimum: expected.minimum, entry: entry))
    }

    private func limitsMatch(_ actual: Limits, _ expected: Limits) -> Bool {
        guard let limit = expected.maximum else { return true }
        return actual.maximum.map { $0 <= limit } ?? false
    }

    /// Reference types are compared as they stand: concrete ones of two modules never match here.
    private func valueTypesMatch(_ actual: ValueType, _ expected: ValueType, isMutable: Bool) -> Bool {
        if actual == expected { return true }
        return !isMutable && instance.module.isSubtype(actual, of: expected)
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

    private func kindName(_ type: ExternalType) -> String {
        switch type {
        case .function: "function"
        case .table: "table"
        case .memory: "memory"
        case .global: "global"
        case .tag: "tag"
        }
    }

    private func kindName(_ index: ExternalIndex) -> String {
        switch index {
        case .function: "function"
        case .table: "table"
        case .memory: "memory"
        case .global: "global"
        case .tag: "tag"
        }
    }
}

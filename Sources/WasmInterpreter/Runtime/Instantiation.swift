// Instantiation. What a failing instantiation has done to imported memories, tables and globals stays done.
// Spec: https://webassembly.github.io/spec/core/exec/modules.html#instantiation

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec
import WasmValidation

/// Makes an instance of `module` in `store` and runs its start function.
///
/// `imports` gives what is known under a module and a name. Throws `diagnostic` with phase `unlinkable` when an
/// import is missing or does not match, and else how initialisation failed.
///
/// - Parameter memories: For a thread of a program, whose memories are there already: those that the module defines, all
///   of them shared. Active data segments are not copied again.
public func instantiate(
    _ module: ValidatedModule, imports: (_ module: String, _ name: String) -> ExternalValue?,
    memories: [MemoryInstance]? = nil, in store: Store
) throws(ExecutionError) -> ModuleInstance {
    let instance = ModuleState(module, in: store)
    var instantiation = Instantiation(instance: instance, store: store, memories: memories)
    do throws(Diagnostic) {
        try instantiation.addImports(imports)
    } catch {
        throw .diagnostic(error)
    }
    // From here on other instances may come to refer to this one's functions, even if it fails.
    store.add(instance)
    try instantiation.allocate()
    try instantiation.initialize()
    return ModuleInstance(instance)
}

private struct Instantiation {
    let instance: ModuleState
    let store: Store
    /// Of other threads, in the place of those that the module defines.
    let memories: [MemoryInstance]?
    var module: ValidatedModule { instance.module }

    // MARK: Imports

    mutating func addImports(_ imports: (_ module: String, _ name: String) -> ExternalValue?) throws(Diagnostic) {
        let typeNumbers = instance.types.map(\.pointee.number)
        for item in module.module.imports {
            guard let value = imports(item.module, item.name) else {
                throw Diagnostic(.unlinkable, "unknown import", label(item), at: .offset(item.offset))
            }
            let expected = CanonicalExternalType(item.description, typeNumbers: typeNumbers)
            guard store.types.canonicalizer.matches(value.canonicalType, expected) else {
                throw Diagnostic(
                    .unlinkable, "incompatible import type",
                    "\(label(item)): expected \(module.describe(item.description)), found \(value.typeDescription)",
                    at: .offset(item.offset))
            }
            add(value)
        }
    }

    private func label(_ item: Import) -> String { "\"\(item.module)\" \"\(item.name)\"" }

    private func add(_ value: ExternalValue) {
        switch value {
        case .function(let function): instance.functions.append(function.record)
        case .table(let table): instance.tables.append(table)
        case .memory(let memory): instance.memories.append(store.add(memory))
        case .global(let global): instance.globals.append(global)
        case .tag(let tag): instance.tags.append(tag)
        }
    }

    // MARK: Allocation

    mutating func allocate() throws(ExecutionError) {
        for memory in memories ?? [] { instance.memories.append(store.add(memory)) }
        for memory in memories == nil ? module.module.memories : [] {
            guard let memoryInstance = MemoryInstance(memory.type, budget: store.budget) else {
                throw outOfMemory("memory", memory.offset)
            }
            instance.memories.append(store.add(memoryInstance))
        }
        instance.addDefinedFunctions()
        let tagNames = module.module.tags.isEmpty ? nil : TagNames(module.module)
        for tag in module.module.tags {
            let type = module.functionType(tag.type)
            let name = tagNames?.name(of: TagIndex(instance.tags.count)) ?? ""
            instance.tags.append(
                store.add(
                    TagInstance(type, instance.types[tag.type.position], name: name, types: instance.types)))
        }
        for global in module.module.globals {
            let (low, high) = try instance.evaluate(global.initializer, global.type.value)
            let matchedType = RuntimeValueType(global.type.value, types: instance.types)
            let globalInstance = store.add(GlobalInstance(global.type, matchedType: matchedType, in: store))
            globalInstance.cell[0] = low
            globalInstance.cell[1] = high
            instance.globals.append(globalInstance)
        }
        for table in module.module.tables { try allocate(table) }
        for (index, segment) in module.module.elementSegments.enumerated() { try allocate(segment, index) }
    }

    private func outOfMemory(_ what: String, _ offset: Int) -> ExecutionError {
        .diagnostic(
            Diagnostic(
                .unsupported, "out of memory", "\(what) is larger than this interpreter can provide",
                at: .offset(offset)))
    }

    private func allocate(_ table: Table) throws(ExecutionError) {
        var value = ReferenceBits.null
        if let initializer = table.initializer {
            value = try instance.evaluate(initializer, .reference(table.type.element)).0
        }
        let element = CanonicalReferenceType(
            table.type.element, typeNumbers: instance.types.map(\.pointee.number))
        guard
            let tableInstance = TableInstance(
                table.type, matchedElement: element, value: value, budget: store.budget)
        else {
            throw outOfMemory("table", table.offset)
        }
        instance.tables.append(store.add(tableInstance))
    }

    private func allocate(_ segment: ElementSegment, _ index: Int) throws(ExecutionError) {
        let record = instance.elementRecords + index
        let count = segment.elements.count
        record.pointee.base.deallocate()
        record.pointee = ElementRecord(base: .allocate(capacity: max(count, 1)), count: 0)
        switch segment.elements {
        case .functions(let functions):
            for (position, function) in functions.enumerated() {
                record.pointee.base[position] = UInt64(UInt(bitPattern: instance.functions[function.position]))
            }
            record.pointee.count = UInt64(count)
        case .expressions(let expressions):
            for (position, expression) in expressions.enumerated() {
                let value = try instance.evaluate(expression, .reference(segment.type)).0
                record.pointee.base[position] = value
                // Counted at once: the heap's collector must see it when the next one is evaluated.
                record.pointee.count = UInt64(position + 1)
            }
        }
    }

    // MARK: Initialisation

    mutating func initialize() throws(ExecutionError) {
        for (index, segment) in module.module.elementSegments.enumerated() { try initialize(segment, index) }
        for segment in memories == nil ? module.module.dataSegments : [] { try initialize(segment) }
        if let start = module.module.start {
            _ = try store.invoke(instance.function(start.function))
        }
    }

    private func initialize(_ segment: ElementSegment, _ index: Int) throws(ExecutionError) {
        let record = instance.elementRecords + index
        switch segment.mode {
        case .passive: return
        case .declarative: record.pointee.count = 0
        case .active(let table, let offset):
            let tableRecord = instance.tables[table.position].record
            let start = try instance.evaluate(offset, module.tables[table.position].addressType.valueType).0
            do throws(TrapKind) {
                let target = try tableRecord.pointee.range(start, record.pointee.count)
                target.update(from: record.pointee.base, count: Int(record.pointee.count))
            } catch {
                throw .trap(Trap(error))
            }
            record.pointee.count = 0
        }
    }

    private func initialize(_ segment: DataSegment) throws(ExecutionError) {
        guard case .active(let memory, let offset) = segment.mode else { return }
        let start = try instance.evaluate(offset, module.memories[memory.position].addressType.valueType).0
        do throws(TrapKind) {
            let record = instance.memories[memory.position].record
            let target = try record.pointee.range(start, UInt64(segment.contents.count))
            module.module.source.copy(segment.contents, to: target)
        } catch {
            throw .trap(Trap(error))
        }
    }
}

// What the collector has to know of a program: `wasmc_gc_program` of abi.h.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmSpec
import WasmValidation

extension ModuleLowering {
    /// Defines the references to functions, and types and roots for the collector.
    func defineHeap() throws(Diagnostic) {
        try defineFunctionReferences()
        var (types, offsets) = try typeRecords()
        let typeCount = types.count
        let tags = plan.refersToExceptions ? plan.instances.flatMap(tagIDs) : []
        for tag in tags {
            let layout = exceptionLayout(tag)
            types.append(
                try record(
                    layout.kind, size: layout.sizeBytes, first: UInt32(offsets.count),
                    count: UInt32(layout.referenceOffsets.count)))
            offsets += layout.referenceOffsets
        }
        let globals = plan.instances.flatMap(tracedGlobals)
        let tables = plan.instances.flatMap(tracedTables)
        let segments = plan.instances.flatMap(tracedSegments)
        let areLocal = storage.kind == .threadLocal
        let roots = areLocal ? defineThreadRoots(globals + tables + segments).value : context.ptr.constNull()
        func list(_ name: String, _ symbols: [IRValue]) -> IRValue { arrayConstant(name, areLocal ? [] : symbols) }
        let record = try self.types.structures.record(
            wasmc_gc_program.self,
            [
                \.types: arrayConstant("gc.types", types),
                \.reference_offsets: arrayConstant("gc.offsets", offsets.map(context.constI32)),
                \.globals: list("gc.globals", globals),
                \.tables: list("gc.tables", tables),
                \.segments: list("gc.segments", segments),
                \.tags: arrayConstant("gc.tags", tags.map { tagSymbol($0).value }),
                \.thread_roots: roots,
                \.type_count: context.constI32(UInt32(typeCount)),
                \.tag_count: context.constI32(UInt32(tags.count)),
                \.global_count: context.constI32(UInt32(globals.count)),
                \.table_count: context.constI32(UInt32(tables.count)),
                \.segment_count: context.constI32(UInt32(segments.count)),
                \.flags: context.constI32(plan.options.stressesHeap ? WASMC_GC_STRESS.rawValue : 0),
            ])
        let global = ir.addGlobal("wasmc_gc_program", record.type, initializer: record, isConstant: true)
        global.setVisibility(.hidden)
    }

    /// `wasm.refs`: that at 0 has no type, so that a null reference is none of a function.
    private func defineFunctionReferences() throws(Diagnostic) {
        var records = [types.functionReference.constNull()]
        for (function, _) in plan.referenceNumbers.sorted(by: { $0.value < $1.value }) {
            records.append(try functionReferenceRecord(function))
        }
        define(storage.functionReferencesSymbol(), types.functionReference.constArray(records), isConstant: true)
    }

    /// A record for each type, by its number at run time, and where in structures references lie.
    private func typeRecords() throws(Diagnostic) -> (records: [IRValue], offsets: [UInt32]) {
        let none = try record(WASMC_GC_NONE, size: 0, first: 0, count: 0)
        var records = Array(repeating: none, count: plan.typeNumbering.count + 1)
        var isDone = Array(repeating: false, count: records.count)
        var offsets: [UInt32] = []
        for instance in plan.instances {
            for (range, layout) in zip(instance.typeRanges, instance.layouts) {
                let number = Int(range.lowerBound)
                guard let layout, !isDone[number] else { continue }
                isDone[number] = true
                records[number] = try record(
                    layout.kind, size: layout.sizeBytes, first: UInt32(offsets.count),
                    count: UInt32(layout.referenceOffsets.count))
                offsets += layout.referenceOffsets
            }
        }
        return (records, offsets)
    }

    private func record(
        _ kind: wasmc_gc_kind, size: UInt32, first: UInt32, count: UInt32
    ) throws(Diagnostic) -> IRValue {
        try types.structures.record(
            wasmc_gc_type.self,
            [
                \.kind: context.constI32(kind.rawValue), \.size_bytes: context.constI32(size),
                \.first_reference: context.constI32(first), \.reference_count: context.constI32(count),
            ])
    }

    private func tagIDs(_ instance: InstancePlan) -> [TagID] {
        instance.module.module.tags.indices.map { TagID(instance: instance.number, position: $0) }
    }

    /// How the values of an exception lie in the heap: like the fields of a structure.
    private func exceptionLayout(_ tag: TagID) -> ObjectLayout {
        let instance = plan.instances[tag.instance]
        let type = instance.module.functionType(instance.module.module.tags[tag.position].type)
        return ObjectLayout(values: type.parameters, isTraced: instance.isTraced)
    }

    // MARK: Roots

    private func tracedGlobals(_ instance: InstancePlan) -> [IRValue] {
        instance.module.module.globals.enumerated().compactMap { position, global in
            guard case .reference(let type) = global.type.value, instance.isTraced(type) else { return nil }
            let value = instance.constants[instance.module.importedGlobalCount + position]
            guard global.type.isMutable || value == .computed else { return nil }
            return storage.globalSymbol(GlobalID(instance: instance.number, position: position)).value
        }
    }

    private func tracedTables(_ instance: InstancePlan) -> [IRValue] {
        instance.module.module.tables.enumerated().compactMap { position, table in
            let id = TableID(instance: instance.number, position: position)
            guard instance.isTraced(table.type.element), !plan.image(of: id).isImmutable else { return nil }
            return storage.table(id)
        }
    }

    private func tracedSegments(_ instance: InstancePlan) -> [IRValue] {
        instance.module.module.elementSegments.enumerated().compactMap { index, segment in
            guard case .expressions = segment.elements, instance.isTraced(segment.type) else { return nil }
            return storage.elementSegment(instance.number, ElementIndex(index))
        }
    }
}

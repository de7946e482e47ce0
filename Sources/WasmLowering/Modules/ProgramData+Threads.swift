// What a program has besides that starts threads: what they run, and tables of their own.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmHostTable
import WasmSpec
import WasmValidation

extension ModuleLowering {
    /// What threads run, by instance, for the runtime.
    func defineThreadStarts() throws(Diagnostic) {
        guard plan.isThreaded else { return }
        var starts: [IRValue] = []
        for instance in plan.instances {
            let start = plan.facts.spawning.contains(instance.number) ? ThreadedProgram.start(of: instance.module) : nil
            guard let start else {
                starts.append(context.ptr.constNull())
                continue
            }
            starts.append(try defineThreadStart(instance, instance.functions[start.position]).value)
        }
        let value = context.ptr.constArray(starts)
        let global = ir.addGlobal("wasmc_thread_starts", value.type, initializer: value, isConstant: true)
        global.setVisibility(.hidden)
    }

    /// What builds the beginning of an instance in a thread: the elements of tables and of segments, which no image of storage
    /// can lead to, and the active segments that have to be written into tables. With a heap, the instance's initialisation
    /// writes these, as in other programs. Nil for nothing.
    func threadPrologue(_ instance: InstancePlan) throws(Diagnostic) -> (() -> Void)? {
        guard plan.isThreaded else { return nil }
        let tables = plan.tables[instance.number].indices.map { TableID(instance: instance.number, position: $0) }
            .filter { !plan.image(of: $0).isImmutable }
        let segments = plan.hasHeap ? [] : try segmentsAtStart(instance)
        let computed = try computedSegments(instance)
        if tables.isEmpty, segments.isEmpty, computed.isEmpty { return nil }
        let elementBytes = context.constI32(UInt32(plan.hasHeap ? MemoryLayout<UInt32>.size : MemoryLayout<UInt>.size))
        return { [self] in
            for table in tables {
                let capacity = plan.facts.grownTables.contains(table) ? limit(of: table) : 0
                builder.call(
                    builtin(.wasmc_table_localize), [storage.table(table), context.constI64(capacity), elementBytes])
            }
            for segment in computed {
                builder.storeField(segment.elements, segment.instance, \wasmc_elem_instance.elements)
            }
            for segment in segments {
                let noPlace = context.constI32(UInt32.max)
                builder.call(
                    builtin(.wasmc_table_init),
                    [
                        storage.table(segment.table), segment.elements, context.constI64(segment.offset),
                        context.constI64(0), context.constI64(segment.count), noPlace,
                    ])
            }
        }
    }

    /// A segment whose elements are objects.
    private struct ComputedSegment {
        /// A `wasmc_elem_instance`.
        var instance: IRValue
        var elements: IRValue
    }

    /// Segments whose elements are objects, and where a thread's lie.
    private func computedSegments(_ instance: InstancePlan) throws(Diagnostic) -> [ComputedSegment] {
        var result: [ComputedSegment] = []
        for (index, segment) in instance.module.module.elementSegments.enumerated() where isKept(segment, instance) {
            guard try TableImage.values(of: segment, instance).contains(.computed) else { continue }
            let index = ElementIndex(index)
            let elements = storage.elementsSymbol(
                instance.number, index, count: segment.elements.count, areComputed: true)
            result.append(
                ComputedSegment(instance: storage.elementSegment(instance.number, index), elements: elements.value))
        }
        return result
    }

    /// An active element segment that is written into a table at start.
    private struct SegmentAtStart {
        var table: TableID
        /// In elements.
        var offset: UInt64
        /// A `wasmc_elem_instance`.
        var elements: IRValue
        var count: UInt64
    }

    private func segmentsAtStart(_ instance: InstancePlan) throws(Diagnostic) -> [SegmentAtStart] {
        var result: [SegmentAtStart] = []
        for (index, segment) in instance.module.module.elementSegments.enumerated() {
            guard case .active(let table, let offset) = segment.mode, isWrittenAtStart(table, instance) else {
                continue
            }
            let references = try TableImage.elements(of: segment, instance).map(reference)
            let name = "\(instance.number).elem.\(index).active"
            let value = try types.structures.record(
                wasmc_elem_instance.self,
                [
                    \.elements: arrayConstant("\(name).elements", references),
                    \.size: context.constI64(UInt64(references.count)),
                ])
            let elements = ir.addGlobal(
                "wasm.\(name)", value.type, initializer: value, linkage: .internal, isConstant: true)
            result.append(
                SegmentAtStart(
                    table: instance.tables[table.position], offset: address(try instance.evaluate(offset)),
                    elements: elements.value, count: UInt64(references.count)))
        }
        return result
    }
}

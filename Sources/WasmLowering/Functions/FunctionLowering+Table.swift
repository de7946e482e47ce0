// Table instructions. A table that nothing changes is constant data; the others are `wasmc_table`
// structures whose bulk operations the runtime carries out.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#table-instructions

import CWasmcABI
import LLVMBridge
import WasmInstructionTable
import WasmSpec

extension FunctionLowering {
    /// The reference at `index` (i64) of any table, with its bounds check. The trap of a call names the element.
    func loadElement(_ table: TableIndex, _ index: IRValue, outOfBounds: TrapKind, isCall: Bool = false) -> IRValue {
        trapIf(
            builder.icmp(.uge, index, tableSize(table)), code: context.constI32(outOfBounds.rawValue),
            element: isCall ? index : nil)
        let elements = tableElements(table)
        let element = builder.load(
            types.reference, builder.gep(types.reference, elements, [index]), alignment: referenceBytes,
            name: "element")
        tag(element, owner.aliasTags.table)
        return element
    }

    private var hasHeap: Bool { owner.plan.hasHeap }
    private var referenceBytes: Int { hasHeap ? 4 : 8 }

    /// The first contents of a table.
    func image(_ table: TableIndex) -> TableImage { owner.plan.image(of: instance.tables[table.position]) }

    /// The address of the table's `wasmc_table`.
    private func tableStructure(_ table: TableIndex) -> IRValue {
        owner.storage.table(instance.tables[table.position])
    }

    /// Elements in use, as i64.
    private func tableSize(_ table: TableIndex) -> IRValue {
        let image = image(table)
        if image.isImmutable { return context.constI64(UInt64(image.size)) }
        let size = builder.loadField(tableStructure(table), \wasmc_table.size, name: "table.size")
        tag(size, owner.aliasTags.sizes)
        return size
    }

    private func tableElements(_ table: TableIndex) -> IRValue {
        if image(table).isImmutable {
            return owner.storage.constantTableReferences(instance.tables[table.position])
        }
        let elements = builder.loadField(tableStructure(table), \wasmc_table.elements, name: "table.elements")
        tag(elements, owner.aliasTags.sizes)
        return elements
    }

    /// An index or size of a table as i64.
    private func popTableOperand() -> IRValue { builder.zextOrTrunc(pop(), context.i64) }

    /// A size in the table's own address type.
    private func pushTableSize(_ size: IRValue, _ table: TableIndex) {
        push(builder.zextOrTrunc(size, types.type(module.tables[table.position].addressType)))
    }

    func lowerTableGet(_ table: TableIndex) {
        push(loadElement(table, popTableOperand(), outOfBounds: .outOfBoundsTableAccess))
    }

    func lowerTableSet(_ table: TableIndex) {
        let value = pop()
        let index = popTableOperand()
        trapIf(builder.icmp(.uge, index, tableSize(table)), .outOfBoundsTableAccess)
        let address = builder.gep(types.reference, tableElements(table), [index])
        let store = builder.store(value, address, alignment: referenceBytes, isVolatile: owner.isStateExact)
        tag(store, owner.aliasTags.table)
    }

    func lowerTableSize(_ table: TableIndex) { pushTableSize(tableSize(table), table) }

    /// The runtime gives the old size or -1.
    func lowerTableGrow(_ table: TableIndex) {
        let delta = popTableOperand()
        let value = pop()
        let old = callRuntime(
            owner.builtin(hasHeap ? .wasmc_gc_table_grow : .wasmc_table_grow), [tableStructure(table), value, delta])
        pushTableSize(old, table)
    }

    func lowerTableFill(_ table: TableIndex) {
        let count = popTableOperand()
        let value = pop()
        let start = popTableOperand()
        callRuntime(
            owner.builtin(hasHeap ? .wasmc_gc_table_fill : .wasmc_table_fill),
            [tableStructure(table), start, value, count, moduleOffset])
    }

    /// Both operands of an immutable source would need a structure; a source that is copied from is mutable for the
    /// plan.
    func lowerTableCopy(_ destination: TableIndex, _ source: TableIndex) {
        let count = popTableOperand()
        let from = popTableOperand()
        let to = popTableOperand()
        callRuntime(
            owner.builtin(hasHeap ? .wasmc_gc_table_copy : .wasmc_table_copy),
            [tableStructure(destination), tableStructure(source), to, from, count, moduleOffset])
    }

    func lowerTableInit(_ element: ElementIndex, _ table: TableIndex) {
        let count = popTableOperand()
        let from = popTableOperand()
        let to = popTableOperand()
        callRuntime(
            owner.builtin(hasHeap ? .wasmc_gc_table_init : .wasmc_table_init),
            [
                tableStructure(table), owner.storage.elementSegment(instance.number, element), to, from, count,
                moduleOffset,
            ])
    }

    func lowerElemDrop(_ element: ElementIndex) {
        builder.storeField(
            0, owner.storage.elementSegment(instance.number, element), \wasmc_elem_instance.size,
            isVolatile: owner.isStateExact)
    }
}

// Table instructions. A table that nothing changes is constant data; the others are `wasmc_table`
// structures whose bulk operations the runtime carries out.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#table-instructions

import LLVMBridge
import WasmSpec

extension FunctionLowering {
    /// The reference at `index` (i64) of any table, with its bounds check. The trap of a call names the element.
    func loadElement(_ table: TableIndex, _ index: IRValue, outOfBounds: TrapCode, isCall: Bool = false) -> IRValue {
        trapIf(
            builder.icmp(.uge, index, tableSize(table)), code: context.constI32(outOfBounds.code),
            element: isCall ? index : nil)
        let elements = tableElements(table)
        let element = builder.load(
            context.ptr, builder.gep(context.ptr, elements, [index]), alignment: 8, name: "element")
        tag(element, owner.aliasTags.table)
        return element
    }

    /// The first contents of a table.
    func image(_ table: TableIndex) -> TableImage { owner.plan.image(of: instance.tables[table.position]) }

    /// Elements in use, as i64.
    private func tableSize(_ table: TableIndex) -> IRValue {
        let image = image(table)
        if image.isImmutable { return context.constI64(UInt64(image.size)) }
        let size = builder.load(
            context.i64, builder.gep(owner.tableSymbol(instance.tables[table.position]).value, offset: 8), alignment: 8,
            name: "table.size")
        tag(size, owner.aliasTags.sizes)
        return size
    }

    private func tableElements(_ table: TableIndex) -> IRValue {
        if image(table).isImmutable { return owner.tableReferencesSymbol(instance.tables[table.position]).value }
        let elements = builder.load(
            context.ptr, owner.tableSymbol(instance.tables[table.position]).value, alignment: 8, name: "table.elements")
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
        push(loadElement(table, popTableOperand(), outOfBounds: .outOfBoundsTable))
    }

    func lowerTableSet(_ table: TableIndex) {
        let value = pop()
        let index = popTableOperand()
        trapIf(builder.icmp(.uge, index, tableSize(table)), .outOfBoundsTable)
        let address = builder.gep(context.ptr, tableElements(table), [index])
        let store = builder.store(value, address, alignment: 8, isVolatile: owner.isStateExact)
        tag(store, owner.aliasTags.table)
    }

    func lowerTableSize(_ table: TableIndex) { pushTableSize(tableSize(table), table) }

    /// `wasmc_table_grow(table, element, delta)`: the old size or -1.
    func lowerTableGrow(_ table: TableIndex) {
        let delta = popTableOperand()
        let value = pop()
        let grow = owner.builtin(
            "wasmc_table_grow", [context.ptr, context.ptr, context.i64], returning: context.i64)
        let old = builder.call(grow, [owner.tableSymbol(instance.tables[table.position]).value, value, delta])
        pushTableSize(old, table)
    }

    /// `wasmc_table_fill(table, start, element, count, offset)`.
    func lowerTableFill(_ table: TableIndex) {
        let count = popTableOperand()
        let value = pop()
        let start = popTableOperand()
        let fill = owner.builtin(
            "wasmc_table_fill", [context.ptr, context.i64, context.ptr, context.i64, context.i32],
            returning: context.void)
        builder.call(
            fill, [owner.tableSymbol(instance.tables[table.position]).value, start, value, count, moduleOffset])
    }

    /// `wasmc_table_copy(to, from, to_start, from_start, count, offset)`. Both operands of an immutable
    /// source would need a structure; a source that is copied from is mutable for the plan.
    func lowerTableCopy(_ destination: TableIndex, _ source: TableIndex) {
        let count = popTableOperand()
        let from = popTableOperand()
        let to = popTableOperand()
        let copy = owner.builtin(
            "wasmc_table_copy",
            [context.ptr, context.ptr, context.i64, context.i64, context.i64, context.i32], returning: context.void)
        builder.call(
            copy,
            [
                owner.tableSymbol(instance.tables[destination.position]).value,
                owner.tableSymbol(instance.tables[source.position]).value, to, from, count, moduleOffset,
            ])
    }

    /// `wasmc_table_init(to, from, to_start, from_start, count, offset)`.
    func lowerTableInit(_ element: ElementIndex, _ table: TableIndex) {
        let count = popTableOperand()
        let from = popTableOperand()
        let to = popTableOperand()
        let initialize = owner.builtin(
            "wasmc_table_init",
            [context.ptr, context.ptr, context.i64, context.i64, context.i64, context.i32], returning: context.void)
        builder.call(
            initialize,
            [
                owner.tableSymbol(instance.tables[table.position]).value,
                owner.elementSymbol(instance.number, element).value, to, from, count, moduleOffset,
            ])
    }

    func lowerElemDrop(_ element: ElementIndex) {
        builder.store(
            context.constI64(0), builder.gep(owner.elementSymbol(instance.number, element).value, offset: 8),
            alignment: 8, isVolatile: owner.isStateExact)
    }
}

// Tables, and the instructions on whole memories.

import WasmBinary
import WasmInstructionTable
import WasmSpec

extension FunctionGenerator {
    /// An index of a table that mostly lies inside; of one of `functions`, where a segment has placed it.
    mutating func tableIndex(_ table: Int, function functions: [Int]) {
        let type = plan.tables[table].addressType
        let segment = plan.elements.first { $0.target?.table == table }
        let places = segment?.functions.indices.filter { segment?.functions[$0].map(functions.contains) ?? false } ?? []
        if !places.isEmpty, !choices.chance(32) { return code.addressConst(type, Int64(choices.pick(places))) }
        value(type.valueType)
        guard !choices.chance(12) else { return }
        code.addressConst(type, 3)
        code.operation(type == .i32 ? "i32.and" : "i64.and")
    }

    /// An i32 or i64 that says how large something is, or whether a reference is null.
    mutating func size(producing type: ValueType) {
        let memories = plan.memories.indices.filter { plan.memories[$0].addressType.valueType == type }
        let tables = plan.tables.indices.filter { plan.tables[$0].addressType.valueType == type }
        switch choices.number(below: 5) {
        case 1 where !memories.isEmpty: variable("memory.size", choices.pick(memories))
        case 2 where !memories.isEmpty:
            let memory = choices.pick(memories)
            smallNumber(plan.memories[memory].addressType, mask: 3)
            variable("memory.grow", memory)
        case 3 where !tables.isEmpty && features.contains(.referenceTypes):
            let table = choices.pick(tables)
            if choices.chance(100) { return bulk("table.size", [table]) }
            value(.reference(plan.tables[table].element))
            smallNumber(plan.tables[table].addressType, mask: 3)
            bulk("table.grow", [table])
        case 4 where type == .i32 && features.contains(.referenceTypes):
            value(choices.pick(plan.storedTypes.filter(\.isReference)))
            code.operation("ref.is_null")
        default: if type.isReference { leaf(type) } else { plain(type) }
        }
    }

    /// A number from 0 to `mask`, rarely any.
    private mutating func smallNumber(_ type: AddressType, mask: Int64) {
        value(type.valueType)
        guard !choices.chance(8) else { return }
        code.addressConst(type, mask)
        code.operation(type == .i32 ? "i32.and" : "i64.and")
    }

    private mutating func bulk(_ mnemonic: String, _ immediates: [Int]) {
        code.operation(mnemonic)
        for immediate in immediates { code.u32(UInt32(immediate)) }
    }

    /// An instruction on ranges of a memory.
    mutating func memoryStatement() {
        guard features.contains(.bulkMemory), !plan.memories.isEmpty else { return store() }
        let memory = choices.number(below: plan.memories.count)
        let type = plan.memories[memory].addressType
        switch choices.number(below: 4) {
        case 0:
            address(memory)
            value(.i32)
            smallNumber(type, mask: 0xFF)
            bulk("memory.fill", [memory])
        case 1:
            let source = choices.number(below: plan.memories.count)
            address(memory)
            address(source)
            let both = type == .i64 && plan.memories[source].addressType == .i64
            smallNumber(both ? .i64 : .i32, mask: 0xFF)
            bulk("memory.copy", [memory, source])
        case 2 where !plan.data.isEmpty:
            address(memory)
            smallNumber(.i32, mask: 3)
            smallNumber(.i32, mask: 7)
            bulk("memory.init", [choices.number(below: plan.data.count), memory])
        case 3 where !plan.data.isEmpty: bulk("data.drop", [choices.number(below: plan.data.count)])
        default: store()
        }
    }

    /// An instruction on a table.
    mutating func tableStatement() {
        guard features.contains(.referenceTypes), features.contains(.bulkMemory), !plan.tables.isEmpty else {
            return store()
        }
        let table = choices.number(below: plan.tables.count)
        let tableType = plan.tables[table]
        let sameElement = plan.tables.indices.filter { plan.tables[$0].element == tableType.element }
        let segments = plan.elements.indices.filter { plan.elements[$0].type == tableType.element }
        switch choices.number(below: 5) {
        case 0:
            tableIndex(table, function: [])
            value(.reference(tableType.element))
            variable("table.set", table)
        case 1:
            tableIndex(table, function: [])
            value(.reference(tableType.element))
            smallNumber(tableType.addressType, mask: 1)
            bulk("table.fill", [table])
        case 2:
            let source = choices.pick(sameElement)
            tableIndex(table, function: [])
            tableIndex(source, function: [])
            let both = tableType.addressType == .i64 && plan.tables[source].addressType == .i64
            smallNumber(both ? .i64 : .i32, mask: 1)
            bulk("table.copy", [table, source])
        case 3 where !segments.isEmpty:
            tableIndex(table, function: [])
            smallNumber(.i32, mask: 1)
            smallNumber(.i32, mask: 1)
            bulk("table.init", [choices.pick(segments), table])
        case 4 where !segments.isEmpty: bulk("elem.drop", [choices.pick(segments)])
        default: store()
        }
    }
}

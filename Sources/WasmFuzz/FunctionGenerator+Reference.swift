// References, and what depends on whether they are null.

import WasmBinary
import WasmInstructionTable
import WasmSpec

extension FunctionGenerator {
    /// A nullable reference by another instruction than a constant.
    mutating func reference(_ type: ValueType) {
        guard case .reference(let reference) = type else { return leaf(type) }
        let tables = plan.tables.indices.filter { plan.tables[$0].element == reference }
        if !tables.isEmpty, plan.storedTypes.count == plan.valueTypes.count || choices.chance(160) {
            let table = choices.pick(tables)
            tableIndex(table, function: [])
            return variable("table.get", table)
        }
        switch reference.heapType {
        case .concrete(let index): concrete(index.position)
        case .abstract(.func): functionReference()
        case .abstract(.exn): leaf(type)
        case .abstract(let heapType): internalReference(heapType)
        }
    }

    /// A reference to the type of this index, mostly none to null.
    private mutating func concrete(_ type: Int) {
        if choices.chance(32) { return code.zero(ModulePlan.reference(type)) }
        nonNull(type)
    }

    /// A reference that is not null: a new one, or a given one unless it is null.
    mutating func nonNull(_ type: Int) {
        let isFunction = type < plan.types.count
        if depth < Self.maximumDepth, !choices.isExhausted, choices.chance(96) {
            let nonNull = ValueType.reference(ReferenceType(isNullable: false, .concrete(TypeIndex(type))))
            code.operation("block")
            code.blockType(.result(nonNull))
            labels.append([nonNull])
            value(ModulePlan.reference(type))
            code.operation("br_on_non_null")
            code.u32(0)
            make(type)
            labels.removeLast()
            return code.operation("end")
        }
        if !isFunction, depth < Self.maximumDepth, choices.chance(32) { return castOrMake(type) }
        make(type)
    }

    private mutating func make(_ type: Int) {
        guard type < plan.types.count else { return construct(type - plan.types.count) }
        let functions = plan.functionTypes.indices.filter { plan.functionTypes[$0] == type }
        variable("ref.func", choices.pick(functions))
        if choices.chance(32) { code.operation("ref.as_non_null") }
    }

    /// Types of functions that code has references to.
    private var functionReferences: [Int] {
        plan.storedTypes.compactMap { type in
            guard case .reference(let reference) = type, case .concrete(let index) = reference.heapType else {
                return nil
            }
            return index.position < plan.types.count ? index.position : nil
        }
    }

    private mutating func functionReference() {
        let types = functionReferences
        guard !types.isEmpty else { return leaf(.funcref) }
        value(ModulePlan.reference(choices.pick(types)))
    }

    /// Calls through a reference; results are reduced to the first, which is of `type`. False if there is none.
    mutating func callReference(producing type: ValueType) -> Bool {
        let types = functionReferences.filter { plan.types[$0].results.first == type }
        guard !types.isEmpty else { return false }
        let callee = choices.pick(types)
        callReference("call_ref", callee)
        reduce(plan.types[callee].results)
        return true
    }

    /// A tail call through a reference. False if there is none with the function's results.
    mutating func tailCallReference() -> Bool {
        let types = functionReferences.filter { plan.types[$0].results == type.results }
        guard !types.isEmpty else { return false }
        callReference("return_call_ref", choices.pick(types))
        return true
    }

    private mutating func callReference(_ mnemonic: String, _ callee: Int) {
        values(plan.types[callee].parameters)
        value(ModulePlan.reference(callee))
        variable(mnemonic, callee)
    }

    /// A branch that is taken if a reference is null.
    mutating func branchOnNull() {
        let target = choices.number(below: labels.count)
        let types = labels[labels.count - 1 - target]
        values(types)
        value(choices.pick(plan.storedTypes.filter(\.isReference)))
        variable("br_on_null", target)
        for _ in 0...types.count { code.operation("drop") }
    }
}

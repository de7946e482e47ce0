// Blocks, branches and calls.

import WasmBinary
import WasmInstructionTable
import WasmSpec

extension FunctionGenerator {
    // MARK: Blocks

    /// A block's type and what it takes and leaves.
    private struct Signature {
        var type: BlockType
        var parameters: [ValueType] = []
        var results: [ValueType] = []
    }

    /// A block type whose first result is `type`, or which has no results for nil.
    private mutating func signature(producing type: ValueType?, simple: Bool) -> Signature {
        let short = Signature(type: type.map { .result($0) } ?? .empty, results: type.map { [$0] } ?? [])
        guard features.contains(.multiValue), choices.chance(80) else { return short }
        let candidates = (0..<plan.choosableTypeCount).filter {
            let results = plan.types[$0].results
            return results.first == type && plan.types[$0].parameters.count < 8 && !(simple && results.count > 1)
        }
        guard !candidates.isEmpty else { return short }
        let index = choices.pick(candidates)
        let function = plan.types[index]
        return Signature(
            type: .type(TypeIndex(index)), parameters: function.parameters, results: function.results)
    }

    /// Sets locals to the parameters of a block, or drops them.
    mutating func consume(_ parameters: [ValueType]) {
        for type in parameters.reversed() {
            if let local = pickLocal(type) { variable("local.set", local) } else { code.operation("drop") }
        }
    }

    private mutating func open(_ mnemonic: String, _ signature: Signature, label: [ValueType]) {
        code.operation(mnemonic)
        code.blockType(signature.type)
        labels.append(label)
        consume(signature.parameters)
    }

    private mutating func close() {
        labels.removeLast()
        code.operation("end")
    }

    private mutating func contents(_ results: [ValueType]) {
        statements()
        values(results)
    }

    mutating func block(producing type: ValueType?) {
        let signature = signature(producing: type, simple: false)
        values(signature.parameters)
        open("block", signature, label: signature.results)
        contents(signature.results)
        close()
        reduce(signature.results)
    }

    mutating func conditional(producing type: ValueType?) {
        let signature = signature(producing: type, simple: false)
        values(signature.parameters)
        value(.i32)
        open("if", signature, label: signature.results)
        contents(signature.results)
        // Without parameters and results there need not be an `else`.
        if !signature.results.isEmpty || !signature.parameters.isEmpty || choices.chance(128) {
            code.operation("else")
            consume(signature.parameters)
            contents(signature.results)
        }
        close()
        reduce(signature.results)
    }

    /// A loop in a block, which it leaves with zeros when there is no fuel.
    mutating func loop(producing type: ValueType?) {
        let signature = signature(producing: type, simple: true)
        open("block", Signature(type: type.map { .result($0) } ?? .empty), label: signature.results)
        values(signature.parameters)
        code.operation("loop")
        code.blockType(signature.type)
        labels.append(signature.parameters)
        fuelGet()
        code.operation("i32.eqz")
        code.operation("if")
        code.blockType(.empty)
        for type in signature.results { code.zero(type) }
        code.operation("br")
        code.u32(2)
        code.operation("end")
        consumeFuel(1)
        consume(signature.parameters)
        statements()
        if choices.chance(160) { branchIf(depth: 0) }
        values(signature.results)
        close()
        close()
    }

    // MARK: Branches

    private func labelTypes(_ depth: Int) -> [ValueType] { labels[labels.count - 1 - depth] }

    /// A conditional branch whose operands are dropped when it is not taken.
    mutating func branchIf(depth: Int) {
        let types = labelTypes(depth)
        values(types)
        value(.i32)
        code.operation("br_if")
        code.u32(UInt32(depth))
        for _ in types { code.operation("drop") }
    }

    mutating func branchIf() { branchIf(depth: choices.number(below: labels.count)) }

    /// A value by a branch that is not taken, or by code that is not reached.
    mutating func branchValue(_ type: ValueType) {
        let depths = labels.indices.filter { labelTypes($0).first == type }
        if !depths.isEmpty, choices.chance(200) {
            let depth = choices.pick(depths)
            values(labelTypes(depth))
            value(.i32)
            code.operation("br_if")
            code.u32(UInt32(depth))
            return reduce(labelTypes(depth))
        }
        guard choices.chance(96) else { return plainOrLeaf(type) }
        leave()
        // What follows is not reached, and so may be anything.
        if choices.chance(128) { value(type) }
    }

    private mutating func plainOrLeaf(_ type: ValueType) {
        if type.isReference { reference(type) } else { plain(type) }
    }

    /// An instruction that does not return.
    mutating func leave() {
        switch choices.number(below: 16) {
        case 0...3:
            values(type.results)
            code.operation("return")
        case 4...7:
            let depth = choices.number(below: labels.count)
            values(labelTypes(depth))
            code.operation("br")
            code.u32(UInt32(depth))
        case 8...10: branchTable()
        case 11: code.operation("unreachable")
        case 12 where features.contains(.exceptions): throwException()
        default: tailCall()
        }
    }

    mutating func branchTable() {
        let last = choices.number(below: labels.count)
        let types = labelTypes(last)
        let depths = labels.indices.filter { labelTypes($0) == types }
        values(types)
        value(.i32)
        if choices.chance(200) {
            code.i32Const(7)
            code.operation("i32.and")
        }
        code.operation("br_table")
        code.vector((0..<choices.number(below: 9)).map { _ in choices.pick(depths) }) { $0.u32(UInt32($1)) }
        code.u32(UInt32(last))
    }

    // MARK: Calls

    private mutating func call(_ function: Int) {
        values(plan.types[plan.functionTypes[function]].parameters)
        variable("call", function)
    }

    mutating func call(producing type: ValueType) {
        let candidates = plan.functionTypes.indices.filter {
            plan.types[plan.functionTypes[$0]].results.first == type
        }
        guard !candidates.isEmpty else { return plainOrLeaf(type) }
        let function = choices.pick(candidates)
        call(function)
        reduce(plan.types[plan.functionTypes[function]].results)
    }

    /// A call whose results are dropped.
    mutating func callStatement() {
        let function = choices.number(below: plan.functionTypes.count)
        call(function)
        for _ in plan.types[plan.functionTypes[function]].results { code.operation("drop") }
    }

    mutating func indirectCall(producing type: ValueType) {
        if features.contains(.functionReferences), choices.chance(100), callReference(producing: type) { return }
        let candidates = (0..<plan.choosableTypeCount).filter { plan.types[$0].results.first == type }
        guard !candidates.isEmpty, indirectCall("call_indirect", choices.pick(candidates)) else {
            return plainOrLeaf(type)
        }
    }

    /// A call through a table; its results are reduced to the first. False if there is no table.
    private mutating func indirectCall(_ mnemonic: String, _ type: Int) -> Bool {
        let tables = plan.tables.indices.filter { plan.tables[$0].element == .funcref }
        guard !tables.isEmpty else { return false }
        let table = choices.pick(tables)
        values(plan.types[type].parameters)
        tableIndex(table, function: plan.functionTypes.indices.filter { plan.functionTypes[$0] == type })
        code.operation(mnemonic)
        code.u32(UInt32(type))
        code.u32(UInt32(table))
        if mnemonic == "call_indirect" { reduce(plan.types[type].results) }
        return true
    }

    /// A tail call of a function with the same results, or a return.
    private mutating func tailCall() {
        let types = (0..<plan.choosableTypeCount).filter { plan.types[$0].results == type.results }
        let functions = plan.functionTypes.indices.filter { types.contains(plan.functionTypes[$0]) }
        if features.contains(.tailCall), features.contains(.functionReferences), choices.chance(80), tailCallReference()
        {
            return
        }
        if features.contains(.tailCall), !functions.isEmpty, choices.chance(128) {
            let function = choices.pick(functions)
            values(plan.types[plan.functionTypes[function]].parameters)
            return variable("return_call", function)
        }
        if features.contains(.tailCall), !types.isEmpty, indirectCall("return_call_indirect", choices.pick(types)) {
            return
        }
        values(type.results)
        code.operation("return")
    }
}

// Functions between C and guest code: the guest's convention on one side, C's on the other.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmSpec
import WasmValidation

extension ModuleLowering {
    /// `_start` or `_initialize` as a C function, and the kind of entry.
    func entryThunk(_ instance: InstancePlan) throws(Diagnostic) -> (function: IRValue, kind: UInt32) {
        let name = "wasm.\(instance.number).entry"
        return switch instance.entry {
        case .command(let index):
            (try defineVoidThunk(name, instance.functions[index.position]).value, WASMC_ENTRY_COMMAND.rawValue)
        case .reactor(let index):
            (try defineVoidThunk(name, instance.functions[index.position]).value, WASMC_ENTRY_REACTOR.rawValue)
        case .none: (context.ptr.constNull(), WASMC_ENTRY_NONE.rawValue)
        }
    }

    /// `void f(void)` that calls guest functions without parameters and results: those of the instance's initialisation,
    /// then one of the program; all that behind what `prologue` builds.
    func defineVoidThunk(
        _ name: String, _ id: FunctionID?, after initialization: [IRFunction] = [], prologue: () -> Void = {}
    ) throws(Diagnostic) -> IRFunction {
        let thunk = ir.addFunction(name, context.functionType([], returning: context.void), linkage: .internal)
        makeThunk(thunk, calling: id)
        prologue()
        let signature = FunctionType(parameters: [], results: [])
        for function in initialization { _ = callGuest(signature, function.value, []) { builder.alloca($0) } }
        if let id { _ = try callAny(id, []) }
        builder.retVoid()
        return thunk
    }

    /// `void f(uint32_t thread_id, uint32_t argument)`, what a thread runs.
    func defineThreadStart(_ instance: InstancePlan, _ id: FunctionID) throws(Diagnostic) -> IRFunction {
        let thunk = ir.addFunction(
            "wasm.\(instance.number).thread",
            context.functionType([context.i32, context.i32], returning: context.void),
            linkage: .internal)
        makeThunk(thunk, calling: id)
        _ = try callAny(id, [thunk.parameter(0), thunk.parameter(1)])
        builder.retVoid()
        return thunk
    }

    /// `void f(const void **roots)`, which writes the addresses that symbols have in the calling thread.
    func defineThreadRoots(_ symbols: [IRValue]) -> IRFunction {
        let thunk = ir.addFunction(
            "wasm.roots", context.functionType([context.ptr], returning: context.void), linkage: .internal)
        makeThunk(thunk)
        for (position, symbol) in symbols.enumerated() {
            builder.store(symbol, builder.gep(thunk.parameter(0), offset: Int64(position * MemoryLayout<UInt>.size)))
        }
        builder.retVoid()
        return thunk
    }

    /// `const uint64_t *f(void)`, which says where the number of a table's elements lies in the calling thread.
    func defineLocalSize(_ table: TableID) -> IRFunction {
        let name = "wasm.\(table.instance).size.\(table.position)"
        if let known = ir.namedFunction(name) { return known }
        let thunk = ir.addFunction(name, context.functionType([], returning: context.ptr), linkage: .internal)
        makeThunk(thunk)
        builder.ret(context.constFieldAddress(storage.table(table), \wasmc_table.size))
        return thunk
    }

    /// An imported function with the guest's convention, for tables and references.
    func defineHostThunk(_ id: FunctionID) throws(Diagnostic) {
        let thunk = function(id)
        makeThunk(thunk)
        let host = try hostFunction(id)
        let signature = plan.signature(of: id)
        let arguments = signature.parameters.indices.map { guestParameter($0, of: thunk, signature) }
        let capabilities = storage.capabilities(of: id.instance)
        let result = builder.call(host, [capabilities] + arguments, tailCall: .noTail)
        guestReturn(signature.results.isEmpty ? [] : [result], from: thunk, signature)
    }

    /// Exports for `wasmc_export`: functions, and readers of globals.
    func exportRecords(_ instance: InstancePlan) throws(Diagnostic) -> [IRValue] {
        guard plan.options.includesInvoke else { return [] }
        var records: [IRValue] = []
        for export in instance.module.module.exports {
            switch export.description {
            case .function(let index):
                let id = instance.functions[index.position]
                let signature = Self.signatureText(plan.signature(of: id), plan.instances[id.instance])
                let thunk = try defineInvokeThunk(id)
                records.append(try exportRecord(instance, records.count, export.name, signature, thunk))
            case .global(let index):
                let type = FunctionType(parameters: [], results: [instance.module.globals[index.position].value])
                let reader = defineGlobalReader(instance, index)
                let signature = Self.signatureText(type, instance)
                records.append(try exportRecord(instance, records.count, export.name, signature, reader))
            case .table, .memory, .tag: continue
            }
        }
        return records
    }

    private func exportRecord(
        _ instance: InstancePlan, _ number: Int, _ name: String, _ signature: String, _ invoke: IRFunction
    ) throws(Diagnostic) -> IRValue {
        func bytes(_ suffix: String, _ text: String) -> IRValue {
            let value = context.constString(text)
            let symbol = "wasm.\(instance.number).export.\(number)\(suffix)"
            return ir.addGlobal(symbol, value.type, initializer: value, linkage: .internal, isConstant: true).value
        }
        return try types.structures.record(
            wasmc_export.self,
            [
                \.name: bytes("", name), \.name_bytes: context.constI64(UInt64(name.utf8.count)),
                \.signature: bytes(".type", signature), \.invoke: invoke.value,
            ])
    }

    /// Where the value at `position` lies among the slots of a call from C.
    private func slot(_ position: Int, of slots: IRValue) -> IRValue {
        let bytes = Int(WASMC_SLOTS_PER_VALUE) * MemoryLayout<UInt64>.size
        return builder.gep(slots, offset: Int64(bytes * position))
    }

    /// `void f(uint64_t *slots)` that reads a global.
    private func defineGlobalReader(_ instance: InstancePlan, _ index: GlobalIndex) -> IRFunction {
        let name = "wasm.\(instance.number).read.global.\(index)"
        if let known = ir.namedFunction(name) { return known }
        let thunk = ir.addFunction(
            name, context.functionType([context.ptr], returning: context.void), linkage: .internal)
        makeThunk(thunk)
        let type = instance.module.globals[index.position]
        storeSlot(value(of: index, type, instance), at: 0, of: thunk.parameter(0))
        builder.retVoid()
        return thunk
    }

    /// `void f(uint64_t *slots)` that reads the numbers among globals; references stay as they are.
    func defineGlobalsReader(_ globals: [(instance: InstancePlan, index: GlobalIndex)]) -> IRFunction {
        let thunk = ir.addFunction(
            "wasm.read.globals", context.functionType([context.ptr], returning: context.void), linkage: .internal)
        makeThunk(thunk)
        for (position, global) in globals.enumerated() {
            let type = global.instance.module.globals[global.index.position]
            if case .reference = type.value { continue }
            storeSlot(value(of: global.index, type, global.instance), at: position, of: thunk.parameter(0))
        }
        builder.retVoid()
        return thunk
    }

    private func value(of index: GlobalIndex, _ type: GlobalType, _ instance: InstancePlan) -> IRValue {
        let constant = instance.constants[index.position]
        guard type.isMutable || constant == .computed else { return self.constant(constant) }
        return builder.load(types.type(type.value), storage.global(instance.globals[index.position]))
    }

    private func storeSlot(_ value: IRValue, at position: Int, of slots: IRValue) {
        let slot = slot(position, of: slots)
        builder.store(types.i64x2.constNull(), slot, alignment: 8)
        builder.store(value, slot, alignment: 8)
    }

    /// `void f(uint64_t *slots)`: parameters and results in slots (abi.h).
    func defineInvokeThunk(_ id: FunctionID) throws(Diagnostic) -> IRFunction {
        let name = "wasm.\(id.instance).invoke.\(id.function)"
        if let known = ir.namedFunction(name) { return known }
        let signature = plan.signature(of: id)
        let thunk = ir.addFunction(
            name, context.functionType([context.ptr], returning: context.void), linkage: .internal)
        makeThunk(thunk, calling: id)
        let slots = thunk.parameter(0)
        var arguments: [IRValue] = []
        for (position, type) in signature.parameters.enumerated() {
            arguments.append(
                builder.load(types.type(type), slot(position, of: slots), alignment: 8))
        }
        for (position, value) in try callAny(id, arguments).enumerated() {
            storeSlot(value, at: position, of: slots)
        }
        builder.retVoid()
        return thunk
    }

    /// Begins a thunk; `callee` is the function of the program that it calls.
    ///
    /// Thunks lie with guest code, so that a backtrace gets past them, and have no line: they are no part of a module,
    /// but what is inlined in them is.
    private func makeThunk(_ thunk: IRFunction, calling callee: FunctionID? = nil) {
        addUnwinding(to: thunk, mayThrow: callee.map { plan.facts.throwing[$0] } ?? false)
        addTargetAttributes(to: thunk)
        thunk.addAttribute(context.attribute("no-realign-stack"))
        thunk.setSection(Self.textSection)
        builder.positionAtEnd(thunk.appendBlock("entry"))
        builder.debugLocation = nil
        // The source's unit has no place for them with `-g`: nothing is inlined there then.
        guard source == nil else {
            thunk.addAttribute(context.attribute(.noInline))
            thunk.addAttribute(context.attribute(.optNone))
            return
        }
        let subprogram = debugInfo.subprogram(
            thunk.name, linkageName: "", file: debugFile, line: 0, isOptimized: optimization != .none)
        thunk.setSubprogram(subprogram)
        builder.debugLocation = debugInfo.location(line: 0, column: 0, scope: subprogram)
    }

    /// A call of a defined or an imported function, from the entry block.
    private func callAny(_ id: FunctionID, _ arguments: [IRValue]) throws(Diagnostic) -> [IRValue] {
        let signature = plan.signature(of: id)
        if plan.definedPosition(id) != nil {
            return callGuest(signature, function(id).value, arguments) { builder.alloca($0) }
        }
        let result = builder.call(try hostFunction(id), [storage.capabilities(of: id.instance)] + arguments)
        return results(signature.results, of: result)
    }

    private static func letter(_ type: ReferenceType, _ instance: InstancePlan) -> String {
        switch type.heapType {
        case .abstract(.extern), .abstract(.noextern): "E"
        case .abstract, .concrete: instance.isTraced(type) ? "R" : "F"
        }
    }

    /// `il:f` for [i32 i64] -> [f32]; the types are those of a module.
    private static func signatureText(_ type: FunctionType, _ instance: InstancePlan) -> String {
        letters(type.parameters, instance) + ":" + letters(type.results, instance)
    }

    /// As in `wasmc_export`.
    static func letters(_ types: [ValueType], _ instance: InstancePlan) -> String {
        func letter(_ type: ValueType) -> String {
            switch type {
            case .i32: "i"
            case .i64: "l"
            case .f32: "f"
            case .f64: "d"
            case .v128: "v"
            case .reference(let reference): self.letter(reference, instance)
            }
        }
        return types.map(letter).joined()
    }
}

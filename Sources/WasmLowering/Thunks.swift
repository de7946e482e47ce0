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

    /// `void f(void)` that calls a guest function without parameters and results.
    func defineVoidThunk(_ name: String, _ id: FunctionID) throws(Diagnostic) -> IRFunction {
        let thunk = ir.addFunction(name, context.functionType([], returning: context.void), linkage: .internal)
        makeThunk(thunk)
        _ = try callAny(id, [])
        builder.retVoid()
        return thunk
    }

    /// An imported function with the guest's convention, for tables and references.
    func defineHostThunk(_ id: FunctionID) throws(Diagnostic) {
        let thunk = function(id)
        makeThunk(thunk)
        let host = try hostFunction(id)
        let result = builder.call(host, [contextSymbol(id.instance).value] + thunk.parameters)
        if plan.signature(of: id).results.isEmpty { builder.retVoid() } else { builder.ret(result) }
    }

    /// Exports for `wasmc_export`, functions only.
    func exportRecords(_ instance: InstancePlan) throws(Diagnostic) -> [IRValue] {
        guard plan.options.includesInvoke else { return [] }
        var records: [IRValue] = []
        for (name, index) in instance.exportedFunctions {
            let id = instance.functions[index.position]
            let symbol = "wasm.\(instance.number).export.\(records.count)"
            let nameBytes = context.constBytes(Array(name.utf8) + [0])
            let nameGlobal = ir.addGlobal(
                symbol, nameBytes.type, initializer: nameBytes, linkage: .internal,
                isConstant: true)
            let signature = context.constString(Self.signatureText(plan.signature(of: id)))
            let signatureGlobal = ir.addGlobal(
                symbol + ".type", signature.type, initializer: signature, linkage: .internal,
                isConstant: true)
            records.append(
                context.constStructure([
                    nameGlobal.value, context.constI64(UInt64(name.utf8.count)), signatureGlobal.value,
                    try defineInvokeThunk(id).value,
                ]))
        }
        return records
    }

    /// `void f(uint64_t *slots)`: parameters and results in slots of 16 bytes (abi.h).
    func defineInvokeThunk(_ id: FunctionID) throws(Diagnostic) -> IRFunction {
        let name = "wasm.\(id.instance).invoke.\(id.function)"
        if let known = ir.namedFunction(name) { return known }
        let signature = plan.signature(of: id)
        let thunk = ir.addFunction(
            name, context.functionType([context.ptr], returning: context.void), linkage: .internal)
        makeThunk(thunk)
        let slots = thunk.parameter(0)
        var arguments: [IRValue] = []
        for (position, type) in signature.parameters.enumerated() {
            arguments.append(
                builder.load(types.type(type), builder.gep(slots, offset: Int64(16 * position)), alignment: 8))
        }
        let result = try callAny(id, arguments)
        for (position, _) in signature.results.enumerated() {
            let value = signature.results.count == 1 ? result : builder.extractValue(result, position)
            let slot = builder.gep(slots, offset: Int64(16 * position))
            builder.store(types.i64x2.constNull(), slot, alignment: 8)
            builder.store(value, slot, alignment: 8)
        }
        builder.retVoid()
        return thunk
    }

    private func makeThunk(_ thunk: IRFunction) {
        thunk.addAttribute(context.attribute(.noUnwind))
        thunk.addAttribute(context.attribute("target-cpu", plan.options.targetCPU))
        builder.positionAtEnd(thunk.appendBlock("entry"))
        builder.debugLocation = nil
    }

    /// A call of a defined or an imported function.
    private func callAny(_ id: FunctionID, _ arguments: [IRValue]) throws(Diagnostic) -> IRValue {
        if plan.definedPosition(id) != nil { return builder.call(function(id), arguments) }
        return builder.call(try hostFunction(id), [contextSymbol(id.instance).value] + arguments)
    }

    /// `il:f` for [i32 i64] -> [f32].
    private static func signatureText(_ type: FunctionType) -> String {
        func letter(_ type: ValueType) -> String {
            switch type {
            case .i32: "i"
            case .i64: "l"
            case .f32: "f"
            case .f64: "d"
            case .v128: "v"
            case .reference(let reference): reference.heapType == .abstract(.extern) ? "E" : "F"
            }
        }
        return type.parameters.map(letter).joined() + ":" + type.results.map(letter).joined()
    }
}

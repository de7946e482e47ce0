// Programs of `wasmc diff` record what they do with the host: `runtime-c/include/wasmc/record.h`.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmHostTable
import WasmSpec

extension ModuleLowering {
    /// A function that takes the place of a host function, and records its arguments and its result.
    ///
    /// It is called as the host function is, and is never inlined: code of guests is that of other programs, but for the
    /// name of what it calls.
    func recordedHostFunction(_ id: FunctionID, _ host: HostFunction, _ function: IRFunction) -> IRFunction {
        let name = "wasm.\(id.instance).record.\(host.number)"
        if let known = ir.namedFunction(name) { return known }
        let recording = ir.addFunction(name, types.hostFunctionType(host.type), linkage: .internal)
        addUnwinding(to: recording)
        addTargetAttributes(to: recording)
        recording.addAttribute(context.attribute(.noInline))
        let block = builder.insertBlock
        builder.positionAtEnd(recording.appendBlock("entry"))
        let arguments = Array(recording.parameters.dropFirst())
        let slots = builder.alloca(context.array(of: context.i64, count: UInt64(max(arguments.count, 1))))
        for (position, argument) in arguments.enumerated() {
            let slot = builder.gep(slots, offset: Int64(position * MemoryLayout<UInt64>.size))
            builder.store(builder.zextOrTrunc(argument, context.i64), slot)
        }
        builder.call(
            builtin(.wasmc_record_call),
            [
                context.constI32(UInt32(id.instance)), context.constI32(host.number), slots,
                context.constI32(UInt32(arguments.count)),
            ])
        let result = builder.call(function, recording.parameters)
        let hasResult = !host.type.results.isEmpty
        builder.call(
            builtin(.wasmc_record_return),
            [hasResult ? builder.zextOrTrunc(result, context.i64) : context.constI64(0)])
        if hasResult { builder.ret(result) } else { builder.retVoid() }
        if let block { builder.positionAtEnd(block) }
        return recording
    }

    /// The mutable globals that hold numbers, for the runtime, which then finds them up to date at each call of it.
    func defineRecordedGlobals() throws(Diagnostic) {
        var records: [IRValue] = []
        for instance in plan.instances {
            for (position, global) in instance.module.module.globals.enumerated() {
                let type = global.type
                guard type.isMutable, let bytes = type.value.numberBytes else { continue }
                let id = GlobalID(instance: instance.number, position: position)
                records.append(
                    try recordedGlobal(storage.global(id), instance: instance.number, number: position, bytes: bytes))
            }
        }
        records.append(try recordedGlobal(context.ptr.constNull(), instance: 0, number: 0, bytes: 0))
        let list = records[0].type.constArray(records)
        ir.addGlobal("wasmc_recorded_globals", list.type, initializer: list, isConstant: true).setVisibility(.hidden)
    }

    private func recordedGlobal(
        _ address: IRValue, instance: Int, number: Int, bytes: UInt64
    ) throws(Diagnostic) -> IRValue {
        try types.structures.record(
            wasmc_recorded_global.self,
            [
                \.address: address, \.instance: context.constI32(UInt32(instance)),
                \.number: context.constI32(UInt32(number)), \.bytes: context.constI64(bytes),
            ])
    }
}

extension ValueType {
    /// The size of a number or a vector; nil of a reference.
    fileprivate var numberBytes: UInt64? {
        switch self {
        case .i32, .f32: 4
        case .i64, .f64: 8
        case .v128: 16
        case .reference: nil
        }
    }
}

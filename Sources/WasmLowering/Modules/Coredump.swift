// What programs of `--coredump` say of themselves: `runtime-c/include/wasmc/coredump.h`.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmSpec

extension ModuleLowering {
    /// Memories and globals of the program, and what of them each instance has.
    func defineCoredump() throws(Diagnostic) {
        var memories: [IRValue] = []
        var globals: [IRValue] = []
        var instances: [IRValue] = []
        var memoryNumbers: [MemoryID: UInt32] = [:]
        var globalNumbers: [GlobalID: UInt32] = [:]
        var values: [(instance: InstancePlan, index: GlobalIndex)] = []
        for instance in plan.instances {
            for (position, type) in instance.ownMemories.enumerated() {
                let id = MemoryID(instance: instance.number, position: position)
                memoryNumbers[id] = UInt32(memories.count)
                memories.append(try coredumpMemory(id, type))
            }
            for (position, global) in instance.module.module.globals.enumerated() {
                globalNumbers[GlobalID(instance: instance.number, position: position)] = UInt32(globals.count)
                values.append((instance, GlobalIndex(instance.module.importedGlobalCount + position)))
                globals.append(try coredumpGlobal(global.type, instance))
            }
            instances.append(
                try coredumpInstance(
                    instance, memories: instance.memories.map { memoryNumbers[$0] ?? 0 },
                    globals: instance.globals.map { globalNumbers[$0] ?? 0 }))
        }
        let slotType = context.array(of: context.i64, count: UInt64(max(globals.count, 1) * Int(WASMC_SLOTS_PER_VALUE)))
        let slots = ir.addGlobal("wasm.coredump.slots", slotType, initializer: slotType.constNull(), linkage: .internal)
        let program = try types.structures.record(
            wasmc_coredump_program.self,
            [
                \.instances: arrayConstant("coredump.instances", instances),
                \.instance_count: context.constI32(UInt32(instances.count)),
                \.memories: arrayConstant("coredump.memories", memories),
                \.memory_count: context.constI32(UInt32(memories.count)),
                \.globals: arrayConstant("coredump.globals", globals),
                \.global_count: context.constI32(UInt32(globals.count)),
                \.slots: slots.value, \.read_globals: defineGlobalsReader(values).value,
                \.reserved: context.constI32(0),
            ])
        ir.addGlobal("wasmc_coredump_program", program.type, initializer: program, isConstant: true)
            .setVisibility(.hidden)
    }

    private func coredumpMemory(_ id: MemoryID, _ type: MemoryType) throws(Diagnostic) -> IRValue {
        try types.structures.record(
            wasmc_coredump_memory.self,
            [
                \.memory: storage.memory(id), \.max_pages: context.constI64(type.limits.maximum ?? 0),
                \.has_max: context.constI32(type.limits.maximum == nil ? 0 : 1), \.reserved: context.constI32(0),
            ])
    }

    private func coredumpGlobal(_ type: GlobalType, _ instance: InstancePlan) throws(Diagnostic) -> IRValue {
        try types.structures.record(
            wasmc_coredump_global.self,
            [
                \.type: context.constI8(Self.coredumpType(type.value, instance)),
                \.is_mutable: context.constI8(type.isMutable ? 1 : 0),
            ])
    }

    private static func coredumpType(_ type: ValueType, _ instance: InstancePlan) -> UInt8 {
        switch type {
        case .i32: 0x7F
        case .i64: 0x7E
        case .f32: 0x7D
        case .f64: 0x7C
        case .v128: 0x7B
        case .reference(let reference):
            switch reference.heapType {
            case .abstract(.extern), .abstract(.noextern): 0x6F
            case .abstract(.exn), .abstract(.noexn): 0x69
            case .abstract, .concrete: instance.isTraced(reference) ? 0x6E : 0x70
            }
        }
    }

    private func coredumpInstance(
        _ instance: InstancePlan, memories: [UInt32], globals: [UInt32]
    ) throws(Diagnostic) -> IRValue {
        let name = "\(instance.number).coredump"
        let locals = (0..<instance.module.importedFunctionCount + instance.module.module.functions.count).map {
            UInt32(instance.module.localTypes(of: FunctionIndex($0)).count)
        }
        return try types.structures.record(
            wasmc_coredump_instance.self,
            [
                \.name: bytesConstant("\(name).name", Array(instance.name.utf8.filter { $0 != 0 }) + [0]),
                \.memories: arrayConstant("\(name).memories", memories.map { context.constI32($0) }),
                \.memory_count: context.constI32(UInt32(memories.count)),
                \.globals: arrayConstant("\(name).globals", globals.map { context.constI32($0) }),
                \.global_count: context.constI32(UInt32(globals.count)),
                \.local_counts: arrayConstant("\(name).locals", locals.map { context.constI32($0) }),
                \.func_count: context.constI32(UInt32(locals.count)), \.reserved: context.constI32(0),
            ])
    }
}

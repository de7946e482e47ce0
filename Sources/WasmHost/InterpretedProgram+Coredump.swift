// Core dumps of interpreted programs: what `runtime-c/include/wasmc/coredump.h` says of compiled ones.

import CWasmcABI
import CWasmcRuntime
import WasmInterpreter
import WasmSpec
import WasmValidation

extension InterpretedProgram {
    /// What is to be done at a trap besides its message, and behind that.
    func end(after error: ExecutionError, _ store: Store?, _ host: HostModule?) {
        guard error.isTrap, let limits = host?.limits else { return }
        if limits.saves_coredump, let store {
            // Also those whose instantiation has trapped.
            writeCoredump((0..<store.instanceCount).compactMap { store.instance(at: $0) }, store)
        }
        if limits.aborts { wasmc_host_abort() }
    }

    /// Writes memories and globals of instances, and the calls, into the file of `--coredump`, if there is one.
    private func writeCoredump(_ instances: [ModuleInstance], _ store: Store) {
        var contents = CoredumpContents()
        for instance in instances { contents.add(instance) }
        var types: [CoredumpFunction: [UInt8]] = [:]
        var frames: [wasmc_coredump_frame] = []
        var locals: [wasmc_coredump_value] = []
        for (place, values) in zip(store.calls, store.callLocals) {
            let function = CoredumpFunction(instance: place.instance, index: place.function)
            let known = types[function] ?? localTypes(of: function)
            types[function] = known
            frames.append(coredumpFrame(place, localCount: known.count))
            locals += zip(known, values).map { wasmc_coredump_value(bits: $1, type: $0) }
        }
        contents.write(names: modules.map(\.name), frames: frames, locals: locals)
    }

    private struct CoredumpFunction: Hashable {
        var instance: Int
        var index: UInt32
    }

    /// Of each local, as in the binary format; what is no number is written as missing.
    private func localTypes(of function: CoredumpFunction) -> [UInt8] {
        modules[function.instance].module.localTypes(of: FunctionIndex(rawValue: function.index)).map {
            CoredumpContents.type(of: $0) { 0 }
        }
    }

    private func coredumpFrame(_ place: CodePlace, localCount: Int) -> wasmc_coredump_frame {
        let module = modules[place.instance].module
        let position = Int(place.function) - module.importedFunctionCount
        let functions = module.module.functions
        let start = functions.indices.contains(position) ? functions[position].offset : place.offset
        return wasmc_coredump_frame(
            instance: UInt32(place.instance), func: place.function, code_offset: UInt32(clamping: place.offset - start),
            local_count: UInt32(localCount), locals: nil)
    }
}

extension ExecutionError {
    /// Whether the program ends with the status of a trap.
    var isTrap: Bool {
        switch self {
        case .trap, .exception, .host(HostEnd.trap): true
        case .diagnostic, .outOfFuel, .host: false
        }
    }
}

/// The memories and globals of a program, in the order in which instances have them, each once.
private struct CoredumpContents {
    private var memories: [(record: wasmc_memory, type: MemoryType)] = []
    private var globals: [wasmc_coredump_global] = []
    private var slots: [UInt64] = []
    private var memoryNumbers: [ObjectIdentifier: UInt32] = [:]
    private var globalNumbers: [ObjectIdentifier: UInt32] = [:]
    private var instances: [(memories: [UInt32], globals: [UInt32])] = []

    mutating func add(_ instance: ModuleInstance) {
        for (memory, type) in zip(instance.memories, instance.module.memories)
        where memoryNumbers[ObjectIdentifier(memory)] == nil {
            memoryNumbers[ObjectIdentifier(memory)] = UInt32(memories.count)
            memories.append((Self.record(memory, type), type))
        }
        for global in instance.globals where globalNumbers[ObjectIdentifier(global)] == nil {
            globalNumbers[ObjectIdentifier(global)] = UInt32(globals.count)
            globals.append(
                wasmc_coredump_global(type: Self.type(of: global), is_mutable: global.type.isMutable ? 1 : 0))
            var value: [UInt64] = [0, 0]
            value.withUnsafeMutableBufferPointer { slots in
                if let first = slots.baseAddress { ValueSlots.write(global.value, to: first) }
            }
            slots += value
        }
        instances.append(
            (
                instance.memories.map { memoryNumbers[ObjectIdentifier($0)] ?? 0 },
                instance.globals.map { globalNumbers[ObjectIdentifier($0)] ?? 0 }
            ))
    }

    private static func record(_ memory: MemoryInstance, _ type: MemoryType) -> wasmc_memory {
        let bytes = memory.bytes
        var record = wasmc_memory()
        record.base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        record.size_bytes = UInt64(bytes.count)
        record.size_pages = UInt64(bytes.count) >> UInt64(type.pageSizeLog2)
        record.page_log2 = type.pageSizeLog2
        record.flags =
            (type.addressType == .i64 ? WASMC_MEMORY_IS64.rawValue : 0)
            | (type.isShared ? WASMC_MEMORY_SHARED.rawValue : 0)
        return record
    }

    /// A type's byte in the binary format; a reference's is what the caller says.
    fileprivate static func type(of type: ValueType, reference: () -> UInt8) -> UInt8 {
        switch type {
        case .i32: 0x7F
        case .i64: 0x7E
        case .f32: 0x7D
        case .f64: 0x7C
        case .v128: 0x7B
        case .reference: reference()
        }
    }

    private static func type(of global: GlobalInstance) -> UInt8 {
        type(of: global.type.value) { global.hierarchy.rawValue }
    }

    /// - Parameter locals: of all frames, one behind the other.
    func write(names: [String], frames: [wasmc_coredump_frame], locals: [wasmc_coredump_value]) {
        let names = CStrings(names.map { String(decoding: $0.utf8.filter { $0 != 0 }, as: UTF8.self) })
        // C has pointers to what lies in arrays here.
        let memoryIndices = Array(instances.map(\.memories).joined())
        let globalIndices = Array(instances.map(\.globals).joined())
        let records = memories.map(\.record)
        var slots = slots
        withExtendedLifetime(names) {
            memoryIndices.withUnsafeBufferPointer { memoryIndices in
                globalIndices.withUnsafeBufferPointer { globalIndices in
                    records.withUnsafeBufferPointer { records in
                        globals.withUnsafeBufferPointer { globals in
                            slots.withUnsafeMutableBufferPointer { slots in
                                write(
                                    instanceRecords(names, memoryIndices, globalIndices), memoryRecords(records),
                                    globals, slots, frames, locals)
                            }
                        }
                    }
                }
            }
        }
    }

    private func instanceRecords(
        _ names: CStrings, _ memoryIndices: UnsafeBufferPointer<UInt32>, _ globalIndices: UnsafeBufferPointer<UInt32>
    ) -> [wasmc_coredump_instance] {
        var (memory, global) = (0, 0)
        return instances.enumerated().map { number, instance in
            defer {
                memory += instance.memories.count
                global += instance.globals.count
            }
            return wasmc_coredump_instance(
                name: names.pointers[number], memories: memoryIndices.baseAddress.map { $0 + memory },
                globals: globalIndices.baseAddress.map { $0 + global }, local_counts: nil,
                memory_count: UInt32(instance.memories.count), global_count: UInt32(instance.globals.count),
                func_count: 0, reserved: 0)
        }
    }

    private func memoryRecords(_ records: UnsafeBufferPointer<wasmc_memory>) -> [wasmc_coredump_memory] {
        memories.enumerated().map { number, memory in
            let maximum = memory.type.limits.maximum
            return wasmc_coredump_memory(
                memory: records.baseAddress.map { $0 + number }, max_pages: maximum ?? 0,
                has_max: maximum == nil ? 0 : 1, reserved: 0)
        }
    }

    private func write(
        _ instances: [wasmc_coredump_instance], _ memories: [wasmc_coredump_memory],
        _ globals: UnsafeBufferPointer<wasmc_coredump_global>, _ slots: UnsafeMutableBufferPointer<UInt64>,
        _ frames: [wasmc_coredump_frame], _ locals: [wasmc_coredump_value]
    ) {
        instances.withUnsafeBufferPointer { instances in
            memories.withUnsafeBufferPointer { memories in
                locals.withUnsafeBufferPointer { locals in
                    var program = wasmc_coredump_program(
                        instances: instances.baseAddress, memories: memories.baseAddress, globals: globals.baseAddress,
                        slots: slots.baseAddress, read_globals: nil, instance_count: UInt32(instances.count),
                        memory_count: UInt32(memories.count), global_count: UInt32(globals.count), reserved: 0)
                    wasmc_host_write_coredump(&program, Self.withLocals(frames, locals), frames.count)
                }
            }
        }
    }

    /// The frames, with pointers to their locals.
    private static func withLocals(
        _ frames: [wasmc_coredump_frame], _ locals: UnsafeBufferPointer<wasmc_coredump_value>
    ) -> [wasmc_coredump_frame] {
        var first = 0
        return frames.map { frame in
            defer { first += Int(frame.local_count) }
            var frame = frame
            frame.locals = locals.baseAddress.map { $0 + first }
            return frame
        }
    }
}

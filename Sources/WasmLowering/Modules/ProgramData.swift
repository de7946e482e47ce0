// The program's data: what abi.h describes, as LLVM constants. One object file holds it; a small program
// has it in the module of its functions.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmBinary
import WasmSpec
import WasmValidation

extension ModuleLowering {
    /// Defines everything that partitions and the runtime refer to.
    func defineProgram() throws(Diagnostic) {
        var records: [IRValue] = []
        for instance in plan.instances {
            defineGlobals(instance)
            defineTables(instance)
            try defineElementInstances(instance)
            defineDataInstances(instance)
            try defineFunctionReferences(instance)
            records.append(try instanceRecord(instance))
        }
        defineProgramRecord(records)
        defineNote()
    }

    // MARK: Globals, tables, segments

    private func defineGlobals(_ instance: InstancePlan) {
        for (position, global) in instance.module.module.globals.enumerated() where global.type.isMutable {
            let value = instance.constants[instance.module.importedGlobalCount + position]
            let id = GlobalID(instance: instance.number, position: position)
            define(globalSymbol(id), constant(value), isConstant: false)
        }
    }

    /// A reference as a constant; nil is null.
    private func reference(_ function: FunctionID?) -> IRValue {
        function.map { functionReferenceSymbol($0).value } ?? context.ptr.constNull()
    }

    private func defineTables(_ instance: InstancePlan) {
        for (position, image) in plan.tables[instance.number].enumerated() {
            let id = TableID(instance: instance.number, position: position)
            guard image.isImmutable else {
                defineMutableTable(id, image)
                continue
            }
            let entries = image.elements.map { element -> IRValue in
                guard let element else { return types.constantTableEntry.constNull() }
                return context.constStructure([function(element).value, context.constI64(UInt64(typeID(element)))])
            }
            define(tableSymbol(id), types.constantTableEntry.constArray(entries), isConstant: true)
            if plan.facts.readTables.contains(id) {
                let references = image.elements.map(reference)
                define(tableReferencesSymbol(id), context.ptr.constArray(references), isConstant: true)
            }
        }
    }

    /// The canonical type of a function.
    private func typeID(_ function: FunctionID) -> UInt32 {
        let instance = plan.instances[function.instance]
        return instance.typeID(instance.module.functionTypes[function.function.position])
    }

    private func defineMutableTable(_ id: TableID, _ image: TableImage) {
        let count = UInt64(image.size)
        let type = context.array(of: context.ptr, count: count)
        let elements = ir.addGlobal(
            "wasm.\(id.instance).table.\(id.position).elements", type,
            initializer: image.isWrittenAtStart
                ? type.constNull() : context.ptr.constArray(image.elements.map(reference)), linkage: .internal)
        let limit = image.type.limits.maximum ?? (image.type.addressType == .i32 ? 0xFFFF_FFFF : UInt64.max)
        define(
            tableSymbol(id),
            context.constStructure([
                elements.value, context.constI64(count), context.constI64(limit), context.constI64(count),
                context.constI64(UInt64(id.instance)),
            ]), isConstant: false)
    }

    private func defineElementInstances(_ instance: InstancePlan) throws(Diagnostic) {
        for (index, segment) in instance.module.module.elementSegments.enumerated() {
            var references: [IRValue] = []
            // Active and declarative segments are dropped by instantiation.
            if case .passive = segment.mode {
                references = try TableImage.elements(of: segment, instance).map(reference)
            }
            let elements = ir.addGlobal(
                "wasm.\(instance.number).elem.\(index).elements",
                context.array(of: context.ptr, count: UInt64(references.count)),
                initializer: context.ptr.constArray(references), linkage: .internal, isConstant: true)
            define(
                elementSymbol(instance.number, ElementIndex(index)),
                context.constStructure([elements.value, context.constI64(UInt64(references.count))]), isConstant: false)
        }
    }

    private func segmentBytes(_ instance: InstancePlan, _ index: Int) -> IRGlobal {
        let name = "wasm.\(instance.number).data.\(index).bytes"
        if let known = ir.namedGlobal(name) { return known }
        let module = instance.module.module
        let bytes = module.source.bytes[module.dataSegments[index].contents].withUnsafeBytes { context.constBytes($0) }
        return ir.addGlobal(name, bytes.type, initializer: bytes, linkage: .internal, isConstant: true)
    }

    private func defineDataInstances(_ instance: InstancePlan) {
        for (index, segment) in instance.module.module.dataSegments.enumerated() {
            var bytes = context.ptr.constNull()
            var size: UInt64 = 0
            // Active segments are dropped by instantiation.
            if case .passive = segment.mode {
                bytes = segmentBytes(instance, index).value
                size = UInt64(segment.contents.count)
            }
            define(
                dataInstanceSymbol(instance.number, DataIndex(index)),
                context.constStructure([bytes, context.constI64(size)]), isConstant: false)
        }
    }

    private func defineFunctionReferences(_ instance: InstancePlan) throws(Diagnostic) {
        for (position, isReferenced) in plan.facts.isReferenced[instance.number].enumerated() where isReferenced {
            let id = FunctionID(instance: instance.number, function: FunctionIndex(position))
            if plan.definedPosition(id) == nil { try defineHostThunk(id) }
            let thunk = plan.options.includesInvoke ? try defineInvokeThunk(id).value : context.ptr.constNull()
            define(
                functionReferenceSymbol(id),
                context.constStructure([
                    context.constI32(typeID(id)), context.constI32(UInt32(position)), function(id).value, thunk,
                ]), isConstant: true)
        }
    }

    // MARK: Instance and program

    private func instanceRecord(_ instance: InstancePlan) throws(Diagnostic) -> IRValue {
        let number = instance.number
        let module = instance.module.module
        let capabilities = contextSymbol(number)
        define(capabilities, capabilities.valueType.constNull(), isConstant: false)
        capabilities.setAlignment(Int(WASMC_CTX_ALIGN))
        let memories = memoriesSymbol(number)
        define(memories, memories.valueType.constNull(), isConstant: false)

        let sizeChecks = sizeCheckRecords(instance)
        let elementSegments = try segmentsWrittenAtStart(instance)
        let dataSegments = try activeDataSegments(instance)
        let exports = try exportRecords(instance)
        let (functionInfos, names) = functionInfoRecords(instance)
        let traps = try TableImage.instantiationTraps(instance, plan.tables[number])
        let (entry, kind) = try entryThunk(instance)
        var start = context.ptr.constNull()
        if let function = module.start?.function {
            start = try defineVoidThunk("wasm.\(number).start", instance.functions[function.position]).value
        }
        return context.constStructure([
            bytesConstant("\(number).module_name", Array(instance.name.utf8.filter { $0 != 0 }) + [0]),
            capabilities.value,
            memories.value,
            arrayConstant("\(number).memory_descs", memoryDescriptions(instance)),
            wasiMemory(instance),
            arrayConstant("\(number).size_checks", sizeChecks),
            arrayConstant("\(number).elem_segments", elementSegments),
            arrayConstant("\(number).data_segments", dataSegments),
            arrayConstant("\(number).exports", exports),
            arrayConstant("\(number).func_infos", functionInfos),
            bytesConstant("\(number).func_names", names),
            start,
            entry,
            context.constI64(plan.tables[number].reduce(0) { $0 + UInt64($1.size) }),
            context.constI32(UInt32(module.memories.count)),
            context.constI32(UInt32(sizeChecks.count)),
            context.constI32(UInt32(elementSegments.count)),
            context.constI32(UInt32(dataSegments.count)),
            context.constI32(UInt32(exports.count)),
            context.constI32(UInt32(functionInfos.count)),
            context.constI32(kind),
            context.constI32(traps ? TrapCode.outOfBoundsTable.code : 0),
        ])
    }

    private func defineProgramRecord(_ instances: [IRValue]) {
        let program = context.constStructure([
            context.constI32(UInt32(WASMC_ABI_VERSION)), context.constI32(UInt32(instances.count)),
            arrayConstant("instances", instances), bytesConstant("grants", grantWords()),
            context.constI64(plan.options.stackBytes),
            context.constI32(programFlags()), context.constI32(cpuLevel()),
        ])
        let global = ir.addGlobal("wasmc_program", program.type, initializer: program, isConstant: true)
        global.setVisibility(.hidden)
    }

    private func programFlags() -> UInt32 {
        (plan.options.includesInvoke ? WASMC_PROGRAM_INVOKE.rawValue : 0)
            | (plan.options.isCeiling ? WASMC_PROGRAM_CEILING.rawValue : 0)
    }

    private func grantWords() -> [UInt8] {
        var bytes: [UInt8] = []
        for word in plan.options.grants { bytes += HostText.bytes(word).filter { $0 != 0 } + [0] }
        return bytes + [0]
    }

    private func cpuLevel() -> UInt32 {
        switch plan.options.targetCPU {
        case "x86-64-v2": WASMC_CPU_X86_64_V2.rawValue
        case "x86-64-v3": WASMC_CPU_X86_64_V3.rawValue
        case "x86-64-v4": WASMC_CPU_X86_64_V4.rawValue
        case "x86-64", "generic", "": WASMC_CPU_BASELINE.rawValue
        default: WASMC_CPU_NATIVE.rawValue
        }
    }

    /// The memory that preview1 calls work on: the one exported as "memory".
    private func wasiMemory(_ instance: InstancePlan) -> IRValue {
        guard case .memory(let index) = instance.export("memory") else { return context.ptr.constNull() }
        return memoryStructure(instance.memories[index.position])
    }

    private func sizeCheckRecords(_ instance: InstancePlan) -> [IRValue] {
        instance.sizeChecks.enumerated().map { index, check in
            let actual =
                switch check.object {
                case .memory(let id): context.constPointer(memoryStructure(id), offset: 16)
                case .table(let id): tableSize(id)
                }
            let name = "\(check.entry.module) \(check.entry.name)".utf8.filter { $0 != 0 }
            return context.constStructure([
                actual, context.constI64(check.minimum),
                bytesConstant("\(instance.number).import.\(index)", name + [0]),
            ])
        }
    }

    /// Where the number of a table's elements lies. One that nothing changes has no structure that holds it.
    private func tableSize(_ id: TableID) -> IRValue {
        let image = plan.image(of: id)
        guard image.isImmutable else { return context.constPointer(tableSymbol(id).value, offset: 8) }
        return arrayConstant(
            "\(id.instance).table.\(id.position).size", [context.constI64(UInt64(image.size))])
    }

    /// Active element segments that the runtime writes into tables: those of other instances, and those without an
    /// image.
    private func segmentsWrittenAtStart(_ instance: InstancePlan) throws(Diagnostic) -> [IRValue] {
        var records: [IRValue] = []
        for (index, segment) in instance.module.module.elementSegments.enumerated() {
            guard case .active(let table, let offset) = segment.mode else { continue }
            let id = instance.tables[table.position]
            guard table.position < instance.module.importedTableCount || plan.image(of: id).isWrittenAtStart else {
                continue
            }
            let references = try TableImage.elements(of: segment, instance).map(reference)
            records.append(
                context.constStructure([
                    tableSymbol(id).value,
                    context.constI64(address(try instance.evaluate(offset))),
                    arrayConstant("\(instance.number).elem.\(index).active", references),
                    context.constI64(UInt64(references.count)),
                ]))
        }
        return records
    }

    /// The value of an offset expression.
    private func address(_ value: ConstantValue) -> UInt64 {
        switch value {
        case .i32(let value): UInt64(value)
        case .i64(let value): value
        case .f32, .f64, .v128, .nullReference, .function: 0
        }
    }

    private func memoryDescriptions(_ instance: InstancePlan) -> [IRValue] {
        instance.module.module.memories.enumerated().map { position, memory in
            let type = memory.type
            let id = MemoryID(instance: instance.number, position: position)
            let isGuarded = plan.usesGuardPages(type)
            let largest: UInt64 = type.addressType == .i32 ? 1 << (32 - UInt64(type.pageSizeLog2)) : 1 << 48
            var flags: UInt32 = 0
            if type.addressType == .i64 { flags |= WASMC_MEMORY_IS64.rawValue }
            if type.isShared { flags |= WASMC_MEMORY_SHARED.rawValue }
            if !isGuarded { flags |= WASMC_MEMORY_EXPLICIT.rawValue }
            return context.constStructure([
                context.constI64(type.limits.minimum), context.constI64(min(type.limits.maximum ?? largest, largest)),
                context.constI64(plan.memoryBase(id)),
                context.constI64(isGuarded ? WASMC_MEMORY32_GUARD_BYTES : 0), context.constI32(type.pageSizeLog2),
                context.constI32(flags),
            ])
        }
    }

    private func activeDataSegments(_ instance: InstancePlan) throws(Diagnostic) -> [IRValue] {
        var records: [IRValue] = []
        for (index, segment) in instance.module.module.dataSegments.enumerated() {
            guard case .active(let memory, let offset) = segment.mode else { continue }
            records.append(
                context.constStructure([
                    context.constI64(address(try instance.evaluate(offset))),
                    context.constI64(UInt64(segment.contents.count)),
                    segmentBytes(instance, index).value,
                    memoryStructure(instance.memories[memory.position]),
                ]))
        }
        return records
    }

    /// Where each reachable function lies in the module, and its name, for trap messages.
    private func functionInfoRecords(_ instance: InstancePlan) -> (records: [IRValue], names: [UInt8]) {
        let module = instance.module
        let functionNames = NameSection(module.module).functions
        var names: [UInt8] = [0]
        var records: [IRValue] = []
        for (position, definition) in module.module.functions.enumerated() {
            let index = position + module.importedFunctionCount
            guard plan.facts.isReachable[instance.number][index] else { continue }
            var nameOffset: UInt32 = 0
            if let name = functionNames[FunctionIndex(index)], !name.isEmpty {
                nameOffset = UInt32(names.count)
                names += Array(name.utf8.filter { $0 != 0 }) + [0]
            }
            records.append(
                context.constStructure([
                    context.constI32(UInt32(definition.offset)), context.constI32(UInt32(index)),
                    context.constI32(nameOffset),
                ]))
        }
        return (records, names)
    }

    // MARK: Pieces

    private func bytesConstant(_ name: String, _ bytes: [UInt8]) -> IRValue {
        let value = context.constBytes(bytes)
        return ir.addGlobal("wasm.\(name)", value.type, initializer: value, linkage: .internal, isConstant: true).value
    }

    private func arrayConstant(_ name: String, _ elements: [IRValue]) -> IRValue {
        guard let first = elements.first else { return context.ptr.constNull() }
        let value = first.type.constArray(elements)
        return ir.addGlobal("wasm.\(name)", value.type, initializer: value, linkage: .internal, isConstant: true).value
    }

    /// What the program was granted and imports, readable without running it.
    private func defineNote() {
        guard !plan.options.note.isEmpty else { return }
        let value = context.constBytes(plan.options.note)
        let note = ir.addGlobal("wasm.note", value.type, initializer: value, linkage: .internal, isConstant: true)
        note.setSection(".note.wasmc")
        note.setAlignment(4)
        ir.addUsed([note.value])
    }
}

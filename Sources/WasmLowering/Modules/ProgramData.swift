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
        if plan.options.debugInfo, source == nil { addPlainUnit() }
        defineExceptions()
        for instance in plan.instances {
            defineGlobals(instance)
            try defineTags(instance)
            try defineTables(instance)
            try defineElementInstances(instance)
            try defineDataInstances(instance)
            if !plan.hasHeap { try defineFunctionReferences(instance) }
            records.append(try instanceRecord(instance))
        }
        if plan.hasHeap { try defineHeap() }
        try defineProgramRecord(records)
        if plan.options.recordsHostCalls { try defineRecordedGlobals() }
        if plan.options.savesCoredump { try defineCoredump() }
        try defineThreadStarts()
        defineNote()
    }

    // MARK: Globals, tables, segments

    private func defineGlobals(_ instance: InstancePlan) {
        for (position, global) in instance.module.module.globals.enumerated() {
            let value = instance.constants[instance.module.importedGlobalCount + position]
            guard global.type.isMutable || value == .computed else { continue }
            let id = GlobalID(instance: instance.number, position: position)
            define(storage.globalSymbol(id), constant(value), isConstant: false)
        }
    }

    // MARK: Exceptions

    private func defineExceptions() {
        if plan.exceptionSlots != nil {
            let exception = storage.exceptionSymbol
            define(exception, exception.valueType.constNull(), isConstant: false)
            exception.setAlignment(MemoryLayout<UInt64>.alignment)
        }
        if plan.passesInRegistersOnly {
            let area = storage.parameterAreaSymbol
            define(area, area.valueType.constNull(), isConstant: false)
        }
    }

    private func defineTags(_ instance: InstancePlan) throws(Diagnostic) {
        guard plan.exceptionSlots != nil else { return }
        let module = instance.module.module
        let names = TagNames(module)
        let imported = instance.module.importedTagCount
        for (position, tag) in module.tags.enumerated() {
            let id = TagID(instance: instance.number, position: position)
            let name = Array(names.name(of: TagIndex(imported + position)).utf8.filter { $0 != 0 }) + [0]
            let letters = Self.letters(instance.module.functionType(tag.type).parameters, instance)
            if letters.contains(where: "fdv".contains) { ir.appendInlineAsm(".globl \(WASMC_NUMBER_PRINTER)") }
            define(
                tagSymbol(id),
                try types.structures.record(
                    wasmc_tag.self,
                    [
                        \.name: bytesConstant("\(instance.number).tag.\(position).name", name),
                        \.signature: bytesConstant(
                            "\(instance.number).tag.\(position).type", Array(letters.utf8) + [0]),
                        \.number: context.constI32(UInt32(plan.number(of: id))), \.reserved: context.constI32(0),
                    ]), isConstant: true)
        }
    }

    // MARK: References

    /// A reference as a constant; nil is null.
    func reference(_ function: FunctionID?) -> IRValue {
        function.map { reference(to: $0) } ?? types.reference.constNull()
    }

    private func constantTableEntry(_ element: FunctionID?) throws(Diagnostic) -> IRValue {
        guard let element else { return types.constantTableEntry.constNull() }
        return try types.structures.record(
            ConstantTableEntry.self,
            [\.code: function(element).value, \.typeID: context.constI64(UInt64(typeID(element)))])
    }

    private func defineTables(_ instance: InstancePlan) throws(Diagnostic) {
        for (position, image) in plan.tables[instance.number].enumerated() {
            let id = TableID(instance: instance.number, position: position)
            guard image.isImmutable else {
                try defineMutableTable(id, image)
                continue
            }
            var entries: [IRValue] = []
            for element in image.elements { entries.append(try constantTableEntry(element)) }
            define(storage.tableSymbol(id), types.constantTableEntry.constArray(entries), isConstant: true)
            if plan.facts.readTables.contains(id) {
                let references = image.elements.map(reference)
                define(storage.tableReferencesSymbol(id), types.reference.constArray(references), isConstant: true)
            }
        }
    }

    /// The canonical type of a function.
    private func typeID(_ function: FunctionID) -> UInt32 {
        let instance = plan.instances[function.instance]
        return instance.typeID(instance.module.functionTypes[function.function.position])
    }

    private func defineMutableTable(_ id: TableID, _ image: TableImage) throws(Diagnostic) {
        let count = UInt64(image.size)
        let elements = storage.addTableElements(
            id, image.isWrittenAtStart ? nil : types.reference.constArray(image.elements.map(reference)))
        define(
            storage.tableSymbol(id),
            try types.structures.record(
                wasmc_table.self,
                [
                    \.elements: elements.value, \.size: context.constI64(count), \.max: context.constI64(limit(of: id)),
                    \.capacity: context.constI64(count), \.instance: context.constI64(UInt64(id.instance)),
                ]), isConstant: false)
    }

    /// How many elements a table may have.
    func limit(of table: TableID) -> UInt64 {
        let type = plan.image(of: table).type
        return type.limits.maximum ?? (type.addressType == .i32 ? 0xFFFF_FFFF : UInt64.max)
    }

    private func defineElementInstances(_ instance: InstancePlan) throws(Diagnostic) {
        for (index, segment) in instance.module.module.elementSegments.enumerated() {
            var values: [ConstantValue] = []
            // Active and declarative segments are dropped by instantiation; those that its code writes, when it has.
            if isKept(segment, instance) { values = try TableImage.values(of: segment, instance) }
            let references = values.map(constant)
            let areComputed = values.contains(.computed)
            let elements = storage.elementsSymbol(
                instance.number, ElementIndex(index), count: references.count, areComputed: areComputed)
            elements.setInitializer(types.reference.constArray(references))
            elements.setConstant(!areComputed)
            elements.setLinkage(.internal)
            // Where they are a thread's, its beginning says where (`threadPrologue`).
            let isLocal = areComputed && storage.kind == .threadLocal
            define(
                storage.elementSymbol(instance.number, ElementIndex(index)),
                try types.structures.record(
                    wasmc_elem_instance.self,
                    [
                        \.elements: isLocal ? context.ptr.constNull() : elements.value,
                        \.size: context.constI64(UInt64(references.count)),
                    ]),
                isConstant: false)
        }
    }

    /// Whether an element segment exists at run time.
    func isKept(_ segment: ElementSegment, _ instance: InstancePlan) -> Bool {
        switch segment.mode {
        case .passive: true
        case .active(let table, _): plan.hasHeap && isWrittenAtStart(table, instance)
        case .declarative: false
        }
    }

    /// Whether the segments of a table are written into it when the program starts.
    func isWrittenAtStart(_ table: TableIndex, _ instance: InstancePlan) -> Bool {
        table.position < instance.module.importedTableCount
            || plan.image(of: instance.tables[table.position]).isWrittenAtStart
    }

    func segmentBytes(_ instance: InstancePlan, _ index: Int) -> IRGlobal {
        let name = "wasm.\(instance.number).data.\(index).bytes"
        if let known = ir.namedGlobal(name) { return known }
        let module = instance.module.module
        let bytes = module.source.bytes[module.dataSegments[index].contents].withUnsafeBytes { context.constBytes($0) }
        return ir.addGlobal(name, bytes.type, initializer: bytes, linkage: .internal, isConstant: true)
    }

    private func defineDataInstances(_ instance: InstancePlan) throws(Diagnostic) {
        for (index, segment) in instance.module.module.dataSegments.enumerated() {
            var bytes = context.ptr.constNull()
            var size: UInt64 = 0
            // Active segments are dropped by instantiation.
            if case .passive = segment.mode {
                bytes = segmentBytes(instance, index).value
                size = UInt64(segment.contents.count)
            }
            define(
                storage.dataSymbol(instance.number, DataIndex(index)),
                try types.structures.record(
                    wasmc_data_instance.self, [\.bytes: bytes, \.size_bytes: context.constI64(size)]),
                isConstant: false)
        }
    }

    private func defineFunctionReferences(_ instance: InstancePlan) throws(Diagnostic) {
        for (position, isReferenced) in plan.facts.isReferenced[instance.number].enumerated() where isReferenced {
            let id = FunctionID(instance: instance.number, function: FunctionIndex(position))
            define(functionReferenceSymbol(id), try functionReferenceRecord(id), isConstant: true)
        }
    }

    func functionReferenceRecord(_ id: FunctionID) throws(Diagnostic) -> IRValue {
        if plan.definedPosition(id) == nil { try defineHostThunk(id) }
        let thunk = plan.options.includesInvoke ? try defineInvokeThunk(id).value : context.ptr.constNull()
        return try types.structures.record(
            wasmc_func_ref.self,
            [
                \.type_id: context.constI32(typeID(id)),
                \.func_index: context.constI32(UInt32(id.function.position)),
                \.code: function(id).value, \.invoke: thunk,
            ])
    }

    // MARK: Instance and program

    private func instanceRecord(_ instance: InstancePlan) throws(Diagnostic) -> IRValue {
        let number = instance.number
        let capabilities = storage.contextSymbol(number)
        define(capabilities, capabilities.valueType.constNull(), isConstant: false)
        capabilities.setAlignment(Int(WASMC_CTX_ALIGN))
        let memories = storage.memoriesSymbol(number)
        define(memories, memories.valueType.constNull(), isConstant: false)

        let sizeChecks = try sizeCheckRecords(instance)
        let elementSegments = try segmentsWrittenAtStart(instance)
        let initialization = try defineInitialization(instance)
        let startsAsData = initialization.isEmpty || plan.isThreaded
        let dataSegments = startsAsData ? try activeDataSegments(instance) : []
        let exports = try exportRecords(instance)
        let memoryDescriptions = try memoryDescriptions(instance)
        let (functionInfos, names) = try functionInfoRecords(instance)
        let traps = startsAsData ? try TableImage.instantiationTraps(instance, plan.tables[number]) : false
        let (entry, kind) = try entryThunk(instance)
        var start = context.ptr.constNull()
        let prologue = try threadPrologue(instance)
        if instance.module.module.start != nil || !initialization.isEmpty || prologue != nil {
            let function = instance.module.module.start.map { instance.functions[$0.function.position] }
            start = try defineVoidThunk(
                "wasm.\(number).start", function, after: initialization, prologue: prologue ?? {}
            ).value
        }
        return try types.structures.record(
            wasmc_instance.self,
            [
                \.module_name: bytesConstant(
                    "\(number).module_name", Array(instance.name.utf8.filter { $0 != 0 }) + [0]),
                \.ctx: capabilities.value,
                \.memories: memories.value,
                \.memory_descs: arrayConstant("\(number).memory_descs", memoryDescriptions),
                \.memory_count: context.constI32(UInt32(instance.ownMemories.count)),
                \.wasi_memory: wasiMemory(instance),
                \.size_checks: arrayConstant("\(number).size_checks", sizeChecks),
                \.size_check_count: context.constI32(UInt32(sizeChecks.count)),
                \.elem_segments: arrayConstant("\(number).elem_segments", elementSegments),
                \.elem_segment_count: context.constI32(UInt32(elementSegments.count)),
                \.data_segments: arrayConstant("\(number).data_segments", dataSegments),
                \.data_segment_count: context.constI32(UInt32(dataSegments.count)),
                \.exports: arrayConstant("\(number).exports", exports),
                \.export_count: context.constI32(UInt32(exports.count)),
                \.func_infos: arrayConstant("\(number).func_infos", functionInfos),
                \.func_info_count: context.constI32(UInt32(functionInfos.count)),
                \.func_names: bytesConstant("\(number).func_names", names),
                \.start_function: start,
                \.entry: entry,
                \.entry_kind: context.constI32(kind),
                \.table_elements: context.constI64(plan.tables[number].reduce(0) { $0 + UInt64($1.size) }),
                \.instantiation_trap: context.constI32(
                    (traps ? TrapKind.outOfBoundsTableAccess : .noTrap).rawValue),
            ])
    }

    private func defineProgramRecord(_ instances: [IRValue]) throws(Diagnostic) {
        let program = try types.structures.record(
            wasmc_program.self,
            [
                \.abi_version: context.constI32(UInt32(WASMC_ABI_VERSION)),
                \.instances: arrayConstant("instances", instances),
                \.instance_count: context.constI32(UInt32(instances.count)),
                \.grants: bytesConstant("grants", grantWords()),
                \.default_stack_bytes: context.constI64(plan.options.stackBytes),
                \.flags: context.constI32(programFlags()),
                \.cpu_features: context.constI32(cpuLevel()),
            ])
        let global = ir.addGlobal("wasmc_program", program.type, initializer: program, isConstant: true)
        global.setVisibility(.hidden)
        try defineClones()
    }

    /// Says which versions there are of functions, for the runtime, which chooses.
    private func defineClones() throws(Diagnostic) {
        guard !plan.options.cloneCPUs.isEmpty else { return }
        let functions = plan.clones.functions
        let levels = plan.options.cpuLevels
        let type = context.array(of: context.ptr, count: UInt64(functions.count * levels.count))
        let code = functions.flatMap { id in levels.map { clone(id, $0).value } }
        let table = ir.addGlobal(
            "wasm.clones", type, initializer: context.ptr.constArray(code), linkage: .internal, isConstant: true)
        for (number, id) in functions.enumerated() {
            let slot = table.value.constGEP(context.ptr, [context.constI64(UInt64(number * levels.count))])
            ir.addAlias(Self.cloneSlotName(id), context.ptr, slot).setVisibility(.hidden)
        }
        let codes = levels.compactMap { name in
            plan.options.architecture.processorLevels.first { $0.name == name }?.code.rawValue
        }
        let record = try types.structures.record(
            wasmc_clones.self,
            [
                \.level_count: context.constI32(UInt32(levels.count)),
                \.function_count: context.constI32(UInt32(functions.count)),
                \.levels: arrayConstant("levels", codes.map { context.constI32($0) }),
                \.code: table.value,
            ])
        ir.addGlobal("wasmc_clones", record.type, initializer: record, isConstant: true).setVisibility(.hidden)
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
        if let level = plan.options.processorLevel { return level.code.rawValue }
        // LLVM's names for the baseline.
        let isBaseline = ["generic", ""].contains(plan.options.targetCPU)
        return (isBaseline ? WASMC_CPU_BASELINE : WASMC_CPU_NATIVE).rawValue
    }

    /// The memory that preview1 calls work on: the one exported as "memory".
    private func wasiMemory(_ instance: InstancePlan) -> IRValue {
        guard case .memory(let index) = instance.export("memory") else { return context.ptr.constNull() }
        return storage.memory(instance.memories[index.position])
    }

    private func sizeCheckRecords(_ instance: InstancePlan) throws(Diagnostic) -> [IRValue] {
        var records: [IRValue] = []
        for (index, check) in instance.sizeChecks.enumerated() {
            let nothing = context.ptr.constNull()
            let (actual, local) =
                switch check.object {
                case .memory(let id):
                    (context.constFieldAddress(storage.memory(id), \wasmc_memory.size_pages), nothing)
                case .table(let id) where plan.isThreaded && !plan.image(of: id).isImmutable:
                    (nothing, defineLocalSize(id).value)
                case .table(let id): (tableSize(id), nothing)
                }
            let name = "\(check.entry.module) \(check.entry.name)".utf8.filter { $0 != 0 }
            records.append(
                try types.structures.record(
                    wasmc_size_check.self,
                    [
                        \.actual: actual, \.minimum: context.constI64(check.minimum),
                        \.import: bytesConstant("\(instance.number).import.\(index)", name + [0]), \.local: local,
                    ]))
        }
        return records
    }

    /// Where the number of a table's elements lies. One that nothing changes has no structure that holds it.
    private func tableSize(_ id: TableID) -> IRValue {
        let image = plan.image(of: id)
        guard image.isImmutable else { return context.constFieldAddress(storage.table(id), \wasmc_table.size) }
        return arrayConstant(
            "\(id.instance).table.\(id.position).size", [context.constI64(UInt64(image.size))])
    }

    /// Active element segments that the runtime writes into tables: those of other instances, and those without an
    /// image. With a heap, or tables of each thread's own, which no record can name, code writes them.
    private func segmentsWrittenAtStart(_ instance: InstancePlan) throws(Diagnostic) -> [IRValue] {
        guard !plan.hasHeap, !plan.isThreaded else { return [] }
        var records: [IRValue] = []
        for (index, segment) in instance.module.module.elementSegments.enumerated() {
            guard case .active(let table, let offset) = segment.mode else { continue }
            let id = instance.tables[table.position]
            guard isWrittenAtStart(table, instance) else { continue }
            let references = try TableImage.elements(of: segment, instance).map(reference)
            records.append(
                try types.structures.record(
                    wasmc_elem_segment.self,
                    [
                        \.table: storage.table(id),
                        \.offset: context.constI64(address(try instance.evaluate(offset))),
                        \.elements: arrayConstant("\(instance.number).elem.\(index).active", references),
                        \.size: context.constI64(UInt64(references.count)),
                    ]))
        }
        return records
    }

    /// The value of an offset expression.
    func address(_ value: ConstantValue) -> UInt64 {
        switch value {
        case .i32(let value): UInt64(value)
        case .i64(let value): value
        case .f32, .f64, .v128, .nullReference, .function, .reference, .computed: 0
        }
    }

    private func memoryDescriptions(_ instance: InstancePlan) throws(Diagnostic) -> [IRValue] {
        var records: [IRValue] = []
        for (position, type) in instance.ownMemories.enumerated() {
            let id = MemoryID(instance: instance.number, position: position)
            let isGuarded = plan.options.usesGuardPages(type)
            let largest: UInt64 = type.addressType == .i32 ? 1 << (32 - UInt64(type.pageSizeLog2)) : 1 << 48
            var flags: UInt32 = 0
            if type.addressType == .i64 { flags |= WASMC_MEMORY_IS64.rawValue }
            if type.isShared { flags |= WASMC_MEMORY_SHARED.rawValue }
            if !isGuarded { flags |= WASMC_MEMORY_EXPLICIT.rawValue }
            records.append(
                try types.structures.record(
                    wasmc_memory_desc.self,
                    [
                        \.min_pages: context.constI64(type.limits.minimum),
                        \.max_pages: context.constI64(min(type.limits.maximum ?? largest, largest)),
                        \.fixed_base: context.constI64(storage.fixedBase(of: id)),
                        \.guard_bytes: context.constI64(isGuarded ? WASMC_MEMORY32_GUARD_BYTES : 0),
                        \.page_log2: context.constI32(type.pageSizeLog2),
                        \.flags: context.constI32(flags),
                    ]))
        }
        return records
    }

    private func activeDataSegments(_ instance: InstancePlan) throws(Diagnostic) -> [IRValue] {
        var records: [IRValue] = []
        for (index, segment) in instance.module.module.dataSegments.enumerated() {
            guard case .active(let memory, let offset) = segment.mode else { continue }
            records.append(
                try types.structures.record(
                    wasmc_data_segment.self,
                    [
                        \.offset_bytes: context.constI64(address(try instance.evaluate(offset))),
                        \.bytes: try activeBytes(instance, index, at: address(try instance.evaluate(offset))),
                        \.size_bytes: context.constI64(UInt64(segment.contents.count)),
                        \.memory: storage.memory(instance.memories[memory.position]),
                    ]))
        }
        return records
    }

    /// The bytes of an active segment. Those of a large one lie at the same place in a page as they will in memory, so that
    /// their pages can be moved there: `WASMC_MAPPED_DATA_BYTES`.
    private func activeBytes(
        _ instance: InstancePlan, _ index: Int, at address: UInt64
    ) throws(Diagnostic) -> IRValue {
        let module = instance.module.module
        let contents = module.dataSegments[index].contents
        guard contents.count >= Int(WASMC_MAPPED_DATA_BYTES) else { return segmentBytes(instance, index).value }
        let alignment = Int(WASMC_MAPPED_DATA_ALIGN)
        let padding = Int(address % UInt64(alignment))
        let bytes = context.constBytes([UInt8](repeating: 0, count: padding) + module.source.bytes[contents])
        let pages = ir.addGlobal(
            "wasm.\(instance.number).data.\(index).pages", bytes.type, initializer: bytes, linkage: .internal,
            isConstant: true)
        pages.setAlignment(alignment)
        ir.appendInlineAsm(".globl \(WASMC_DATA_MAPPER)")
        return context.constPointer(pages.value, offset: Int64(padding), flags: .inBounds)
    }

    /// Where each reachable function lies in the module, and its name, for trap messages.
    private func functionInfoRecords(
        _ instance: InstancePlan
    ) throws(Diagnostic) -> (records: [IRValue], names: [UInt8]) {
        let module = instance.module
        var names: [UInt8] = [0]
        var records: [IRValue] = []
        guard plan.options.includesNames || plan.options.savesCoredump else { return (records, names) }
        let functionNames = FunctionNames(module.module)
        let debugInfo = plan.debugInfo[instance.number]
        for (position, definition) in module.module.functions.enumerated() {
            let index = position + module.importedFunctionCount
            guard plan.facts.isReachable[instance.number][index] else { continue }
            var nameOffset: UInt32 = 0
            // What the source calls it is shorter than a symbol.
            let name = debugInfo?.functionName(at: definition.body.lowerBound)
            if plan.options.includesNames, let name = name ?? functionNames.name(FunctionIndex(index)) {
                nameOffset = UInt32(names.count)
                names += Array(name.utf8.filter { $0 != 0 }) + [0]
            }
            records.append(
                try types.structures.record(
                    wasmc_func_info.self,
                    [
                        \.code_offset: context.constI32(UInt32(definition.offset)),
                        \.func_index: context.constI32(UInt32(index)),
                        \.name_offset: context.constI32(nameOffset),
                    ]))
        }
        return (records, names)
    }

    // MARK: Pieces

    func bytesConstant(_ name: String, _ bytes: [UInt8]) -> IRValue {
        let value = context.constBytes(bytes)
        return ir.addGlobal("wasm.\(name)", value.type, initializer: value, linkage: .internal, isConstant: true).value
    }

    func arrayConstant(_ name: String, _ elements: [IRValue]) -> IRValue {
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

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
        defineGlobals()
        try defineTables()
        try defineElementInstances()
        try defineDataInstances()
        try defineFunctionReferences()
        try defineInstance()
        defineNote()
    }

    // MARK: Globals, tables, segments

    private func defineGlobals() {
        for (index, type) in module.globals.enumerated() where type.isMutable {
            define(
                globalSymbol(GlobalIndex(index)), constant(plan.constants.globals[index]), isConstant: false)
        }
    }

    private func defineTables() throws(Diagnostic) {
        for (position, image) in plan.tables.enumerated() {
            let index = TableIndex(position)
            let references = image.elements.map { element in
                element.map { functionReferenceSymbol($0).value } ?? context.ptr.constNull()
            }
            guard image.isImmutable else {
                defineMutableTable(index, image, references)
                continue
            }
            let entries = image.elements.map { element -> IRValue in
                guard let element else { return types.constantTableEntry.constNull() }
                return context.constStructure([
                    function(element).value,
                    context.constI64(UInt64(typeID(module.functionTypes[element.position]))),
                ])
            }
            define(tableSymbol(index), types.constantTableEntry.constArray(entries), isConstant: true)
            if plan.facts.isTableRead[position] {
                define(tableReferencesSymbol(index), context.ptr.constArray(references), isConstant: true)
            }
        }
    }

    private func defineMutableTable(_ index: TableIndex, _ image: TableImage, _ references: [IRValue]) {
        let elements = ir.addGlobal(
            "wasm.0.table.\(index).elements", context.array(of: context.ptr, count: UInt64(references.count)),
            initializer: context.ptr.constArray(references), linkage: .internal)
        let count = UInt64(references.count)
        let limit = image.type.limits.maximum ?? (image.type.addressType == .i32 ? 0xFFFF_FFFF : UInt64.max)
        define(
            tableSymbol(index),
            context.constStructure([
                elements.value, context.constI64(count), context.constI64(limit), context.constI64(count),
            ]), isConstant: false)
    }

    private func defineElementInstances() throws(Diagnostic) {
        for (index, segment) in module.module.elementSegments.enumerated() {
            var references: [IRValue] = []
            // Active and declarative segments are dropped by instantiation.
            if case .passive = segment.mode {
                references = try TableImage.elements(of: segment, plan.constants).map { element in
                    element.map { functionReferenceSymbol($0).value } ?? context.ptr.constNull()
                }
            }
            let elements = ir.addGlobal(
                "wasm.0.elem.\(index).elements", context.array(of: context.ptr, count: UInt64(references.count)),
                initializer: context.ptr.constArray(references), linkage: .internal, isConstant: true)
            define(
                elementSymbol(ElementIndex(index)),
                context.constStructure([elements.value, context.constI64(UInt64(references.count))]), isConstant: false)
        }
    }

    private func segmentBytes(_ index: Int) -> IRGlobal {
        let range = module.module.dataSegments[index].contents
        let bytes = module.module.source.bytes[range].withUnsafeBytes { context.constBytes($0) }
        let name = "wasm.0.data.\(index).bytes"
        if let known = ir.namedGlobal(name) { return known }
        return ir.addGlobal(name, bytes.type, initializer: bytes, linkage: .internal, isConstant: true)
    }

    private func defineDataInstances() throws(Diagnostic) {
        for (index, segment) in module.module.dataSegments.enumerated() {
            var bytes = context.ptr.constNull()
            var size: UInt64 = 0
            if case .passive = segment.mode {
                bytes = segmentBytes(index).value
                size = UInt64(segment.contents.count)
            }
            define(
                dataInstanceSymbol(DataIndex(index)), context.constStructure([bytes, context.constI64(size)]),
                isConstant: false)
        }
    }

    private func defineFunctionReferences() throws(Diagnostic) {
        for position in plan.facts.isReferenced.indices where plan.facts.isReferenced[position] {
            let index = FunctionIndex(position)
            if plan.definedPosition(index) == nil { try defineHostThunk(index) }
            let thunk = plan.options.includesInvoke ? try defineInvokeThunk(index).value : context.ptr.constNull()
            define(
                functionReferenceSymbol(index),
                context.constStructure([
                    context.constI32(typeID(module.functionTypes[position])), context.constI32(UInt32(position)),
                    function(index).value, thunk,
                ]), isConstant: true)
        }
    }

    // MARK: The instance

    private func defineInstance() throws(Diagnostic) {
        define(contextSymbol, contextSymbol.valueType.constNull(), isConstant: false)
        contextSymbol.setAlignment(Int(WASMC_CTX_ALIGN))
        define(memoriesSymbol, memoriesSymbol.valueType.constNull(), isConstant: false)

        let dataSegments = try activeDataSegments()
        let exports = try exportRecords()
        let (functionInfos, names) = functionInfoRecords()
        let trapsAtInstantiation = try TableImage.instantiationTraps(module, plan.constants, plan.tables)
        let (entry, kind) = try entryThunk()
        var startThunk = context.ptr.constNull()
        if let start = module.module.start { startThunk = try defineVoidThunk("wasm.0.start", start.function).value }

        let instance = context.constStructure([
            bytesConstant("module_name", Array(plan.options.moduleName.utf8.filter { $0 != 0 }) + [0]),
            contextSymbol.value,
            memoriesSymbol.value,
            arrayConstant("memory_descs", memoryDescriptions()),
            arrayConstant("data_segments", dataSegments),
            context.ptr.constNull(),
            arrayConstant("exports", exports),
            arrayConstant("func_infos", functionInfos),
            bytesConstant("func_names", names),
            startThunk,
            entry,
            context.constI32(UInt32(module.memories.count)),
            context.constI32(UInt32(dataSegments.count)),
            context.constI32(0),
            context.constI32(UInt32(exports.count)),
            context.constI32(UInt32(functionInfos.count)),
            context.constI32(UInt32(bitPattern: wasiMemory())),
            context.constI32(kind),
            context.constI32(trapsAtInstantiation ? TrapCode.outOfBoundsTable.code : 0),
        ])
        let instances = ir.addGlobal(
            "wasm.instances", instance.type, initializer: instance, linkage: .internal, isConstant: true)
        let program = context.constStructure([
            context.constI32(UInt32(WASMC_ABI_VERSION)), context.constI32(1), instances.value,
            bytesConstant("grants", grantWords()), context.constI64(plan.options.stackBytes),
            context.constI32(plan.options.includesInvoke ? WASMC_PROGRAM_INVOKE.rawValue : 0),
            context.constI32(cpuLevel()),
        ])
        let global = ir.addGlobal("wasmc_program", program.type, initializer: program, isConstant: true)
        global.setVisibility(.hidden)
    }

    private func grantWords() -> [UInt8] {
        var bytes: [UInt8] = []
        for word in plan.options.grants { bytes += Array(word.utf8.filter { $0 != 0 }) + [0] }
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

    /// The index of the memory that preview1 calls work on: the one exported as "memory".
    private func wasiMemory() -> Int32 {
        for export in module.module.exports where export.name == "memory" {
            if case .memory(let index) = export.description { return Int32(index.rawValue) }
        }
        return -1
    }

    private func memoryDescriptions() -> [IRValue] {
        module.memories.enumerated().map { index, type in
            let isGuarded = plan.usesGuardPages(type)
            let largest: UInt64 = type.addressType == .i32 ? 1 << (32 - UInt64(type.pageSizeLog2)) : 1 << 48
            var flags: UInt32 = 0
            if type.addressType == .i64 { flags |= WASMC_MEMORY_IS64.rawValue }
            if type.isShared { flags |= WASMC_MEMORY_SHARED.rawValue }
            if !isGuarded { flags |= WASMC_MEMORY_EXPLICIT.rawValue }
            return context.constStructure([
                context.constI64(type.limits.minimum), context.constI64(min(type.limits.maximum ?? largest, largest)),
                context.constI64(ProgramPlan.memoryBase(MemoryIndex(index))),
                context.constI64(isGuarded ? WASMC_MEMORY32_GUARD_BYTES : 0), context.constI32(type.pageSizeLog2),
                context.constI32(flags),
            ])
        }
    }

    private func activeDataSegments() throws(Diagnostic) -> [IRValue] {
        var records: [IRValue] = []
        for (index, segment) in module.module.dataSegments.enumerated() {
            guard case .active(let memory, let offset) = segment.mode else { continue }
            let start: UInt64
            switch try plan.constants.evaluate(offset) {
            case .i32(let value): start = UInt64(value)
            case .i64(let value): start = value
            case .f32, .f64, .v128, .nullReference, .function: start = 0
            }
            records.append(
                context.constStructure([
                    context.constI64(start), context.constI64(UInt64(segment.contents.count)),
                    segmentBytes(index).value, context.constI32(memory.rawValue), context.constI32(0),
                ]))
        }
        return records
    }

    /// Where each reachable function lies in the module, and its name, for trap messages.
    private func functionInfoRecords() -> (records: [IRValue], names: [UInt8]) {
        let functionNames = NameSection(module.module).functions
        var names: [UInt8] = [0]
        var records: [IRValue] = []
        for (position, definition) in module.module.functions.enumerated() {
            let index = position + module.importedFunctionCount
            guard plan.facts.isReachable[index] else { continue }
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

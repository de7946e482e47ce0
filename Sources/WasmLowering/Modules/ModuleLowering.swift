// One LLVM module: a partition of the functions, or the program's data, or both for a small program.
// Declares what its functions refer to, on demand.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmBinary
import WasmSpec
import WasmValidation

/// Lowers into one LLVM module. Used by one thread.
final class ModuleLowering {
    let plan: ProgramPlan
    let context: LLVMContext
    let ir: IRModule
    let types: IRTypes
    var aliasTags: AliasTags
    let builder: IRBuilder
    /// Line tables carry module offsets: the "line" of an instruction is the number of its offset in the module.
    let debugInfo: DIBuilder
    let debugFile: Metadata
    /// With `-g`, lines are those of the source, and module offsets are beside them.
    private(set) var source: SourceMetadata?
    /// Whether functions of this module are optimised for size.
    let optimization: OptimizationLevel
    /// Whether operations that become many instructions are functions of the LLVM module, which are called.
    let outlinesOperations: Bool
    /// What the CPU that is compiled for can do.
    let processor: ProcessorFeatures
    /// The kind of metadata that counts are.
    let profileKind: MetadataKind
    /// Module offsets that messages of traps may show.
    private(set) var places: Set<UInt32> = []
    private var functions: [FunctionID: IRFunction] = [:]
    private var hosts: [FunctionID: IRFunction] = [:]
    private let builtinDeclarations: [BuiltinDeclaration]
    private var builtins: [RuntimeBuiltin: IRFunction] = [:]
    private var dataSymbols: [String: IRGlobal] = [:]

    /// The level of CPUs that the function is for that is being lowered, if there are several versions of it.
    private var cloneLevel: String?
    /// The lines of functions.
    let numbering: PlaceNumbering
    /// A name that no other unit has; nil for one whose places are offsets.
    private let unitName: String?

    /// - Parameter partition: whose functions it will hold, if any.
    ///
    /// Throws `.internal` when the runtime's headers declare what compiled code cannot use.
    init(_ plan: ProgramPlan, _ partition: Partition?, _ numbering: PlaceNumbering) throws(Diagnostic) {
        outlinesOperations = partition?.tier.isExcessive ?? false
        self.plan = plan
        self.numbering = numbering
        unitName = numbering == .offsets ? nil : partition.map(Self.unitName)
        optimization = partition?.optimization ?? plan.dataTier.level(plan.options.optimization)
        processor = plan.options.processorFeatures
        context = LLVMContext()
        // No name that changes with its place among others.
        ir = IRModule("unit", in: context)
        types = try IRTypes(context, hasHeap: plan.hasHeap)
        builtinDeclarations = try BuiltinDeclaration.all()
        aliasTags = AliasTags(context)
        builder = IRBuilder(ir)
        // Debuggers read 5, but the valgrind of many distributions does not.
        debugInfo = DIBuilder(ir, dwarfVersion: plan.options.debugInfo ? .v4 : .v5)
        debugFile = debugInfo.file("module.wasm", directory: "")
        profileKind = context.metadataKind("prof")
        if !plan.options.debugInfo { addPlainUnit() }
        listMemories()
        if let profile = plan.profile { ir.addFlag(.error, "ProfileSummary", profile.summary.metadata(in: context)) }
    }

    /// Where memories lie whose indices have 32 bits, and what they never grow beyond, for passes that want to know which
    /// indices do not wrap (`SharedRoots.cpp`).
    private func listMemories() {
        for instance in plan.instances {
            for (position, type) in instance.ownMemories.enumerated() where type.addressType == .i32 {
                let id = MemoryID(instance: instance.number, position: position)
                let pages = plan.facts.grownMemories.contains(id) ? type.limits.maximum : type.limits.minimum
                let (bytes, overflow) = (pages ?? .max).multipliedReportingOverflow(by: 1 << type.pageSizeLog2)
                let most = overflow ? 1 << 32 : min(bytes, 1 << 32)
                let numbers = [storage.fixedBase(of: id), most].map { context.metadata(context.constI64($0)) }
                ir.addNamedMetadata("wasmc.memories", context.metadataNode(numbers))
            }
        }
    }

    /// The unit of code whose lines are module offsets, or that comes from nowhere.
    func addPlainUnit() {
        debugInfo.compileUnit(debugFile, producer: "wasmc", isOptimized: optimization != .none)
    }

    /// Whether each store to guest state happens, in order: nothing is left out or moved across what may trap, nor across
    /// a call that may exhaust the stack. LLVM's word for that is volatile.
    var isStateExact: Bool { plan.options.traps == .exact }

    /// Notes the module offset of an instruction that may trap, or that calls.
    func notePlace(_ offset: Int, _ instance: InstancePlan) {
        guard plan.options.includesSource, plan.debugInfo[instance.number] != nil else { return }
        places.insert(UInt32(truncatingIfNeeded: offset))
    }

    // MARK: Names

    /// Names never come from the guest: an export called `memcpy` must not meet the linker.
    static func functionName(_ id: FunctionID) -> String { "wasm.\(id.instance).func.\(id.function)" }

    /// The version of a function for a level of CPUs.
    static func cloneName(_ id: FunctionID, _ level: String) -> String { "\(functionName(id)).\(level)" }

    /// The index of the function that has this name, or a version of it; nil for what the compiler made up.
    static func functionIndex(ofSymbol name: String) -> UInt32? {
        let parts = name.split(separator: ".")
        guard 4...5 ~= parts.count, parts[0] == "wasm", parts[2] == "func" else { return nil }
        return UInt32(parts[3])
    }

    /// What object files share is hidden; what one module keeps to itself is internal.
    private func sharedLinkage(_ global: some IRGlobalValue) {
        global.setLinkage(plan.isSingleModule ? .internal : .external)
        if !plan.isSingleModule { global.setVisibility(.hidden) }
    }

    // MARK: Functions

    /// A function of the program, declared if need be. A host function is a thunk with the guest's convention,
    /// for references; direct calls use `hostFunction`.
    func function(_ id: FunctionID) -> IRFunction {
        if let known = functions[id] { return known }
        let function = addFunction(Self.functionName(id), id)
        let isShared = plan.definedPosition(id).map { plan.isShared[id.instance][$0] } ?? true
        if plan.clones.contains(id) {
            // What goes to one of them stands behind LLVM's back.
            function.setVisibility(.hidden)
        } else if isShared {
            sharedLinkage(function)
        } else {
            function.setLinkage(.internal)
        }
        functions[id] = function
        return function
    }

    private func addFunction(_ name: String, _ id: FunctionID) -> IRFunction {
        let function = ir.addFunction(
            name, guestFunctionType(plan.signature(of: id)), callingConvention: plan.callingConvention)
        addCommonAttributes(to: function, mayThrow: plan.facts.throwing[id])
        // LLVM makes no vectors out of scalars in such a function: for that it looks at pairs of a run's instructions.
        if let position = plan.definedPosition(id), plan.facts.costs[id.instance][position].hasLongRun {
            function.addAttribute(context.attribute(.noImplicitFloat))
        }
        addProfileAttributes(to: function, id)
        return function
    }

    /// The version of a function for a level of CPUs, declared if need be.
    func clone(_ id: FunctionID, _ level: String) -> IRFunction {
        let name = Self.cloneName(id, level)
        if let known = ir.namedFunction(name) { return known }
        let current = cloneLevel
        cloneLevel = level
        defer { cloneLevel = current }
        let function = addFunction(name, id)
        sharedLinkage(function)
        return function
    }

    /// What a direct call of a function calls. Code for a level needs not ask which one it is. What LLVM must know nothing of
    /// it is called as by anybody else.
    func callee(_ id: FunctionID) -> IRFunction {
        guard let cloneLevel, plan.clones.contains(id), !plan.facts.tailCallees.contains(id) else {
            return function(id)
        }
        return clone(id, cloneLevel)
    }

    /// Says of a function that never ran that it is cold.
    private func addProfileAttributes(to function: IRFunction, _ id: FunctionID) {
        guard let position = plan.definedPosition(id), plan.profile?.isCold(id.instance, position) == true else {
            return
        }
        function.addAttribute(context.attribute(.cold))
        switch optimization {
        case .standard, .aggressive: function.addAttribute(context.attribute(.optSize))
        case .none, .less, .size, .smallest: break
        }
    }

    /// A function of the program that this module defines.
    ///
    /// What LLVM knows of the result of a tail call it puts in its place, and then it is no tail call any more: the caller
    /// has a result of its own to return. Of a function that might be another one at run time, which is what `odr`
    /// means, it knows nothing, nor does it change its type; it is inlined all the same.
    func defineFunction(_ id: FunctionID) -> IRFunction {
        if let cloneLevel { return clone(id, cloneLevel) }
        let function = function(id)
        guard plan.facts.tailCallees.contains(id) else { return function }
        let isKept = !plan.isSingleModule && plan.definedPosition(id).map { plan.isShared[id.instance][$0] } ?? true
        function.setLinkage(isKept ? .weakODR : .linkOnceODR)
        function.setVisibility(.hidden)
        return function
    }

    /// A function for an operation out of line (`outlinesOperations`).
    func addOperation(_ name: String, _ type: IRType) -> IRFunction {
        let function = ir.addFunction(name, type, linkage: .internal)
        function.setSection(Self.textSection)
        addCommonAttributes(to: function)
        return function
    }

    private func addCommonAttributes(to function: IRFunction, mayThrow: Bool = false) {
        addUnwinding(to: function, mayThrow: mayThrow)
        // No frame may skip the stack's guard: large ones are probed page by page.
        function.addAttribute(context.attribute("probe-stack", "inline-asm"))
        function.addAttribute(context.attribute("stack-probe-size", "4096"))
        // Backtraces find a frame's end by the stack pointer. What wide vectors want aligned is accessed unaligned.
        function.addAttribute(context.attribute("no-realign-stack"))
        // A guest's loop must stay in guest code, where a fault is a trap, and not become a call of memset.
        function.addAttribute(context.attribute("no-builtins"))
        addTargetAttributes(to: function)
        switch optimization {
        case .size: function.addAttribute(context.attribute(.optSize))
        case .smallest:
            function.addAttribute(context.attribute(.optSize))
            function.addAttribute(context.attribute(.minSize))
        case .none, .less, .standard, .aggressive: break
        }
    }

    /// Says of a function, guest code or the runtime's, that nothing unwinds through it, unless it may throw: traps end the
    /// program. The one place that decides this.
    func addUnwinding(to function: IRFunction, mayThrow: Bool = false) {
        if !mayThrow { function.addAttribute(context.attribute(.noUnwind)) }
    }

    func addTargetAttributes(to function: IRFunction) {
        let options = plan.options
        function.addAttribute(context.attribute("target-cpu", cloneLevel ?? options.targetCPU))
        if !options.targetFeatures.isEmpty {
            function.addAttribute(context.attribute("target-features", options.targetFeatures))
        }
        // A level of the instruction set is no machine. By itself, LLVM tunes for the first one that had it: x86-64-v2
        // means rotating with `shld`, which today's machines do in several steps.
        if options.processorLevel != nil { function.addAttribute(context.attribute("tune-cpu", "generic")) }
    }

    /// The runtime function behind an imported one.
    func hostFunction(_ id: FunctionID) throws(Diagnostic) -> IRFunction {
        if let known = hosts[id] { return known }
        guard let host = plan.instances[id.instance].hostFunctions[id.function.position] else {
            throw Diagnostic(.internal, "call of a host function that is none", Self.functionName(id))
        }
        let function = ir.namedFunction(host.symbol) ?? ir.addFunction(host.symbol, types.hostFunctionType(host.type))
        function.setVisibility(.hidden)
        addUnwinding(to: function)
        hosts[id] = plan.options.recordsHostCalls ? recordedHostFunction(id, host, function) : function
        return hosts[id] ?? function
    }

    /// A function of `builtins.def`, with the type that it has there.
    func builtin(_ builtin: RuntimeBuiltin) -> IRFunction {
        if let known = builtins[builtin] { return known }
        let declaration = builtinDeclarations[Int(builtin.rawValue)]
        let function = ir.addFunction(declaration.name, declaration.type(in: context))
        function.setVisibility(.hidden)
        addUnwinding(to: function, mayThrow: builtin == .wasmc_throw)
        if declaration.isNoReturn {
            function.addAttribute(context.attribute(.noReturn))
            function.addAttribute(context.attribute(.cold))
        }
        builtins[builtin] = function
        return function
    }

    // MARK: Data

    /// Where the state of the program's instances lives.
    var storage: InstanceStorage { InstanceStorage(self) }

    /// A global of the program's data, declared if this module does not define it.
    func data(_ name: String, _ type: IRType, isConstant: Bool = false) -> IRGlobal {
        if let known = dataSymbols[name] { return known }
        let global = ir.addGlobal(name, type, isConstant: isConstant)
        global.setVisibility(.hidden)
        dataSymbols[name] = global
        return global
    }

    /// Gives a global of the program's data its contents.
    func define(_ global: IRGlobal, _ initializer: IRValue, isConstant: Bool) {
        global.setInitializer(initializer)
        global.setConstant(isConstant)
        sharedLinkage(global)
    }

    func functionReferenceSymbol(_ id: FunctionID) -> IRGlobal {
        data("wasm.\(id.instance).ref.\(id.function)", types.functionReference, isConstant: true)
    }

    /// The `wasmc_tag` of a tag; its address is what tells it from others.
    func tagSymbol(_ id: TagID) -> IRGlobal {
        data("wasm.\(id.instance).tag.\(id.position)", types.tag, isConstant: true)
    }

    /// A reference to a function as a constant: its number in a program with a heap, the address of its
    /// `wasmc_func_ref` in others.
    func reference(to id: FunctionID) -> IRValue {
        guard plan.hasHeap else { return functionReferenceSymbol(id).value }
        return context.constI32(plan.referenceNumbers[id] ?? 0)
    }

    // MARK: Places

    /// What symbols begin with that stand for places.
    private static let placePrefix = "wasm.at."

    /// A module offset as a number that code has. Where offsets are not known yet (`PlaceNumbering`), it is the address of a
    /// symbol, which the linker puts into the instruction: the object is the same wherever its functions lie.
    func place(_ offset: UInt32) -> IRValue {
        let line = numbering.line(ofOffset: offset)
        guard let unitName else { return context.constI32(offset) }
        let name = "\(Self.placePrefix)\(unitName).\(line)"
        let isKnown = dataSymbols[name] != nil
        let symbol = data(name, context.i8)
        if !isKnown {
            // An immediate of 32 bits, and no address relative to the code.
            symbol.setMetadata(
                context.metadataKind("absolute_symbol"),
                context.metadataNode([0, 1 << 32].map { context.metadata(context.constI64($0)) }))
        }
        return symbol.value.constPtrToInt(context.i32)
    }

    /// The number in the unit of a place that is a symbol; nil for any other one.
    static func placeNumber(ofSymbol name: String) -> UInt32? {
        guard name.hasPrefix(placePrefix) else { return nil }
        return name.split(separator: ".").last.flatMap { UInt32($0) }
    }

    // MARK: Constants

    /// A constant as an LLVM constant.
    func constant(_ value: ConstantValue) -> IRValue {
        switch value {
        case .i32(let value): context.constI32(value)
        case .i64(let value): context.constI64(value)
        case .f32(let bits): context.f32.constFloat(bitPattern: UInt64(bits))
        case .f64(let bits): context.f64.constFloat(bitPattern: bits)
        case .v128(let value): types.v128.constVector(bytes: (0..<16).map { value[$0] })
        case .nullReference: types.reference.constNull()
        case .function(let function): reference(to: function)
        case .reference(let bits): context.constI32(bits)
        // What the instance's initialisation replaces.
        case .computed: types.reference.constNull()
        }
    }

    // MARK: Bodies

    /// The section of guest code: faults elsewhere are not the guest's. A C identifier, so that the linker
    /// gives its bounds names.
    static let textSection = WASMC_TEXT_SECTION

    /// The symbol at the start of the code of a partition, or of what belongs to none, to which its table of trap places
    /// refers.
    static func textSymbol(_ partition: Partition?) -> String {
        partition.map { "wasm.text.\(unitName($0))" } ?? "wasm.text.program"
    }

    /// The name of a partition, which stays the same while it begins with the same function.
    private static func unitName(_ partition: Partition) -> String {
        "\(partition.instance).\(partition.functions.first ?? 0)"
    }

    /// Begins the section of guest code; before the first function.
    func beginText(_ partition: Partition?) {
        let symbol = Self.textSymbol(partition)
        ir.appendInlineAsm(
            """
            .section \(Self.textSection),"ax",@progbits
            .globl \(symbol)
            .hidden \(symbol)
            \(symbol):
            """)
    }

    /// Lowers the functions of a partition.
    func lower(_ partition: Partition) throws(Diagnostic) {
        let instance = plan.instances[partition.instance]
        if plan.options.debugInfo { source = try SourceMetadata(self, partition) }
        for position in partition.functions {
            let index = FunctionIndex(position + instance.module.importedFunctionCount)
            let id = FunctionID(instance: partition.instance, function: index)
            guard plan.clones.contains(id) else {
                try lower(position, instance)
                continue
            }
            defer { cloneLevel = nil }
            for level in plan.options.cpuLevels {
                cloneLevel = level
                try lower(position, instance)
            }
            defineEntry(of: id)
        }
    }

    private func lower(_ position: Int, _ instance: InstancePlan) throws(Diagnostic) {
        let lowering = FunctionLowering(self, instance, definedFunction: position)
        lowering.function.setSection(Self.textSection)
        try lowering.lower()
    }

    /// The symbol of where a function's version is found that this CPU has.
    static func cloneSlotName(_ id: FunctionID) -> String { "wasm.\(id.instance).clone.\(id.function)" }

    /// What everybody calls who calls a function of which there are versions: a jump, which leaves registers and stack as they
    /// are. No guest code: a fault there is nobody's.
    private func defineEntry(of id: FunctionID) {
        ir.appendInlineAsm(plan.options.architecture.jump(from: Self.functionName(id), through: Self.cloneSlotName(id)))
    }

    // MARK: The unit

    /// The lowered unit, when everything is in it. Throws `.internal` when LLVM rejects it.
    func finished(_ partition: Partition?) throws(Diagnostic) -> LoweredUnit {
        debugInfo.finalize()
        source?.list(in: ir)
        do { try ir.verify() } catch {
            throw Diagnostic(.internal, "LLVM rejects what was lowered", error.description)
        }
        return LoweredUnit(bitcode: ir.bitcode(), settings: settings(of: partition))
    }

    /// All that the second step may know of the plan.
    private func settings(of partition: Partition?) -> UnitSettings {
        let options = plan.options
        var settings = UnitSettings()
        settings.triple = options.architecture.linuxTriple
        settings.processor = options.targetCPU
        settings.processorFeatures = options.targetFeatures
        settings.optimization = optimization
        settings.tier = partition?.tier ?? plan.dataTier
        settings.keepsLoads = plan.needsStrictLoads
        settings.isStateExact = isStateExact
        settings.comparesAccesses = plan.comparesAccesses(of: partition)
        settings.sourcePlaces = source?.placeNumbers
        return settings
    }

    /// What is said of the unit outside of it.
    func placement(of partition: Partition?, name: String, _ numbering: PlaceNumbering) -> UnitPlacement {
        var placement = UnitPlacement(name: name, textSymbol: Self.textSymbol(partition))
        placement.instance = partition?.instance ?? 0
        placement.numbering = numbering
        placement.includesPlaces = plan.options.includesPlaces
        placement.hasSource = source != nil
        placement.isUnwound = !plan.facts.throwing.isEmpty
        guard plan.callingConvention == .tail else { return placement }
        for function in ir.functions where function.entryBlock != nil {
            let bytes = poppedBytes(symbol: function.name)
            if bytes != 0 { placement.popped[function.name] = bytes }
        }
        return placement
    }
}

// The plan of a compilation: everything that is decided before LLVM sees a function. It depends on the
// modules and the options alone, never on the number of threads.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmDebugInfo
import WasmHostTable
import WasmSpec
import WasmValidation

/// A run of functions of one instance that becomes one LLVM module and one object file.
struct Partition: Sendable {
    var number: Int
    var instance: Int
    /// Positions in `Module.functions`, ascending.
    var functions: [Int]
    /// How much work goes into its functions, the same for each.
    var tier: Tier
    /// Lower than asked for where the tier is.
    var optimization: OptimizationLevel
}

/// The plan for a program.
struct ProgramPlan: Sendable {
    let options: CompileOptions
    let instances: [InstancePlan]
    /// Whether there is a garbage-collected heap; then all references take 32 bits.
    let hasHeap: Bool
    /// The numbers of types at run time.
    let typeNumbering: TypeNumbering
    /// In a program with a heap, the number of each function that something refers to, from 1 on.
    let referenceNumbers: [FunctionID: UInt32]
    let facts: ProgramFacts
    /// What ran how often, if somebody has counted.
    let profile: ProgramProfile?
    let partitions: [Partition]
    /// How much work goes into the code of the program's data: what initialises globals and tables, and thunks.
    let dataTier: Tier
    /// Functions that are compiled for each level of CPUs, if there are several.
    let clones: CloneChoice
    /// Defined functions that another object file refers to; by instance and position.
    let isShared: [[Bool]]
    /// First contents of the tables that an instance defines; by instance and position.
    let tables: [[TableImage]]
    /// Whether there are loads that trap by guard pages alone; a compare stays whatever becomes of its load.
    let needsStrictLoads: Bool
    /// Whether code makes references to exceptions.
    let refersToExceptions: Bool
    /// Slots for the values of the exception that carries most; nil when nothing throws.
    let exceptionSlots: Int?
    /// The number of an instance's first tag among those of the program.
    let firstTags: [Int]
    /// How many parameters the function type with most of them has.
    let mostParameters: Int
    /// What the modules say of their source, by instance; nothing when nobody will see it.
    let debugInfo: [DebugInfo?]
    /// The number of each memory in the program, which decides its address.
    private let memoryOrdinals: [MemoryID: Int]

    init(_ program: ProgramLinker, _ options: CompileOptions) throws(Diagnostic) {
        self.options = options
        let (hasHeap, numbering) = (program.hasHeap, TypeNumbering(program.canonicalizer))
        (self.hasHeap, typeNumbering) = (hasHeap, numbering)
        instances = program.instances.map { instance in
            var numbered = instance
            numbered.number(numbering, hasHeap: hasHeap)
            return numbered
        }
        facts = try ProgramFacts(instances, options)
        referenceNumbers = hasHeap ? Self.numberReferences(facts) : [:]
        try facts.refuseExcessiveValues(instances)
        try Self.refuseRecordedThreads(facts, options)
        // A script may import what has grown by then; whether it has is seen at run time.
        if !options.includesInvoke { try Self.refuseImpossibleSizes(instances, facts) }
        let planned = instances
        profile = try options.profile.map { (profile) throws(Diagnostic) in try ProgramProfile(profile, planned) }
        partitions = Self.partition(instances, facts, options, profile)
        dataTier = instances.contains(where: Self.hasLongInitializer) ? .unoptimized : .standard
        clones = try CloneChoice(instances, partitions, options, profile)
        isShared = Self.sharedFunctions(instances, facts, partitions, options)
        var tables: [[TableImage]] = []
        var budget = TableBudget()
        for instance in instances { tables.append(try TableImage.all(of: instance, facts, &budget)) }
        self.tables = tables
        needsStrictLoads =
            options.traps != .relaxed
            && instances.contains { $0.module.memories.contains(where: options.usesGuardPages) }
        exceptionSlots = facts.throwing.isEmpty ? nil : Self.exceptionSlots(instances)
        refersToExceptions = instances.contains(where: \.refersToExceptions) && !facts.throwing.isEmpty
        firstTags = Self.firstTags(instances)
        mostParameters = Self.mostParameters(instances)
        memoryOrdinals = Self.orderMemories(instances, options)
        debugInfo = instances.map { options.debugInfo || options.includesSource ? DebugInfo($0.module.module) : nil }
    }

    /// The single LLVM module of a small program holds functions and data; its symbols can be internal.
    var isSingleModule: Bool { partitions.count <= 1 && instances.count == 1 && dataTier == .standard }

    /// Whether the code of a partition compares addresses with the size of a memory.
    func comparesAccesses(of partition: Partition?) -> Bool {
        guard let partition else { return false }
        return instances[partition.instance].module.memories.contains { !options.usesGuardPages($0) }
    }

    /// Guest functions have one convention, because an indirect call cannot know its callee's: LLVM's fast one,
    /// or the one that guarantees tail calls where the program makes any.
    var callingConvention: CallingConvention { facts.usesTailCalls ? .tail : .fast }

    /// Whether there may be several threads, each of which has instances of its own.
    var isThreaded: Bool { !facts.spawning.isEmpty }

    /// Whether nothing is passed on the stack. Where the callee releases it, as with the tail calling convention, what the
    /// tables for unwinding say of the caller does not hold (LLVM 22, x86-64).
    var passesInRegistersOnly: Bool { callingConvention == .tail && !facts.throwing.isEmpty }

    /// The type of a global, wherever it is defined.
    func type(of global: GlobalID) -> GlobalType {
        instances[global.instance].module.module.globals[global.position].type
    }

    func type(of memory: MemoryID) -> MemoryType {
        instances[memory.instance].ownMemories[memory.position]
    }

    private static func numberReferences(_ facts: ProgramFacts) -> [FunctionID: UInt32] {
        var numbers: [FunctionID: UInt32] = [:]
        for (instance, isReferenced) in facts.isReferenced.enumerated() {
            for (position, isReferenced) in isReferenced.enumerated() where isReferenced {
                numbers[FunctionID(instance: instance, function: FunctionIndex(position))] = UInt32(numbers.count + 1)
            }
        }
        return numbers
    }

    func image(of table: TableID) -> TableImage { tables[table.instance][table.position] }

    func signature(of function: FunctionID) -> FunctionType {
        instances[function.instance].module.signature(of: function.function)
    }

    /// The position in `Module.functions` of a function that guest code defines; nil for host functions.
    func definedPosition(_ function: FunctionID) -> Int? {
        let position = function.function.position - instances[function.instance].module.importedFunctionCount
        return position >= 0 ? position : nil
    }

    /// Numbers for the module offsets of a partition.
    func numbering(of partition: Partition) -> PlaceNumbering {
        let functions = instances[partition.instance].module.module.functions
        return PlaceNumbering(partition.functions.map { functions[$0].offset..<functions[$0].body.upperBound })
    }

    // MARK: Exceptions

    func number(of tag: TagID) -> Int { firstTags[tag.instance] + tag.position }

    private static func exceptionSlots(_ instances: [InstancePlan]) -> Int {
        let counts = instances.flatMap { instance in
            instance.module.module.tags.map { instance.module.functionType($0.type).parameters.count }
        }
        return (counts.max() ?? 0) * Int(WASMC_SLOTS_PER_VALUE)
    }

    private static func firstTags(_ instances: [InstancePlan]) -> [Int] {
        var count = 0
        return instances.map { instance in
            defer { count += instance.module.module.tags.count }
            return count
        }
    }

    private static func mostParameters(_ instances: [InstancePlan]) -> Int {
        let counts = instances.flatMap { instance in
            instance.module.module.types.map { type in
                if case .function(let function) = type.composite { function.parameters.count } else { 0 }
            }
        }
        return counts.max() ?? 0
    }

    // MARK: Memories

    /// The number of a memory among all of the program.
    func memoryOrdinal(_ memory: MemoryID) -> Int { memoryOrdinals[memory] ?? 0 }

    /// The main instance's memories come first: the first base fits the displacement of an x86-64 instruction.
    ///
    /// What valgrind and its kind run has no low addresses: there they stay out of the way, at the price of a register.
    private static func orderMemories(_ instances: [InstancePlan], _ options: CompileOptions) -> [MemoryID: Int] {
        var result: [MemoryID: Int] = [:]
        let first = options.debugInfo && options.bounds == .explicit ? 1 : 0
        for instance in instances.reversed() {
            for position in instance.ownMemories.indices {
                result[MemoryID(instance: instance.number, position: position)] = first + result.count
            }
        }
        return result
    }

    // MARK: Initialisers

    /// A constant expression of more bytes makes so many objects in one function that choosing registers for it takes longer
    /// than in proportion. What is in the data of real programs are many expressions, of a few bytes each.
    private static let longInitializerBytes = 32 << 10

    private static func hasLongInitializer(_ instance: InstancePlan) -> Bool {
        let module = instance.module.module
        func isLong(_ expression: ConstantExpression) -> Bool { expression.body.count > longInitializerBytes }
        return module.globals.contains { isLong($0.initializer) }
            || module.tables.contains { $0.initializer.map(isLong) ?? false }
            || module.elementSegments.contains { segment in
                guard case .expressions(let expressions) = segment.elements else { return false }
                return expressions.contains(where: isLong)
            }
    }

    // MARK: Refusals and linking

    /// The record of `wasmc diff` is one thread's.
    private static func refuseRecordedThreads(_ facts: ProgramFacts, _ options: CompileOptions) throws(Diagnostic) {
        guard !facts.spawning.isEmpty, options.recordsHostCalls else { return }
        throw Diagnostic(
            .unsupported, "the engines cannot be compared on a program that starts threads",
            "what it does depends on how they run")
    }

    /// An import that is larger than something that never grows cannot be satisfied.
    private static func refuseImpossibleSizes(_ instances: [InstancePlan], _ facts: ProgramFacts) throws(Diagnostic) {
        for check in instances.flatMap(\.sizeChecks) {
            switch check.object {
            case .memory(let id) where facts.grownMemories.contains(id): continue
            case .table(let id) where facts.grownTables.contains(id): continue
            case .memory, .table:
                var error = Diagnostic(
                    .unlinkable, "incompatible import type",
                    "\"\(check.entry.module)\" \"\(check.entry.name)\" is smaller than \(check.minimum) and never grows",
                    at: .offset(check.entry.offset))
                error.isAboutSizes = true
                throw error
            }
        }
    }

    private static func sharedFunctions(
        _ instances: [InstancePlan], _ facts: ProgramFacts, _ partitions: [Partition], _ options: CompileOptions
    ) -> [[Bool]] {
        var partitionOf = instances.map { Array(repeating: -1, count: $0.module.module.functions.count) }
        for partition in partitions {
            for position in partition.functions { partitionOf[partition.instance][position] = partition.number }
        }
        var shared = instances.map { Array(repeating: false, count: $0.module.module.functions.count) }
        func position(_ function: FunctionID) -> Int? {
            let position = function.function.position - instances[function.instance].module.importedFunctionCount
            return position >= 0 ? position : nil
        }
        for instance in instances {
            for (caller, callees) in facts.callees[instance.number].enumerated() {
                for callee in callees {
                    guard let target = position(callee) else { continue }
                    if partitionOf[callee.instance][target] != partitionOf[instance.number][caller] {
                        shared[callee.instance][target] = true
                    }
                }
            }
            // The program's object refers to what is referenced and to the roots.
            for (index, isReferenced) in facts.isReferenced[instance.number].enumerated() where isReferenced {
                let function = FunctionID(instance: instance.number, function: FunctionIndex(index))
                if let target = position(function) { shared[instance.number][target] = true }
            }
            let threads = facts.spawning.contains(instance.number) ? ThreadedProgram.start(of: instance.module) : nil
            for root in instance.roots(options) + [threads].compactMap({ $0 }) {
                let function = instance.functions[root.position]
                if let target = position(function) { shared[function.instance][target] = true }
            }
        }
        return shared
    }
}

// One walk over the reachable functions before lowering finds what a closed world lets the compiler
// assume: which functions can run at all, which tables never change, which memories never grow.

import Diagnostics
import WasmBinary
import WasmHostTable
import WasmSpec
import WasmValidation

/// What a walk over the program's code has found. Outer indices are instances.
struct ProgramFacts: Sendable {
    /// Functions that something reachable calls or refers to; by function index, imports of an instance lead
    /// to their definers and stay false.
    var isReachable: [[Bool]]
    /// Functions whose reference is taken: by elements, globals, `ref.func`.
    var isReferenced: [[Bool]]
    /// Direct callees of each defined function, without repetition; empty for unreachable ones.
    var callees: [[[FunctionID]]]
    /// The cost of each defined function; nothing for unreachable ones.
    var costs: [[FunctionCost]]
    /// Tables that something at run time may change.
    var mutableTables: Set<TableID> = []
    /// Tables whose references are read as values (`table.get`).
    var readTables: Set<TableID> = []
    var grownMemories: Set<MemoryID> = []
    var grownTables: Set<TableID> = []
    /// Whether a reachable function makes a tail call.
    var usesTailCalls = false
    /// Reachable functions that an exception may leave.
    private(set) var throwing: ThrowingFunctions
    /// Instances that start threads.
    private(set) var spawning: Set<Int> = []
    /// Functions that reachable tail calls name.
    var tailCallees: Set<FunctionID> = []

    private let instances: [InstancePlan]
    private let options: CompileOptions
    private var worklist: [FunctionID] = []

    /// Walks from what can run without being called: start functions, entries, exports that the program can call, and
    /// everything whose reference lies in an element or a global.
    init(_ instances: [InstancePlan], _ options: CompileOptions) throws(Diagnostic) {
        self.instances = instances
        self.options = options
        isReachable = instances.map { Array(repeating: false, count: $0.functions.count) }
        isReferenced = isReachable
        throwing = ThrowingFunctions(instances)
        callees = instances.map { Array(repeating: [], count: $0.module.module.functions.count) }
        costs = instances.map { Array(repeating: FunctionCost(), count: $0.module.module.functions.count) }
        for instance in instances {
            for root in instance.roots(options) { reach(instance.functions[root.position]) }
            for function in try Self.functionsInInitializers(instance.module) {
                refer(instance.functions[function.position])
            }
            noteImportedTables(instance)
        }
        while let function = worklist.popLast() { try scan(function) }
        throwing.spread(instances, callees: callees, isReferenced: isReferenced)
    }

    private mutating func reach(_ function: FunctionID) {
        guard !isReachable[function.instance][function.function.position] else { return }
        isReachable[function.instance][function.function.position] = true
        worklist.append(function)
    }

    private mutating func refer(_ function: FunctionID) {
        isReferenced[function.instance][function.function.position] = true
        reach(function)
    }

    /// A segment that is active on another instance's table is written at run time.
    private mutating func noteImportedTables(_ instance: InstancePlan) {
        for segment in instance.module.module.elementSegments {
            if case .active(let table, _) = segment.mode, table.position < instance.module.importedTableCount {
                mutableTables.insert(instance.tables[table.position])
            }
        }
    }

    private mutating func scan(_ function: FunctionID) throws(Diagnostic) {
        let instance = instances[function.instance]
        let position = function.function.position - instance.module.importedFunctionCount
        guard position >= 0 else { return noteHost(function, instance) }
        var called: Set<FunctionID> = []
        var order: [FunctionID] = []
        let definition = instance.module.module.functions[position]
        let body = definition.body
        var cost = FunctionCostCounter(instance.module, function.function, definition, options)
        try instance.module.module.source.withReader(body) { (reader) throws(Diagnostic) in
            var instructions = InstructionReader(reader)
            while !instructions.isAtEnd {
                let instruction = try instructions.next()
                cost.note(instruction)
                throwing.note(instruction, in: function, instance)
                if let callee = note(instruction, instance), called.insert(callee).inserted { order.append(callee) }
            }
        }
        for callee in order { reach(callee) }
        callees[function.instance][position] = order
        costs[function.instance][position] = cost.cost
    }

    /// What `thread-spawn` starts runs without being called.
    private mutating func noteHost(_ function: FunctionID, _ instance: InstancePlan) {
        guard instance.hostFunctions[function.function.position]?.symbol == ThreadedProgram.spawnSymbol else { return }
        spawning.insert(instance.number)
        if let start = ThreadedProgram.start(of: instance.module) { reach(instance.functions[start.position]) }
    }

    /// Records what an instruction means for functions, tables and memories; the function it calls, if any.
    private mutating func note(_ instruction: Instruction, _ instance: InstancePlan) -> FunctionID? {
        switch instruction {
        case .call(let callee): return instance.functions[callee.position]
        case .returnCall(let callee):
            usesTailCalls = true
            tailCallees.insert(instance.functions[callee.position])
            return instance.functions[callee.position]
        case .returnCallIndirect, .returnCallRef: usesTailCalls = true
        case .refFunc(let target): refer(instance.functions[target.position])
        case .tableSet(let table), .tableFill(let table), .tableInit(_, let table):
            mutableTables.insert(instance.tables[table.position])
        case .tableGrow(let table):
            mutableTables.insert(instance.tables[table.position])
            grownTables.insert(instance.tables[table.position])
        case .tableCopy(let destination, let source):
            // The runtime copies between two `wasmc_table` structures, which constant tables do not have.
            mutableTables.insert(instance.tables[destination.position])
            mutableTables.insert(instance.tables[source.position])
        case .tableGet(let table): readTables.insert(instance.tables[table.position])
        case .memoryGrow(let memory): grownMemories.insert(instance.memories[memory.position])
        // Nothing else says anything about functions, tables or the size of memories.
        default: break
        }
        return nil
    }

    private static func functionsInInitializers(_ module: ValidatedModule) throws(Diagnostic) -> [FunctionIndex] {
        var result: [FunctionIndex] = []
        for segment in module.module.elementSegments {
            switch segment.elements {
            case .functions(let indices): result += indices
            case .expressions(let expressions):
                for expression in expressions { result += try functions(in: expression, module) }
            }
        }
        for global in module.module.globals { result += try functions(in: global.initializer, module) }
        for table in module.module.tables {
            if let initializer = table.initializer { result += try functions(in: initializer, module) }
        }
        return result
    }

    private static func functions(
        in expression: ConstantExpression, _ module: ValidatedModule
    ) throws(Diagnostic) -> [FunctionIndex] {
        try module.module.source.withReader(expression.body) { (reader) throws(Diagnostic) in
            var result: [FunctionIndex] = []
            var instructions = InstructionReader(reader)
            while !instructions.isAtEnd {
                if case .refFunc(let target) = try instructions.next() { result.append(target) }
            }
            return result
        }
    }
}

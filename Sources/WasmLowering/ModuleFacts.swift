// One walk over the reachable functions before lowering finds what a closed world lets the compiler
// assume: which functions can run at all, which tables never change, which memories never grow.

import Diagnostics
import WasmBinary
import WasmSpec
import WasmValidation

/// What a walk over the module's code has found.
struct ModuleFacts {
    /// Functions that something reachable calls or refers to; indexed by function index.
    var isReachable: [Bool]
    /// Functions whose reference is taken: by elements, globals, `ref.func`.
    var isReferenced: [Bool]
    /// Direct callees of each defined function, without repetition; empty for unreachable ones.
    var callees: [[FunctionIndex]]
    /// Tables that some reachable instruction may change.
    var isTableMutable: [Bool]
    /// Tables whose references are read as values (`table.get`, `table.copy` from it, ...).
    var isTableRead: [Bool]
    var isMemoryGrown: [Bool]
    /// Whether a reachable function makes a tail call.
    var usesTailCalls = false

    /// The instructions outside functions that refer to functions: start, exports that the program can
    /// call, elements and globals.
    init(_ module: ValidatedModule, roots: [FunctionIndex]) throws(Diagnostic) {
        isReachable = Array(repeating: false, count: module.functionTypes.count)
        isReferenced = isReachable
        callees = Array(repeating: [], count: module.module.functions.count)
        isTableMutable = Array(repeating: false, count: module.tables.count)
        isTableRead = isTableMutable
        isMemoryGrown = Array(repeating: false, count: module.memories.count)
        var worklist: [FunctionIndex] = []
        for root in roots { reach(root, &worklist) }
        for function in try Self.functionsInInitializers(module) {
            isReferenced[function.position] = true
            reach(function, &worklist)
        }
        while let function = worklist.popLast() { try scan(function, in: module, &worklist) }
    }

    private mutating func reach(_ function: FunctionIndex, _ worklist: inout [FunctionIndex]) {
        guard !isReachable[function.position] else { return }
        isReachable[function.position] = true
        worklist.append(function)
    }

    private mutating func scan(
        _ function: FunctionIndex, in module: ValidatedModule, _ worklist: inout [FunctionIndex]
    ) throws(Diagnostic) {
        let imported = module.importedFunctionCount
        guard function.position >= imported else { return }
        let body = module.module.functions[function.position - imported].body
        var called: Set<FunctionIndex> = []
        var order: [FunctionIndex] = []
        try module.module.source.withReader(body) { (reader) throws(Diagnostic) in
            var instructions = InstructionReader(reader)
            while !instructions.isAtEnd {
                switch try instructions.next() {
                case .call(let callee):
                    if called.insert(callee).inserted { order.append(callee) }
                case .returnCall(let callee):
                    usesTailCalls = true
                    if called.insert(callee).inserted { order.append(callee) }
                case .refFunc(let target):
                    isReferenced[target.position] = true
                    reach(target, &worklist)
                case let other: note(other)
                }
            }
        }
        for callee in order { reach(callee, &worklist) }
        callees[function.position - imported] = order
    }

    /// Records what an instruction means for tables and memories.
    private mutating func note(_ instruction: Instruction) {
        switch instruction {
        case .tableSet(let table), .tableFill(let table), .tableInit(_, let table):
            isTableMutable[table.position] = true
        case .tableGrow(let table): isTableMutable[table.position] = true
        case .tableCopy(let destination, let source):
            isTableMutable[destination.position] = true
            // The runtime copies between two `wasmc_table` structures, which constant tables do not have.
            isTableMutable[source.position] = true
        case .tableGet(let table): isTableRead[table.position] = true
        case .memoryGrow(let memory): isMemoryGrown[memory.position] = true
        case .returnCallIndirect, .returnCallRef: usesTailCalls = true
        // Every other instruction says nothing about tables and memories; new ones that do must be added here.
        default: break
        }
    }

    private static func functionsInInitializers(_ module: ValidatedModule) throws(Diagnostic) -> [FunctionIndex] {
        var result: [FunctionIndex] = []
        func collect(_ expression: ConstantExpression) throws(Diagnostic) {
            try module.module.source.withReader(expression.body) { (reader) throws(Diagnostic) in
                var instructions = InstructionReader(reader)
                while !instructions.isAtEnd {
                    if case .refFunc(let target) = try instructions.next() { result.append(target) }
                }
            }
        }
        for segment in module.module.elementSegments {
            switch segment.elements {
            case .functions(let indices): result += indices
            case .expressions(let expressions): for expression in expressions { try collect(expression) }
            }
        }
        for global in module.module.globals { try collect(global.initializer) }
        for table in module.module.tables { if let initializer = table.initializer { try collect(initializer) } }
        return result
    }
}

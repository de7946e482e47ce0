// What a function may cost LLVM beyond its bytes: a few of them can ask for values without number.

import Diagnostics
import WasmSpec
import WasmValidation

/// Bounds on what lowering makes of a function, from one walk over its instructions. Unreachable code counts.
struct FunctionCost: Sendable {
    /// Arguments and results of calls, and values that branches carry: `call` of two bytes can have a thousand.
    var passedValues = 0
    /// Values for locals where control flow meets: each local that is set in a loop is another value in it, and in
    /// each loop around it.
    var mergedLocals = 0
    /// The deepest loop; 1 for a loop in no other.
    var loopDepth = 0

    // Real programs: at most 10 loops deep, 0.7 merged locals and 0.3 passed values for each byte.

    /// LLVM's time grows with the third power of the depth: 512 take seconds.
    static let largestLoopDepth = 64
    /// A merged local costs LLVM's optimiser as much as ten bytes of code.
    static let mergedLocalsPerByte = 4

    /// Whether a function of this size is more than LLVM's optimiser can do in bounded time and memory. Then it is
    /// not optimised, and its locals stay in memory, where nothing is merged.
    func isExcessive(bytes: Int) -> Bool {
        loopDepth > Self.largestLoopDepth || mergedLocals > Self.mergedLocalsPerByte * bytes + 256
    }
}

extension ProgramFacts {
    /// Passed values of a whole program, where code is small and for each byte of it.
    private static let passedValues = 1_000_000
    private static let passedValuesPerByte = 8

    /// Refuses a program whose calls and branches pass more values than its size explains. Each is code, whatever the
    /// level, so that there is no cheaper way.
    ///
    /// Throws `.unsupported`.
    func refuseExcessiveValues(_ instances: [InstancePlan]) throws(Diagnostic) {
        var values = 0
        var limit = Self.passedValues
        for (instance, costs) in zip(instances, costs) {
            for (cost, function) in zip(costs, instance.module.module.functions) {
                values += cost.passedValues
                limit += Self.passedValuesPerByte * function.body.count
            }
        }
        guard values > limit else { return }
        throw Diagnostic(
            .unsupported, "too many values",
            "calls and branches pass \(values) values; this compiler's limit for code of this size is \(limit)")
    }
}

/// Counts a function's cost, instruction by instruction.
struct FunctionCostCounter {
    private(set) var cost = FunctionCost()
    private let module: ValidatedModule
    private let localCount: Int
    private var frames: [Frame]
    private var openLoops = 0

    private struct Frame {
        var isLoop: Bool
        /// Values that a branch to the label carries.
        var arity: Int
        /// Values that arrive at its end.
        var results: Int
        /// Instructions inside that set a local.
        var localSets = 0
    }

    init(_ module: ValidatedModule, _ function: FunctionIndex, _ definition: Function) {
        self.module = module
        let signature = module.signature(of: function)
        localCount = signature.parameters.count + definition.locals.reduce(0) { $0 + Int($1.count) }
        frames = [Frame(isLoop: false, arity: signature.results.count, results: signature.results.count)]
    }

    mutating func note(_ instruction: Instruction) {
        switch instruction {
        case .block(let type), .if(let type), .tryTable(let type, _), .legacyTry(let type): open(type, isLoop: false)
        case .loop(let type): open(type, isLoop: true)
        case .end, .legacyDelegate: close()
        case .localSet, .localTee: frames[frames.count - 1].localSets += 1
        case .call(let callee), .returnCall(let callee): pass(module.signature(of: callee))
        case .callIndirect(let type, _), .returnCallIndirect(let type, _), .callRef(let type), .returnCallRef(let type):
            pass(module.functionType(type))
        case .br(let label), .brIf(let label), .brOnNull(let label), .brOnNonNull(let label): branch(label)
        case .brOnCast(let cast), .brOnCastFail(let cast): branch(cast.label)
        case .brTable(let table):
            // Labels that occur again take the same edge.
            for label in Set(table.labels) { branch(label) }
            branch(table.defaultLabel)
        case .return: cost.passedValues += frames[0].arity
        // Nothing else has more operands than its bytes say.
        default: break
        }
    }

    private mutating func open(_ type: BlockType, isLoop: Bool) {
        var arity = 0
        var results = 0
        switch type {
        case .empty: break
        case .result: results = 1
        case .type(let index):
            let signature = module.functionType(index)
            arity = signature.parameters.count
            results = signature.results.count
        }
        cost.passedValues += arity + results
        frames.append(Frame(isLoop: isLoop, arity: isLoop ? arity : results, results: results))
        if isLoop {
            openLoops += 1
            cost.loopDepth = max(cost.loopDepth, openLoops)
        }
    }

    private mutating func close() {
        let frame = frames.removeLast()
        guard !frames.isEmpty else { return }
        if frame.isLoop { openLoops -= 1 }
        cost.mergedLocals += min(frame.localSets, localCount)
        frames[frames.count - 1].localSets += frame.localSets
    }

    private mutating func pass(_ signature: FunctionType) {
        cost.passedValues += signature.parameters.count + signature.results.count
    }

    private mutating func branch(_ label: LabelDepth) {
        cost.passedValues += frames[frames.count - 1 - label.position].arity
    }
}

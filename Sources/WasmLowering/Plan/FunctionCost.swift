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
    /// Values for locals where handlers begin: each call in a `try` brings another value of each local that is set there.
    var handledLocals = 0
    /// The deepest loop; 1 for a loop in no other.
    var loopDepth = 0
    /// The same for `try_table` and `try`.
    var tryDepth = 0

    /// Instructions of the machine, about.
    var instructions = 0
    /// The most of them between two branches or labels.
    var longestRun = 0
    /// Instructions in runs that are longer than what is ordinary.
    var straightInstructions = 0
    /// Branches, and labels that branches lead to.
    var branches = 0
    /// Branches that lowering makes besides: to traps, inside of what an instruction becomes, and from calls to handlers.
    var checks = 0
    /// Of the checks, those of calls.
    var handledCalls = 0
    /// Accesses to memories that no guard pages protect: a few of them share a compare and a branch.
    var comparedAccesses = 0
    /// Of the instructions, those of what is checked: what they cost, the checks say.
    var checkedInstructions = 0
    /// The sum of the squares of how many labels each `br_table` has.
    var switchEdges = 0
    var loops = 0
    /// Locals that the code names.
    var locals = 0

    // Real programs (7,400 functions): at most 10 loops deep, 0.7 merged locals and 0.3 passed values for each byte, 0.3
    // instructions for each byte, 6,000 in a run (ciphers), 12,000 branches, 800 locals; 120,000 locals times branches.
    // Of their instructions, 1 to 8 % are straight, 18 % where there are many vectors, 98 % in ciphers (22,000).

    /// LLVM's time grows with the third power of the depth: 512 take seconds.
    static let largestLoopDepth = 64
    /// Each handler is followed by those around it.
    static let largestTryDepth = 128
    /// A merged local costs LLVM's optimiser as much as ten bytes of code.
    static let mergedLocalsPerByte = 4
    /// A handled local is a move on the way to the handler.
    static let handledLocalsPerByte = 8
    /// Values that live at once, in registers and slots that have to be chosen among each other.
    static let largestLocals = 4_000
    /// To make values of locals, LLVM looks at each local in each block.
    static let largestLocalsTimesBranches = 4_000_000
    /// Passes look at pairs of instructions of a block.
    static let largestRun = 8_000
    /// What is longer is straight: it may take twenty times as long as other code, for each of its bytes, however short
    /// the function. A program may have so much of it (`ProgramPlan.straightInstructions`).
    static let ordinaryRun = 64
    static let largestBranches = 16_000
    /// Placing blocks, LLVM asks each edge of a switch for its probability, which it finds by going through all edges.
    /// This is about a switch of 4,500 labels.
    static let largestSwitchEdges = 20_000_000
    /// A loop may be unrolled and vectorised, into twenty times what it was.
    static let largestLoops = 600
    /// From here on a function gets few passes, each once. Those of `-O2` take more than 60 us for a byte then: they look
    /// at blocks and loops in pairs, and come again and again.
    static let manyBranches = 1_500
    /// Checks stand closer to each other than branches, and values live across all of them.
    static let manyChecks = 400
    /// What is known from a check is asked for at each later one: from here on no pass is linear. Of what compilers emit, nothing
    /// comes near; a call that handlers follow is none of these.
    static let largestChecks = 2_000
    static let manyComparedAccesses = 1_500
    /// A program may have so many in functions that have more than this (`ProgramPlan.checks`).
    static let ordinaryChecks = 100
    /// Ciphers have runs of 6,000, and gain from all passes.
    static let veryLongRun = 6_000
    /// Making vectors of scalars takes seconds from here on, in the worst case: it grows with the third power.
    static let longRun = 1_500
    static let manyLoops = 100
    static let manyBytes = 200 << 10
    /// As many instructions as an excessive function has, unless it has as many bytes.
    static let instructions = 20_000

    /// Branches of all kinds.
    private var forks: Int { branches + checks }

    /// Whether LLVM can make values of the locals of a function of this size.
    func canPromoteLocals(bytes: Int) -> Bool {
        loopDepth <= Self.largestLoopDepth && locals <= Self.largestLocals
            && locals * forks <= Self.largestLocalsTimesBranches
            && handledLocals <= Self.handledLocalsPerByte * bytes + 256
    }

    /// Whether a function of this size is more than LLVM's optimiser can do in bounded time and memory. Then it is
    /// not optimised, and its locals stay in memory where need be.
    func isExcessive(bytes: Int) -> Bool {
        !canPromoteLocals(bytes: bytes) || mergedLocals > Self.mergedLocalsPerByte * bytes + 256
            || longestRun > Self.largestRun || forks > Self.largestBranches || tryDepth > Self.largestTryDepth
            || switchEdges > Self.largestSwitchEdges || loops > Self.largestLoops
            || instructions - checkedInstructions > max(bytes, Self.instructions)
    }

    /// Whether a function of this size costs LLVM's standard passes more than in proportion to it.
    func isLarge(bytes: Int) -> Bool {
        forks > Self.manyBranches || checks > Self.manyChecks || longestRun > Self.veryLongRun
            || loops > Self.manyLoops || comparedAccesses > Self.manyComparedAccesses || bytes > Self.manyBytes
    }

    /// Whether no pass looks at it in bounded time.
    var hasTooManyChecks: Bool { checks - handledCalls > Self.largestChecks }

    /// What the checks of a function cost: from `manyChecks` on, the square.
    var costOfChecks: Int { checks * max(1, checks / Self.manyChecks) }

    /// Whether much of it is in long runs.
    var isStraight: Bool { 8 * straightInstructions > instructions }

    /// Whether it has more checks than most functions.
    var isChecked: Bool { checks > Self.ordinaryChecks }

    /// Whether LLVM is not to look for vectors in it.
    var hasLongRun: Bool { longestRun > Self.longRun }

    /// Whether it has more instructions than its bytes explain. A few such functions are no harm.
    func isDense(bytes: Int) -> Bool { 2 * (instructions - checkedInstructions) > bytes }
}

extension ProgramFacts {
    /// Passed values of a whole program, where code is small and for each byte of it.
    private static let passedValues = 500_000
    private static let passedValuesPerByte = 1

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
    /// By memory: whether accesses are compared.
    private let isCompared: [Bool]
    private var frames: [Frame]
    private var openLoops = 0
    private var openTries = 0
    /// Instructions that set a local, in all open tries together.
    private var setsInTries = 0
    /// Instructions of the machine since the last branch or label.
    private var run = 0
    private var namedLocals: Set<LocalIndex> = []

    private struct Frame {
        var isLoop: Bool
        /// Whether a call inside may go on elsewhere: it ends a block.
        var isTry: Bool
        /// Values that a branch to the label carries.
        var arity: Int
        /// Values that arrive at its end.
        var results: Int
        /// Instructions inside that set a local.
        var localSets = 0
        /// Whether something branches to its end.
        var isTarget = false
    }

    init(_ module: ValidatedModule, _ function: FunctionIndex, _ definition: Function, _ options: CompileOptions) {
        self.module = module
        isCompared = module.memories.map { !options.usesGuardPages($0) }
        let signature = module.signature(of: function)
        localCount = signature.parameters.count + definition.locals.reduce(0) { $0 + Int($1.count) }
        frames = [Frame(isLoop: false, isTry: false, arity: signature.results.count, results: signature.results.count)]
    }

    mutating func note(_ instruction: Instruction) {
        let expansion = instruction.expansion
        cost.instructions += expansion
        run += expansion
        if instruction.checks > 0 {
            cost.checks += instruction.checks
            cost.checkedInstructions += expansion
            closeRun()
        }
        switch instruction {
        case .block(let type): open(type, isLoop: false)
        case .tryTable(let type, let clauses):
            for clause in clauses { catches(clause) }
            open(type, isLoop: false, isTry: true)
        case .legacyTry(let type): open(type, isLoop: false, isTry: true)
        case .legacyCatch(let tag):
            cost.passedValues += payload(of: tag)
            endRun()
        case .legacyCatchAll: endRun()
        case .throw(let tag):
            cost.passedValues += payload(of: tag)
            endRun()
        case .if(let type):
            endRun()
            open(type, isLoop: false)
            frames[frames.count - 1].isTarget = true
        case .loop(let type):
            endRun()
            cost.loops += 1
            open(type, isLoop: true)
        case .else: endRun()
        case .end, .legacyDelegate: close()
        case .localGet(let local): name(local)
        case .localSet(let local), .localTee(let local):
            name(local)
            frames[frames.count - 1].localSets += 1
            if openTries > 0 { setsInTries += 1 }
        case .call(let callee), .returnCall(let callee): pass(module.signature(of: callee))
        case .callIndirect(let type, _), .returnCallIndirect(let type, _), .callRef(let type), .returnCallRef(let type):
            endRun()
            pass(module.functionType(type))
        case .br(let label), .brIf(let label), .brOnNull(let label), .brOnNonNull(let label): branch(label)
        case .brOnCast(let cast), .brOnCastFail(let cast): branch(cast.label)
        case .brTable(let table):
            // Labels that occur again take the same edge.
            let labels = Set(table.labels)
            cost.switchEdges += labels.count * labels.count
            for label in labels { branch(label) }
            branch(table.defaultLabel)
        case .return:
            endRun()
            cost.passedValues += frames[0].arity
        case .load(_, let memArg), .store(_, let memArg), .vectorLoad(_, let memArg), .vectorStore(let memArg),
            .vectorLoadLane(_, let memArg, _), .vectorStoreLane(_, let memArg, _), .atomicLoad(_, let memArg),
            .atomicStore(_, let memArg), .atomicReadModifyWrite(_, let memArg), .atomicCompareExchange(_, let memArg):
            if isCompared[memArg.memory.position] { cost.comparedAccesses += 1 }
        case .structNew(let type): store(fieldCount(type))
        case .arrayNewFixed(_, let count): store(Int(count))
        // Nothing else has more operands than its bytes say.
        default: break
        }
    }

    private mutating func name(_ local: LocalIndex) {
        if namedLocals.insert(local).inserted { cost.locals += 1 }
    }

    private mutating func endRun() {
        closeRun()
        cost.branches += 1
    }

    private mutating func closeRun() {
        cost.longestRun = max(cost.longestRun, run)
        if run > FunctionCost.ordinaryRun { cost.straightInstructions += run }
        run = 0
    }

    private func payload(of tag: TagIndex) -> Int { module.functionType(module.tags[tag.position]).parameters.count }

    /// The label of a clause, which counts from outside of its block.
    private mutating func catches(_ clause: CatchClause) {
        switch clause {
        case .catchTag(let tag, _), .catchTagRef(let tag, _): cost.passedValues += payload(of: tag)
        case .catchAll, .catchAllRef: break
        }
        branch(clause.label)
    }

    private mutating func open(_ type: BlockType, isLoop: Bool, isTry: Bool = false) {
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
        frames.append(Frame(isLoop: isLoop, isTry: isTry, arity: isLoop ? arity : results, results: results))
        if isTry {
            openTries += 1
            cost.tryDepth = max(cost.tryDepth, openTries)
        }
        if isLoop {
            openLoops += 1
            cost.loopDepth = max(cost.loopDepth, openLoops)
        }
    }

    private mutating func close() {
        let frame = frames.removeLast()
        if frame.isTarget || frames.isEmpty { endRun() }
        guard !frames.isEmpty else { return }
        if frame.isLoop { openLoops -= 1 }
        if frame.isTry { openTries -= 1 }
        if openTries == 0 { setsInTries = 0 }
        cost.mergedLocals += min(frame.localSets, localCount)
        frames[frames.count - 1].localSets += frame.localSets
    }

    private mutating func pass(_ signature: FunctionType) {
        if openTries > 0 {
            endRun()
            cost.checks += 1
            cost.handledCalls += 1
            cost.handledLocals += min(setsInTries, cost.locals)
        }
        let count = signature.parameters.count + signature.results.count
        cost.passedValues += count
        // Most find registers when there are few.
        let moves = max(0, count - 6)
        cost.instructions += moves
        run += moves
    }

    private func fieldCount(_ type: TypeIndex) -> Int {
        switch module.module.types[type.position].composite {
        case .structure(let fields): fields.count
        case .array: 1
        case .function: 0
        }
    }

    /// Values that go into an object, one by one.
    private mutating func store(_ count: Int) {
        cost.instructions += count
        run += count
    }

    private mutating func branch(_ label: LabelDepth) {
        let target = frames.count - 1 - label.position
        frames[target].isTarget = true
        cost.passedValues += frames[target].arity
        endRun()
    }
}

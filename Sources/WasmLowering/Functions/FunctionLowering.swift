// Lowers one function: the frame of locals, the operand stack, the dispatch to the families.
// Each family has a file of its own, FunctionLowering+<Family>.swift.

import Diagnostics
import LLVMBridge
import WasmBinary
import WasmInstructionTable
import WasmProfile
import WasmSpec
import WasmValidation

/// The lowering of one function body, which has been validated: operands are there and have their types.
final class FunctionLowering {
    let owner: ModuleLowering
    let builder: IRBuilder
    let context: LLVMContext
    let types: IRTypes
    /// The instance whose indices the code uses.
    let instance: InstancePlan
    let signature: FunctionType
    /// The function that is being built: the instance's, or an operation out of line.
    var function: IRFunction
    /// Offset of the instruction that is being lowered, for traps and line tables.
    var instructionOffset = 0

    var operands: [IRValue] = []
    var controls: [ControlFrame] = []
    /// False behind a branch until the end of its block: such code is decoded and not lowered.
    var isReachable = true
    /// Blocks that were opened in unreachable code.
    var skippedBlocks = 0

    /// Handlers of exceptions, from outside to inside, and throws that depend on them.
    var regions: [TryRegion] = []
    var pendingThrows: [PendingThrow] = []
    var landingPadCount = 0
    var sharedLandingPad: SharedLandingPad?
    /// Copies of caught exceptions on the stack, by depth, and how many are in use.
    var exceptionCopies: [IRValue] = []
    var openCopies = 0

    /// Compares that accesses have in common.
    var boundsChecks = BoundsChecks()

    private var locals: LocalSlots
    /// Where locals are made and get their first values; it leads to the body.
    private let entry: BasicBlock
    private let subprogram: Metadata
    /// Where the code comes from, with `-g`.
    let source: FunctionSource?
    /// The function of the module whose body it is; nil for code of the compiler's own.
    private let definition: Function?
    /// What was counted of the function, if that is known.
    private var counts: FunctionCounts?
    /// Where its code begins, its locals included.
    private var codeOffset = 0
    /// By module offset, whether the branch there is likely.
    private var branchHints: [Int: Bool] = [:]

    init(_ owner: ModuleLowering, _ instance: InstancePlan, definedFunction position: Int) {
        self.instance = instance
        self.owner = owner
        builder = owner.builder
        context = owner.context
        types = owner.types
        let definition = instance.module.module.functions[position]
        self.definition = definition
        let index = FunctionIndex(position + instance.module.importedFunctionCount)
        signature = instance.module.signature(of: index)
        function = owner.defineFunction(FunctionID(instance: instance.number, function: index))
        branchHints = Dictionary(
            (instance.branchHints.hints[index] ?? []).map { (definition.offset + Int($0.offset), $0.isLikely) },
            uniquingKeysWith: { first, _ in first })
        counts = owner.plan.profile?.functions[instance.number][position]
        codeOffset = definition.offset
        if let counts { function.setMetadata(owner.profileKind, context.functionEntryCount(counts.entries)) }
        locals = LocalSlots(signature, definition.locals)
        entry = function.appendBlock("entry")
        source = owner.source?.function(position)
        subprogram =
            source?.subprogram
            ?? owner.debugInfo.subprogram(
                function.name, linkageName: "", file: owner.debugFile,
                line: owner.numbering.line(ofOffset: UInt32(definition.offset)),
                isOptimized: owner.optimization != .none)
        function.setSubprogram(subprogram)
    }

    /// Code of the compiler's own that a module's constant expressions are part of: a function without parameters,
    /// results and locals.
    init(_ owner: ModuleLowering, _ instance: InstancePlan, initialization function: IRFunction) {
        self.instance = instance
        self.owner = owner
        builder = owner.builder
        context = owner.context
        types = owner.types
        definition = nil
        signature = FunctionType(parameters: [], results: [])
        self.function = function
        locals = LocalSlots(signature, [])
        entry = function.appendBlock("entry")
        source = owner.source?.initialization
        subprogram =
            source?.subprogram
            ?? owner.debugInfo.subprogram(
                function.name, linkageName: "", file: owner.debugFile, line: 0,
                isOptimized: owner.optimization != .none)
        function.setSubprogram(subprogram)
    }

    var module: ValidatedModule { instance.module }

    /// Lowers the whole body.
    func lower() throws(Diagnostic) {
        guard let definition else { throw Diagnostic(.internal, "no body", function.name) }
        let body = function.appendBlock("body")
        builder.positionAtEnd(body)
        builder.debugLocation = nil
        pushFunctionFrame()
        try module.module.source.withReader(definition.body) { (reader) throws(Diagnostic) in
            var instructions = InstructionReader(reader)
            while !instructions.isAtEnd {
                let instruction = try instructions.next()
                instructionOffset = instructions.instructionOffset
                builder.debugLocation = source?.location(at: instructionOffset)
                followVariables()
                if isReachable { try lower(instruction) } else { skip(instruction) }
                if source != nil, instruction.isLabel { repeatVariables() }
            }
        }
        finishRegions()
        builder.debugLocation = nil
        builder.positionAtEnd(entry)
        declareVariables()
        builder.br(body)
    }

    /// Lowers what `body` builds as the whole function.
    func lowerInitialization(_ body: () throws(Diagnostic) -> Void) throws(Diagnostic) {
        let start = function.appendBlock("body")
        builder.positionAtEnd(start)
        builder.debugLocation = nil
        try body()
        if isReachable { builder.retVoid() }
        builder.positionAtEnd(entry)
        builder.br(start)
    }

    /// The value of a constant expression, computed at the builder's place.
    func evaluate(_ expression: ConstantExpression) throws(Diagnostic) -> IRValue {
        try module.module.source.withReader(expression.body) { (reader) throws(Diagnostic) in
            var instructions = InstructionReader(reader)
            while !instructions.isAtEnd {
                let instruction = try instructions.next()
                instructionOffset = instructions.instructionOffset
                if case .end = instruction { break }
                try lowerInline(instruction)
            }
        }
        return pop()
    }

    /// What the module says of the conditional branch that is being lowered, unless it was counted. It may be wrong, and is
    /// then slow.
    var hintedWeights: BranchWeights? {
        countedWeights ?? branchHints[instructionOffset].map { $0 ? .likely : .unlikely }
    }

    /// What was counted at the instruction that is being lowered.
    var siteCounts: SiteCounts? { counts?.sites[UInt32(truncatingIfNeeded: instructionOffset - codeOffset)] }

    // MARK: Operands

    func push(_ value: IRValue) { operands.append(value) }

    /// Validation guarantees an operand in reachable code.
    func pop() -> IRValue { operands.removeLast() }

    /// Pops `count` operands; the last pushed is the last element.
    func pop(_ count: Int) -> [IRValue] {
        let values = Array(operands.suffix(count))
        operands.removeLast(count)
        return values
    }

    /// Pops a vector as lanes of `type`.
    func popVector(_ type: IRType) -> IRValue {
        let value = pop()
        return value.constantVector(as: type) ?? builder.bitCast(value, type)
    }

    /// Pushes a vector of any lanes.
    func pushVector(_ value: IRValue) { push(builder.bitCast(value, types.v128)) }

    // MARK: Locals

    func readLocal(_ index: LocalIndex) -> IRValue {
        let slot = slot(index)
        return builder.load(slot.type, slot.address)
    }

    func writeLocal(_ index: LocalIndex, _ value: IRValue) {
        builder.store(value, slot(index).address)
        guard let source else { return }
        if source.frameBase == index { noteFrame(value, source) }
        noteLocal(index, value, source)
    }

    /// Parameters and locals.
    var localCount: Int { locals.count }

    private func slot(_ index: LocalIndex) -> LocalSlots.Slot {
        locals.slot(index) { type, isParameter in
            inEntry {
                let slot = LocalSlots.Slot(address: builder.alloca(types.type(type)), type: types.type(type))
                let initial =
                    isParameter ? owner.guestParameter(index.position, of: function, signature) : types.zero(type)
                builder.store(initial, slot.address)
                return slot
            }
        }
    }

    /// Builds at the end of the entry block, where stack is reserved once for the function.
    func inEntry<Result>(_ body: () -> Result) -> Result {
        let current = builder.insertBlock
        let location = builder.debugLocation
        builder.positionAtEnd(entry)
        // Nobody stops there: a function's first line begins behind it.
        builder.debugLocation = nil
        defer {
            builder.debugLocation = location
            if let current { builder.positionAtEnd(current) }
        }
        return body()
    }

    // MARK: Places and traps

    /// Gives the instructions that `body` builds the current module offset as their place, for the table
    /// that maps a fault's program counter back. An operation out of line has none: its callers have.
    func located<Result>(isTailCall: Bool = false, _ body: () -> Result) -> Result {
        guard outlinedOffset == nil else { return body() }
        owner.notePlace(instructionOffset, instance)
        let location = builder.debugLocation
        builder.debugLocation =
            source?.place(at: instructionOffset)
            ?? owner.debugInfo.location(
                line: owner.numbering.line(ofOffset: UInt32(truncatingIfNeeded: instructionOffset)),
                column: isTailCall ? InlinedPlaces.tailCallColumn : 0, scope: subprogram)
        defer { builder.debugLocation = location }
        return body()
    }

    /// Calls a function of the runtime's that returns. A backtrace begins at the caller, which thus stays on the stack.
    @discardableResult
    func callRuntime(_ callee: IRFunction, _ arguments: [IRValue]) -> IRValue {
        located { builder.call(callee, arguments, tailCall: .noTail) }
    }

    /// In an operation out of line, the parameter that is the place.
    var outlinedOffset: IRValue?

    var moduleOffset: IRValue {
        owner.notePlace(instructionOffset, instance)
        return outlinedOffset ?? owner.place(UInt32(truncatingIfNeeded: instructionOffset))
    }

    /// Ends the block with a trap.
    func trap(_ trap: TrapKind) { self.trap(code: context.constI32(trap.rawValue)) }

    /// `element` is the table element that the trap is about.
    func trap(code: IRValue, element: IRValue? = nil) {
        // An access behind this must not trap in its place.
        boundsChecks.end()
        _ = callTrap(code, element)
    }

    private func callTrap(_ code: IRValue, _ element: IRValue?) -> IRValue {
        defer { builder.unreachable() }
        let callee = owner.builtin(element == nil ? .wasmc_trap : .wasmc_trap_element)
        return located { builder.call(callee, [code, moduleOffset] + (element.map { [$0] } ?? [])) }
    }

    /// Traps if `condition` is true; lowering goes on in the block where it is not. Each place has a cold
    /// block of its own, because the call carries the place.
    func trapIf(_ condition: IRValue, _ code: TrapKind) {
        trapIf(condition, code: context.constI32(code.rawValue))
    }

    func trapIf(_ condition: IRValue, code: IRValue, element: IRValue? = nil) {
        _ = inTrapBlock(if: condition) { trap(code: code, element: element) }
    }

    /// Traps for an access outside its memory, which does not end the compares that accesses have in common. The call of the
    /// trap; nil when there is none.
    func trapOutOfBounds(if condition: IRValue) -> IRValue? {
        inTrapBlock(if: condition) {
            callTrap(context.constI32(TrapKind.outOfBoundsMemoryAccess.rawValue), nil)
        }
    }

    private func inTrapBlock<Result>(if condition: IRValue, _ body: () -> Result) -> Result? {
        if condition.constantZExtValue == 0 { return nil }
        let trapBlock = function.appendBlock("trap")
        let next = function.appendBlock("next")
        builder.condBr(condition, trapBlock, next, weights: .unlikely)
        builder.positionAtEnd(trapBlock)
        let result = body()
        builder.positionAtEnd(next)
        return result
    }

    // MARK: Dispatch

    /// Lowers one instruction of reachable code.
    private func lower(_ instruction: Instruction) throws(Diagnostic) {
        let keepsChecks = keepsBoundsChecks(instruction)
        if !keepsChecks, !instruction.isPlainStore { boundsChecks.end() }
        if try lowerOutlined(instruction) { return boundsChecks.end() }
        try lowerInline(instruction)
        if !keepsChecks { boundsChecks.end() }
    }

    func lowerInline(_ instruction: Instruction) throws(Diagnostic) {
        switch instruction {
        case .unreachable: lowerUnreachable()
        case .nop: break
        case .block(let type): lowerBlock(type)
        case .loop(let type): lowerLoop(type)
        case .if(let type): lowerIf(type)
        case .else: lowerElse()
        case .end: lowerEnd()
        case .br(let label): lowerBr(label)
        case .brIf(let label): lowerBrIf(label)
        case .brTable(let table): lowerBrTable(table)
        case .return: lowerReturn()
        case .call(let callee): try lowerCall(callee)
        case .callIndirect(let type, let table): lowerCallIndirect(type, table)
        case .callRef(let type): lowerCallRef(type)
        case .returnCall(let callee): try lowerReturnCall(callee)
        case .returnCallIndirect(let type, let table): lowerReturnCallIndirect(type, table)
        case .returnCallRef(let type): lowerReturnCallRef(type)
        case .brOnNull(let label): lowerBrOnNull(label)
        case .brOnNonNull(let label): lowerBrOnNonNull(label)

        case .throw(let tag): lowerThrow(tag)
        case .throwRef: lowerThrowRef()
        case .tryTable(let type, let clauses): lowerTryTable(type, clauses)
        case .legacyTry(let type): lowerLegacyTry(type)
        case .legacyCatch(let tag): lowerCatch(tag)
        case .legacyCatchAll: lowerCatch(nil)
        case .legacyRethrow(let label): lowerRethrow(label)
        case .legacyDelegate(let label): lowerDelegate(label)

        case .drop: lowerDrop()
        case .select, .selectTyped: lowerSelect()

        case .localGet(let index): lowerLocalGet(index)
        case .localSet(let index): lowerLocalSet(index, pop())
        case .localTee(let index): lowerLocalSet(index, operands[operands.count - 1])
        case .globalGet(let index): lowerGlobalGet(index)
        case .globalSet(let index): lowerGlobalSet(index)

        case .tableGet(let table): lowerTableGet(table)
        case .tableSet(let table): lowerTableSet(table)
        case .tableInit(let element, let table): lowerTableInit(element, table)
        case .elemDrop(let element): lowerElemDrop(element)
        case .tableCopy(let destination, let source): lowerTableCopy(destination, source)
        case .tableGrow(let table): lowerTableGrow(table)
        case .tableSize(let table): lowerTableSize(table)
        case .tableFill(let table): lowerTableFill(table)

        case .load(let operation, let memArg): lowerLoad(operation, memArg)
        case .store(let operation, let memArg): lowerStore(operation, memArg)
        case .memorySize(let memory): lowerMemorySize(memory)
        case .memoryGrow(let memory): lowerMemoryGrow(memory)
        case .memoryInit(let data, let memory): lowerMemoryInit(data, memory)
        case .dataDrop(let data): lowerDataDrop(data)
        case .memoryCopy(let destination, let source): lowerMemoryCopy(destination, source)
        case .memoryFill(let memory): lowerMemoryFill(memory)

        case .i32Const(let value): push(context.constI32(UInt32(bitPattern: value)))
        case .i64Const(let value): push(context.constI64(UInt64(bitPattern: value)))
        case .integerTest(let operation): lowerIntegerTest(operation)
        case .integerCompare(let operation): lowerIntegerCompare(operation)
        case .integerUnary(let operation): lowerIntegerUnary(operation)
        case .integerBinary(let operation): lowerIntegerBinary(operation)
        case .wideArithmetic(let operation): lowerWideArithmetic(operation)

        case .f32Const(let bits): push(floatConstant(context.f32, UInt64(bits)))
        case .f64Const(let bits): push(floatConstant(context.f64, bits))
        case .floatCompare(let operation): lowerFloatCompare(operation)
        case .floatUnary(let operation): lowerFloatUnary(operation)
        case .floatBinary(let operation): lowerFloatBinary(operation)
        case .conversion(let operation): lowerConversion(operation)

        case .refNull: push(types.reference.constNull())
        case .refIsNull: lowerRefIsNull()
        case .refFunc(let index): push(owner.reference(to: instance.functions[index.position]))
        case .refAsNonNull: lowerRefAsNonNull()
        case .refEq: lowerRefEq()
        case .refTest(let type): lowerRefTest(type, isNullable: false)
        case .refTestNull(let type): lowerRefTest(type, isNullable: true)
        case .refCast(let type): lowerRefCast(type, isNullable: false)
        case .refCastNull(let type): lowerRefCast(type, isNullable: true)
        case .brOnCast(let branch): lowerBrOnCast(branch, whenFailed: false)
        case .brOnCastFail(let branch): lowerBrOnCast(branch, whenFailed: true)
        // One reference under two types.
        case .anyConvertExtern, .externConvertAny: break
        case .refI31: lowerRefI31()
        case .i31Get(let operation): lowerI31Get(operation)

        case .structNew(let type): lowerStructNew(type)
        case .structNewDefault(let type): lowerStructNewDefault(type)
        case .structGet(let operation, let type, let field): lowerStructGet(operation, type, field)
        case .structSet(let type, let field): lowerStructSet(type, field)
        case .arrayNew(let type): lowerArrayNew(type)
        case .arrayNewDefault(let type): lowerArrayNewDefault(type)
        case .arrayNewFixed(let type, let count): lowerArrayNewFixed(type, count)
        case .arrayNewData(let type, let data): lowerArrayNewData(type, data)
        case .arrayNewElem(let type, let element): lowerArrayNewElem(type, element)
        case .arrayGet(let operation, let type): lowerArrayGet(operation, type)
        case .arraySet(let type): lowerArraySet(type)
        case .arrayLen: lowerArrayLen()
        case .arrayFill(let type): lowerArrayFill(type)
        case .arrayCopy(let destination, let source): lowerArrayCopy(destination, source)
        case .arrayInitData(let type, let data): lowerArrayInitData(type, data)
        case .arrayInitElem(let type, let element): lowerArrayInitElem(type, element)

        case .v128Const(let value): push(vectorConstant((0..<16).map { value[$0] }))
        case .vectorLoad(let operation, let memArg): lowerVectorLoad(operation, memArg)
        case .vectorStore(let memArg): lowerVectorStore(memArg)
        case .vectorLoadLane(let operation, let memArg, let lane): lowerVectorLoadLane(operation, memArg, lane)
        case .vectorStoreLane(let operation, let memArg, let lane): lowerVectorStoreLane(operation, memArg, lane)
        case .vectorShuffle(let lanes): lowerVectorShuffle(lanes)
        case .vectorSplat(let operation): lowerVectorSplat(operation)
        case .vectorExtractLane(let operation, let lane): lowerVectorExtractLane(operation, lane)
        case .vectorReplaceLane(let operation, let lane): lowerVectorReplaceLane(operation, lane)
        case .vectorCompare(let operation): lowerVectorCompare(operation)
        case .vectorUnary(let operation): lowerVectorUnary(operation)
        case .vectorBinary(let operation): lowerVectorBinary(operation)
        case .vectorTernary(let operation): lowerVectorTernary(operation)
        case .vectorShift(let operation): lowerVectorShift(operation)
        case .vectorTest(let operation): lowerVectorTest(operation)

        case .atomicNotify(let memArg): lowerAtomicNotify(memArg)
        case .atomicWait(let operation, let memArg): lowerAtomicWait(operation, memArg)
        case .atomicFence: lowerAtomicFence()
        case .atomicLoad(let operation, let memArg): lowerAtomicLoad(operation, memArg)
        case .atomicStore(let operation, let memArg): lowerAtomicStore(operation, memArg)
        case .atomicReadModifyWrite(let operation, let memArg): lowerAtomicReadModifyWrite(operation, memArg)
        case .atomicCompareExchange(let operation, let memArg): lowerAtomicCompareExchange(operation, memArg)
        }
    }

    func notLowered(_ instruction: Instruction) -> Diagnostic {
        Diagnostic(
            .internal, "`\(instruction.mnemonic)` reached the native back end",
            "its feature, \(instruction.feature.name), should have been refused", at: .offset(instructionOffset))
    }
}

// Blocks and branches. A label's operands have fixed slots: those that its block's results (a loop's parameters)
// have on the operand stack; whoever branches moves them there.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#control-instructions

import Diagnostics
import WasmSpec

/// A block that is open.
struct ControlFrame {
    enum Kind {
        case function, block, loop, `if`, `else`, tryTable
        case legacyTry, legacyCatch
    }

    var kind: Kind
    let parameters: [ValueType]
    let results: [ValueType]
    /// Operands below the block's parameters.
    let startCount: Int
    /// The first slot of the block's parameters and of its results.
    let labelSlot: Int
    /// Of a loop: where it begins.
    var start = 0
    /// Branches to the end, and catch clauses (region and position) that go there.
    var exits: [BranchPlace] = []
    var catches: [(region: Int, clause: Int)] = []
    /// Of an `if`: the branch to the `else` part.
    var elseBranch: BranchPlace?
    /// The try region whose handlers apply in the current part: the block's own, or the innermost around.
    var region = -1
    /// Of a legacy `try`: its region.
    var ownRegion = -1
    /// Of a legacy `catch` part: the slot of the exception.
    var exceptionSlot = 0
    var isUnreachable = false
    /// Blocks that begin in unreachable code and have not ended.
    var skippedBlocks = 0
    /// Whether the end can be reached from the parts before the current one.
    var isEndReached = false

    init(_ kind: Kind, parameters: [ValueType], results: [ValueType], startCount: Int, labelSlot: Int) {
        self.kind = kind
        self.parameters = parameters
        self.results = results
        self.startCount = startCount
        self.labelSlot = labelSlot
    }

    /// The types of the label's operands.
    var labelTypes: [ValueType] { kind == .loop ? parameters : results }
}

// MARK: Blocks

extension Translator {
    func type(_ type: BlockType) -> (parameters: [ValueType], results: [ValueType]) {
        switch type {
        case .empty: return ([], [])
        case .result(let type): return ([], [type])
        case .type(let index):
            let type = module.functionType(index)
            return (type.parameters, type.results)
        }
    }

    /// Opens a block whose parameters are on the operand stack. All operands are independent of locals from here
    /// on, because what the block does to a local may depend on the path taken through it.
    mutating func pushControl(_ kind: ControlFrame.Kind, _ blockType: BlockType) {
        let (parameters, results) = type(blockType)
        settle(parameters.count)
        detachOperands()
        let startCount = operands.count - parameters.count
        let labelSlot = startCount == operands.count ? operands.height : operands[startCount].slot
        var frame = ControlFrame(
            kind, parameters: parameters, results: results, startCount: startCount, labelSlot: labelSlot)
        frame.region = control[control.count - 1].region
        control.append(frame)
    }

    mutating func translateLoop(_ blockType: BlockType) {
        pushControl(.loop, blockType)
        last = nil
        control[control.count - 1].start = code.count
        emitFuel()
        count(.loop)
    }

    mutating func translateIf(_ blockType: BlockType) {
        let condition = popCondition()
        count(.ifReached)
        pushControl(.if, blockType)
        control[control.count - 1].elseBranch = emitBranch(condition.negated)
        count(.ifHolds)
    }

    mutating func translateElse() {
        finishPart()
        bindElse()
        beginPart(.else)
    }

    /// At the end of a block's part: puts its results in place and jumps behind the block.
    mutating func finishPart() {
        let index = control.count - 1
        if control[index].isUnreachable { return }
        moveResults(to: control[index])
        control[index].isEndReached = true
        emit(ControlHandlers.branch)
        control[index].exits.append(BranchPlace(branchAt: code.count - 1))
        code.append(Layout.Branch())
    }

    /// Begins another part of the innermost block, with the block's parameters.
    mutating func beginPart(_ kind: ControlFrame.Kind) {
        let index = control.count - 1
        operands.truncate(to: control[index].startCount)
        for parameter in control[index].parameters where kind == .else { push(parameter) }
        control[index].kind = kind
        control[index].isUnreachable = false
        last = nil
    }

    private mutating func bindElse() {
        guard let branch = control[control.count - 1].elseBranch else { return }
        code.resolve(branch, to: code.count)
        control[control.count - 1].elseBranch = nil
        last = nil
    }

    mutating func translateEnd() {
        if control.count == 1 { return endFunction() }
        let index = control.count - 1
        if !control[index].isUnreachable { moveResults(to: control[index]) }
        if control[index].elseBranch != nil {
            // An `if` without `else`: its parameters are its results, and in place.
            bindElse()
            control[index].isEndReached = true
        }
        endRegion()
        let frame = control.removeLast()
        operands.truncate(to: frame.startCount)
        let isTarget = bindEnd(of: frame)
        if frame.isUnreachable, !frame.isEndReached, !isTarget { return markUnreachable() }
        for result in frame.results { push(result) }
    }

    /// Makes everything that leaves through a block's end go here. Whether anything does is the result.
    private mutating func bindEnd(of frame: ControlFrame) -> Bool {
        for exit in frame.exits { code.resolve(exit, to: code.count) }
        for (region, clause) in frame.catches { tryRegions.regions[region].clauses[clause].target = code.count }
        let isTarget = !frame.exits.isEmpty || !frame.catches.isEmpty
        // Only without another way to here is the last instruction the one before.
        if isTarget || frame.isEndReached { last = nil }
        return isTarget
    }

    private mutating func endFunction() {
        let frame = control.removeLast()
        if !frame.isUnreachable { emitReturn() }
        guard bindEnd(of: frame) else { return }
        emit(CallHandlers.return)
        code.append(Layout.Return(header: Slot(headerSlot)))
    }

    mutating func push(_ type: ValueType) { operands.push(.slot, isWide: type.isWide) }

    /// What follows up to the block's next part or end is not translated.
    mutating func markUnreachable() {
        last = nil
        guard !control.isEmpty else { return }
        control[control.count - 1].isUnreachable = true
        operands.truncate(to: control[control.count - 1].startCount)
    }

    /// An instruction in unreachable code: only the block structure counts.
    mutating func skip(_ instruction: Instruction) {
        let index = control.count - 1
        switch instruction {
        case .block, .loop, .if, .tryTable, .legacyTry:
            control[index].skippedBlocks += 1
        case .end, .legacyDelegate:
            if control[index].skippedBlocks == 0 {
                if case .legacyDelegate(let label) = instruction { translateDelegate(label) } else { translateEnd() }
            } else {
                control[index].skippedBlocks -= 1
            }
        case .else where control[index].skippedBlocks == 0: translateElse()
        case .legacyCatch(let tag) where control[index].skippedBlocks == 0: translateCatch(tag)
        case .legacyCatchAll where control[index].skippedBlocks == 0: translateCatch(nil)
        default: break
        }
    }
}

// MARK: Conditions

/// What a branch depends on.
enum Condition {
    case always
    case isTrue(Int)
    case isFalse(Int)
    case isNull(Int)
    case isNonNull(Int)
    case compare(IntegerCompareOperation, Int, Int)
    case compareImmediate(IntegerCompareOperation, Int, UInt64)
    case floatHolds(FloatCompareOperation, Int, Int)
    case floatFails(FloatCompareOperation, Int, Int)
    /// A reference of a type: its slot, the type's flags and the word for its defined type.
    case matches(Int, Int, UInt64)
    case differs(Int, Int, UInt64)

    /// The condition for not branching. `always` has none.
    var negated: Condition {
        switch self {
        case .always: .always
        case .isTrue(let slot): .isFalse(slot)
        case .isFalse(let slot): .isTrue(slot)
        case .isNull(let slot): .isNonNull(slot)
        case .isNonNull(let slot): .isNull(slot)
        case .compare(let operation, let lhs, let rhs): .compare(operation.negated, lhs, rhs)
        case .compareImmediate(let operation, let lhs, let rhs): .compareImmediate(operation.negated, lhs, rhs)
        case .floatHolds(let operation, let lhs, let rhs): .floatFails(operation, lhs, rhs)
        case .floatFails(let operation, let lhs, let rhs): .floatHolds(operation, lhs, rhs)
        case .matches(let slot, let flags, let type): .differs(slot, flags, type)
        case .differs(let slot, let flags, let type): .matches(slot, flags, type)
        }
    }
}

extension Translator {
    /// Pops an i32. A comparison that has just computed it is taken back and becomes part of the branch.
    mutating func popCondition() -> Condition {
        let operand = operands.pop()
        guard case .slot = operand.source, let last, last.slot == operand.slot else {
            return .isTrue(source(operand, 0))
        }
        let condition: Condition
        switch last.kind {
        case .other: return .isTrue(operand.slot)
        case .integerTest(.i32Eqz, let slot): condition = .isFalse(slot)
        case .integerTest(.i64Eqz, let slot): condition = .compareImmediate(.i64Eq, slot, 0)
        case .integerCompare(let operation, let lhs, let rhs): condition = .compare(operation, lhs, rhs)
        case .integerCompareImmediate(let operation, let lhs, let rhs):
            condition = .compareImmediate(operation, lhs, rhs)
        case .floatCompare(let operation, let lhs, let rhs): condition = .floatHolds(operation, lhs, rhs)
        }
        code.truncate(to: last.position)
        self.last = nil
        return condition
    }

    /// Emits a branch whose target is not known yet.
    mutating func emitBranch(_ condition: Condition) -> BranchPlace {
        let place = BranchPlace(branchAt: code.count)
        switch condition {
        case .always: emitBranch(ControlHandlers.branch, 0, 0)
        case .isTrue(let slot): emitBranch(ControlHandlers.branchIfTrue, slot, 0)
        case .isFalse(let slot): emitBranch(ControlHandlers.branchIfFalse, slot, 0)
        case .isNull(let slot): emitBranch(ControlHandlers.branchIfNull, slot, 0)
        case .isNonNull(let slot): emitBranch(ControlHandlers.branchIfNonNull, slot, 0)
        case .compare(let operation, let lhs, let rhs): emitBranch(operation.branchSlotsHandler, lhs, rhs)
        case .compareImmediate(let operation, let lhs, let rhs):
            emitBranch(operation.branchImmediateHandler, lhs, 0, word: rhs)
        case .floatHolds(let operation, let lhs, let rhs): emitBranch(operation.branchIfHandler, lhs, rhs)
        case .floatFails(let operation, let lhs, let rhs): emitBranch(operation.branchUnlessHandler, lhs, rhs)
        case .matches(let slot, let flags, let type):
            emitBranch(ReferenceHandlers.branchIfMatches, slot, flags, word: type)
        case .differs(let slot, let flags, let type):
            emitBranch(ReferenceHandlers.branchUnlessMatches, slot, flags, word: type)
        }
        return place
    }

    private mutating func emitBranch(_ handler: Handler, _ lhs: Int, _ rhs: Int) {
        emit(handler)
        code.append(Layout.Branch(first: NarrowSlot(lhs), second: NarrowSlot(rhs)))
    }

    private mutating func emitBranch(_ handler: Handler, _ lhs: Int, _ rhs: Int, word: UInt64) {
        emit(handler)
        let branch = Layout.Branch(first: NarrowSlot(lhs), second: NarrowSlot(rhs))
        code.append(Layout.WordBranch(branch: branch, word: word))
    }
}

// MARK: Branches

extension Translator {
    func frameIndex(_ label: LabelDepth) -> Int { control.count - 1 - label.position }

    mutating func translateBranch(_ label: LabelDepth) {
        emitBranchWithOperands(to: frameIndex(label))
        markUnreachable()
    }

    mutating func translateBranchIf(_ label: LabelDepth) {
        let condition = popCondition()
        emitConditionalBranch(condition, to: frameIndex(label))
    }

    /// Branches to a block's label with the topmost operands if the condition holds.
    mutating func emitConditionalBranch(_ condition: Condition, to index: Int) {
        count(.branchReached)
        if operandsAreInPlace(for: control[index]) {
            let place = emitBranch(condition)
            connect(place, to: index)
        } else {
            let skip = emitBranch(condition.negated)
            emitBranchWithOperands(to: index)
            code.resolve(skip, to: code.count)
            last = nil
        }
        count(.branchFails)
    }

    /// Moves the label's operands and jumps. The operand stack stays as it is.
    mutating func emitBranchWithOperands(to index: Int) {
        if control[index].kind == .function { return emitReturn() }
        moveOperands(for: control[index])
        let place = emitBranch(.always)
        connect(place, to: index)
    }

    /// Makes a branch go to a block's label.
    mutating func connect(_ place: BranchPlace, to index: Int) {
        if control[index].kind == .loop {
            code.resolve(place, to: control[index].start)
        } else {
            control[index].exits.append(place)
        }
    }

    mutating func translateBranchTable(_ table: BranchTable) {
        let selector = popSource(0)
        countLabel(selector, table.labels.count)
        let instruction = code.count
        emit(ControlHandlers.branchTable)
        code.append(Layout.BranchTable(index: NarrowSlot(selector), labels: UInt32(table.labels.count)))
        let firstHalf = 2 * code.count
        for _ in 0..<(table.labels.count + 2) / 2 { code.append(0 as UInt64) }
        // A label whose operands have to be moved gets one piece of code that does it; nil for the others.
        var movers: [LabelDepth: Int?] = [:]
        for (position, label) in (table.labels + [table.defaultLabel]).enumerated() {
            let place = BranchPlace(instruction: instruction, half: firstHalf + position)
            let index = frameIndex(label)
            let mover: Int?
            if let known = movers[label] {
                mover = known
            } else {
                mover = operandsAreInPlace(for: control[index]) ? nil : code.count
                movers[label] = .some(mover)
                if mover != nil { emitBranchWithOperands(to: index) }
            }
            if let mover { code.resolve(place, to: mover) } else { connect(place, to: index) }
        }
        markUnreachable()
    }

    mutating func translateReturn() {
        emitReturn()
        markUnreachable()
    }

    // MARK: Moving operands

    /// Whether the topmost operands are where the label expects them.
    private func operandsAreInPlace(for frame: ControlFrame) -> Bool {
        let types = frame.labelTypes
        var slot = frame.labelSlot
        for (index, type) in types.enumerated() {
            let operand = operands[operands.count - types.count + index]
            guard case .slot = operand.source, operand.slot == slot else { return false }
            slot += type.slots
        }
        return true
    }

    /// Copies the topmost operands to where the label expects them, lowest first: an operand's own slot is never
    /// below its target, so that no copy overwrites what a later one reads.
    func labelMoves(for frame: ControlFrame) -> [(operand: Operand, slot: Int)] {
        let types = frame.labelTypes
        var moves: [(Operand, Int)] = []
        var slot = frame.labelSlot
        for (index, type) in types.enumerated() {
            moves.append((operands[operands.count - types.count + index], slot))
            slot += type.slots
        }
        return moves
    }

    private mutating func moveOperands(for frame: ControlFrame) {
        for (operand, slot) in labelMoves(for: frame) { emitMove(operand, to: slot) }
    }

    /// Puts a part's results in place at its end.
    private mutating func moveResults(to frame: ControlFrame) {
        var slot = frame.labelSlot
        for (index, type) in frame.results.enumerated() {
            emitMove(operands[operands.count - frame.results.count + index], to: slot)
            slot += type.slots
        }
    }

    /// Moves the results to the frame's begin and leaves the function.
    mutating func emitReturn() {
        if resultTypes.count == 1, !resultTypes[0].isWide { return emitReturnOne(operands.top()) }
        var results: [Operand] = []
        for index in 0..<resultTypes.count { results.append(operands[operands.count - resultTypes.count + index]) }
        // A parameter whose slot becomes a result's must be read before that: it goes to its operand's own slot.
        for (index, operand) in results.enumerated() {
            guard case .local(let local) = operand.source, localSlots[local] < headerSlot else { continue }
            emitMove(operand, to: operand.slot)
            results[index].source = .slot
        }
        var slot = 0
        for operand in results {
            emitMove(operand, to: slot)
            slot += operand.isWide ? 2 : 1
        }
        emit(CallHandlers.return)
        code.append(Layout.Return(header: Slot(headerSlot)))
    }

    private mutating func emitReturnOne(_ operand: Operand) {
        if case .constant(let bits) = operand.source {
            emit(CallHandlers.returnConstant)
            code.append(Layout.ReturnConstant(header: Slot(headerSlot), value: bits))
        } else {
            let slot = slot(of: operand)
            emit(CallHandlers.returnSlot)
            code.append(Layout.Return(header: Slot(headerSlot), source: Slot(slot)))
        }
    }
}

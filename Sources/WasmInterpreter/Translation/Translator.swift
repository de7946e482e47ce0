// Translates a function body to register code, in one walk over its bytes.
//
// A frame's slots: parameters, which are also where results go; the header (`FrameHeader`); scratch slots, if not all
// slots may fit into 16 bits; the other locals; operands. Operands of the Wasm stack have fixed slots, but
// locals and constants are used where they are (`OperandStack`), and a comparison merges with the branch on it.

import Diagnostics
import WasmBinary
import WasmSpec
import WasmValidation

/// The code of a function.
final class FunctionCode {
    let words: UnsafeMutablePointer<UInt64>
    let count: Int
    let tryRegions: TryRegions
    /// Where the header lies in a frame.
    let headerSlot: Int

    init(_ words: [UInt64], tryRegions: TryRegions, headerSlot: Int) {
        self.words = UnsafeMutablePointer<UInt64>.allocate(capacity: words.count)
        self.words.initialize(from: words, count: words.count)
        count = words.count
        self.tryRegions = tryRegions
        self.headerSlot = headerSlot
    }

    func contains(_ pc: UnsafePointer<UInt64>) -> Bool { pc >= UnsafePointer(words) && pc < words + count }

    deinit { words.deallocate() }
}

struct Translator {
    let instance: ModuleState
    let module: ValidatedModule
    /// The function itself; the record of a constant expression is not in any index space.
    let record: UnsafeMutablePointer<FunctionRecord>

    var code = CodeBuffer()
    var operands: OperandStack
    var control: [ControlFrame] = []
    var tryRegions = TryRegions.Builder()
    /// The instruction that computed the topmost operand, if it was the last one.
    var last: LastInstruction?

    /// By local: its first slot.
    let localSlots: [Int]
    let localIsWide: [Bool]
    let headerSlot: Int
    /// The first of some slots below 2^16 for instructions on others, or nil if all slots are below.
    let scratchSlot: Int?
    let resultTypes: [ValueType]

    /// Module offsets of instructions by code position, ascending; only when asked for.
    var places: [(position: Int, offset: Int)]?
    /// What is counted of the function, when something is.
    var counters: FunctionCounters?
    /// The module offset of the instruction that is being translated.
    var instructionOffset = 0

    init(
        _ instance: ModuleState, _ record: UnsafeMutablePointer<FunctionRecord>, type: FunctionType,
        locals: [LocalGroup], bodyBytes: Int, recordingPlaces: Bool = false
    ) {
        self.instance = instance
        self.record = record
        module = instance.module
        resultTypes = type.results
        headerSlot = type.headerSlot
        places = recordingPlaces ? [] : nil

        var slots: [Int] = []
        var isWide: [Bool] = []
        var next = 0
        func add(_ type: ValueType) {
            slots.append(next)
            isWide.append(type == .v128)
            next += type.slots
        }
        for parameter in type.parameters { add(parameter) }
        next = headerSlot + FrameHeader.slots
        let localSlotCount = locals.reduce(0) { $0 + Int($1.count) * $1.type.slots }
        // An instruction takes a byte at least.
        let limit = next + localSlotCount + bodyBytes * instance.maximumPushedSlots
        scratchSlot = limit < 0x1_0000 ? nil : next
        if scratchSlot != nil { next += Self.scratchSlots }
        firstLocalSlot = next
        clearedSlots = localSlotCount
        for group in locals { for _ in 0..<group.count { add(group.type) } }
        localSlots = slots
        localIsWide = isWide
        operands = OperandStack(base: next, locals: slots.count)
    }

    /// Room for three sources of two slots, and a result.
    private static let scratchSlots = 8
    private let firstLocalSlot: Int
    private let clearedSlots: Int

    /// The code of the function's body, which `reader` stands before.
    mutating func translate(_ reader: inout InstructionReader) throws(Diagnostic) -> FunctionCode {
        emitEnter()
        control.append(ControlFrame(.function, parameters: [], results: resultTypes, startCount: 0, labelSlot: 0))
        while !control.isEmpty {
            let instruction = try reader.next()
            instructionOffset = reader.instructionOffset
            places?.append((code.count, reader.instructionOffset))
            if control[control.count - 1].isUnreachable {
                skip(instruction)
            } else {
                try translate(instruction)
            }
            guard code.count <= instance.store.maximumCodeWords else {
                throw Diagnostic(
                    .unsupported, "function too complex for the interpreter",
                    "its code takes more than \(8 * instance.store.maximumCodeWords) bytes",
                    at: .offset(reader.instructionOffset))
            }
        }
        setFrameSlots()
        return FunctionCode(code.words, tryRegions: tryRegions.finish(), headerSlot: headerSlot)
    }

    private mutating func emitEnter() {
        last = nil
        switch clearedSlots {
        case 0:
            code.append(CallHandlers.enter)
            code.append(Layout.Enter())
        case 1...4:
            code.append(CallHandlers.enterClearing4)
            code.append(Layout.Enter(firstLocal: Slot(firstLocalSlot)))
        case 5...8:
            code.append(CallHandlers.enterClearing8)
            code.append(Layout.Enter(firstLocal: Slot(firstLocalSlot)))
        default:
            code.append(CallHandlers.enterClearing)
            code.append(
                Layout.EnterClearing(
                    enter: Layout.Enter(firstLocal: Slot(firstLocalSlot)), clearedSlots: UInt64(clearedSlots)))
        }
        // Here too: tail calls make loops.
        emitFuel()
        countEntry()
    }

    /// What limits execution, if the store does.
    mutating func emitFuel() {
        if let interruption = instance.store.interruption {
            emit(ControlHandlers.checkInterruption)
            code.append(Layout.Reference(object: interruption))
        }
        guard let fuel = instance.store.fuelCell else { return }
        emit(ControlHandlers.consumeFuel)
        code.append(Layout.Reference(object: fuel))
    }

    /// The frame's size is known at the end.
    private mutating func setFrameSlots() {
        code.setHalf(2 + MemoryLayout<Layout.Enter>.offset(of: \.frameSlots)! / 4, operands.maximumHeight)
    }
}

extension ValueType {
    /// Slots of a value of this type.
    var slots: Int { self == .v128 ? 2 : 1 }
    var isWide: Bool { self == .v128 }
}

extension FunctionType {
    /// Where the header of a frame begins: behind the parameters and behind the results.
    var headerSlot: Int { max(parameters.slots, results.slots) }
}

extension [ValueType] {
    var slots: Int { reduce(0) { $0 + $1.slots } }
}

// MARK: Emission

/// What the instruction that computed the topmost operand was. Its result is its 16-bit operand 0.
struct LastInstruction {
    enum Kind {
        case other
        case integerTest(IntegerTestOperation, Int)
        case integerCompare(IntegerCompareOperation, Int, Int)
        case integerCompareImmediate(IntegerCompareOperation, Int, UInt64)
        case floatCompare(FloatCompareOperation, Int, Int)
    }

    /// Its position in the code.
    let position: Int
    /// The operand's own slot.
    let slot: Int
    let kind: Kind
}

extension Translator {
    /// Begins an instruction.
    mutating func emit(_ handler: Handler) {
        last = nil
        code.append(handler)
    }

    /// Sets `slot` to what `operand`, which need not be on the stack any more, stands for.
    mutating func emitMove(_ operand: Operand, to slot: Int) {
        let source: Int
        switch operand.source {
        case .constant(let bits):
            emit(MoveHandlers.constant)
            code.append(Layout.Constant(destination: Slot(slot), value: bits))
            return
        case .local(let local): source = localSlots[local]
        case .slot: source = operand.slot
        }
        if source == slot { return }
        emit(operand.isWide ? MoveHandlers.copyWide : MoveHandlers.copy)
        code.append(Layout.Copy(slot, from: source))
    }

    /// The slot where the operand's value is, after putting a constant into its own slot.
    mutating func slot(of operand: Operand) -> Int {
        switch operand.source {
        case .slot: return operand.slot
        case .local(let local): return localSlots[local]
        case .constant:
            emitMove(operand, to: operand.slot)
            return operand.slot
        }
    }

    /// As `slot(of:)`, for a 16-bit operand of an instruction: `index` counts the instruction's sources.
    mutating func source(_ operand: Operand, _ index: Int) -> Int {
        narrow(slot(of: operand), index, isWide: operand.isWide)
    }

    /// A slot below 2^16 with the value of `slot`.
    private mutating func narrow(_ slot: Int, _ index: Int, isWide: Bool) -> Int {
        guard let scratchSlot, slot + 1 >= 0x1_0000 else { return slot }
        let scratch = scratchSlot + 2 * index
        emit(isWide ? MoveHandlers.copyWide : MoveHandlers.copy)
        code.append(Layout.Copy(scratch, from: slot))
        return scratch
    }

    /// Pops the topmost operand for use as source `index` of an instruction.
    mutating func popSource(_ index: Int) -> Int {
        let operand = operands.pop()
        return source(operand, index)
    }

    /// Emits an instruction with a result and at most three sources, all 16-bit operands.
    mutating func emitResult(
        _ handler: Handler, isWide: Bool = false, _ first: Int = 0, _ second: Int = 0, _ third: Int = 0,
        kind: LastInstruction.Kind = .other
    ) {
        emitResult(isWide: isWide, handler, kind: kind) { Layout.Slots($0, first, second, third) }
    }

    /// Emits an instruction with a result, whose slot is the first field of its operands.
    mutating func emitResult<Operands: OperandLayout>(
        isWide: Bool = false, _ handler: Handler, kind: LastInstruction.Kind = .other,
        operands layout: (_ result: Int) -> Operands
    ) {
        operands.push(.slot, isWide: isWide)
        let slot = operands.top().slot
        let position = code.count
        emit(handler)
        if let scratchSlot, slot + 1 >= 0x1_0000 {
            code.append(layout(scratchSlot))
            emit(isWide ? MoveHandlers.copyWide : MoveHandlers.copy)
            code.append(Layout.Copy(slot, from: scratchSlot))
        } else {
            code.append(layout(slot))
            last = LastInstruction(position: position, slot: slot, kind: kind)
        }
    }

    /// Puts the topmost `count` operands into their own slots.
    mutating func settle(_ count: Int) {
        // From the top, where the operand is its local's topmost alias.
        for depth in 0..<count {
            let operand = operands.top(depth)
            if case .slot = operand.source { continue }
            emitMove(operand, to: operand.slot)
            operands.markInSlot(operands.count - 1 - depth)
        }
    }

    /// Makes operands independent of locals, because other code may change these before the operands are used.
    mutating func detachOperands() {
        var moves: [Operand] = []
        operands.detachAll { moves.append($0) }
        for operand in moves { emitMove(operand, to: operand.slot) }
    }
}

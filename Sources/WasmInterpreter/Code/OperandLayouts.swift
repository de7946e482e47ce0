// What lies behind a handler's address in register code, for the translator, which writes it, and the handler, which
// reads it. A layout is a structure of fixed size; the code holds its bytes, in whole words.

import WasmInstructionTable

/// The operands of an instruction. Fields lie in their order, each aligned to its size.
protocol OperandLayout: BitwiseCopyable {}

extension OperandLayout {
    /// Words of an instruction with these operands, the handler's included.
    @inline(__always) static var instructionWords: Int { 1 + (MemoryLayout<Self>.size + 7) / 8 }
}

/// A slot of the frame whose number has 16 bits.
typealias NarrowSlot = UInt16
/// A slot of any frame.
typealias Slot = UInt32

enum Layout {
    // MARK: Values

    /// A result, if there is one, and operands, in their order.
    struct Slots: OperandLayout {
        var first: NarrowSlot
        var second: NarrowSlot = 0
        var third: NarrowSlot = 0
        var fourth: NarrowSlot = 0
    }

    /// Slots, and a word: of an operation, a type, or a field's offset.
    struct SlotsAndWord: OperandLayout {
        var slots: Slots
        var word: UInt64

        init(_ slots: Slots, _ word: UInt64) {
            self.slots = slots
            self.word = word
        }
    }

    /// Slots, and the lanes of a shuffle.
    struct Shuffle: OperandLayout {
        var slots: Slots
        var low: UInt64
        var high: UInt64
    }

    /// The operands of an instruction on aggregates, and the type.
    struct Aggregate: OperandLayout {
        var operands: Run
        var type: UnsafeMutablePointer<RuntimeType>
    }

    struct FixedArray: OperandLayout {
        var aggregate: Aggregate
        var count: UInt64
    }

    /// With the segment that elements come from.
    struct AggregateFrom<Segment>: OperandLayout {
        var aggregate: Aggregate
        var segment: UnsafeMutablePointer<Segment>
    }

    /// A result, an operand, and one that is known, of 32 bits; an i64 is sign-extended.
    struct Immediate: OperandLayout {
        var result: NarrowSlot
        var lhs: NarrowSlot
        var immediate: Int32
    }

    /// A division by a constant, and what it is multiplied by instead.
    struct ConstantDivision: OperandLayout {
        var operands: Immediate
        var reciprocal: UInt64
    }

    /// Arithmetic on pairs of halves.
    struct Wide: OperandLayout {
        var lowResult: NarrowSlot
        var highResult: NarrowSlot
        var lhs: NarrowSlot
        var rhs: NarrowSlot
        /// The slots of the high halves.
        var lhsHigh: NarrowSlot
        var rhsHigh: NarrowSlot
    }

    /// Operands side by side, which end where the frame's contents do.
    struct Run: OperandLayout {
        var start: Slot
        var end: Slot = 0
    }

    // MARK: Branches

    /// A branch that depends on up to two slots, or on a slot and the flags of a type.
    struct Branch: OperandLayout {
        var first: NarrowSlot = 0
        var second: NarrowSlot = 0
        /// In words, from the branch.
        var displacement: Int32 = 0
    }

    /// A branch to one of several labels, whose displacements follow.
    struct BranchTable: OperandLayout {
        var index: NarrowSlot
        var unused: UInt16 = 0
        /// Without the default.
        var labels: UInt32
    }

    /// A branch that depends on a constant, too, or on a defined type.
    struct WordBranch: OperandLayout {
        var branch = Branch()
        var word: UInt64 = 0
    }

    // MARK: Moves

    struct Copy: OperandLayout {
        var destination: Slot
        var source: Slot
    }

    struct Constant: OperandLayout {
        var destination: Slot
        var unused: UInt32 = 0
        var value: UInt64
    }

    struct WideConstant: OperandLayout {
        var destination: Slot
        var unused: UInt32 = 0
        var low: UInt64
        var high: UInt64
    }

    /// A pointer and up to three slots: of a result, if there is one, and of operands.
    struct Object<Pointee>: OperandLayout {
        var first: NarrowSlot
        var second: NarrowSlot = 0
        var third: NarrowSlot = 0
        var unused: UInt16 = 0
        var object: UnsafeMutablePointer<Pointee>
    }

    /// A pointer alone.
    struct Reference<Pointee>: OperandLayout {
        var object: UnsafeMutablePointer<Pointee>
    }

    // MARK: Memory

    /// An access to memory 0 with 32-bit addresses. A load: result and address; a store: address and value.
    struct Access: OperandLayout {
        var first: NarrowSlot
        var second: NarrowSlot = 0
        var offset: UInt32
    }

    /// A store of a constant to memory 0.
    struct ConstantStore: OperandLayout {
        var access: Access
        var value: UInt64
    }

    /// An access to any memory: result (of a load), address, value and lane, in that order.
    struct GeneralAccess: OperandLayout {
        var first: NarrowSlot
        var second: NarrowSlot = 0
        var third: NarrowSlot = 0
        var fourth: NarrowSlot = 0
        var offset: UInt64
        var memory: UnsafeMutablePointer<MemoryRecord>
    }

    /// An access that one handler makes for several operations: which, as its raw value.
    struct OperationAccess: OperandLayout {
        var access: GeneralAccess
        var operation: UInt64 = 0
    }

    /// A place, a value and a count.
    struct Fill<Object>: OperandLayout {
        var place: NarrowSlot
        var value: NarrowSlot
        var count: NarrowSlot
        var unused: UInt16 = 0
        var object: UnsafeMutablePointer<Object>
    }

    /// Two places, each in an object of its own, and a count.
    struct Transfer<Destination, Source>: OperandLayout {
        var destination: NarrowSlot
        var source: NarrowSlot
        var count: NarrowSlot
        var unused: UInt16 = 0
        var destinationObject: UnsafeMutablePointer<Destination>
        var sourceObject: UnsafeMutablePointer<Source>
    }

    // MARK: Exceptions

    // The thrower's record is the last word, as of calls.

    struct Throw: OperandLayout {
        var operands: Run
        var tag: UnsafeMutablePointer<TagRecord>
        var function: UnsafeMutablePointer<FunctionRecord>
    }

    struct ThrowReference: OperandLayout {
        var exception: Slot
        var unused: UInt32 = 0
        var function: UnsafeMutablePointer<FunctionRecord>
    }

    // MARK: Calls

    /// Where a callee's frame begins, and where its header.
    struct Frame: BitwiseCopyable {
        var frame: Slot
        var header: Slot
    }

    /// Where the arguments of a tail call are, and how many slots they have.
    struct Arguments: BitwiseCopyable {
        var first: Slot
        var slots: UInt32
    }

    /// The headers of the frame that a tail call replaces, and of the one that it makes.
    struct Headers: BitwiseCopyable {
        var old: Slot
        var new: Slot
    }

    /// What a callee is looked up with.
    struct TableEntry: BitwiseCopyable {
        var table: UnsafeMutablePointer<TableRecord>
        var type: UnsafeMutablePointer<RuntimeType>
        var index: UInt64
    }

    /// A reference, and the type that it has.
    struct TypedReference: BitwiseCopyable {
        var slot: UInt64
        var type: UnsafeMutablePointer<RuntimeType>
    }

    // The caller's record is the last word of each call: who unwinds finds it in front of the return address.

    struct Call: OperandLayout {
        var frame: Frame
        var callee: UnsafeMutablePointer<FunctionRecord>
        var caller: UnsafeMutablePointer<FunctionRecord>
    }

    struct CallIndirect: OperandLayout {
        var frame: Frame
        var callee: TableEntry
        var caller: UnsafeMutablePointer<FunctionRecord>
    }

    struct CallReference: OperandLayout {
        var frame: Frame
        var callee: TypedReference
        var caller: UnsafeMutablePointer<FunctionRecord>
    }

    struct TailCall: OperandLayout {
        var arguments: Arguments
        var headers: Headers
        var callee: UnsafeMutablePointer<FunctionRecord>
    }

    struct TailCallIndirect: OperandLayout {
        var arguments: Arguments
        var callee: TableEntry
        var headers: Headers
    }

    /// What both indirect calls begin with.
    struct AnyCallIndirect: OperandLayout {
        var unused: UInt64
        var callee: TableEntry
    }

    struct TailCallReference: OperandLayout {
        var arguments: Arguments
        var headers: Headers
        var callee: TypedReference
    }

    // MARK: Counting

    /// A table's branch that is about to be taken, and a counter for each label, the default last.
    struct LabelCount: OperandLayout {
        var index: NarrowSlot
        var unused: UInt16 = 0
        /// Without the default.
        var labels: UInt32
        var counters: UnsafeMutablePointer<UInt64>
    }

    /// A call through a table that is about to be made, and where its callees are counted.
    struct TableCalleeCount: OperandLayout {
        var callee: TableEntry
        var counters: UnsafeMutablePointer<UInt64>
    }

    /// The same through a reference.
    struct ReferenceCalleeCount: OperandLayout {
        var callee: TypedReference
        var counters: UnsafeMutablePointer<UInt64>
    }

    /// The begin of a function. Nothing is cleared where there is no local but parameters.
    struct Enter: OperandLayout {
        /// The frame's size: known when everything else has been translated, so it comes first.
        var frameSlots: UInt32 = 0
        var firstLocal: Slot = 0
    }

    struct EnterClearing: OperandLayout {
        var enter: Enter
        var clearedSlots: UInt64
    }

    struct Return: OperandLayout {
        var header: Slot
        var source: Slot = 0
    }

    struct ReturnConstant: OperandLayout {
        var header: Slot
        var unused: UInt32 = 0
        var value: UInt64
    }
}

// Slots are numbers until they are written; one that is too large for its layout is an error of the translator.

extension Layout.Slots {
    init(_ first: Int, _ second: Int = 0, _ third: Int = 0, _ fourth: Int = 0) {
        self.init(
            first: NarrowSlot(first), second: NarrowSlot(second), third: NarrowSlot(third), fourth: NarrowSlot(fourth))
    }
}

extension Layout.Immediate {
    init(_ result: Int, _ lhs: Int, _ immediate: UInt32) {
        self.init(result: NarrowSlot(result), lhs: NarrowSlot(lhs), immediate: Int32(bitPattern: immediate))
    }
}

extension Layout.Object {
    init(_ object: UnsafeMutablePointer<Pointee>, _ first: Int, _ second: Int = 0, _ third: Int = 0) {
        self.init(first: NarrowSlot(first), second: NarrowSlot(second), third: NarrowSlot(third), object: object)
    }
}

extension Layout.Access {
    init(_ offset: UInt32, _ first: Int, _ second: Int = 0) {
        self.init(first: NarrowSlot(first), second: NarrowSlot(second), offset: offset)
    }
}

extension Layout.GeneralAccess {
    init(_ slots: Layout.Slots, _ offset: UInt64, _ memory: UnsafeMutablePointer<MemoryRecord>) {
        self.init(
            first: slots.first, second: slots.second, third: slots.third, fourth: slots.fourth, offset: offset,
            memory: memory)
    }
}

extension Layout.OperationAccess {
    init(_ slots: Layout.Slots, _ offset: UInt64, _ memory: UnsafeMutablePointer<MemoryRecord>, _ operation: UInt8) {
        self.init(access: Layout.GeneralAccess(slots, offset, memory), operation: UInt64(operation))
    }
}

extension Layout.Copy {
    init(_ destination: Int, from source: Int) { self.init(destination: Slot(destination), source: Slot(source)) }
}

// MARK: Reading

extension OperandLayout {
    /// The operands of the instruction at `pc`.
    @inline(__always) init(at pc: UnsafePointer<UInt64>) { self = UnsafeRawPointer(pc + 1).load(as: Self.self) }
}

extension Machine {
    /// The operands of this instruction.
    @inline(__always) func read<Operands: OperandLayout>(_ layout: Operands.Type) -> Operands { Operands(at: pc) }

    /// Goes on behind this instruction, whose operands are a `layout`.
    @inline(__always) func next<Operands: OperandLayout>(behind layout: Operands.Type) {
        next(layout.instructionWords)
    }

    /// The slots that most operands begin with.
    @inline(__always) var slots: Layout.Slots { read(Layout.Slots.self) }

    @inline(__always) func value(in slot: NarrowSlot) -> UInt64 { fp[Int(slot)] }

    @inline(__always) func setValue(in slot: NarrowSlot, _ value: UInt64) { fp[Int(slot)] = value }

    /// A slot's place in the frame.
    @inline(__always) func place(_ slot: Slot) -> UnsafeMutablePointer<UInt64> { fp + Int(slot) }
}

// MARK: Writing

extension CodeBuffer {
    /// Appends the operands of an instruction whose handler has just been appended.
    mutating func append<Operands: OperandLayout>(_ operands: Operands) {
        withUnsafeBytes(of: operands) { appendWords(of: $0) }
    }
}

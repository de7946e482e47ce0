// One compare for several accesses at one address: where bounds are compared, those of the fields of a structure and of the
// elements of an unrolled loop differ in their constant parts only.

import CWasmcABI
import LLVMBridge
import WasmInstructionTable
import WasmSpec

/// The compares of a straight piece of code in which nothing but accesses can trap and nobody could see that a later access
/// was compared before an earlier one happened.
struct BoundsChecks {
    /// The value that a local has from an assignment on.
    private struct Origin: Hashable {
        var local: LocalIndex
        var assignment: Int
    }

    private struct Key: Hashable {
        var origin: Origin
        var memory: MemoryIndex
    }

    /// A compare, which the first access has.
    struct Check {
        /// What is compared, with the constant part in one operand.
        var comparison: IRValue
        var index: IRValue
        var size: IRValue
        /// The call of the trap, whose second argument is the place.
        var trap: IRValue
        /// Constant part and width of the accesses up to now, the largest.
        var reach: UInt64
    }

    private var checks: [Key: Check] = [:]
    private var assignments: [LocalIndex: Int] = [:]
    private var origins: [IRValue: Origin] = [:]

    /// What comes now does not see these compares.
    mutating func end() {
        if !checks.isEmpty { checks = [:] }
        if !origins.isEmpty { origins = [:] }
    }

    /// `value` is what a local holds.
    mutating func read(_ local: LocalIndex, _ value: IRValue) {
        origins[value] = Origin(local: local, assignment: assignments[local, default: 0])
    }

    mutating func assign(_ local: LocalIndex, _ value: IRValue) {
        assignments[local, default: 0] += 1
        read(local, value)
    }

    /// The compare of an index in a memory; an index that is no local's has none.
    subscript(index: IRValue, memory: MemoryIndex) -> Check? {
        get { origins[index].flatMap { checks[Key(origin: $0, memory: memory)] } }
        set {
            guard let origin = origins[index] else { return }
            checks[Key(origin: origin, memory: memory)] = newValue
        }
    }
}

extension FunctionLowering {
    /// Whether the access needs no compare of its own: an earlier one, at the same address, has been made large enough.
    ///
    /// The trap is then still that of the first access outside: its block finds which one that is.
    func extendCheck(of operand: IRValue, _ memArg: MemArg, _ width: UInt64, is64: Bool) -> Bool {
        guard var check = boundsChecks[operand, memArg.memory] else { return false }
        let (reach, overflow) = memArg.offset.addingReportingOverflow(width)
        guard !overflow, !is64 || reach <= minimumBytes(memArg.memory) else { return false }
        if reach <= check.reach { return true }
        let block = builder.insertBlock
        builder.positionBefore(check.trap)
        let isEarlier = compareReach(check.index, check.reach, check.size, is64: is64)
        check.trap.setOperand(1, builder.select(isEarlier, check.trap.operand(1), moduleOffset, name: "place"))
        builder.positionBefore(check.comparison)
        let larger = compareReach(check.index, reach, check.size, is64: is64)
        check.comparison.replaceAllUses(with: larger)
        check.comparison = larger
        check.reach = reach
        boundsChecks[operand, memArg.memory] = check
        if let block { builder.positionAtEnd(block) }
        return true
    }

    /// Whether index + reach is beyond a size of which `reach` is a part, if the memory has 64 bits.
    func compareReach(_ index: IRValue, _ reach: UInt64, _ size: IRValue, is64: Bool) -> IRValue {
        let reachValue = context.constI64(reach)
        if is64 { return builder.icmp(.ugt, index, builder.sub(size, reachValue, flags: .nuw)) }
        return builder.icmp(.ugt, builder.add(index, reachValue, flags: [.nuw, .nsw]), size)
    }

    /// Whether compares of accesses before an instruction may stand for those behind it: whatever traps ends them by itself
    /// (`trap`), and so does what has an effect that has to be there after a trap, and what leaves the block.
    func keepsBoundsChecks(_ instruction: Instruction) -> Bool {
        switch instruction {
        case .nop, .drop, .select, .selectTyped, .localGet, .localSet, .localTee, .globalGet, .memorySize,
            .load, .vectorLoad, .vectorLoadLane,
            .i32Const, .i64Const, .integerTest, .integerCompare, .integerUnary, .integerBinary, .wideArithmetic,
            .f32Const, .f64Const, .floatCompare, .floatUnary, .floatBinary, .conversion,
            .v128Const, .vectorShuffle, .vectorSplat, .vectorUnary, .vectorBinary, .vectorTernary, .vectorShift:
            true
        // What was stored before a trap may be missing then.
        case .store, .vectorStore, .vectorStoreLane, .globalSet: !owner.isStateExact
        default: false
        }
    }
}

extension Instruction {
    /// A store, whose own compare may be an earlier one: it is behind nothing but loads.
    var isPlainStore: Bool {
        switch self {
        case .store, .vectorStore, .vectorStoreLane: true
        default: false
        }
    }
}

// Atomic memory instructions. Addresses come from MemoryAccess.swift.
// Spec: https://webassembly.github.io/threads/core/exec/instructions.html#atomic-memory-instructions
//
// All are sequentially consistent. LLVM: an atomic access of a misaligned address is undefined behaviour; the test before
// it, which is the instruction's own trap, keeps that away. They are volatile, as they may trap at a guard page: LLVM
// may drop an atomic access whose effect it believes to know, but no volatile one.

import CWasmcABI
import LLVMBridge
import WasmInstructionTable
import WasmSpec

extension FunctionLowering {
    /// Lowers `atomic.fence`.
    func lowerAtomicFence() { builder.fence(.sequentiallyConsistent) }

    /// Lowers the atomic loads. What is narrower than the result is zero-extended.
    ///
    /// Traps: `unalignedAtomic`, `outOfBoundsMemoryAccess`.
    func lowerAtomicLoad(_ operation: AtomicLoadOperation, _ memArg: MemArg) {
        let address = popAtomicAddress(memArg, accessBytes: operation.accessBytes)
        let bytes = Int(operation.accessBytes)
        let value = located {
            builder.load(
                context.integer(width: 8 * bytes), address, alignment: bytes, isVolatile: true,
                ordering: .sequentiallyConsistent)
        }
        push(builder.zextOrTrunc(value, resultType(of: operation)))
    }

    private func resultType(of operation: AtomicLoadOperation) -> IRType {
        switch operation {
        case .i32AtomicLoad, .i32AtomicLoad8U, .i32AtomicLoad16U: context.i32
        case .i64AtomicLoad, .i64AtomicLoad8U, .i64AtomicLoad16U, .i64AtomicLoad32U: context.i64
        }
    }

    /// Lowers the atomic stores. Of the operand the lowest bits count.
    ///
    /// Traps: `unalignedAtomic`, `outOfBoundsMemoryAccess`.
    func lowerAtomicStore(_ operation: AtomicStoreOperation, _ memArg: MemArg) {
        let value = narrowed(pop(), bytes: operation.accessBytes)
        let address = popAtomicAddress(memArg, accessBytes: operation.accessBytes)
        located {
            _ = builder.store(
                value, address, alignment: Int(operation.accessBytes), isVolatile: true,
                ordering: .sequentiallyConsistent)
        }
    }

    /// Lowers the read-modify-write instructions, which give the old value, zero-extended.
    ///
    /// Traps: `unalignedAtomic`, `outOfBoundsMemoryAccess`.
    func lowerAtomicReadModifyWrite(_ operation: AtomicReadModifyWriteOperation, _ memArg: MemArg) {
        let operand = pop()
        let address = popAtomicAddress(memArg, accessBytes: operation.accessBytes)
        let value = narrowed(operand, bytes: operation.accessBytes)
        let old = located { builder.atomicRMW(modification(of: operation), address, value, isVolatile: true) }
        push(builder.zextOrTrunc(old, operand.type))
    }

    private func modification(of operation: AtomicReadModifyWriteOperation) -> AtomicRMWOperation {
        switch operation {
        case .i32AtomicRmwAdd, .i64AtomicRmwAdd, .i32AtomicRmw8AddU, .i32AtomicRmw16AddU, .i64AtomicRmw8AddU,
            .i64AtomicRmw16AddU, .i64AtomicRmw32AddU:
            .add
        case .i32AtomicRmwSub, .i64AtomicRmwSub, .i32AtomicRmw8SubU, .i32AtomicRmw16SubU, .i64AtomicRmw8SubU,
            .i64AtomicRmw16SubU, .i64AtomicRmw32SubU:
            .sub
        case .i32AtomicRmwAnd, .i64AtomicRmwAnd, .i32AtomicRmw8AndU, .i32AtomicRmw16AndU, .i64AtomicRmw8AndU,
            .i64AtomicRmw16AndU, .i64AtomicRmw32AndU:
            .and
        case .i32AtomicRmwOr, .i64AtomicRmwOr, .i32AtomicRmw8OrU, .i32AtomicRmw16OrU, .i64AtomicRmw8OrU,
            .i64AtomicRmw16OrU, .i64AtomicRmw32OrU:
            .or
        case .i32AtomicRmwXor, .i64AtomicRmwXor, .i32AtomicRmw8XorU, .i32AtomicRmw16XorU, .i64AtomicRmw8XorU,
            .i64AtomicRmw16XorU, .i64AtomicRmw32XorU:
            .xor
        case .i32AtomicRmwXchg, .i64AtomicRmwXchg, .i32AtomicRmw8XchgU, .i32AtomicRmw16XchgU, .i64AtomicRmw8XchgU,
            .i64AtomicRmw16XchgU, .i64AtomicRmw32XchgU:
            .xchg
        }
    }

    /// Lowers the compare-exchange instructions, which give the old value, zero-extended.
    ///
    /// All bits of the expected value count: one that the width cannot hold is never there, and only the old value is read.
    ///
    /// Traps: `unalignedAtomic`, `outOfBoundsMemoryAccess`.
    func lowerAtomicCompareExchange(_ operation: AtomicCompareExchangeOperation, _ memArg: MemArg) {
        let replacement = pop()
        let expected = pop()
        let bytes = operation.accessBytes
        let address = popAtomicAddress(memArg, accessBytes: bytes)
        let type = expected.type
        guard 8 * Int(bytes) < type.integerWidth else {
            push(compareExchange(address, expected, replacement))
            return
        }
        let fits = function.appendBlock("fits")
        let isTooWide = function.appendBlock("too_wide")
        let end = function.appendBlock("exchanged")
        let narrow = narrowed(expected, bytes: bytes)
        builder.condBr(builder.icmp(.eq, builder.zextOrTrunc(narrow, type), expected), fits, isTooWide)
        builder.positionAtEnd(fits)
        let exchanged = compareExchange(address, narrow, narrowed(replacement, bytes: bytes))
        builder.br(end)
        builder.positionAtEnd(isTooWide)
        let read = located {
            builder.load(
                narrow.type, address, alignment: Int(bytes), isVolatile: true, ordering: .sequentiallyConsistent)
        }
        builder.br(end)
        builder.positionAtEnd(end)
        let old = builder.phi(narrow.type)
        old.addIncoming([(exchanged, fits), (read, isTooWide)])
        push(builder.zextOrTrunc(old, type))
    }

    private func compareExchange(_ address: IRValue, _ expected: IRValue, _ replacement: IRValue) -> IRValue {
        let result = located {
            builder.atomicCmpXchg(address, expected: expected, replacement: replacement, isVolatile: true)
        }
        return builder.extractValue(result, 0)
    }

    private func narrowed(_ value: IRValue, bytes: UInt32) -> IRValue {
        builder.zextOrTrunc(value, context.integer(width: 8 * Int(bytes)))
    }

    // MARK: Waiting

    /// Lowers `memory.atomic.wait32` and `wait64`: 0 when woken, 1 when another value is there, 2 after the timeout.
    ///
    /// The runtime reads the value, so that a compare, and no guard page, says whether the address lies in the memory.
    ///
    /// Traps: `unalignedAtomic`, `outOfBoundsMemoryAccess`, `expectedSharedMemory`, in this order.
    func lowerAtomicWait(_ operation: AtomicWaitOperation, _ memArg: MemArg) {
        let timeout = pop()
        let expected = pop()
        let address = popAtomicAddress(memArg, accessBytes: operation.accessBytes, isCompared: true)
        guard definedType(memArg.memory).isShared else {
            trapIf(context.constI1(true), .expectedSharedMemory)
            push(context.constI32(0))
            return
        }
        let wait: RuntimeBuiltin =
            switch operation {
            case .memoryAtomicWait32: .wasmc_atomic_wait32
            case .memoryAtomicWait64: .wasmc_atomic_wait64
            }
        push(builder.call(owner.builtin(wait), [address, expected, timeout]))
    }

    /// Lowers `memory.atomic.notify`: how many have been woken. Nobody waits at a memory that is not shared.
    ///
    /// Traps: `unalignedAtomic`, `outOfBoundsMemoryAccess`.
    func lowerAtomicNotify(_ memArg: MemArg) {
        let count = pop()
        let address = popAtomicAddress(memArg, accessBytes: 4, isCompared: true)
        guard definedType(memArg.memory).isShared else {
            push(context.constI32(0))
            return
        }
        push(builder.call(owner.builtin(.wasmc_atomic_notify), [address, count]))
    }
}

// Reference instructions: null, equality, i31, tests and casts. A reference is an address, or 32 bits in a program with
// a heap (abi.h).
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#reference-instructions

import CWasmcABI
import LLVMBridge
import WasmInstructionTable
import WasmSpec
import WasmValidation

extension FunctionLowering {
    /// The value stays; only the trap is new.
    func lowerRefAsNonNull() { trapIf(builder.isNull(operands[operands.count - 1]), .nullReference) }

    func lowerRefIsNull() { push(builder.zext(builder.isNull(pop()), context.i32)) }

    /// An i31 is its value, and nothing else has two references.
    func lowerRefEq() {
        let other = pop()
        push(builder.zext(builder.icmp(.eq, pop(), other), context.i32))
    }

    // MARK: i31

    func lowerRefI31() {
        let one = context.constI32(1)
        push(builder.or(builder.shl(pop(), one), one))
    }

    /// Traps: `nullI31Reference`.
    func lowerI31Get(_ operation: I31GetOperation) {
        let reference = pop()
        trapIf(builder.isNull(reference), .nullI31Reference)
        let one = context.constI32(1)
        switch operation {
        case .i31GetS: push(builder.ashr(reference, one))
        case .i31GetU: push(builder.lshr(reference, one))
        }
    }

    // MARK: Tests and casts

    func lowerRefTest(_ type: HeapType, isNullable: Bool) {
        push(builder.zext(isInstance(pop(), of: type, isNullable: isNullable), context.i32))
    }

    /// Traps: `castFailure`.
    func lowerRefCast(_ type: HeapType, isNullable: Bool) {
        let reference = operands[operands.count - 1]
        trapIf(builder.not(isInstance(reference, of: type, isNullable: isNullable)), .castFailure)
    }

    /// The reference is the label's last operand, and stays where the branch is not taken.
    func lowerBrOnCast(_ branch: BranchOnCast, whenFailed: Bool) {
        let reference = operands[operands.count - 1]
        let isInstance = isInstance(reference, of: branch.target.heapType, isNullable: branch.target.isNullable)
        branchIf(whenFailed ? builder.not(isInstance) : isInstance, branch.label)
    }

    /// Whether a reference is one of a heap type, or null when that counts.
    private func isInstance(_ reference: IRValue, of type: HeapType, isNullable: Bool) -> IRValue {
        let isNotNull = builder.isNotNull(reference)
        switch type {
        case .abstract(.any), .abstract(.extern), .abstract(.func), .abstract(.exn):
            return isNullable ? context.constI1(true) : isNotNull
        case .abstract(.none), .abstract(.noextern), .abstract(.nofunc), .abstract(.noexn):
            return isNullable ? builder.not(isNotNull) : context.constI1(false)
        case .abstract(.i31):
            let isI31 = builder.icmp(.ne, builder.and(reference, context.constI32(1)), context.constI32(0))
            return orNull(isI31, reference, isNullable)
        case .abstract(.eq):
            // All but references of the host's, which an external one may be.
            let isOther = builder.icmp(.ne, builder.and(reference, context.constI32(3)), context.constI32(2))
            return isNullable ? isOther : builder.and(isOther, isNotNull)
        case .abstract(.struct): return isObject(reference, owner.plan.typeNumbering.range(of: .structure), isNullable)
        case .abstract(.array): return isObject(reference, owner.plan.typeNumbering.range(of: .array), isNullable)
        case .concrete(let index):
            let range = instance.typeRange(index)
            guard case .function = module.module.types[index.position].composite else {
                return isObject(reference, range, isNullable)
            }
            let actual = builder.loadField(functionEntry(reference), \wasmc_func_ref.type_id, name: "type_id")
            return orNull(isBelow(actual, range), reference, isNullable)
        }
    }

    private func orNull(_ isInstance: IRValue, _ reference: IRValue, _ isNullable: Bool) -> IRValue {
        isNullable ? builder.or(isInstance, builder.isNull(reference)) : isInstance
    }

    /// Whether a reference leads to an object whose type has one of these numbers. Only objects have a header to look at.
    private func isObject(_ reference: IRValue, _ range: ClosedRange<UInt32>?, _ isNullable: Bool) -> IRValue {
        let isNull = builder.isNull(reference)
        guard let range else { return isNullable ? isNull : context.constI1(false) }
        let isNoAddress = builder.icmp(.ne, builder.and(reference, context.constI32(3)), context.constI32(0))
        let other = isNullable ? isNull : context.constI1(false)
        let object = function.appendBlock("object")
        let done = function.appendBlock("tested")
        guard let from = builder.insertBlock else { return other }
        builder.condBr(builder.or(isNull, isNoAddress), done, object)
        builder.positionAtEnd(object)
        let isBelow = isBelow(loadHeader(reference), range)
        builder.br(done)
        builder.positionAtEnd(done)
        let result = builder.phi(context.i1)
        result.addIncoming(other, from: from)
        result.addIncoming(isBelow, from: object)
        return result
    }
}

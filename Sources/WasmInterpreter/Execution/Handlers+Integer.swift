// Handlers of integer instructions. Semantics stand in Numerics/Integer.swift: each closure here fixes the
// operation, and inlining leaves its one case.

import WasmSpec

/// `result, lhs, rhs`.
@inline(__always)
private func slots(_ machine: Machine, _ operation: IntegerBinaryOperation) {
    let lhs = machine.value(1), rhs = machine.value(2)
    if let kind = trap(operation, lhs, rhs) { return machine.trap(kind) }
    machine.setValue(0, integerBinary(operation, lhs, rhs))
    machine.next(2)
}

/// `result, lhs, immediate`.
@inline(__always)
private func immediate(_ machine: Machine, _ operation: IntegerBinaryOperation) {
    let lhs = machine.value(1), rhs = UInt64(i64: Int64(machine.immediate))
    if let kind = trap(operation, lhs, rhs) { return machine.trap(kind) }
    machine.setValue(0, integerBinary(operation, lhs, rhs))
    machine.next(2)
}

extension IntegerBinaryOperation {
    /// `result, lhs, rhs`.
    var slotsHandler: Handler {
        switch self {
        case .i32Add: { slots(Machine($0, $1, $2, $3, $4), .i32Add) }
        case .i32Sub: { slots(Machine($0, $1, $2, $3, $4), .i32Sub) }
        case .i32Mul: { slots(Machine($0, $1, $2, $3, $4), .i32Mul) }
        case .i32DivS: { slots(Machine($0, $1, $2, $3, $4), .i32DivS) }
        case .i32DivU: { slots(Machine($0, $1, $2, $3, $4), .i32DivU) }
        case .i32RemS: { slots(Machine($0, $1, $2, $3, $4), .i32RemS) }
        case .i32RemU: { slots(Machine($0, $1, $2, $3, $4), .i32RemU) }
        case .i32And: { slots(Machine($0, $1, $2, $3, $4), .i32And) }
        case .i32Or: { slots(Machine($0, $1, $2, $3, $4), .i32Or) }
        case .i32Xor: { slots(Machine($0, $1, $2, $3, $4), .i32Xor) }
        case .i32Shl: { slots(Machine($0, $1, $2, $3, $4), .i32Shl) }
        case .i32ShrS: { slots(Machine($0, $1, $2, $3, $4), .i32ShrS) }
        case .i32ShrU: { slots(Machine($0, $1, $2, $3, $4), .i32ShrU) }
        case .i32Rotl: { slots(Machine($0, $1, $2, $3, $4), .i32Rotl) }
        case .i32Rotr: { slots(Machine($0, $1, $2, $3, $4), .i32Rotr) }
        case .i64Add: { slots(Machine($0, $1, $2, $3, $4), .i64Add) }
        case .i64Sub: { slots(Machine($0, $1, $2, $3, $4), .i64Sub) }
        case .i64Mul: { slots(Machine($0, $1, $2, $3, $4), .i64Mul) }
        case .i64DivS: { slots(Machine($0, $1, $2, $3, $4), .i64DivS) }
        case .i64DivU: { slots(Machine($0, $1, $2, $3, $4), .i64DivU) }
        case .i64RemS: { slots(Machine($0, $1, $2, $3, $4), .i64RemS) }
        case .i64RemU: { slots(Machine($0, $1, $2, $3, $4), .i64RemU) }
        case .i64And: { slots(Machine($0, $1, $2, $3, $4), .i64And) }
        case .i64Or: { slots(Machine($0, $1, $2, $3, $4), .i64Or) }
        case .i64Xor: { slots(Machine($0, $1, $2, $3, $4), .i64Xor) }
        case .i64Shl: { slots(Machine($0, $1, $2, $3, $4), .i64Shl) }
        case .i64ShrS: { slots(Machine($0, $1, $2, $3, $4), .i64ShrS) }
        case .i64ShrU: { slots(Machine($0, $1, $2, $3, $4), .i64ShrU) }
        case .i64Rotl: { slots(Machine($0, $1, $2, $3, $4), .i64Rotl) }
        case .i64Rotr: { slots(Machine($0, $1, $2, $3, $4), .i64Rotr) }
        }
    }

    /// `result, lhs, immediate` in 32 bits, sign-extended.
    var immediateHandler: Handler {
        switch self {
        case .i32Add: { immediate(Machine($0, $1, $2, $3, $4), .i32Add) }
        case .i32Sub: { immediate(Machine($0, $1, $2, $3, $4), .i32Sub) }
        case .i32Mul: { immediate(Machine($0, $1, $2, $3, $4), .i32Mul) }
        case .i32DivS: { immediate(Machine($0, $1, $2, $3, $4), .i32DivS) }
        case .i32DivU: { immediate(Machine($0, $1, $2, $3, $4), .i32DivU) }
        case .i32RemS: { immediate(Machine($0, $1, $2, $3, $4), .i32RemS) }
        case .i32RemU: { immediate(Machine($0, $1, $2, $3, $4), .i32RemU) }
        case .i32And: { immediate(Machine($0, $1, $2, $3, $4), .i32And) }
        case .i32Or: { immediate(Machine($0, $1, $2, $3, $4), .i32Or) }
        case .i32Xor: { immediate(Machine($0, $1, $2, $3, $4), .i32Xor) }
        case .i32Shl: { immediate(Machine($0, $1, $2, $3, $4), .i32Shl) }
        case .i32ShrS: { immediate(Machine($0, $1, $2, $3, $4), .i32ShrS) }
        case .i32ShrU: { immediate(Machine($0, $1, $2, $3, $4), .i32ShrU) }
        case .i32Rotl: { immediate(Machine($0, $1, $2, $3, $4), .i32Rotl) }
        case .i32Rotr: { immediate(Machine($0, $1, $2, $3, $4), .i32Rotr) }
        case .i64Add: { immediate(Machine($0, $1, $2, $3, $4), .i64Add) }
        case .i64Sub: { immediate(Machine($0, $1, $2, $3, $4), .i64Sub) }
        case .i64Mul: { immediate(Machine($0, $1, $2, $3, $4), .i64Mul) }
        case .i64DivS: { immediate(Machine($0, $1, $2, $3, $4), .i64DivS) }
        case .i64DivU: { immediate(Machine($0, $1, $2, $3, $4), .i64DivU) }
        case .i64RemS: { immediate(Machine($0, $1, $2, $3, $4), .i64RemS) }
        case .i64RemU: { immediate(Machine($0, $1, $2, $3, $4), .i64RemU) }
        case .i64And: { immediate(Machine($0, $1, $2, $3, $4), .i64And) }
        case .i64Or: { immediate(Machine($0, $1, $2, $3, $4), .i64Or) }
        case .i64Xor: { immediate(Machine($0, $1, $2, $3, $4), .i64Xor) }
        case .i64Shl: { immediate(Machine($0, $1, $2, $3, $4), .i64Shl) }
        case .i64ShrS: { immediate(Machine($0, $1, $2, $3, $4), .i64ShrS) }
        case .i64ShrU: { immediate(Machine($0, $1, $2, $3, $4), .i64ShrU) }
        case .i64Rotl: { immediate(Machine($0, $1, $2, $3, $4), .i64Rotl) }
        case .i64Rotr: { immediate(Machine($0, $1, $2, $3, $4), .i64Rotr) }
        }
    }
}

@inline(__always)
private func slots(_ machine: Machine, _ operation: IntegerCompareOperation) {
    machine.setValue(0, UInt64(bool: integerCompare(operation, machine.value(1), machine.value(2))))
    machine.next(2)
}

@inline(__always)
private func immediate(_ machine: Machine, _ operation: IntegerCompareOperation) {
    let rhs = UInt64(i64: Int64(machine.immediate))
    machine.setValue(0, UInt64(bool: integerCompare(operation, machine.value(1), rhs)))
    machine.next(2)
}

@inline(__always)
private func branchSlots(_ machine: Machine, _ operation: IntegerCompareOperation) {
    if integerCompare(operation, machine.value(0), machine.value(1)) { return machine.jump(machine.immediate) }
    machine.next(2)
}

@inline(__always)
private func branchImmediate(_ machine: Machine, _ operation: IntegerCompareOperation) {
    if integerCompare(operation, machine.value(0), machine.word(2)) { return machine.jump(machine.immediate) }
    machine.next(3)
}

extension IntegerCompareOperation {
    /// `result, lhs, rhs`.
    var slotsHandler: Handler {
        switch self {
        case .i32Eq: { slots(Machine($0, $1, $2, $3, $4), .i32Eq) }
        case .i32Ne: { slots(Machine($0, $1, $2, $3, $4), .i32Ne) }
        case .i32LtS: { slots(Machine($0, $1, $2, $3, $4), .i32LtS) }
        case .i32LtU: { slots(Machine($0, $1, $2, $3, $4), .i32LtU) }
        case .i32GtS: { slots(Machine($0, $1, $2, $3, $4), .i32GtS) }
        case .i32GtU: { slots(Machine($0, $1, $2, $3, $4), .i32GtU) }
        case .i32LeS: { slots(Machine($0, $1, $2, $3, $4), .i32LeS) }
        case .i32LeU: { slots(Machine($0, $1, $2, $3, $4), .i32LeU) }
        case .i32GeS: { slots(Machine($0, $1, $2, $3, $4), .i32GeS) }
        case .i32GeU: { slots(Machine($0, $1, $2, $3, $4), .i32GeU) }
        case .i64Eq: { slots(Machine($0, $1, $2, $3, $4), .i64Eq) }
        case .i64Ne: { slots(Machine($0, $1, $2, $3, $4), .i64Ne) }
        case .i64LtS: { slots(Machine($0, $1, $2, $3, $4), .i64LtS) }
        case .i64LtU: { slots(Machine($0, $1, $2, $3, $4), .i64LtU) }
        case .i64GtS: { slots(Machine($0, $1, $2, $3, $4), .i64GtS) }
        case .i64GtU: { slots(Machine($0, $1, $2, $3, $4), .i64GtU) }
        case .i64LeS: { slots(Machine($0, $1, $2, $3, $4), .i64LeS) }
        case .i64LeU: { slots(Machine($0, $1, $2, $3, $4), .i64LeU) }
        case .i64GeS: { slots(Machine($0, $1, $2, $3, $4), .i64GeS) }
        case .i64GeU: { slots(Machine($0, $1, $2, $3, $4), .i64GeU) }
        }
    }

    /// `result, lhs, immediate` in 32 bits, sign-extended.
    var immediateHandler: Handler {
        switch self {
        case .i32Eq: { immediate(Machine($0, $1, $2, $3, $4), .i32Eq) }
        case .i32Ne: { immediate(Machine($0, $1, $2, $3, $4), .i32Ne) }
        case .i32LtS: { immediate(Machine($0, $1, $2, $3, $4), .i32LtS) }
        case .i32LtU: { immediate(Machine($0, $1, $2, $3, $4), .i32LtU) }
        case .i32GtS: { immediate(Machine($0, $1, $2, $3, $4), .i32GtS) }
        case .i32GtU: { immediate(Machine($0, $1, $2, $3, $4), .i32GtU) }
        case .i32LeS: { immediate(Machine($0, $1, $2, $3, $4), .i32LeS) }
        case .i32LeU: { immediate(Machine($0, $1, $2, $3, $4), .i32LeU) }
        case .i32GeS: { immediate(Machine($0, $1, $2, $3, $4), .i32GeS) }
        case .i32GeU: { immediate(Machine($0, $1, $2, $3, $4), .i32GeU) }
        case .i64Eq: { immediate(Machine($0, $1, $2, $3, $4), .i64Eq) }
        case .i64Ne: { immediate(Machine($0, $1, $2, $3, $4), .i64Ne) }
        case .i64LtS: { immediate(Machine($0, $1, $2, $3, $4), .i64LtS) }
        case .i64LtU: { immediate(Machine($0, $1, $2, $3, $4), .i64LtU) }
        case .i64GtS: { immediate(Machine($0, $1, $2, $3, $4), .i64GtS) }
        case .i64GtU: { immediate(Machine($0, $1, $2, $3, $4), .i64GtU) }
        case .i64LeS: { immediate(Machine($0, $1, $2, $3, $4), .i64LeS) }
        case .i64LeU: { immediate(Machine($0, $1, $2, $3, $4), .i64LeU) }
        case .i64GeS: { immediate(Machine($0, $1, $2, $3, $4), .i64GeS) }
        case .i64GeU: { immediate(Machine($0, $1, $2, $3, $4), .i64GeU) }
        }
    }

    /// Jumps if the comparison holds: `lhs, rhs, displacement`.
    var branchSlotsHandler: Handler {
        switch self {
        case .i32Eq: { branchSlots(Machine($0, $1, $2, $3, $4), .i32Eq) }
        case .i32Ne: { branchSlots(Machine($0, $1, $2, $3, $4), .i32Ne) }
        case .i32LtS: { branchSlots(Machine($0, $1, $2, $3, $4), .i32LtS) }
        case .i32LtU: { branchSlots(Machine($0, $1, $2, $3, $4), .i32LtU) }
        case .i32GtS: { branchSlots(Machine($0, $1, $2, $3, $4), .i32GtS) }
        case .i32GtU: { branchSlots(Machine($0, $1, $2, $3, $4), .i32GtU) }
        case .i32LeS: { branchSlots(Machine($0, $1, $2, $3, $4), .i32LeS) }
        case .i32LeU: { branchSlots(Machine($0, $1, $2, $3, $4), .i32LeU) }
        case .i32GeS: { branchSlots(Machine($0, $1, $2, $3, $4), .i32GeS) }
        case .i32GeU: { branchSlots(Machine($0, $1, $2, $3, $4), .i32GeU) }
        case .i64Eq: { branchSlots(Machine($0, $1, $2, $3, $4), .i64Eq) }
        case .i64Ne: { branchSlots(Machine($0, $1, $2, $3, $4), .i64Ne) }
        case .i64LtS: { branchSlots(Machine($0, $1, $2, $3, $4), .i64LtS) }
        case .i64LtU: { branchSlots(Machine($0, $1, $2, $3, $4), .i64LtU) }
        case .i64GtS: { branchSlots(Machine($0, $1, $2, $3, $4), .i64GtS) }
        case .i64GtU: { branchSlots(Machine($0, $1, $2, $3, $4), .i64GtU) }
        case .i64LeS: { branchSlots(Machine($0, $1, $2, $3, $4), .i64LeS) }
        case .i64LeU: { branchSlots(Machine($0, $1, $2, $3, $4), .i64LeU) }
        case .i64GeS: { branchSlots(Machine($0, $1, $2, $3, $4), .i64GeS) }
        case .i64GeU: { branchSlots(Machine($0, $1, $2, $3, $4), .i64GeU) }
        }
    }

    /// Jumps if the comparison holds: `lhs, -, displacement`, then a word for the right operand.
    var branchImmediateHandler: Handler {
        switch self {
        case .i32Eq: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32Eq) }
        case .i32Ne: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32Ne) }
        case .i32LtS: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32LtS) }
        case .i32LtU: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32LtU) }
        case .i32GtS: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32GtS) }
        case .i32GtU: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32GtU) }
        case .i32LeS: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32LeS) }
        case .i32LeU: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32LeU) }
        case .i32GeS: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32GeS) }
        case .i32GeU: { branchImmediate(Machine($0, $1, $2, $3, $4), .i32GeU) }
        case .i64Eq: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64Eq) }
        case .i64Ne: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64Ne) }
        case .i64LtS: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64LtS) }
        case .i64LtU: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64LtU) }
        case .i64GtS: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64GtS) }
        case .i64GtU: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64GtU) }
        case .i64LeS: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64LeS) }
        case .i64LeU: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64LeU) }
        case .i64GeS: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64GeS) }
        case .i64GeU: { branchImmediate(Machine($0, $1, $2, $3, $4), .i64GeU) }
        }
    }
}

@inline(__always)
private func unary(_ machine: Machine, _ operation: IntegerUnaryOperation) {
    machine.setValue(0, integerUnary(operation, machine.value(1)))
    machine.next(2)
}

extension IntegerUnaryOperation {
    /// `result, operand`.
    var handler: Handler {
        switch self {
        case .i32Clz: { unary(Machine($0, $1, $2, $3, $4), .i32Clz) }
        case .i32Ctz: { unary(Machine($0, $1, $2, $3, $4), .i32Ctz) }
        case .i32Popcnt: { unary(Machine($0, $1, $2, $3, $4), .i32Popcnt) }
        case .i64Clz: { unary(Machine($0, $1, $2, $3, $4), .i64Clz) }
        case .i64Ctz: { unary(Machine($0, $1, $2, $3, $4), .i64Ctz) }
        case .i64Popcnt: { unary(Machine($0, $1, $2, $3, $4), .i64Popcnt) }
        case .i32Extend8S: { unary(Machine($0, $1, $2, $3, $4), .i32Extend8S) }
        case .i32Extend16S: { unary(Machine($0, $1, $2, $3, $4), .i32Extend16S) }
        case .i64Extend8S: { unary(Machine($0, $1, $2, $3, $4), .i64Extend8S) }
        case .i64Extend16S: { unary(Machine($0, $1, $2, $3, $4), .i64Extend16S) }
        case .i64Extend32S: { unary(Machine($0, $1, $2, $3, $4), .i64Extend32S) }
        }
    }
}

/// `low result, high result, lhs, rhs`, then a word with the slots of the operands' high halves.
@inline(__always)
private func wide(_ machine: Machine, _ operation: WideArithmeticOperation) {
    let result = wideArithmetic(
        operation, (machine.value(2), machine.value(4)), (machine.value(3), machine.value(5)))
    machine.setValue(0, result.low)
    machine.setValue(1, result.high)
    machine.next(3)
}

extension WideArithmeticOperation {
    /// `low result, high result, lhs, rhs`, then a word with the slots of the operands' high halves.
    var handler: Handler {
        switch self {
        case .i64Add128: { wide(Machine($0, $1, $2, $3, $4), .i64Add128) }
        case .i64Sub128: { wide(Machine($0, $1, $2, $3, $4), .i64Sub128) }
        case .i64MulWideS: { wide(Machine($0, $1, $2, $3, $4), .i64MulWideS) }
        case .i64MulWideU: { wide(Machine($0, $1, $2, $3, $4), .i64MulWideU) }
        }
    }
}

// Handlers of integer instructions. Semantics stand in Numerics/Integer.swift: each closure here fixes the
// operation, and inlining leaves its one case.

import WasmSpec

@inline(__always)
private func slots(_ machine: Machine, _ operation: IntegerBinaryOperation) {
    let operands = machine.read(Layout.Slots.self)
    let lhs = machine.value(in: operands.second), rhs = machine.value(in: operands.third)
    if let kind = trap(operation, lhs, rhs) { return machine.trap(kind) }
    machine.setValue(in: operands.first, integerBinary(operation, lhs, rhs))
    machine.next(behind: Layout.Slots.self)
}

@inline(__always)
private func immediate(_ machine: Machine, _ operation: IntegerBinaryOperation) {
    let operands = machine.read(Layout.Immediate.self)
    let lhs = machine.value(in: operands.lhs), rhs = UInt64(i64: Int64(operands.immediate))
    if let kind = trap(operation, lhs, rhs) { return machine.trap(kind) }
    machine.setValue(in: operands.result, integerBinary(operation, lhs, rhs))
    machine.next(behind: Layout.Immediate.self)
}

extension IntegerBinaryOperation {
    /// On `Layout.Slots`.
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

    /// On `Layout.Immediate`.
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
    let operands = machine.read(Layout.Slots.self)
    let holds = integerCompare(operation, machine.value(in: operands.second), machine.value(in: operands.third))
    machine.setValue(in: operands.first, UInt64(bool: holds))
    machine.next(behind: Layout.Slots.self)
}

@inline(__always)
private func immediate(_ machine: Machine, _ operation: IntegerCompareOperation) {
    let operands = machine.read(Layout.Immediate.self)
    let rhs = UInt64(i64: Int64(operands.immediate))
    machine.setValue(in: operands.result, UInt64(bool: integerCompare(operation, machine.value(in: operands.lhs), rhs)))
    machine.next(behind: Layout.Immediate.self)
}

@inline(__always)
private func branchSlots(_ machine: Machine, _ operation: IntegerCompareOperation) {
    let operands = machine.read(Layout.Branch.self)
    if integerCompare(operation, machine.value(in: operands.first), machine.value(in: operands.second)) {
        return machine.jump(operands.displacement)
    }
    machine.next(behind: Layout.Branch.self)
}

@inline(__always)
private func branchImmediate(_ machine: Machine, _ operation: IntegerCompareOperation) {
    let operands = machine.read(Layout.WordBranch.self)
    if integerCompare(operation, machine.value(in: operands.branch.first), operands.word) {
        return machine.jump(operands.branch.displacement)
    }
    machine.next(behind: Layout.WordBranch.self)
}

extension IntegerCompareOperation {
    /// On `Layout.Slots`.
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

    /// On `Layout.Immediate`.
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

    /// Jumps if the comparison holds; on `Layout.Branch`.
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

    /// Jumps if the comparison of the first slot with the word holds; on `Layout.WordBranch`.
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
    let operands = machine.read(Layout.Slots.self)
    machine.setValue(in: operands.first, integerUnary(operation, machine.value(in: operands.second)))
    machine.next(behind: Layout.Slots.self)
}

extension IntegerUnaryOperation {
    /// On `Layout.Slots`.
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

@inline(__always)
private func wide(_ machine: Machine, _ operation: WideArithmeticOperation) {
    let operands = machine.read(Layout.Wide.self)
    let result = wideArithmetic(
        operation, (machine.value(in: operands.lhs), machine.value(in: operands.lhsHigh)),
        (machine.value(in: operands.rhs), machine.value(in: operands.rhsHigh)))
    machine.setValue(in: operands.lowResult, result.low)
    machine.setValue(in: operands.highResult, result.high)
    machine.next(behind: Layout.Wide.self)
}

extension WideArithmeticOperation {
    /// On `Layout.Wide`.
    var handler: Handler {
        switch self {
        case .i64Add128: { wide(Machine($0, $1, $2, $3, $4), .i64Add128) }
        case .i64Sub128: { wide(Machine($0, $1, $2, $3, $4), .i64Sub128) }
        case .i64MulWideS: { wide(Machine($0, $1, $2, $3, $4), .i64MulWideS) }
        case .i64MulWideU: { wide(Machine($0, $1, $2, $3, $4), .i64MulWideU) }
        }
    }
}

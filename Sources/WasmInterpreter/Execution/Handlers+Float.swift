// Handlers of floating-point instructions; semantics stand in Numerics/Float.swift.

import WasmSpec

@inline(__always)
private func binary(_ machine: Machine, _ operation: FloatBinaryOperation) {
    let operands = machine.read(Layout.Slots.self)
    machine.setValue(
        in: operands.first,
        floatBinary(operation, machine.value(in: operands.second), machine.value(in: operands.third)))
    machine.next(behind: Layout.Slots.self)
}

@inline(__always)
private func unary(_ machine: Machine, _ operation: FloatUnaryOperation) {
    let operands = machine.read(Layout.Slots.self)
    machine.setValue(in: operands.first, floatUnary(operation, machine.value(in: operands.second)))
    machine.next(behind: Layout.Slots.self)
}

@inline(__always)
private func compare(_ machine: Machine, _ operation: FloatCompareOperation) {
    let operands = machine.read(Layout.Slots.self)
    let holds = floatCompare(operation, machine.value(in: operands.second), machine.value(in: operands.third))
    machine.setValue(in: operands.first, UInt64(bool: holds))
    machine.next(behind: Layout.Slots.self)
}

@inline(__always)
private func branchIf(_ machine: Machine, _ operation: FloatCompareOperation) {
    let operands = machine.read(Layout.Branch.self)
    if floatCompare(operation, machine.value(in: operands.first), machine.value(in: operands.second)) {
        return machine.jump(operands.displacement)
    }
    machine.next(behind: Layout.Branch.self)
}

// Not the branch on the opposite comparison: with a NaN neither holds.
@inline(__always)
private func branchUnless(_ machine: Machine, _ operation: FloatCompareOperation) {
    let operands = machine.read(Layout.Branch.self)
    if !floatCompare(operation, machine.value(in: operands.first), machine.value(in: operands.second)) {
        return machine.jump(operands.displacement)
    }
    machine.next(behind: Layout.Branch.self)
}

extension FloatBinaryOperation {
    /// On `Layout.Slots`.
    var handler: Handler {
        switch self {
        case .f32Add: { binary(Machine($0, $1, $2, $3, $4), .f32Add) }
        case .f32Sub: { binary(Machine($0, $1, $2, $3, $4), .f32Sub) }
        case .f32Mul: { binary(Machine($0, $1, $2, $3, $4), .f32Mul) }
        case .f32Div: { binary(Machine($0, $1, $2, $3, $4), .f32Div) }
        case .f32Min: { binary(Machine($0, $1, $2, $3, $4), .f32Min) }
        case .f32Max: { binary(Machine($0, $1, $2, $3, $4), .f32Max) }
        case .f32Copysign: { binary(Machine($0, $1, $2, $3, $4), .f32Copysign) }
        case .f64Add: { binary(Machine($0, $1, $2, $3, $4), .f64Add) }
        case .f64Sub: { binary(Machine($0, $1, $2, $3, $4), .f64Sub) }
        case .f64Mul: { binary(Machine($0, $1, $2, $3, $4), .f64Mul) }
        case .f64Div: { binary(Machine($0, $1, $2, $3, $4), .f64Div) }
        case .f64Min: { binary(Machine($0, $1, $2, $3, $4), .f64Min) }
        case .f64Max: { binary(Machine($0, $1, $2, $3, $4), .f64Max) }
        case .f64Copysign: { binary(Machine($0, $1, $2, $3, $4), .f64Copysign) }
        }
    }
}

extension FloatUnaryOperation {
    /// On `Layout.Slots`.
    var handler: Handler {
        switch self {
        case .f32Abs: { unary(Machine($0, $1, $2, $3, $4), .f32Abs) }
        case .f32Neg: { unary(Machine($0, $1, $2, $3, $4), .f32Neg) }
        case .f32Ceil: { unary(Machine($0, $1, $2, $3, $4), .f32Ceil) }
        case .f32Floor: { unary(Machine($0, $1, $2, $3, $4), .f32Floor) }
        case .f32Trunc: { unary(Machine($0, $1, $2, $3, $4), .f32Trunc) }
        case .f32Nearest: { unary(Machine($0, $1, $2, $3, $4), .f32Nearest) }
        case .f32Sqrt: { unary(Machine($0, $1, $2, $3, $4), .f32Sqrt) }
        case .f64Abs: { unary(Machine($0, $1, $2, $3, $4), .f64Abs) }
        case .f64Neg: { unary(Machine($0, $1, $2, $3, $4), .f64Neg) }
        case .f64Ceil: { unary(Machine($0, $1, $2, $3, $4), .f64Ceil) }
        case .f64Floor: { unary(Machine($0, $1, $2, $3, $4), .f64Floor) }
        case .f64Trunc: { unary(Machine($0, $1, $2, $3, $4), .f64Trunc) }
        case .f64Nearest: { unary(Machine($0, $1, $2, $3, $4), .f64Nearest) }
        case .f64Sqrt: { unary(Machine($0, $1, $2, $3, $4), .f64Sqrt) }
        }
    }
}

extension FloatCompareOperation {
    /// On `Layout.Slots`.
    var handler: Handler {
        switch self {
        case .f32Eq: { compare(Machine($0, $1, $2, $3, $4), .f32Eq) }
        case .f32Ne: { compare(Machine($0, $1, $2, $3, $4), .f32Ne) }
        case .f32Lt: { compare(Machine($0, $1, $2, $3, $4), .f32Lt) }
        case .f32Gt: { compare(Machine($0, $1, $2, $3, $4), .f32Gt) }
        case .f32Le: { compare(Machine($0, $1, $2, $3, $4), .f32Le) }
        case .f32Ge: { compare(Machine($0, $1, $2, $3, $4), .f32Ge) }
        case .f64Eq: { compare(Machine($0, $1, $2, $3, $4), .f64Eq) }
        case .f64Ne: { compare(Machine($0, $1, $2, $3, $4), .f64Ne) }
        case .f64Lt: { compare(Machine($0, $1, $2, $3, $4), .f64Lt) }
        case .f64Gt: { compare(Machine($0, $1, $2, $3, $4), .f64Gt) }
        case .f64Le: { compare(Machine($0, $1, $2, $3, $4), .f64Le) }
        case .f64Ge: { compare(Machine($0, $1, $2, $3, $4), .f64Ge) }
        }
    }

    /// Jumps if the comparison holds; on `Layout.Branch`.
    var branchIfHandler: Handler {
        switch self {
        case .f32Eq: { branchIf(Machine($0, $1, $2, $3, $4), .f32Eq) }
        case .f32Ne: { branchIf(Machine($0, $1, $2, $3, $4), .f32Ne) }
        case .f32Lt: { branchIf(Machine($0, $1, $2, $3, $4), .f32Lt) }
        case .f32Gt: { branchIf(Machine($0, $1, $2, $3, $4), .f32Gt) }
        case .f32Le: { branchIf(Machine($0, $1, $2, $3, $4), .f32Le) }
        case .f32Ge: { branchIf(Machine($0, $1, $2, $3, $4), .f32Ge) }
        case .f64Eq: { branchIf(Machine($0, $1, $2, $3, $4), .f64Eq) }
        case .f64Ne: { branchIf(Machine($0, $1, $2, $3, $4), .f64Ne) }
        case .f64Lt: { branchIf(Machine($0, $1, $2, $3, $4), .f64Lt) }
        case .f64Gt: { branchIf(Machine($0, $1, $2, $3, $4), .f64Gt) }
        case .f64Le: { branchIf(Machine($0, $1, $2, $3, $4), .f64Le) }
        case .f64Ge: { branchIf(Machine($0, $1, $2, $3, $4), .f64Ge) }
        }
    }

    /// Jumps if it does not hold; on `Layout.Branch`.
    var branchUnlessHandler: Handler {
        switch self {
        case .f32Eq: { branchUnless(Machine($0, $1, $2, $3, $4), .f32Eq) }
        case .f32Ne: { branchUnless(Machine($0, $1, $2, $3, $4), .f32Ne) }
        case .f32Lt: { branchUnless(Machine($0, $1, $2, $3, $4), .f32Lt) }
        case .f32Gt: { branchUnless(Machine($0, $1, $2, $3, $4), .f32Gt) }
        case .f32Le: { branchUnless(Machine($0, $1, $2, $3, $4), .f32Le) }
        case .f32Ge: { branchUnless(Machine($0, $1, $2, $3, $4), .f32Ge) }
        case .f64Eq: { branchUnless(Machine($0, $1, $2, $3, $4), .f64Eq) }
        case .f64Ne: { branchUnless(Machine($0, $1, $2, $3, $4), .f64Ne) }
        case .f64Lt: { branchUnless(Machine($0, $1, $2, $3, $4), .f64Lt) }
        case .f64Gt: { branchUnless(Machine($0, $1, $2, $3, $4), .f64Gt) }
        case .f64Le: { branchUnless(Machine($0, $1, $2, $3, $4), .f64Le) }
        case .f64Ge: { branchUnless(Machine($0, $1, $2, $3, $4), .f64Ge) }
        }
    }
}

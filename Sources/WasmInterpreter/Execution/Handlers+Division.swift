// Handlers of divisions by a constant; semantics stand in Numerics/DivisionByConstant.swift.

@inline(__always)
private func divide(_ machine: Machine, _ operation: ConstantDivisor.Operation) {
    let division = machine.read(Layout.ConstantDivision.self)
    let operands = division.operands
    let divisor = UInt64(i64: Int64(operands.immediate))
    machine.setValue(
        in: operands.result,
        divide(operation, machine.value(in: operands.lhs), by: divisor, reciprocal: division.reciprocal))
    machine.next(behind: Layout.ConstantDivision.self)
}

extension ConstantDivisor.Operation {
    /// `result, lhs, divisor` in 32 bits, then the divisor's reciprocal.
    var handler: Handler {
        switch self {
        case .i32DivU: { divide(Machine($0, $1, $2, $3, $4), .i32DivU) }
        case .i32RemU: { divide(Machine($0, $1, $2, $3, $4), .i32RemU) }
        case .i32DivS: { divide(Machine($0, $1, $2, $3, $4), .i32DivS) }
        case .i32RemS: { divide(Machine($0, $1, $2, $3, $4), .i32RemS) }
        }
    }
}

// Handlers of divisions by a constant; semantics stand in Numerics/DivisionByConstant.swift.

@inline(__always)
private func divide(_ machine: Machine, _ operation: ConstantDivisor.Operation) {
    let divisor = UInt64(i64: Int64(machine.immediate))
    machine.setValue(0, divide(operation, machine.value(1), by: divisor, reciprocal: machine.word(2)))
    machine.next(3)
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

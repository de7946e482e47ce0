// Handlers of conversions; semantics stand in Numerics/Conversion.swift.

import WasmSpec

@inline(__always)
private func convert(_ machine: Machine, _ operation: ConversionOperation) {
    let operands = machine.read(Layout.Slots.self)
    let operand = machine.value(in: operands.second)
    if let kind = trap(operation, operand) { return machine.trap(kind) }
    machine.setValue(in: operands.first, conversion(operation, operand))
    machine.next(behind: Layout.Slots.self)
}

extension ConversionOperation {
    /// On `Layout.Slots`.
    var handler: Handler {
        switch self {
        case .i32WrapI64: { convert(Machine($0, $1, $2, $3, $4), .i32WrapI64) }
        case .i32TruncF32S: { convert(Machine($0, $1, $2, $3, $4), .i32TruncF32S) }
        case .i32TruncF32U: { convert(Machine($0, $1, $2, $3, $4), .i32TruncF32U) }
        case .i32TruncF64S: { convert(Machine($0, $1, $2, $3, $4), .i32TruncF64S) }
        case .i32TruncF64U: { convert(Machine($0, $1, $2, $3, $4), .i32TruncF64U) }
        case .i64ExtendI32S: { convert(Machine($0, $1, $2, $3, $4), .i64ExtendI32S) }
        case .i64ExtendI32U: { convert(Machine($0, $1, $2, $3, $4), .i64ExtendI32U) }
        case .i64TruncF32S: { convert(Machine($0, $1, $2, $3, $4), .i64TruncF32S) }
        case .i64TruncF32U: { convert(Machine($0, $1, $2, $3, $4), .i64TruncF32U) }
        case .i64TruncF64S: { convert(Machine($0, $1, $2, $3, $4), .i64TruncF64S) }
        case .i64TruncF64U: { convert(Machine($0, $1, $2, $3, $4), .i64TruncF64U) }
        case .f32ConvertI32S: { convert(Machine($0, $1, $2, $3, $4), .f32ConvertI32S) }
        case .f32ConvertI32U: { convert(Machine($0, $1, $2, $3, $4), .f32ConvertI32U) }
        case .f32ConvertI64S: { convert(Machine($0, $1, $2, $3, $4), .f32ConvertI64S) }
        case .f32ConvertI64U: { convert(Machine($0, $1, $2, $3, $4), .f32ConvertI64U) }
        case .f32DemoteF64: { convert(Machine($0, $1, $2, $3, $4), .f32DemoteF64) }
        case .f64ConvertI32S: { convert(Machine($0, $1, $2, $3, $4), .f64ConvertI32S) }
        case .f64ConvertI32U: { convert(Machine($0, $1, $2, $3, $4), .f64ConvertI32U) }
        case .f64ConvertI64S: { convert(Machine($0, $1, $2, $3, $4), .f64ConvertI64S) }
        case .f64ConvertI64U: { convert(Machine($0, $1, $2, $3, $4), .f64ConvertI64U) }
        case .f64PromoteF32: { convert(Machine($0, $1, $2, $3, $4), .f64PromoteF32) }
        case .i32ReinterpretF32: { convert(Machine($0, $1, $2, $3, $4), .i32ReinterpretF32) }
        case .i64ReinterpretF64: { convert(Machine($0, $1, $2, $3, $4), .i64ReinterpretF64) }
        case .f32ReinterpretI32: { convert(Machine($0, $1, $2, $3, $4), .f32ReinterpretI32) }
        case .f64ReinterpretI64: { convert(Machine($0, $1, $2, $3, $4), .f64ReinterpretI64) }
        case .i32TruncSatF32S: { convert(Machine($0, $1, $2, $3, $4), .i32TruncSatF32S) }
        case .i32TruncSatF32U: { convert(Machine($0, $1, $2, $3, $4), .i32TruncSatF32U) }
        case .i32TruncSatF64S: { convert(Machine($0, $1, $2, $3, $4), .i32TruncSatF64S) }
        case .i32TruncSatF64U: { convert(Machine($0, $1, $2, $3, $4), .i32TruncSatF64U) }
        case .i64TruncSatF32S: { convert(Machine($0, $1, $2, $3, $4), .i64TruncSatF32S) }
        case .i64TruncSatF32U: { convert(Machine($0, $1, $2, $3, $4), .i64TruncSatF32U) }
        case .i64TruncSatF64S: { convert(Machine($0, $1, $2, $3, $4), .i64TruncSatF64S) }
        case .i64TruncSatF64U: { convert(Machine($0, $1, $2, $3, $4), .i64TruncSatF64U) }
        }
    }
}

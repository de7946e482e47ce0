import WasmInstructionTable

/// What every operation enum of the instruction table offers.
public protocol InstructionOperation: Hashable, Sendable {
    /// The text format's spelling.
    var mnemonic: String { get }
    var feature: Feature { get }
}

/// Operand types of an instruction that do not depend on the context; no allocation.
@frozen public struct PlainSignature: Sendable {
    /// Parameters, the first pushed first; unused places are nil.
    public let parameters: (OperandType?, OperandType?, OperandType?, OperandType?)
    public let results: (OperandType?, OperandType?)

    @inlinable
    public init(
        _ p0: OperandType?, _ p1: OperandType?, _ p2: OperandType?, _ p3: OperandType?, result r0: OperandType?,
        _ r1: OperandType?
    ) {
        parameters = (p0, p1, p2, p3)
        results = (r0, r1)
    }
}

extension OperandType {
    /// The value type; `address` becomes the memory's.
    @inlinable public func valueType(address: AddressType) -> ValueType {
        switch self {
        case .i32: .i32
        case .i64: .i64
        case .f32: .f32
        case .f64: .f64
        case .v128: .v128
        case .address: address.valueType
        }
    }
}

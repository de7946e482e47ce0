// Expected results as a script writes them, for messages.

import WasmSpec

extension ResultPattern: CustomStringConvertible {
    public var description: String {
        switch self {
        case .i32(let bits): "(i32.const \(Int32(bitPattern: bits)))"
        case .i64(let bits): "(i64.const \(Int64(bitPattern: bits)))"
        case .f32(let pattern): "(f32.const \(pattern.literal(width: 32)))"
        case .f64(let pattern): "(f64.const \(pattern.literal(width: 64)))"
        case .v128(let shape, let lanes):
            "(v128.const \(shape.rawValue) \(lanes.map { $0.literal(in: shape) }.joined(separator: " ")))"
        case .refNull(let type): type.map { "(ref.null \($0.keyword))" } ?? "(ref.null)"
        case .refExtern(let number): number.map { "(ref.extern \($0))" } ?? "(ref.extern)"
        case .refHost(let number): "(ref.host \(number))"
        case .refFunc(let index): index.map { "(ref.func \($0))" } ?? "(ref.func)"
        case .reference(let type): "(ref.\(type.keyword))"
        case .either(let patterns): "(either \(patterns.map(\.description).joined(separator: " ")))"
        }
    }
}

extension FloatPattern {
    /// The literal of a float of this width in bits.
    fileprivate func literal(width: Int) -> String {
        switch self {
        case .bits(let bits): width == 32 ? floatLiteral(f32: UInt32(bits)) : floatLiteral(f64: bits)
        case .canonicalNaN: "nan:canonical"
        case .arithmeticNaN: "nan:arithmetic"
        }
    }

    fileprivate func literal(in shape: VectorShape) -> String {
        switch (shape, self) {
        case (.f32x4, _), (.f64x2, _): literal(width: shape.laneBits)
        case (_, .bits(let bits)): "0x" + String(bits, radix: 16)
        case (_, .canonicalNaN), (_, .arithmeticNaN): literal(width: shape.laneBits)
        }
    }
}

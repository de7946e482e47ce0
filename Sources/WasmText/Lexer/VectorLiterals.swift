// Vector constants: a shape and its lanes.
// Spec: https://webassembly.github.io/spec/core/text/instructions.html#vector-instructions

import Diagnostics

/// How 16 bytes are divided.
public enum VectorShape: String, Sendable {
    case i8x16, i16x8, i32x4, i64x2, f32x4, f64x2

    public var laneCount: Int {
        switch self {
        case .i8x16: 16
        case .i16x8: 8
        case .i32x4, .f32x4: 4
        case .i64x2, .f64x2: 2
        }
    }

    /// Bits of a lane.
    public var laneBits: Int { 128 / laneCount }

    /// The format of float lanes.
    var format: FloatFormat? {
        switch self {
        case .f32x4: .f32
        case .f64x2: .f64
        case .i8x16, .i16x8, .i32x4, .i64x2: nil
        }
    }
}

extension TokenCursor {
    /// The shape here, which is skipped.
    mutating func vectorShape() throws(Diagnostic) -> VectorShape {
        guard let keyword = token.keyword, let shape = VectorShape(rawValue: keyword.rawValue) else {
            throw unexpected("a vector shape")
        }
        index += 1
        return shape
    }

    /// A shape and its lanes, as 16 bytes.
    mutating func vector() throws(Diagnostic) -> [UInt8] {
        let shape = try vectorShape()
        let start = token
        let count = numberCount
        guard count == shape.laneCount else {
            // Something else between the numbers is the error, where there is something.
            if count < shape.laneCount, !isNumberListEnd(peek(count)) { throw source.unexpected(peek(count)) }
            throw error("wrong number of lane literals", "\(count), expected \(shape.laneCount)", at: start)
        }
        var bytes: [UInt8] = []
        for _ in 0..<shape.laneCount { bytes.appendLittleEndian(try lane(shape), bits: shape.laneBits) }
        return bytes
    }

    /// The bits of one lane.
    mutating func lane(_ shape: VectorShape) throws(Diagnostic) -> UInt64 {
        if let format = shape.format { return try float(format) }
        return try integer(width: UInt64(shape.laneBits))
    }

    /// How many numbers follow.
    var numberCount: Int {
        var count = 0
        while isNumber(peek(count)) { count += 1 }
        return count
    }

    private func isNumber(_ token: Token) -> Bool {
        token.kind == .natural || token.kind == .integer || token.kind == .float
    }

    private func isNumberListEnd(_ token: Token) -> Bool {
        token.kind == .rightParenthesis || token.kind == .leftParenthesis || token.kind == .mnemonic
    }
}

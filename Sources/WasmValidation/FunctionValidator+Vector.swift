// Vector instructions. Spec: https://webassembly.github.io/spec/core/valid/instructions.html#vector-instructions

import Diagnostics
import WasmSpec

extension FunctionValidator {
    mutating func visitVectorStore(_ memArg: MemArg) throws(Diagnostic) {
        let address = try checkMemArg(memArg, bytes: 16)
        try popOperand(expecting: .v128)
        try popOperand(expecting: address)
    }

    mutating func visitLaneAccess(
        _ signature: PlainSignature, _ memArg: MemArg, bytes: UInt32, _ lane: UInt8
    ) throws(Diagnostic) {
        let address = try checkMemArg(memArg, bytes: bytes)
        try checkLane(lane, UInt8(16 / bytes))
        try apply(signature, address: address)
    }

    mutating func visitVectorShuffle(_ lanes: V128) throws(Diagnostic) {
        for position in 0..<16 { try checkLane(lanes[position], 32) }
        try popOperand(expecting: .v128)
        try popOperand(expecting: .v128)
        pushOperand(.v128)
    }

    func checkLane(_ lane: UInt8, _ count: UInt8) throws(Diagnostic) {
        guard lane < count else { throw Diagnostic(.invalid, "invalid lane index", "\(lane) of \(count) lanes") }
    }
}

extension VectorExtractLaneOperation {
    var laneCount: UInt8 {
        switch self {
        case .i8x16ExtractLaneS, .i8x16ExtractLaneU: 16
        case .i16x8ExtractLaneS, .i16x8ExtractLaneU: 8
        case .i32x4ExtractLane, .f32x4ExtractLane: 4
        case .i64x2ExtractLane, .f64x2ExtractLane: 2
        }
    }
}

extension VectorReplaceLaneOperation {
    var laneCount: UInt8 {
        switch self {
        case .i8x16ReplaceLane: 16
        case .i16x8ReplaceLane: 8
        case .i32x4ReplaceLane, .f32x4ReplaceLane: 4
        case .i64x2ReplaceLane, .f64x2ReplaceLane: 2
        }
    }
}

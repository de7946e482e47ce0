// Constants, in constant expressions and in code.

import WasmBinary
import WasmInstructionTable
import WasmSpec

/// Writes constant instructions.
struct ConstantWriter {
    let features: FeatureSet
    private(set) var code = ByteWriter()

    init(features: FeatureSet) { self.features = features }

    /// What `write` writes, as an expression with its `end`.
    mutating func expression(_ write: (inout ConstantWriter) -> Void) -> [UInt8] {
        code.removeAll()
        write(&self)
        code.operation("end")
        return code.bytes
    }

    mutating func i32(_ value: Int32) { code.i32Const(value) }

    /// A value of `type`; of numbers also sums and products, where extended constant expressions are allowed.
    mutating func value(_ type: ValueType, _ choices: inout ChoiceSequence, functionCount: Int) {
        let isInteger = type == .i32 || type == .i64
        if isInteger, features.contains(.extendedConst), choices.chance(80) {
            code.constant(type, &choices)
            code.constant(type, &choices)
            let operation = choices.pick(["add", "sub", "mul"])
            code.operation(type == .i32 ? "i32.\(operation)" : "i64.\(operation)")
        } else if type == .funcref, choices.chance(160) {
            code.operation("ref.func")
            code.u32(UInt32(choices.number(below: functionCount)))
        } else {
            code.constant(type, &choices)
        }
    }
}

extension ByteWriter {
    /// The opcode of a mnemonic of the instruction table.
    mutating func operation(_ mnemonic: String) {
        guard let row = InstructionTable.byMnemonic[mnemonic] else { preconditionFailure("no row \(mnemonic)") }
        append(row.opcode.bytes)
    }

    mutating func i32Const(_ value: Int32) {
        byte(0x41)
        s32(value)
    }

    mutating func i64Const(_ value: Int64) {
        byte(0x42)
        s64(value)
    }

    /// A constant of an address type.
    mutating func addressConst(_ type: AddressType, _ value: Int64) {
        if type == .i32 { i32Const(Int32(truncatingIfNeeded: value)) } else { i64Const(value) }
    }

    /// The constant that is simplest of its type: 0 or null.
    mutating func zero(_ type: ValueType) {
        var choices = ChoiceSequence([])
        constant(type, &choices)
    }

    /// A constant instruction; references are null.
    mutating func constant(_ type: ValueType, _ choices: inout ChoiceSequence) {
        switch type {
        case .i32: i32Const(Int32(truncatingIfNeeded: choices.integer(bytes: 4)))
        case .i64: i64Const(Int64(bitPattern: choices.integer(bytes: 8)))
        case .f32:
            byte(0x43)
            fixed32(choices.f32())
        case .f64:
            byte(0x44)
            fixed64(choices.f64())
        case .v128:
            operation("v128.const")
            vector(&choices)
        case .reference(let reference):
            operation("ref.null")
            heapType(reference.heapType)
        }
    }

    /// The 16 bytes of a vector constant, whose lanes are interesting ones of some shape.
    private mutating func vector(_ choices: inout ChoiceSequence) {
        switch choices.number(below: 4) {
        case 0: for _ in 0..<2 { fixed64(choices.integer(bytes: 8)) }
        case 1: for _ in 0..<4 { fixed32(choices.f32()) }
        case 2: for _ in 0..<2 { fixed64(choices.f64()) }
        default: for _ in 0..<16 { byte(choices.byte()) }
        }
    }
}

extension ChoiceSequence {
    /// An integer: small, at an edge, a power of two, or any.
    mutating func integer(bytes count: Int) -> UInt64 {
        let width = UInt64(8 * count)
        switch number(below: 8) {
        case 0...2: return UInt64(bitPattern: Int64(Int8(bitPattern: byte())))
        case 3: return pick([0, 1, UInt64.max, 1 << (width - 1), (1 << (width - 1)) - 1, width, width - 1])
        case 4: return 1 << UInt64(number(below: Int(width)))
        case 5: return word(2)
        default: return word(count)
        }
    }

    mutating func f32() -> UInt32 {
        switch number(below: 4) {
        case 0: return Float(Int8(bitPattern: byte())).bitPattern
        case 1:
            return pick(Self.f32Edges)
        case 2: return Float(Int32(truncatingIfNeeded: word(4))).bitPattern
        default: return UInt32(word(4))
        }
    }

    mutating func f64() -> UInt64 {
        switch number(below: 4) {
        case 0: return Double(Int8(bitPattern: byte())).bitPattern
        case 1:
            return pick(Self.f64Edges)
        case 2: return Double(Int64(bitPattern: word(8))).bitPattern
        default: return word(8)
        }
    }

    /// Zeros, one, infinities, NaNs (quiet and signalling), subnormals, the largest, and the edges of integers.
    private static let f32Edges: [UInt32] = [
        0, 0x8000_0000, 0x3F80_0000, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0xFFC0_0000, 0x7FA0_0000, 1, 0x8000_0001,
        0x007F_FFFF, 0x0080_0000, 0x7F7F_FFFF, 0x4F00_0000, 0xCF00_0000, 0x4F80_0000, 0x5F00_0000, 0x3F00_0000,
        0x3EFF_FFFF, 0x4EFF_FFFF,
    ]
    /// The same of f64.
    private static let f64Edges: [UInt64] = [
        0, 0x8000_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x7FF0_0000_0000_0000, 0xFFF0_0000_0000_0000,
        0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0000, 0x7FF4_0000_0000_0000, 1, 0x8000_0000_0000_0001,
        0x000F_FFFF_FFFF_FFFF, 0x0010_0000_0000_0000, 0x7FEF_FFFF_FFFF_FFFF, 0x41E0_0000_0000_0000,
        0xC1E0_0000_0000_0000, 0x43E0_0000_0000_0000, 0xC3E0_0000_0000_0000, 0x43F0_0000_0000_0000,
        0x47EF_FFFF_E000_0000, 0x3FE0_0000_0000_0000,
    ]
}

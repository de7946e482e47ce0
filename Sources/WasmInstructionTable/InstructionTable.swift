// The one table of instructions: every mnemonic, opcode, immediate, signature, trap, feature and spec
// anchor stands in exactly one row. `wasmc-generate` derives from it the `Instruction` enum, the
// operation enums, the decoder's switch and the mnemonics; nothing else lists opcodes.

/// All rows of Wasm 3.0 plus threads, wide arithmetic and the legacy exception encoding.
public struct InstructionTable: Sendable {
    /// The rows, ordered by opcode: single bytes first, then by prefix.
    public private(set) var rows: [InstructionRow] = []

    private init() {}

    /// The table. Built once.
    public static let all: InstructionTable = {
        var table = InstructionTable()
        addControl(to: &table)
        addException(to: &table)
        addParametric(to: &table)
        addVariable(to: &table)
        addTable(to: &table)
        addMemory(to: &table)
        addInteger(to: &table)
        addFloat(to: &table)
        addConversion(to: &table)
        addReference(to: &table)
        addAggregate(to: &table)
        addVector(to: &table)
        addAtomic(to: &table)
        table.rows.sort { $0.opcode < $1.opcode }
        return table
    }()

    /// Rows by mnemonic, in the text format's spelling. `select` and the `ref.test`/`ref.cast` pairs share a
    /// spelling; the entry is the row without the parenthesised or `null` part.
    public static let byMnemonic: [String: InstructionRow] = {
        var result: [String: InstructionRow] = [:]
        for row in all.rows { result[row.mnemonic] = row }
        return result
    }()

    mutating func row(
        _ mnemonic: String, _ opcode: Opcode, _ form: InstructionForm,
        in parameters: [OperandType]? = nil, out results: [OperandType] = [],
        accessBytes: Int? = nil, traps: [TrapKind] = [], _ feature: Feature = .mvp
    ) {
        rows.append(
            InstructionRow(
                mnemonic: mnemonic, opcode: opcode, form: form,
                signature: parameters.map { Signature(parameters: $0, results: results) },
                accessBytes: accessBytes, traps: traps, feature: feature))
    }
}

/// One instruction of the table.
public struct InstructionRow: Sendable {
    /// The text format's spelling.
    public let mnemonic: String
    public let opcode: Opcode
    /// The shape it is decoded to, which fixes family and immediates.
    public let form: InstructionForm
    /// Operand types where they do not depend on the context; nil where validation has a body of its own.
    public let signature: Signature?
    /// For memory accesses: the bytes read or written; natural alignment is this number.
    public let accessBytes: Int?
    /// Every trap that execution can end in.
    public let traps: [TrapKind]
    public let feature: Feature
}

/// An opcode: a byte, or a prefix byte with a LEB128-encoded code.
public struct Opcode: Hashable, Comparable, Sendable {
    /// 0 for single-byte opcodes, else 0xFB...0xFE.
    public let prefix: UInt8
    /// The byte itself, or the code behind the prefix.
    public let code: UInt32

    public static func single(_ byte: UInt8) -> Opcode { Opcode(prefix: 0, code: UInt32(byte)) }
    public static func prefixed(_ prefix: UInt8, _ code: UInt32) -> Opcode { Opcode(prefix: prefix, code: code) }

    public static func < (lhs: Opcode, rhs: Opcode) -> Bool {
        (lhs.prefix, lhs.code) < (rhs.prefix, rhs.code)
    }

    /// The encoding: one byte, or the prefix and the code as LEB128.
    public var bytes: [UInt8] {
        guard prefix != 0 else { return [UInt8(code)] }
        var result = [prefix]
        var rest = code
        while rest >= 0x80 {
            result.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        result.append(UInt8(rest))
        return result
    }
}

/// An operand type in a row's signature. `address` is i32 or i64, as the memory's index type says.
public enum OperandType: String, Sendable {
    case i32, i64, f32, f64, v128, address
}

/// Operand types that do not depend on the validation context.
public struct Signature: Sendable {
    public let parameters: [OperandType]
    public let results: [OperandType]
}

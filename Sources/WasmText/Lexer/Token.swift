// Tokens of the text format, and the words that are more than instruction mnemonics.
// Spec: https://webassembly.github.io/spec/core/text/lexical.html

import WasmInstructionTable

/// A token: what it is and where it stands. 16 bytes, since a large module has millions of them.
struct Token {
    enum Kind: UInt8 {
        /// `(`; the payload is the index of the matching `)`, or `Token.unmatched`.
        case leftParenthesis
        case rightParenthesis
        /// A number without sign, without fraction and exponent.
        case natural
        /// A number with sign, without fraction and exponent.
        case integer
        case float
        /// A string with well-formed escapes; the payload says whether it has any.
        case string
        /// `$x` or `$"x"`; the payload is the symbol.
        case identifier
        /// A structural keyword; the payload is the `Keyword`.
        case keyword
        /// An instruction mnemonic; the payload is the row of the instruction table.
        case mnemonic
        /// `offset=N`; the number starts behind the `=`.
        case offsetEquals
        /// `align=N`.
        case alignEquals
        /// A word that means nothing.
        case unknown
        /// An ill-formed token; the payload indexes the text's lexical errors.
        case error
        /// Behind the last token.
        case end
    }

    var kind: Kind
    /// Byte offset in the text.
    var offset: UInt32
    /// In bytes.
    var length: UInt32
    var payload: UInt32

    static let unmatched = UInt32.max

    /// The structural keyword, if it is one.
    var keyword: Keyword? { kind == .keyword ? Keyword.all[Int(payload)] : nil }
    /// The instruction, if it is a mnemonic.
    var mnemonic: Mnemonic? { kind == .mnemonic ? Mnemonic.all[Int(payload)] : nil }

    var range: Range<Int> { Int(offset)..<(Int(offset) + Int(length)) }
}

/// Words with a meaning of their own. Mnemonics come from the instruction table; words that are both
/// (`then` is only here, `else` only there) are told apart by their place.
enum Keyword: String, CaseIterable {
    // Modules and fields.
    case module, binary, quote, definition, instance
    case type, rec, sub, final, field, param, result, local, mut
    case `import`, export, table, memory, tag, global, start, elem, data, declare, offset, item, shared, pagesize
    // Types.
    case i8, i16, i32, i64, f32, f64, v128, ref, null
    case `func`, `struct`, array, any, eq, i31, extern, exn, none, nofunc, noextern, noexn
    case funcref, externref, anyref, eqref, i31ref, structref, arrayref, exnref
    case nullref, nullfuncref, nullexternref, nullexnref
    case i8x16, i16x8, i32x4, i64x2, f32x4, f64x2
    // Instructions.
    case then, `do`, catchRef = "catch_ref", catchAllRef = "catch_all_ref"
    // Scripts.
    case register, invoke, get, thread, wait, either
    case assertReturn = "assert_return", assertTrap = "assert_trap", assertExhaustion = "assert_exhaustion"
    case assertException = "assert_exception", assertSuspension = "assert_suspension"
    case assertMalformed = "assert_malformed", assertMalformedCustom = "assert_malformed_custom"
    case assertInvalid = "assert_invalid", assertInvalidCustom = "assert_invalid_custom"
    case assertUnlinkable = "assert_unlinkable"
    case nanCanonical = "nan:canonical", nanArithmetic = "nan:arithmetic"
    case refExtern = "ref.extern", refHost = "ref.host", refAny = "ref.any", refStruct = "ref.struct"
    case refArray = "ref.array", refExn = "ref.exn"

    /// In the order of the codes that tokens carry.
    static let all = allCases
}

/// An instruction of the table, with what assembling needs at hand.
struct Mnemonic {
    let row: InstructionRow
    let opcode: [UInt8]
    let form: InstructionForm
    let immediates: [Immediate]
    let naturalAlignmentLog2: UInt32

    /// In the order of the instruction table's rows.
    static let all: [Mnemonic] = InstructionTable.all.rows.map(Mnemonic.init)

    private init(_ row: InstructionRow) {
        self.row = row
        opcode = row.opcode.bytes
        form = row.form
        immediates = row.form.immediates
        naturalAlignmentLog2 = UInt32((row.accessBytes ?? 1).trailingZeroBitCount)
    }

    /// The opcode of the only row with this form.
    static func opcode(_ form: InstructionForm) -> [UInt8] { singleRows[form]!.opcode }

    private static let singleRows: [InstructionForm: Mnemonic] = {
        var result: [InstructionForm: Mnemonic] = [:]
        for mnemonic in all where !mnemonic.form.hasOperation { result[mnemonic.form] = mnemonic }
        return result
    }()
}

// A walk over tokens. Looking ahead is free, since all tokens are there.

import Diagnostics

/// A position in a text's tokens.
struct TokenCursor {
    let source: SourceText
    var index: Int

    init(_ source: SourceText, at index: Int = 0) {
        self.source = source
        self.index = index
    }

    var token: Token { source.tokens[index] }

    /// The token `ahead` places further; `end` beyond the last.
    func peek(_ ahead: Int) -> Token {
        let last = source.tokens.count - 1
        return source.tokens[min(index + ahead, last)]
    }

    var isAtEnd: Bool { token.kind == .end }
    var isAtClose: Bool { token.kind == .rightParenthesis }
    var isAtOpen: Bool { token.kind == .leftParenthesis }

    /// The keyword behind a parenthesis here.
    var openKeyword: Keyword? { isAtOpen ? peek(1).keyword : nil }
    /// The instruction behind a parenthesis here.
    var openMnemonic: Mnemonic? { isAtOpen ? peek(1).mnemonic : nil }

    /// Moves on; stays at the end.
    mutating func advance() { if token.kind != .end { index += 1 } }

    /// The index of the parenthesis that closes the one at `index`, or of the end of the text.
    func closing(_ index: Int) -> Int {
        let payload = source.tokens[index].payload
        return payload == Token.unmatched ? source.tokens.count - 1 : Int(payload)
    }

    /// Moves behind the closing parenthesis that matches the opening one here.
    mutating func skipParentheses() {
        index = closing(index)
        if isAtClose { index += 1 }
    }

    func unexpected(_ expected: String = "") -> Diagnostic { source.unexpected(token, expected: expected) }

    /// An error of its own at this token; if the token itself is ill-formed, that comes first.
    func error(_ message: String, _ detail: String = "") -> Diagnostic { error(message, detail, at: token) }

    func error(_ message: String, _ detail: String = "", at token: Token) -> Diagnostic {
        switch token.kind {
        case .error, .unknown: source.unexpected(token)
        default: Diagnostic(.malformed, message, detail, at: source.location(of: token))
        }
    }

    // MARK: - Expecting

    mutating func close() throws(Diagnostic) {
        guard isAtClose else { throw unexpected("`)`") }
        index += 1
    }

    /// `(` and the keyword.
    mutating func open(_ keyword: Keyword) throws(Diagnostic) {
        guard isAtOpen else { throw unexpected("`(\(keyword.rawValue)`") }
        index += 1
        try expect(keyword)
    }

    /// `(` and the keyword, if they are here.
    mutating func openIf(_ keyword: Keyword) -> Bool {
        guard openKeyword == keyword else { return false }
        index += 2
        return true
    }

    mutating func expect(_ keyword: Keyword) throws(Diagnostic) {
        guard skipIf(keyword) else { throw unexpected("`\(keyword.rawValue)`") }
    }

    mutating func skipIf(_ keyword: Keyword) -> Bool {
        guard token.keyword == keyword else { return false }
        index += 1
        return true
    }

    /// The symbol of an identifier, if there is one.
    mutating func identifierIf() -> UInt32? {
        guard token.kind == .identifier else { return nil }
        defer { index += 1 }
        return token.payload
    }

    // MARK: - Literals

    func text<Result>(_ token: Token, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        source.bytes.withUnsafeBufferPointer { body(slice($0, token.range)) }
    }

    /// A string's bytes.
    mutating func string() throws(Diagnostic) -> [UInt8] {
        guard token.kind == .string else { throw unexpected("a string") }
        defer { index += 1 }
        return contents(token)
    }

    /// The bytes of all strings that follow.
    mutating func strings() -> [UInt8] {
        var result: [UInt8] = []
        while token.kind == .string {
            result.append(contentsOf: contents(token))
            index += 1
        }
        return result
    }

    /// The bytes that a token of kind `string` stands for.
    func contents(_ token: Token) -> [UInt8] {
        text(token) { word in
            let inner = slice(word, 1..<(word.count - 1))
            return token.payload != 0 ? unescaped(inner) : Array(inner)
        }
    }

    /// A string that must be UTF-8.
    mutating func name() throws(Diagnostic) -> [UInt8] {
        let start = token
        let bytes = try string()
        guard isWellFormedUTF8(bytes) else { throw error("malformed UTF-8 encoding", at: start) }
        return bytes
    }

    mutating func u32() throws(Diagnostic) -> UInt32 {
        UInt32(truncatingIfNeeded: try natural(width: 32, "i32 constant out of range"))
    }

    mutating func u64() throws(Diagnostic) -> UInt64 { try natural(width: 64, "i64 constant out of range") }

    /// A number without sign.
    mutating func natural(width: UInt64, _ overflow: String) throws(Diagnostic) -> UInt64 {
        guard token.kind == .natural else { throw unexpected("a number") }
        guard let value = text(token, { integerBits($0, width: width) }) else { throw error(overflow) }
        index += 1
        return value
    }

    /// The number behind the `=` of `offset=` and `align=`.
    func assignedNumber(_ token: Token) -> UInt64? {
        text(token) { word in
            let equals = word.firstIndex(of: UInt8(ascii: "="))!
            return integerBits(slice(word, (equals + 1)..<word.count), width: 64)
        }
    }

    /// An integer of `width` bits, signed or unsigned.
    mutating func integer(width: UInt64) throws(Diagnostic) -> UInt64 {
        switch token.kind {
        case .natural, .integer: break
        case .float: throw error("unexpected token", "an integer cannot be `\(source.spelling(token))`")
        default: throw unexpected("an integer")
        }
        guard let value = text(token, { integerBits($0, width: width) }) else {
            throw error("constant out of range", "`\(source.spelling(token))` is no i\(width)")
        }
        index += 1
        return value
    }

    /// A float's bits.
    mutating func float(_ format: FloatFormat) throws(Diagnostic) -> UInt64 {
        switch token.kind {
        case .natural, .integer, .float: break
        default: throw unexpected("a number")
        }
        guard let bits = text(token, { format.bits($0) }) else {
            throw error("constant out of range", "`\(source.spelling(token))`")
        }
        index += 1
        return bits
    }
}

// Bytes to tokens. Every position is the longest match, as the specification wants it.
// Spec: https://webassembly.github.io/spec/core/text/lexical.html

import WasmBinary

/// Splits a text into tokens; never fails, see `SourceText`.
struct Lexer {
    let bytes: [UInt8]
    var position = 0
    var tokens: [Token] = []
    var symbols = ByteStringTable()
    var errors: [LexicalError] = []
    var annotations: [Annotation] = []
    var annotationTokens: [Token] = []
    var lineStarts: [UInt32] = [0]
    /// Indices of the open parentheses.
    private var openParentheses: [Int] = []

    /// With so many errors the rest of a text is not worth reading.
    private static let maximumErrors = 1_000

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tokens.reserveCapacity(bytes.count / 8 + 1)
    }

    /// Fills `tokens` and everything else.
    mutating func run() {
        bytes.withUnsafeBufferPointer { text in
            while position < text.count, errors.count < Lexer.maximumErrors { next(text) }
        }
        let end = min(position, bytes.count)
        tokens.append(Token(kind: .end, offset: UInt32(end), length: 0, payload: 0))
    }

    /// Reads white space, a comment, an annotation or a token.
    mutating func next(_ text: UnsafeBufferPointer<UInt8>) {
        let start = position
        let byte = text[start]
        switch Lexer.classes[Int(byte)] {
        case .space:
            position += 1
        case .newline:
            newline(text)
        case .idchar, .quote:
            word(text)
        case .punctuation:
            punctuation(byte, text)
        case .illegal:
            position += 1
            fail("illegal character", at: start)
        case .scalar:
            illegalScalar(text)
        }
    }

    private mutating func punctuation(_ byte: UInt8, _ text: UnsafeBufferPointer<UInt8>) {
        let start = position
        let following = start + 1 < text.count ? text[start + 1] : 0
        switch byte {
        case UInt8(ascii: "(") where following == UInt8(ascii: ";"): blockComment(text)
        case UInt8(ascii: "(") where following == UInt8(ascii: "@"): annotation(text)
        case UInt8(ascii: "("):
            openParentheses.append(tokens.count)
            append(.leftParenthesis, start, start + 1, Token.unmatched)
            if openParentheses.count > ImplementationLimits.textNesting {
                fail("nesting too deep for this compiler", at: start)
                position = text.count
            }
        case UInt8(ascii: ")"):
            if let open = openParentheses.popLast() { tokens[open].payload = UInt32(tokens.count) }
            append(.rightParenthesis, start, start + 1)
        case UInt8(ascii: ";") where following == UInt8(ascii: ";"): lineComment(text)
        default: append(.unknown, start, start + 1)
        }
    }

    /// Counts a line: `\n`, `\r`, or both.
    mutating func newline(_ text: UnsafeBufferPointer<UInt8>) {
        if text[position] == 0x0D, position + 1 < text.count, text[position + 1] == 0x0A { position += 1 }
        position += 1
        lineStarts.append(UInt32(position))
    }

    private mutating func lineComment(_ text: UnsafeBufferPointer<UInt8>) {
        while position < text.count {
            let byte = text[position]
            if byte == 0x0A || byte == 0x0D { return newline(text) }
            guard byte < 0x80 || skipScalar(text) else { return }
            if byte < 0x80 { position += 1 }
        }
    }

    private mutating func blockComment(_ text: UnsafeBufferPointer<UInt8>) {
        let start = position
        var depth = 0
        while position < text.count {
            let byte = text[position]
            let following = position + 1 < text.count ? text[position + 1] : 0
            switch byte {
            case UInt8(ascii: "(") where following == UInt8(ascii: ";"):
                depth += 1
                position += 2
            case UInt8(ascii: ";") where following == UInt8(ascii: ")"):
                depth -= 1
                position += 2
                if depth == 0 { return }
            case 0x0A, 0x0D: newline(text)
            case 0..<0x80: position += 1
            default: guard skipScalar(text) else { return }
            }
        }
        fail("unclosed comment", at: start)
    }

    private mutating func illegalScalar(_ text: UnsafeBufferPointer<UInt8>) {
        let start = position
        if skipScalar(text) { fail("illegal character", at: start) }
    }

    /// Skips a scalar of several bytes. False if it is malformed, which is recorded as an error.
    mutating func skipScalar(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let length = scalarLength(text, at: position)
        if length > 0 {
            position += length
            return true
        }
        fail("malformed UTF-8 encoding", at: position)
        position += 1
        return false
    }

    // MARK: - Words

    /// A maximal run of identifier characters and strings: a number, a name, a keyword, a string, or nothing
    /// that has a meaning.
    private mutating func word(_ text: UnsafeBufferPointer<UInt8>) {
        let start = position
        guard let shape = scanWord(text) else { return }
        let range = start..<position
        switch (text[start], shape) {
        case (UInt8(ascii: "\""), .string(let hasEscapes)): append(.string, start, position, hasEscapes ? 1 : 0)
        case (UInt8(ascii: "$"), .plain) where range.count > 1:
            append(.identifier, start, position, symbols.add(slice(text, (start + 1)..<position)))
        case (UInt8(ascii: "$"), .plain): fail("empty identifier", at: start)
        case (UInt8(ascii: "$"), .quoted(let hasEscapes)): quotedIdentifier(text, start, hasEscapes)
        case (_, .plain): plainWord(text, range)
        default: append(.unknown, start, position)
        }
    }

    /// `$"..."`, whose string is well formed.
    private mutating func quotedIdentifier(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ hasEscapes: Bool) {
        let contents = slice(text, (start + 2)..<(position - 1))
        let name = hasEscapes ? unescaped(contents) : Array(contents)
        if name.isEmpty { return fail("empty identifier", at: start) }
        guard isWellFormedUTF8(name) else { return fail("malformed UTF-8 encoding of string-based id", at: start) }
        let symbol = name.withUnsafeBufferPointer { symbols.add($0) }
        append(.identifier, start, position, symbol)
    }

    /// A word without strings.
    private mutating func plainWord(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        let word = slice(text, range)
        if let kind = numberKind(word) { return append(kind, range.lowerBound, range.upperBound) }
        switch WordTable.all.find(word) {
        case .keyword(let code): append(.keyword, range.lowerBound, range.upperBound, code)
        case .mnemonic(let row): append(.mnemonic, range.lowerBound, range.upperBound, row)
        case nil: append(assignmentKind(word), range.lowerBound, range.upperBound)
        }
    }

    /// `offset=N` and `align=N` are one token each.
    private func assignmentKind(_ word: UnsafeBufferPointer<UInt8>) -> Token.Kind {
        guard let equals = word.firstIndex(of: UInt8(ascii: "=")) else { return .unknown }
        let number = slice(word, (equals + 1)..<word.count)
        guard numberKind(number) == .natural else { return .unknown }
        let key = slice(word, 0..<equals)
        if key.elementsEqual("offset".utf8) { return .offsetEquals }
        return key.elementsEqual("align".utf8) ? .alignEquals : .unknown
    }

    // MARK: - Results

    mutating func append(_ kind: Token.Kind, _ start: Int, _ end: Int, _ payload: UInt32 = 0) {
        tokens.append(Token(kind: kind, offset: UInt32(start), length: UInt32(end - start), payload: payload))
        position = end
    }

    /// Records an error as a token.
    mutating func fail(_ message: StaticString, at start: Int) {
        let token = Token(kind: .error, offset: UInt32(start), length: 0, payload: UInt32(errors.count))
        errors.append(LexicalError(message: message, offset: UInt32(start)))
        tokens.append(token)
    }

    // MARK: - Classes of bytes

    enum ByteClass: UInt8 {
        case space, newline, idchar, quote, punctuation, illegal
        /// The first byte of a scalar beyond ASCII.
        case scalar
    }

    static let classes: [ByteClass] = (0..<256).map { value in
        let byte = UInt8(value)
        switch byte {
        case 0x20, 0x09: return .space
        case 0x0A, 0x0D: return .newline
        case UInt8(ascii: "\""): return .quote
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            return .punctuation
        case 0x21...0x7E: return .idchar
        case 0x80...: return .scalar
        default: return .illegal
        }
    }
}

/// A part of a buffer as a buffer of its own.
@inline(__always)
func slice(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[range])
}

// A text with its tokens. Tokens are made once and shared by everything that walks them: the two passes over
// a module, and the modules of a script.

import Diagnostics

/// A tokenized text. Lexical errors are tokens: they are reported when the parser comes to them, so that one
/// bad module does not stop a script.
final class SourceText: Sendable {
    let bytes: [UInt8]
    /// Ends with a token of kind `end`.
    let tokens: [Token]
    /// The names of identifiers, by symbol.
    let symbols: ByteStringTable
    let errors: [LexicalError]
    /// The known annotations, in the order of the text.
    let annotations: [Annotation]
    /// Tokens inside known annotations.
    let annotationTokens: [Token]
    /// Offsets of the first byte of each line.
    private let lineStarts: [UInt32]
    /// How many bytes that continue a scalar stand before each block. With them a column takes bounded time,
    /// however long its line is.
    private let continuationCounts: [UInt32]
    private static let blockBytes = 1024

    /// Throws if the text is longer than offsets in 32 bits can say.
    init(_ bytes: [UInt8]) throws(Diagnostic) {
        guard bytes.count <= SourceText.maximumBytes else {
            throw Diagnostic(
                .unsupported, "text too long", "\(bytes.count) bytes exceed the limit of \(SourceText.maximumBytes)")
        }
        var lexer = Lexer(bytes)
        lexer.run()
        self.bytes = bytes
        tokens = lexer.tokens
        symbols = lexer.symbols
        errors = lexer.errors
        annotations = lexer.annotations
        annotationTokens = lexer.annotationTokens
        lineStarts = lexer.lineStarts
        continuationCounts = SourceText.continuationCounts(bytes)
    }

    /// As for modules; token offsets have 32 bits.
    private static let maximumBytes = 1 << 31

    /// Line and column of a byte offset; both count from 1, columns count Unicode scalars.
    func location(ofText offset: Int) -> Location {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
        }
        let lineStart = Int(lineStarts[low])
        let column = (offset - lineStart) - (continuations(before: offset) - continuations(before: lineStart))
        return .text(line: low + 1, column: column + 1)
    }

    private func continuations(before offset: Int) -> Int {
        let block = offset / SourceText.blockBytes
        let start = block * SourceText.blockBytes
        return Int(continuationCounts[block]) + bytes[start..<offset].count { $0 & 0xC0 == 0x80 }
    }

    private static func continuationCounts(_ bytes: [UInt8]) -> [UInt32] {
        var counts: [UInt32] = [0]
        var start = 0
        while start + blockBytes <= bytes.count {
            let count = bytes[start..<(start + blockBytes)].count { $0 & 0xC0 == 0x80 }
            counts.append(counts[counts.count - 1] + UInt32(count))
            start += blockBytes
        }
        return counts
    }

    func location(of token: Token) -> Location { location(ofText: Int(token.offset)) }

    /// The token as it stands in the text, cut when it is long.
    func spelling(_ token: Token) -> String {
        let shown = bytes[token.range].prefix(80)
        return String(decoding: shown, as: UTF8.self) + (token.length > 80 ? "..." : "")
    }

    /// `$name` for messages.
    func spelling(symbol: UInt32) -> String {
        let shown = symbols.bytes(symbol).prefix(80)
        return "$" + String(decoding: shown, as: UTF8.self) + (symbols.bytes(symbol).count > 80 ? "..." : "")
    }

    /// The error for a token that cannot stand where it does.
    func unexpected(_ token: Token, expected: String = "") -> Diagnostic {
        let place = location(of: token)
        let expectation = expected.isEmpty ? "" : ", expected \(expected)"
        switch token.kind {
        case .error:
            let error = errors[Int(token.payload)]
            return Diagnostic(.malformed, "\(error.message)", at: location(ofText: Int(error.offset)))
        case .unknown: return Diagnostic(.malformed, "unknown operator \(spelling(token))", at: place)
        case .end: return Diagnostic(.malformed, "unexpected token", "end of text\(expectation)", at: place)
        default:
            return Diagnostic(.malformed, "unexpected token", "`\(spelling(token))`\(expectation)", at: place)
        }
    }
}

/// A lexical error; its token carries its number.
struct LexicalError: Sendable {
    var message: StaticString
    var offset: UInt32
}

/// An annotation that wasmc knows. All others are white space.
/// Spec: https://webassembly.github.io/spec/core/text/lexical.html#annotations
struct Annotation: Sendable {
    enum Kind: String {
        case custom
        case name
        case branchHint = "metadata.code.branch_hint"
    }

    var kind: Kind
    /// The byte offset of its parenthesis.
    var offset: UInt32
    /// The index of the token behind it.
    var nextToken: Int
    /// Its contents among the annotation tokens.
    var contents: Range<Int>
}

// Strings, the words they may stand in, and UTF-8.
// Spec: https://webassembly.github.io/spec/core/text/values.html#strings

extension Lexer {
    /// What a run of identifier characters and strings consists of.
    enum WordShape {
        case plain
        /// One string and nothing else.
        case string(hasEscapes: Bool)
        /// `$` and one string.
        case quoted(hasEscapes: Bool)
        case mixed
    }

    /// Moves behind the maximal run of identifier characters and strings at `position`. Nil if a string in it
    /// is ill-formed, which is recorded.
    mutating func scanWord(_ text: UnsafeBufferPointer<UInt8>) -> WordShape? {
        let start = position
        var strings = 0
        var plainBytes = 0
        var hasEscapes = false
        while position < text.count {
            switch Lexer.classes[Int(text[position])] {
            case .idchar:
                position += 1
                plainBytes += 1
            case .quote:
                if let error = scanString(text, &hasEscapes) {
                    // A `$` before something that is no string stands alone.
                    if plainBytes == 1, strings == 0, text[start] == UInt8(ascii: "$") {
                        fail("empty identifier", at: start)
                    } else {
                        fail(error.message, at: Int(error.offset))
                    }
                    return nil
                }
                strings += 1
            default:
                return shape(text[start], strings, plainBytes, hasEscapes)
            }
        }
        return shape(text[start], strings, plainBytes, hasEscapes)
    }

    private func shape(_ first: UInt8, _ strings: Int, _ plainBytes: Int, _ hasEscapes: Bool) -> WordShape {
        if strings == 0 { return .plain }
        if strings == 1, plainBytes == 0 { return .string(hasEscapes: hasEscapes) }
        // With one plain byte that comes first there is exactly `$"..."`.
        if strings == 1, plainBytes == 1, first == UInt8(ascii: "$") { return .quoted(hasEscapes: hasEscapes) }
        return .mixed
    }

    /// Moves behind the string at `position`; nil if it is well formed, else the first thing that is wrong.
    private mutating func scanString(
        _ text: UnsafeBufferPointer<UInt8>, _ hasEscapes: inout Bool
    ) -> LexicalError? {
        let start = position
        position += 1
        var error: LexicalError?
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return error
            case 0x0A, 0x0D: return error ?? LexicalError(message: "unclosed string", offset: UInt32(start))
            case 0x20..<0x7F where byte != UInt8(ascii: "\\"): position += 1
            default:
                // The rest is scanned all the same, so that the string's end is found.
                guard let problem = scanSpecial(text, &hasEscapes) else { continue }
                error = error ?? problem
            }
        }
        return error ?? LexicalError(message: "unclosed string", offset: UInt32(start))
    }

    /// Moves behind an escape sequence, a scalar beyond ASCII or a control character in a string.
    private mutating func scanSpecial(
        _ text: UnsafeBufferPointer<UInt8>, _ hasEscapes: inout Bool
    ) -> LexicalError? {
        let start = position
        let message: StaticString
        if text[start] == UInt8(ascii: "\\") {
            hasEscapes = true
            if skipEscape(text) { return nil }
            message = "illegal escape"
        } else if text[start] >= 0x80 {
            let length = scalarLength(text, at: start)
            position += max(length, 1)
            if length > 0 { return nil }
            message = "malformed UTF-8 encoding"
        } else {
            position += 1
            message = "illegal character in string"
        }
        return LexicalError(message: message, offset: UInt32(start))
    }

    /// Moves behind an escape sequence; false, somewhere inside of it, if it is none.
    private mutating func skipEscape(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = position
        position += 1
        guard start + 1 < text.count else { return false }
        switch text[start + 1] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "\\"), UInt8(ascii: "'"),
            UInt8(ascii: "\""):
            position = start + 2
            return true
        case UInt8(ascii: "u"): return skipUnicodeEscape(text, start)
        default:
            guard start + 2 < text.count, hexadecimalDigit(text[start + 1]) != nil,
                hexadecimalDigit(text[start + 2]) != nil
            else { return false }
            position = start + 3
            return true
        }
    }

    /// `\u{...}` with the digits of a Unicode scalar.
    private mutating func skipUnicodeEscape(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        guard start + 2 < text.count, text[start + 2] == UInt8(ascii: "{"),
            let (value, end) = unicodeEscape(text, at: start)
        else { return false }
        position = end
        return Unicode.Scalar(value) != nil
    }
}

/// The value of `\u{digits}` at `start`, and the offset behind it; nil if digits or brace are missing.
private func unicodeEscape(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (UInt32, Int)? {
    var position = start + 3
    var value: UInt32 = 0
    var follows = false
    while position < text.count {
        let byte = text[position]
        if let digit = hexadecimalDigit(byte) {
            // Saturates beyond the last scalar.
            value = min(value << 4 | UInt32(digit), 0x11_0000)
            follows = true
        } else if byte == UInt8(ascii: "_"), follows {
            follows = false
        } else {
            return byte == UInt8(ascii: "}") && follows ? (value, position + 1) : nil
        }
        position += 1
    }
    return nil
}

/// The bytes of a string whose escapes are well formed.
func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var position = 0
    while position < text.count {
        let byte = text[position]
        guard byte == UInt8(ascii: "\\") else {
            result.append(byte)
            position += 1
            continue
        }
        let escape = text[position + 1]
        switch escape {
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(escape)
        case UInt8(ascii: "u"):
            let (value, end) = unicodeEscape(text, at: position)!
            result.append(contentsOf: UTF8.encode(Unicode.Scalar(value)!)!)
            position = end
            continue
        default:
            result.append(hexadecimalDigit(escape)! << 4 | hexadecimalDigit(text[position + 2])!)
            position += 3
            continue
        }
        position += 2
    }
    return result
}

/// The length of the well-formed scalar beyond ASCII at `position`, or 0.
/// The table is D.92 of the Unicode standard: no overlong forms, no surrogates, nothing beyond U+10FFFF.
func scalarLength(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
    func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
        position + offset < text.count && range.contains(text[position + offset])
    }
    switch text[position] {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
}

/// Whether the bytes are UTF-8.
func isWellFormedUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { text in
        var position = 0
        while position < text.count {
            if text[position] < 0x80 {
                position += 1
                continue
            }
            let length = scalarLength(text, at: position)
            if length == 0 { return false }
            position += length
        }
        return true
    }
}

/// The value of a hexadecimal digit.
@inline(__always) func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

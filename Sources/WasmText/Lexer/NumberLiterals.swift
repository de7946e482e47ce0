// Integer literals, and the grammar of all numbers.
// Spec: https://webassembly.github.io/spec/core/text/values.html#integers

/// The kind of number a word is, or nil if it is none.
func numberKind(_ word: UnsafeBufferPointer<UInt8>) -> Token.Kind? {
    var scanner = NumberScanner(word)
    return scanner.kind()
}

/// Recognizes numbers; values are computed only when an instruction asks for them.
private struct NumberScanner {
    let word: UnsafeBufferPointer<UInt8>
    var position = 0

    init(_ word: UnsafeBufferPointer<UInt8>) { self.word = word }

    mutating func kind() -> Token.Kind? {
        let isSigned = skip("+") || skip("-")
        guard position < word.count else { return nil }
        switch word[position] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): break
        case UInt8(ascii: "i"): return rest(is: "inf") ? .float : nil
        case UInt8(ascii: "n"): return isNaN() ? .float : nil
        default: return nil
        }
        let isHexadecimal = skip("0x")
        guard digits(isHexadecimal) else { return nil }
        if position == word.count { return isSigned ? .integer : .natural }
        if skip("."), position < word.count, isDigit(isHexadecimal) {
            guard digits(isHexadecimal) else { return nil }
        }
        if isHexadecimal ? skip("p") || skip("P") : skip("e") || skip("E") {
            if !skip("+") { _ = skip("-") }
            guard digits(false) else { return nil }
        }
        return position == word.count ? .float : nil
    }

    /// `nan` or `nan:0x` and digits.
    private mutating func isNaN() -> Bool {
        if rest(is: "nan") { return true }
        return skip("nan:0x") && digits(true) && position == word.count
    }

    private func rest(is text: StaticString) -> Bool {
        word.count - position == text.utf8CodeUnitCount && starts(with: text)
    }

    private func starts(with text: StaticString) -> Bool {
        guard word.count - position >= text.utf8CodeUnitCount else { return false }
        for index in 0..<text.utf8CodeUnitCount where word[position + index] != text.utf8Start[index] { return false }
        return true
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        guard starts(with: text) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    private func isDigit(_ isHexadecimal: Bool) -> Bool {
        guard let digit = hexadecimalDigit(word[position]) else { return false }
        return isHexadecimal || digit < 10
    }

    /// Digits with single underscores between them.
    private mutating func digits(_ isHexadecimal: Bool) -> Bool {
        var wasDigit = false
        while position < word.count {
            if isDigit(isHexadecimal) {
                wasDigit = true
            } else if word[position] == UInt8(ascii: "_"), wasDigit {
                wasDigit = false
            } else {
                break
            }
            position += 1
        }
        return wasDigit
    }
}

/// The absolute value and the sign of an integer literal; nil if it takes more than 64 bits.
func integerMagnitude(_ word: UnsafeBufferPointer<UInt8>) -> (magnitude: UInt64, isNegative: Bool)? {
    var position = 0
    let isNegative = word[0] == UInt8(ascii: "-")
    if isNegative || word[0] == UInt8(ascii: "+") { position += 1 }
    let isHexadecimal = word.count > position + 1 && word[position + 1] == UInt8(ascii: "x")
    if isHexadecimal { position += 2 }
    let radix: UInt64 = isHexadecimal ? 16 : 10
    var magnitude: UInt64 = 0
    while position < word.count {
        if let digit = hexadecimalDigit(word[position]) {
            let (product, overflows) = magnitude.multipliedReportingOverflow(by: radix)
            let (sum, carries) = product.addingReportingOverflow(UInt64(digit))
            if overflows || carries { return nil }
            magnitude = sum
        }
        position += 1
    }
    return (magnitude, isNegative)
}

/// The bits of an integer literal of `width` bits, which may be written signed or unsigned; nil if it does not
/// fit.
func integerBits(_ word: UnsafeBufferPointer<UInt8>, width: UInt64) -> UInt64? {
    guard let (magnitude, isNegative) = integerMagnitude(word) else { return nil }
    if isNegative { return magnitude <= 1 << (width - 1) ? 0 &- magnitude : nil }
    return magnitude <= UInt64.max >> (64 - width) ? magnitude : nil
}

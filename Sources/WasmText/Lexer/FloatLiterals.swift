// Float literals, correctly rounded: to the nearest value, ties to even.
// Spec: https://webassembly.github.io/spec/core/text/values.html#floating-point

/// An IEEE 754 binary format.
struct FloatFormat: Sendable {
    /// Bits of the significand field, without the implicit one.
    let significandBits: Int
    let exponentBits: Int

    static let f32 = FloatFormat(significandBits: 23, exponentBits: 8)
    static let f64 = FloatFormat(significandBits: 52, exponentBits: 11)

    var signBit: UInt64 { 1 << UInt64(significandBits + exponentBits) }
    /// The bits of infinity: all ones in the exponent.
    var infinity: UInt64 { (1 << UInt64(exponentBits) - 1) << UInt64(significandBits) }
    var quietBit: UInt64 { 1 << UInt64(significandBits - 1) }
    private var bias: Int { 1 << (exponentBits - 1) - 1 }
    /// The exponent of the smallest positive value, 2 to the power of it.
    var minimumExponent: Int { 1 - bias - significandBits }

    /// The bits of a number literal of any kind; nil if it is out of range.
    func bits(_ word: UnsafeBufferPointer<UInt8>) -> UInt64? {
        let isNegative = word[0] == UInt8(ascii: "-")
        let start = isNegative || word[0] == UInt8(ascii: "+") ? 1 : 0
        let rest = slice(word, start..<word.count)
        guard let magnitude = magnitude(rest) else { return nil }
        return isNegative ? magnitude | signBit : magnitude
    }

    private func magnitude(_ word: UnsafeBufferPointer<UInt8>) -> UInt64? {
        switch word[0] {
        case UInt8(ascii: "i"): return infinity
        case UInt8(ascii: "n"):
            if word.count == 3 { return infinity | quietBit }
            guard let (payload, _) = integerMagnitude(slice(word, 4..<word.count)), payload != 0,
                payload < 1 << UInt64(significandBits)
            else { return nil }
            return infinity | payload
        default:
            let isHexadecimal = word.count > 1 && word[1] == UInt8(ascii: "x")
            let bits = isHexadecimal ? hexadecimal(word) : decimal(word)
            return bits < infinity ? bits : nil
        }
    }

    // MARK: - Hexadecimal

    /// Exact by integer arithmetic: the first 64 significant bits, and whether anything follows them.
    private func hexadecimal(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var significand: UInt64 = 0
        var exponent = 0
        var isInexact = false
        var isFraction = false
        var position = 2
        loop: while position < word.count {
            let byte = word[position]
            switch byte {
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "_"): break
            case UInt8(ascii: "p"), UInt8(ascii: "P"): break loop
            default:
                if significand >> 60 == 0 {
                    significand = significand << 4 | UInt64(hexadecimalDigit(byte) ?? 0)
                    if isFraction { exponent -= 4 }
                } else {
                    isInexact = isInexact || byte != UInt8(ascii: "0")
                    if !isFraction { exponent += 4 }
                }
            }
            position += 1
        }
        if position < word.count {
            exponent += decimalExponent(slice(word, (position + 1)..<word.count))
        }
        return round(significand, exponent: exponent, isInexact: isInexact)
    }

    /// The exponent in decimal digits, saturated far beyond every format's range.
    private func decimalExponent(_ digits: UnsafeBufferPointer<UInt8>) -> Int {
        var value = 0
        for byte in digits {
            if let digit = hexadecimalDigit(byte) { value = min(value * 10 + Int(digit), 1 << 40) }
        }
        return digits[0] == UInt8(ascii: "-") ? -value : value
    }

    /// The bits nearest to `significand * 2^exponent`, plus something smaller than its last bit if it is inexact;
    /// infinity on overflow.
    private func round(_ significand: UInt64, exponent: Int, isInexact: Bool) -> UInt64 {
        if significand == 0 { return 0 }
        let length = 64 - significand.leadingZeroBitCount
        // The exponent of the result's last bit, at least that of subnormal numbers.
        let lastExponent = max(exponent + length - (significandBits + 1), minimumExponent)
        let shift = lastExponent - exponent
        if shift > 64 { return 0 }
        var quotient: UInt64
        if shift <= 0 {
            // All bits fit: there is nothing to round, and the length of the result is bounded by the format.
            quotient = significand << UInt64(-shift)
        } else {
            quotient = shift == 64 ? 0 : significand >> UInt64(shift)
            let half: UInt64 = 1 << UInt64(shift - 1)
            let remainder = shift == 64 ? significand : significand & (half << 1 &- 1)
            let isAboveHalf = remainder > half || (remainder == half && isInexact)
            if isAboveHalf || (remainder == half && quotient & 1 == 1) { quotient += 1 }
        }
        // A carry out of the significand raises the exponent field by itself.
        let field = lastExponent - minimumExponent
        if field >= 1 << exponentBits { return infinity }
        let isNormal = quotient >> UInt64(significandBits) != 0
        let bits = isNormal ? quotient + UInt64(field) << UInt64(significandBits) : quotient
        return min(bits, infinity)
    }

    // MARK: - Decimal

    /// Exactly for few digits, else by the standard library, which is correctly rounded for each format and
    /// knows no locale.
    private func decimal(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if let bits = exactDecimal(word) { return bits }
        let text = String(decoding: word.lazy.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
        if significandBits == FloatFormat.f32.significandBits {
            return UInt64((Float(text) ?? .infinity).bitPattern)
        }
        return (Double(text) ?? .infinity).bitPattern
    }

    /// Digits and power of ten that are both exact in double precision need one operation, which rounds once.
    private func exactDecimal(_ word: UnsafeBufferPointer<UInt8>) -> UInt64? {
        var digits: UInt64 = 0
        var exponent = 0
        var isFraction = false
        var position = 0
        while position < word.count {
            let byte = word[position]
            if byte == UInt8(ascii: ".") {
                isFraction = true
            } else if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
                exponent += decimalExponent(slice(word, (position + 1)..<word.count))
                break
            } else if byte != UInt8(ascii: "_") {
                guard digits < 1 << 49 else { return nil }
                digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
                if isFraction { exponent -= 1 }
            }
            position += 1
        }
        if significandBits == FloatFormat.f32.significandBits {
            guard digits < 1 << 24, abs(exponent) < exactFloatPowers.count else { return nil }
            let power = exactFloatPowers[abs(exponent)]
            return UInt64((exponent < 0 ? Float(digits) / power : Float(digits) * power).bitPattern)
        }
        guard digits < 1 << 53, abs(exponent) < exactDoublePowers.count else { return nil }
        let power = exactDoublePowers[abs(exponent)]
        return (exponent < 0 ? Double(digits) / power : Double(digits) * power).bitPattern
    }
}

/// The powers of ten that single precision represents exactly.
private let exactFloatPowers: [Float] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10]

/// The powers of ten that double precision represents exactly.
private let exactDoublePowers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22,
]

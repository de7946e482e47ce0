/// A value without quotes or brackets, by its spelling.
enum TOMLWord: Equatable {
    case boolean(Bool)
    case integer(Int64)
    case float
    case date, time, dateTime

    init?(_ text: String) {
        if let integer = Self.integer(text) {
            self = .integer(integer)
            return
        }
        switch text {
        case "true": self = .boolean(true)
        case "false": self = .boolean(false)
        case "inf", "+inf", "-inf", "nan", "+nan", "-nan": self = .float
        default:
            if Self.isFloat(text) {
                self = .float
            } else if let kind = Self.calendar(text) {
                self = kind
            } else {
                return nil
            }
        }
    }

    private static func integer(_ text: String) -> Int64? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(prefix) {
            let digits = text.dropFirst(2)
            guard isDigits(digits, radix: radix) else { return nil }
            return Int64(digits.filter { $0 != "_" }, radix: radix)
        }
        guard isDecimal(text[...]) else { return nil }
        return Int64(text.filter { $0 != "_" })
    }

    /// Digits with single underscores between them.
    private static func isDigits(_ text: Substring, radix: Int = 10) -> Bool {
        text.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { Unicode.Scalar($0).isASCII }
                && part.allSatisfy {
                    $0.hexDigitValue.map { $0 < radix } ?? false
                }
        }
    }

    /// An optional sign and a number without leading zeros.
    private static func isDecimal(_ text: Substring) -> Bool {
        let digits = text.first == "+" || text.first == "-" ? text.dropFirst() : text
        return isDigits(digits) && (digits == "0" || digits.first != "0")
    }

    private static func isFloat(_ text: String) -> Bool {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard isDecimal(mantissa[0]), mantissa.count == 1 || isDigits(mantissa[1]) else { return false }
        guard parts.count == 2 else { return mantissa.count == 2 }
        return isDigits(parts[1].first == "+" || parts[1].first == "-" ? parts[1].dropFirst() : parts[1])
    }

    /// Whether the digits stand as in a date or time; which days there are is not looked at.
    private static func calendar(_ text: String) -> TOMLWord? {
        let shape = text.utf8.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 ? UInt8(ascii: "0") : $0 }
        let isDate = shape.starts(with: "0000-00-00".utf8)
        if isDate, shape.count == 10 { return .date }
        if isDate, shape.count > 11, [UInt8(ascii: "T"), UInt8(ascii: "t")].contains(shape[10]) {
            return shape.dropFirst(11).starts(with: "00:00:00".utf8) ? .dateTime : nil
        }
        return shape.starts(with: "00:00:00".utf8) ? .time : nil
    }
}

// Reads TOML 1.0 but for arrays of tables, which no manifest has and which are refused by name.
// Syntax: https://toml.io/en/v1.0.0

import Diagnostics

/// Reads a document from its first byte to its last.
struct TOMLReader {
    private var bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var column = 1
    private var depth = 0

    /// Values that may be nested.
    private static let depthLimit = 64

    private init(_ text: [UInt8]) { bytes = text }

    /// The root table of a document.
    ///
    /// - Throws: `manifest` with line and column for what is no TOML, and for a key or table that comes twice.
    static func read(_ text: [UInt8]) throws(Diagnostic) -> TOMLTable {
        guard String(validating: text, as: UTF8.self) != nil else {
            throw Diagnostic(.manifest, "not TOML", "expected a text in UTF-8")
        }
        var reader = TOMLReader(text)
        return try reader.document()
    }

    // MARK: Tables

    private mutating func document() throws(Diagnostic) -> TOMLTable {
        let root = TOMLTable(.header)
        var section = root
        while skipBlank(newlines: true) {
            if peek == UInt8(ascii: "[") {
                section = try header(root)
            } else {
                try pair(in: section)
            }
            _ = skipBlank()
            guard peek == nil || peek == UInt8(ascii: "\n") else { throw unexpected("the end of the line") }
        }
        return root
    }

    private mutating func header(_ root: TOMLTable) throws(Diagnostic) -> TOMLTable {
        let location = here
        advance()
        guard peek != UInt8(ascii: "[") else {
            throw Diagnostic(.manifest, "array of tables", "expected a table, `[name]`", at: location)
        }
        let path = try key()
        try expect("]")
        var table = root
        for part in path.dropLast() { table = try inner(part, of: table, origin: .implicit, location) }
        let name = path[path.count - 1]
        if let known = table[name] {
            guard case .table(let defined) = known.value, case .implicit = defined.origin else {
                throw duplicate(path, at: location)
            }
            defined.origin = .header
            return defined
        }
        let result = TOMLTable(.header)
        _ = table.add(name, TOMLEntry(value: .table(result), location: location))
        return result
    }

    /// The table under `key`, which is made when there is none.
    private func inner(
        _ key: String, of table: TOMLTable, origin: TOMLTable.Origin, _ location: Location
    ) throws(Diagnostic) -> TOMLTable {
        guard let known = table[key] else {
            let result = TOMLTable(origin)
            _ = table.add(key, TOMLEntry(value: .table(result), location: location))
            return result
        }
        guard case .table(let result) = known.value else { throw duplicate([key], at: location) }
        switch (origin, result.origin) {
        case (.dotted, .dotted), (.implicit, .implicit), (.implicit, .header), (.implicit, .dotted): return result
        default: throw duplicate([key], at: location)
        }
    }

    /// `key = value`.
    private mutating func pair(in section: TOMLTable) throws(Diagnostic) {
        _ = skipBlank()
        let location = here
        let path = try key()
        try expect("=")
        var table = section
        for part in path.dropLast() { table = try inner(part, of: table, origin: .dotted, location) }
        let entry = TOMLEntry(value: try value(), location: location)
        guard table.add(path[path.count - 1], entry) else { throw duplicate(path, at: location) }
    }

    private func duplicate(_ path: [String], at location: Location) -> Diagnostic {
        Diagnostic(.manifest, "duplicate `\(path.joined(separator: "."))`", "it has been defined before", at: location)
    }

    private mutating func key() throws(Diagnostic) -> [String] {
        var parts: [String] = []
        repeat {
            _ = skipBlank()
            if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") {
                guard !isLongQuote else { throw unexpected("a key") }
                parts.append(try string())
            } else {
                let part = takeWhile { Self.bareKeyBytes.contains($0) }
                guard !part.isEmpty else { throw unexpected("a key") }
                parts.append(part)
            }
            _ = skipBlank()
        } while take(".")
        return parts
    }

    private static let bareKeyBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)

    // MARK: Values

    private mutating func value() throws(Diagnostic) -> TOMLValue {
        _ = skipBlank()
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw Diagnostic(.manifest, "nested too deeply", "the limit is \(Self.depthLimit)", at: here)
        }
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "{"): return .table(try inlineTable())
        default: return try word()
        }
    }

    private mutating func array() throws(Diagnostic) -> [TOMLEntry] {
        advance()
        var elements: [TOMLEntry] = []
        _ = skipBlank(newlines: true)
        while !take("]") {
            let location = here
            elements.append(TOMLEntry(value: try value(), location: location))
            _ = skipBlank(newlines: true)
            if !take(","), peek != UInt8(ascii: "]") { throw unexpected("`,` or `]`") }
            _ = skipBlank(newlines: true)
        }
        return elements
    }

    private mutating func inlineTable() throws(Diagnostic) -> TOMLTable {
        advance()
        let table = TOMLTable(.inline)
        _ = skipBlank()
        if take("}") { return table }
        repeat { try pair(in: table) } while takeBehindBlank(",")
        try expect("}")
        return table
    }

    /// A boolean or a number, or a date or time.
    private mutating func word() throws(Diagnostic) -> TOMLValue {
        let start = self
        let text = takeWhile { !Self.wordEnds.contains($0) }
        switch TOMLWord(text) {
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .float: return .float
        case .date:
            // A blank may stand between a date and its time.
            let date = self
            if take(" "), case .time = TOMLWord(takeWhile { !Self.wordEnds.contains($0) }) { return .dateTime }
            self = date
            return .dateTime
        case .time, .dateTime: return .dateTime
        case nil: throw start.unexpected("a value")
        }
    }

    private static let wordEnds = Set(" \t\r\n,]}#=\"'[{".utf8)

    // MARK: Strings

    private var isLongQuote: Bool {
        guard let quote = peek else { return false }
        return bytes[index...].starts(with: [quote, quote, quote])
    }

    private mutating func string() throws(Diagnostic) -> String {
        let start = here
        let isLong = isLongQuote
        let quote = bytes[index]
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        // A line end right behind the quotes is not part of the string.
        if isLong, !take("\n"), bytes[index...].starts(with: Array("\r\n".utf8)) {
            advance()
            advance()
        }
        var text: [UInt8] = []
        while let byte = peek {
            if byte == quote, !isLong || isLongQuote {
                // One or two quotes may stand before those that end a long string.
                let count = isLong ? min(bytes[index...].prefix { $0 == quote }.count, 5) : 1
                if isLong { text += [UInt8](repeating: quote, count: count - 3) }
                for _ in 0..<count { advance() }
                return String(decoding: text, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                text += try escape(isLong: isLong)
            } else {
                guard byte >= 0x20 && byte != 0x7F || byte == 9 || isLong && (byte == 10 || byte == 13) else {
                    throw unexpected(byte == 10 ? "the end of the string" : "no control character in a string")
                }
                text.append(byte)
                advance()
            }
        }
        throw Diagnostic(.manifest, "not TOML", "a string does not end", at: start)
    }

    private mutating func escape(isLong: Bool) throws(Diagnostic) -> [UInt8] {
        let start = self
        advance()
        guard let letter = peek else { throw start.unexpected("an escape") }
        advance()
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [letter]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "u"): return try scalar(digits: 4, start)
        case UInt8(ascii: "U"): return try scalar(digits: 8, start)
        // A line that ends with a backslash goes on with the next text.
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            self = start
            advance()
            let blanks = takeWhile { Self.blanks.contains($0) }
            guard isLong, blanks.utf8.contains(10) else { throw start.unexpected("an escape") }
            return []
        default: throw start.unexpected("an escape")
        }
    }

    private static let blanks = Set(" \t\r\n".utf8)

    private mutating func scalar(digits: Int, _ start: TOMLReader) throws(Diagnostic) -> [UInt8] {
        let text = bytes[index...].prefix(digits)
        guard text.count == digits, text.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
            let value = UInt32(String(decoding: text, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(value)
        else { throw start.unexpected("the number of a character") }
        guard value != 0 else {
            throw Diagnostic(.manifest, "a NUL in a string", "no name of the host's has one", at: start.here)
        }
        for _ in 0..<digits { advance() }
        return Array(String(Character(scalar)).utf8)
    }

    // MARK: Bytes

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private var here: Location { .text(line: line, column: column) }

    private func unexpected(_ expectation: String) -> Diagnostic {
        guard index < bytes.count else {
            return Diagnostic(.manifest, "not TOML", "expected \(expectation), found the end", at: here)
        }
        let rest = String(decoding: bytes[index...].prefix(32), as: UTF8.self)
        let found = rest.first.map { $0.isNewline ? "the end of the line" : "`\($0)`" } ?? ""
        return Diagnostic(.manifest, "not TOML", "expected \(expectation), found \(found)", at: here)
    }

    /// Columns count scalars.
    private mutating func advance() {
        if bytes[index] == UInt8(ascii: "\n") {
            line += 1
            column = 1
        } else if bytes[index] & 0xC0 != 0x80 {
            column += 1
        }
        index += 1
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        advance()
        return true
    }

    private mutating func takeBehindBlank(_ character: Unicode.Scalar) -> Bool {
        _ = skipBlank()
        return take(character)
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(Diagnostic) {
        guard takeBehindBlank(character) else { throw unexpected("`\(character)`") }
    }

    private mutating func takeWhile(_ isTaken: (UInt8) -> Bool) -> String {
        let start = index
        while let byte = peek, isTaken(byte) { advance() }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// Skips blanks and a comment, or several with their lines; whether something is left.
    private mutating func skipBlank(newlines: Bool = false) -> Bool {
        while let byte = peek {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): advance()
            case UInt8(ascii: "\r") where bytes[index...].starts(with: Array("\r\n".utf8)): advance()
            case UInt8(ascii: "\n") where newlines: advance()
            case UInt8(ascii: "#"): _ = takeWhile { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            default: return true
            }
        }
        return false
    }
}

import Diagnostics

/// Reads the JSON with which the argument parser describes the commands. It is our own output, so what is not JSON ends
/// the reading with nil, without a place.
struct JSONReader {
    private var rest: ArraySlice<UInt8>

    private init(_ text: String) { rest = Array(text.utf8)[...] }

    /// The value that `text` holds.
    static func read(_ text: String) -> JSON? {
        var reader = JSONReader(text)
        guard let value = reader.value() else { return nil }
        reader.skipBlanks()
        return reader.rest.isEmpty ? value : nil
    }

    private mutating func skipBlanks() {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    }

    /// Takes a word if it comes next.
    private mutating func take(_ word: String) -> Bool {
        guard rest.starts(with: word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }

    private mutating func value() -> JSON? {
        skipBlanks()
        if take("{") { return object() }
        if take("[") { return array() }
        if rest.first == UInt8(ascii: "\"") { return string().map { .string($0) } }
        if take("true") { return .bool(true) }
        if take("false") { return .bool(false) }
        if take("null") { return .null }
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(digits.count)
        return Int(String(decoding: digits, as: UTF8.self)).map { .integer($0) }
    }

    private mutating func object() -> JSON? {
        var object = JSONObject()
        skipBlanks()
        if take("}") { return .object(object) }
        while true {
            skipBlanks()
            guard let key = string() else { return nil }
            skipBlanks()
            guard take(":"), let value = value() else { return nil }
            object.add(key, value)
            skipBlanks()
            if take("}") { return .object(object) }
            guard take(",") else { return nil }
        }
    }

    private mutating func array() -> JSON? {
        var values: [JSON] = []
        skipBlanks()
        if take("]") { return .array(values) }
        while true {
            guard let value = value() else { return nil }
            values.append(value)
            skipBlanks()
            if take("]") { return .array(values) }
            guard take(",") else { return nil }
        }
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = escape() else { return nil }
                bytes += escaped
            default: bytes.append(byte)
            }
        }
        return nil
    }

    /// What a backslash stands for. The texts have no pairs of surrogates.
    private mutating func escape() -> [UInt8]? {
        guard let kind = rest.popFirst() else { return nil }
        switch kind {
        case UInt8(ascii: "n"): return [UInt8(ascii: "\n")]
        case UInt8(ascii: "t"): return [UInt8(ascii: "\t")]
        case UInt8(ascii: "r"): return [UInt8(ascii: "\r")]
        case UInt8(ascii: "u"):
            let digits = String(decoding: rest.prefix(4), as: UTF8.self)
            rest = rest.dropFirst(4)
            guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else { return nil }
            return Array(String(Character(scalar)).utf8)
        default: return [kind]
        }
    }
}

extension JSON {
    /// The member of an object; null where there is none.
    subscript(_ key: String) -> JSON {
        guard case .object(let object) = self else { return .null }
        return object.members.first { $0.key == key }?.value ?? .null
    }

    var string: String? { if case .string(let value) = self { value } else { nil } }
    var boolean: Bool { if case .bool(let value) = self { value } else { false } }
    var elements: [JSON] { if case .array(let values) = self { values } else { [] } }
}

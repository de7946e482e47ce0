/// A JSON value to be printed. Keys keep their order, so that output is the same in each run.
public enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case string(String)
    case array([JSON])
    case object(JSONObject)

    /// Compact text on one line.
    public var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .string(let value): JSON.quoted(value)
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let object):
            "{" + object.members.map { JSON.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }

    /// Text with a line per member, indented by two spaces a level.
    public var prettyText: String { pretty(indent: "") }

    private func pretty(indent: String) -> String {
        let inner = indent + "  "
        switch self {
        case .array(let values) where !values.isEmpty:
            return "[\n" + values.map { inner + $0.pretty(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let object) where !object.members.isEmpty:
            let lines = object.members.map { inner + JSON.quoted($0.key) + ": " + $0.value.pretty(indent: inner) }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        default: return text
        }
    }

    private static func quoted(_ string: String) -> String {
        var result = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where HostText.byte(of: scalar) != nil:
                // As Python writes a byte that is no text.
                result += "\\udc" + String(HostText.byte(of: scalar)!, radix: 16)
            // Also what may stand in JSON: people read it on terminals.
            case _ where scalar.isUnseen:
                for unit in UTF16.encode(scalar)! { result += "\\u" + fourDigits(unit) }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func fourDigits(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

/// An object whose members keep the order in which they were added.
public struct JSONObject: Sendable {
    public private(set) var members: [(key: String, value: JSON)] = []

    public init() {}

    public mutating func add(_ key: String, _ value: JSON) { members.append((key, value)) }
}

// What a TOML document says, with the place of everything. Syntax: https://toml.io/en/v1.0.0

import Diagnostics

/// A value of a document. What no manifest uses keeps its kind only.
enum TOMLValue {
    case string(String)
    case integer(Int64)
    case boolean(Bool)
    case float
    /// A date, a time, or both.
    case dateTime
    case array([TOMLEntry])
    case table(TOMLTable)

    /// The kind of value, for messages.
    var kind: String {
        switch self {
        case .string: "a string"
        case .integer: "an integer"
        case .boolean: "a boolean"
        case .float: "a float"
        case .dateTime: "a date or time"
        case .array: "an array"
        case .table: "a table"
        }
    }
}

/// A value, and where its key stands; for an element of an array where it stands itself.
struct TOMLEntry {
    var value: TOMLValue
    var location: Location
}

/// A table. Keys keep the document's order.
final class TOMLTable {
    /// How a table came to be decides what may still be added to it.
    enum Origin {
        /// `[a.b]` makes a table `a` that a later `[a]` may define.
        case implicit
        case header
        /// `a.b = 1` makes a table `a` that only further dotted keys of the same section may add to.
        case dotted
        /// `{...}` is complete.
        case inline
    }

    var origin: Origin
    private(set) var keys: [String] = []
    private var entries: [String: TOMLEntry] = [:]

    init(_ origin: Origin) { self.origin = origin }

    subscript(key: String) -> TOMLEntry? { entries[key] }

    /// Adds an entry; false when the key is there already.
    func add(_ key: String, _ entry: TOMLEntry) -> Bool {
        guard entries[key] == nil else { return false }
        keys.append(key)
        entries[key] = entry
        return true
    }
}

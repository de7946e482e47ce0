// The tables of a manifest: typed access, and errors with a place.

import Diagnostics

/// What a key of a manifest takes.
enum ManifestValue: Sendable {
    case strings, string, flag, number

    var expectation: String {
        switch self {
        case .strings: "expected an array of strings"
        case .string: "expected a string"
        case .flag: "expected true or false"
        case .number: "expected a number"
        }
    }
}

extension GrantKind {
    /// What the key of this grant takes in a manifest.
    fileprivate var manifestValue: ManifestValue {
        switch value {
        case .flag: .flag
        case .text, .size, .duration, .sealMode, .namePrefix: .string
        case .count: .number
        case .texts, .directories, .variables, .addresses, .streams: .strings
        case .outboundRules, .inboundRules, .namePatterns, .forwards: .strings
        }
    }

    /// The table of a manifest in which its key is; nil at the top level, and in a module's.
    fileprivate var tableKey: String? {
        let parts = key.split(separator: ".")
        return parts.count == 2 ? String(parts[0].drop { $0 == "!" }) : nil
    }

    fileprivate var nameOfKey: String { String(key.split(separator: ".").last ?? "").filter { $0 != "!" } }

    /// What a flag's key has to be for it to be given.
    fileprivate var givenFlag: Bool { !key.hasPrefix("!") }

    /// Whether it says what the main module reaches on the network, which `[network]` may say, too.
    fileprivate var isNetworkRule: Bool {
        switch value {
        case .outboundRules, .inboundRules, .namePatterns: true
        default: false
        }
    }
}

/// A table of a manifest.
struct ManifestTable {
    private let table: TOMLTable
    /// Where it begins.
    let location: Location

    init(_ table: TOMLTable, at location: Location = .none) {
        self.table = table
        self.location = location
    }

    /// In the manifest's order.
    var keys: [String] { table.keys }

    /// An error about a key or, with its entry, an element of the value.
    func error(at key: String, _ message: String, _ detail: String, _ element: TOMLEntry? = nil) -> Diagnostic {
        Diagnostic(
            .manifest, "\(message) `\(key)`", detail, at: element?.location ?? table[key]?.location ?? location)
    }

    func table(_ key: String) throws(Diagnostic) -> ManifestTable? {
        guard let entry = table[key] else { return nil }
        guard case .table(let inner) = entry.value else { throw wrongType(key, entry, "expected a table") }
        return ManifestTable(inner, at: entry.location)
    }

    func flag(_ key: String) throws(Diagnostic) -> Bool {
        guard let entry = table[key] else { return false }
        guard case .boolean(let flag) = entry.value else { throw wrongType(key, entry, .flag) }
        return flag
    }

    /// The path under `file`.
    func file(relativeTo directory: String) throws(Diagnostic) -> String? {
        guard let entry = table["file"] else { return nil }
        guard case .string(let path) = entry.value else { throw wrongType("file", entry, .string) }
        guard !path.isEmpty else { throw error(at: "file", "empty", "expected a path") }
        return path.hasPrefix("/") || directory == "." ? path : "\(directory)/\(path)"
    }

    /// The grants of this table.
    ///
    /// - Throws: `manifest` for a key that is none.
    func grants(isMain: Bool) throws(Diagnostic) -> [Grant] {
        let known = GrantKind.all.filter { !$0.key.isEmpty && (isMain ? $0.isForMain : $0.isForModules) }
        var grants: [Grant] = []
        let inner = isMain ? try table(Self.networkKey) : nil
        try checkKeys(
            known.filter { $0.tableKey == nil }.map(\.key) + ["file"]
                + (isMain ? ["module", Self.networkKey] + GrantKind.buildKeys : []))
        try inner?.checkKeys(known.filter { $0.tableKey == Self.networkKey || $0.isNetworkRule }.map(\.nameOfKey))
        for kind in known {
            if kind.tableKey == nil { grants += try self.grants(kind) }
            if kind.tableKey != nil || kind.isNetworkRule { grants += try inner?.grants(kind) ?? [] }
        }
        return grants
    }

    /// The table of the program's network, beside the main module's grants.
    private static let networkKey = "network"

    private func checkKeys(_ names: [String]) throws(Diagnostic) {
        for key in keys where !names.contains(key) {
            throw error(at: key, "unknown key", "expected one of " + names.sorted().joined(separator: ", "))
        }
    }

    private func grants(_ kind: GrantKind) throws(Diagnostic) -> [Grant] {
        let key = kind.nameOfKey
        guard let entry = table[key] else { return [] }
        let expected = kind.manifestValue
        switch (expected, entry.value) {
        case (.flag, .boolean(let flag)): return flag == kind.givenFlag ? [try grant(kind, "", entry)] : []
        case (.string, .string(let text)): return [try grant(kind, text, entry)]
        case (.number, .integer(let number)): return [try grant(kind, "\(number)", entry)]
        case (.strings, .array(let elements)):
            var grants: [Grant] = []
            for element in elements {
                guard case .string(let text) = element.value else { throw wrongType(key, element, expected) }
                grants.append(try grant(kind, text, element))
            }
            return grants
        case (.flag, _), (.string, _), (.number, _), (.strings, _): throw wrongType(key, entry, expected)
        }
    }

    private func grant(_ kind: GrantKind, _ text: String, _ entry: TOMLEntry) throws(Diagnostic) -> Grant {
        do throws(GrantError) { return try Grant(kind, text) } catch let refusal {
            throw error(at: kind.nameOfKey, "value of", refusal.description, entry)
        }
    }

    private func wrongType(_ key: String, _ entry: TOMLEntry, _ expected: ManifestValue) -> Diagnostic {
        wrongType(key, entry, expected.expectation)
    }

    private func wrongType(_ key: String, _ entry: TOMLEntry, _ expectation: String) -> Diagnostic {
        error(at: key, "type of", "\(expectation), found \(entry.value.kind)", entry)
    }
}

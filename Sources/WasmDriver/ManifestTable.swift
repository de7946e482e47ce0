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
        case .text, .size, .duration, .sealMode: .string
        case .count: .number
        case .texts, .directories, .variables, .addresses, .streams: .strings
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
        let names = known.map(\.key) + ["file"] + (isMain ? ["module"] + GrantKind.buildKeys : [])
        for key in keys where !names.contains(key) {
            throw error(at: key, "unknown key", "expected one of " + names.sorted().joined(separator: ", "))
        }
        var grants: [Grant] = []
        for kind in known {
            guard let entry = table[kind.key] else { continue }
            grants += try self.grants(kind, entry)
        }
        return grants
    }

    private func grants(_ kind: GrantKind, _ entry: TOMLEntry) throws(Diagnostic) -> [Grant] {
        let expected = kind.manifestValue
        switch (expected, entry.value) {
        case (.flag, .boolean(let isGiven)): return isGiven ? [try grant(kind, "", entry)] : []
        case (.string, .string(let text)): return [try grant(kind, text, entry)]
        case (.number, .integer(let number)): return [try grant(kind, "\(number)", entry)]
        case (.strings, .array(let elements)):
            var grants: [Grant] = []
            for element in elements {
                guard case .string(let text) = element.value else { throw wrongType(kind.key, element, expected) }
                grants.append(try grant(kind, text, element))
            }
            return grants
        case (.flag, _), (.string, _), (.number, _), (.strings, _): throw wrongType(kind.key, entry, expected)
        }
    }

    private func grant(_ kind: GrantKind, _ text: String, _ entry: TOMLEntry) throws(Diagnostic) -> Grant {
        do throws(GrantError) { return try Grant(kind, text) } catch let refusal {
            throw error(at: kind.key, "value of", refusal.description, entry)
        }
    }

    private func wrongType(_ key: String, _ entry: TOMLEntry, _ expected: ManifestValue) -> Diagnostic {
        wrongType(key, entry, expected.expectation)
    }

    private func wrongType(_ key: String, _ entry: TOMLEntry, _ expectation: String) -> Diagnostic {
        error(at: key, "type of", "\(expectation), found \(entry.value.kind)", entry)
    }
}

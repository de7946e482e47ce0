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

/// A grant's key: the option's name without its dashes.
struct ManifestKey: Sendable {
    var name: String
    var value: ManifestValue
    var isForMain = true
    var isForModules = true
    /// The grants of one text; a number's is decimal, a flag's is empty and asked for only when it is true.
    var grant: @Sendable (String) throws(GrantError) -> Grant

    /// In the order in which grants are made.
    static let all: [ManifestKey] = [
        ManifestKey(name: "dir", value: .strings) { (text) throws(GrantError) in try Grant(directory: text) },
        ManifestKey(name: "inherit-env", value: .flag) { (_) throws(GrantError) in .inheritEnvironment },
        ManifestKey(name: "env", value: .strings) { (text) throws(GrantError) in try Grant(environment: text) },
        ManifestKey(name: "argv0", value: .string, isForModules: false) { (text) throws(GrantError) in .argv0(text) },
        ManifestKey(name: "args", value: .strings, isForMain: false) { (text) throws(GrantError) in .argument(text) },
        ManifestKey(name: "invoke", value: .string, isForModules: false) { (text) throws(GrantError) in .invoke(text) },
        ManifestKey(name: "max-memory", value: .string) { (text) throws(GrantError) in try Grant(maxMemory: text) },
        ManifestKey(name: "max-files", value: .number) { (text) throws(GrantError) in try Grant(maxFiles: text) },
        ManifestKey(name: "max-stack", value: .string, isForModules: false) { (text) throws(GrantError) in
            try Grant(maxStack: text)
        },
        ManifestKey(name: "timeout", value: .string, isForModules: false) { (text) throws(GrantError) in
            try Grant(timeout: text)
        },
        ManifestKey(name: "trace-wasi", value: .flag, isForModules: false) { (_) throws(GrantError) in .traceWASI },
        ManifestKey(name: "tcplisten", value: .strings) { (text) throws(GrantError) in try Grant(tcpListen: text) },
        ManifestKey(name: "listenfd", value: .flag, isForModules: false) { (_) throws(GrantError) in .listenFD },
        ManifestKey(name: "seal", value: .string, isForModules: false) { (text) throws(GrantError) in
            try Grant(seal: text)
        },
        ManifestKey(name: "inherit-stdio", value: .strings, isForMain: false) { (text) throws(GrantError) in
            try Grant(inheritStream: text)
        },
        ManifestKey(name: "accept-from", value: .strings) { (text) throws(GrantError) in .acceptFrom(text) },
    ]
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
        let known = ManifestKey.all.filter { isMain ? $0.isForMain : $0.isForModules }
        let names = known.map(\.name) + (isMain ? ["file", "ceiling", "module"] : ["file"])
        for key in keys where !names.contains(key) {
            throw error(at: key, "unknown key", "expected one of " + names.sorted().joined(separator: ", "))
        }
        var grants: [Grant] = []
        for key in known {
            guard let entry = table[key.name] else { continue }
            grants += try self.grants(key, entry)
        }
        return grants
    }

    private func grants(_ key: ManifestKey, _ entry: TOMLEntry) throws(Diagnostic) -> [Grant] {
        switch (key.value, entry.value) {
        case (.flag, .boolean(let isGiven)): return isGiven ? [try grant(key, "", entry)] : []
        case (.string, .string(let text)): return [try grant(key, text, entry)]
        case (.number, .integer(let number)): return [try grant(key, "\(number)", entry)]
        case (.strings, .array(let elements)):
            var grants: [Grant] = []
            for element in elements {
                guard case .string(let text) = element.value else { throw wrongType(key.name, element, key.value) }
                grants.append(try grant(key, text, element))
            }
            return grants
        case (.flag, _), (.string, _), (.number, _), (.strings, _): throw wrongType(key.name, entry, key.value)
        }
    }

    private func grant(_ key: ManifestKey, _ text: String, _ entry: TOMLEntry) throws(Diagnostic) -> Grant {
        do throws(GrantError) { return try key.grant(text) } catch let refusal {
            throw error(at: key.name, "value of", refusal.description, entry)
        }
    }

    private func wrongType(_ key: String, _ entry: TOMLEntry, _ expected: ManifestValue) -> Diagnostic {
        wrongType(key, entry, expected.expectation)
    }

    private func wrongType(_ key: String, _ entry: TOMLEntry, _ expectation: String) -> Diagnostic {
        error(at: key, "type of", "\(expectation), found \(entry.value.kind)", entry)
    }
}

import Synchronization

/// Names of functions as people write them, each made once: many places have the same.
final class FunctionNames: Sendable {
    struct Name {
        var qualified: String?
        var linkage: String?
    }

    fileprivate struct Known {
        var functions: [DebugEntryID: Name] = [:]
        /// The names of namespaces and types, with what they are in, as prefixes.
        var prefixes: [DebugEntryID: String] = [:]
    }

    private let known = Mutex(Known())

    /// The names of the function of an entry.
    func name(of entry: DebugEntryID, in entries: DebugEntries) -> Name {
        let root = entries.root(entry)
        return known.withLock { known in
            if let name = known.functions[root] { return name }
            let plain = entries.text(entry, .name)
            let linkage = entries.linkageName(entry)
            let qualified = plain.map { known.prefix(of: root, in: entries) + $0 }?.cut(DebugInfoLimits.nameBytes)
            let name = Name(qualified: qualified, linkage: linkage == plain ? nil : linkage)
            known.functions[root] = name
            return name
        }
    }
}

extension FunctionNames.Known {
    /// The names of what an entry is declared in, as C++ and Rust write them: `core::fmt::`.
    fileprivate mutating func prefix(of entry: DebugEntryID, in entries: DebugEntries) -> String {
        var scopes: [DebugEntryID] = []
        var outermost: String?
        var scope = entry
        while let outer = entries.parent(scope), Self.isNamed(entries.tag(outer)) {
            outermost = prefixes[outer]
            if outermost != nil { break }
            scopes.append(outer)
            scope = outer
        }
        var result = outermost ?? ""
        for scope in scopes.reversed() {
            let name = entries.text(scope, .name)
            if let name = name ?? (entries.tag(scope) == .namespace ? "(anonymous namespace)" : nil),
                result.utf8.count + name.utf8.count < DebugInfoLimits.nameBytes
            {
                result += name + "::"
            }
            prefixes[scope] = result
        }
        return result
    }

    private static func isNamed(_ tag: DWARFTag) -> Bool {
        [.namespace, .structureType, .classType, .unionType, .enumerationType].contains(tag)
    }
}

extension String {
    /// The first bytes of a name that has more; what is cut in the middle is replaced.
    func cut(_ bytes: Int) -> String {
        utf8.count <= bytes ? self : String(decoding: utf8.prefix(bytes), as: UTF8.self)
    }
}

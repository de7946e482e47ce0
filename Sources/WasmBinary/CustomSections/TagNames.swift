import WasmSpec

/// What the tags of a module are called in messages.
public struct TagNames: Sendable {
    private let section: [TagIndex: String]
    private var exports: [TagIndex: String] = [:]

    public init(_ module: Module) {
        section = NameSection(module).tags
        for export in module.exports {
            if case .tag(let index) = export.description, exports[index] == nil { exports[index] = export.name }
        }
    }

    /// The name of the module's name section, else that of its first export, else one with the index: `tag[0]`.
    public func name(of tag: TagIndex) -> String {
        for name in [section[tag], exports[tag]] { if let name, !name.isEmpty { return name } }
        return "tag[\(tag)]"
    }
}

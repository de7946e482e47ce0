import LLVMBridge

/// Type-based alias tags: guest memory, each global, tables and sizes are disjoint, which LLVM cannot see
/// from an address that is an integer plus a constant. Without them every store to memory would make
/// every global be read again.
struct AliasTags {
    let memory: Metadata
    let table: Metadata
    /// Fields of `wasmc_memory` and `wasmc_table`, which only calls change.
    let sizes: Metadata
    /// Objects' types, which only allocation writes.
    let header: Metadata
    /// Arrays' lengths.
    let length: Metadata
    private let context: LLVMContext
    private let root: Metadata
    private var globals: [GlobalID: Metadata] = [:]
    private var contents: [Contents: Metadata] = [:]
    let kind: MetadataKind

    init(_ context: LLVMContext) {
        self.context = context
        kind = context.metadataKind("tbaa")
        root = context.metadataNode([context.metadataString("wasmc")])
        memory = Self.tag("memory", root, context)
        table = Self.tag("table", root, context)
        sizes = Self.tag("size", root, context)
        header = Self.tag("header", root, context)
        length = Self.tag("length", root, context)
    }

    private static func tag(_ name: String, _ root: Metadata, _ context: LLVMContext) -> Metadata {
        let zero = context.metadata(context.constI64(0))
        let type = context.metadataNode([context.metadataString(name), root, zero])
        return context.metadataNode([type, type, zero])
    }

    /// What lies in objects: fields of related structures have the same place and type, as elements of related arrays
    /// have, and unrelated objects are distinct.
    enum Contents: Hashable {
        case field(Int, HeapStorage)
        case element(HeapStorage)
    }

    mutating func contents(_ kind: Contents) -> Metadata {
        if let known = contents[kind] { return known }
        let name =
            switch kind {
            case .field(let index, let storage): "field \(index) \(storage)"
            case .element(let storage): "element \(storage)"
            }
        let tag = Self.tag(name, root, context)
        contents[kind] = tag
        return tag
    }

    /// The tag of a mutable global.
    mutating func global(_ id: GlobalID) -> Metadata {
        if let known = globals[id] { return known }
        let tag = Self.tag("global \(id.instance).\(id.position)", root, context)
        globals[id] = tag
        return tag
    }
}

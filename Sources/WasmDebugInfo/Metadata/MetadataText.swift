/// Debug information as LLVM's assembly has it: numbered nodes.
///
/// Specification: https://llvm.org/docs/LangRef.html#specialized-metadata-nodes
struct MetadataText {
    /// A node, by its number.
    struct Node: Hashable {
        let number: Int
        var reference: String { "!\(number)" }
    }

    private(set) var text = ""
    private var next = 0
    /// The nodes that the reader of the text asks for, in order.
    private var exported: [Node] = []

    /// Bytes of text beyond which types are left out.
    private static let limit = 1 << 27

    var isFull: Bool { text.utf8.count > Self.limit }

    /// A name as the text has it: short, where there are many.
    func name(_ name: String?) -> String? {
        text.utf8.count <= DebugInfoLimits.metadataBytes ? name : name?.cut(DebugInfoLimits.shortNameBytes)
    }

    /// A node that is defined later.
    mutating func reserve() -> Node {
        next += 1
        return Node(number: next - 1)
    }

    mutating func define(_ node: Node, _ body: String) { text += "!\(node.number) = \(body)\n" }

    mutating func node(_ body: String) -> Node {
        let node = reserve()
        define(node, body)
        return node
    }

    mutating func tuple(_ elements: [Node]) -> Node {
        node("!{" + elements.map(\.reference).joined(separator: ", ") + "}")
    }

    /// Gives the node to the reader of the text, who knows it by the result.
    mutating func export(_ node: Node) -> Int {
        exported.append(node)
        return exported.count - 1
    }

    /// The whole text: the units, where LLVM looks for them, and a list of the exported nodes.
    func finished(units: [Node], name: String) -> String {
        func list(_ nodes: [Node]) -> String { "!{" + nodes.map(\.reference).joined(separator: ", ") + "}\n" }
        return text + "!llvm.dbg.cu = " + list(units) + "!\(name) = " + list(exported)
            + "!llvm.module.flags = !{!\(next)}\n!\(next) = !{i32 2, !\"Debug Info Version\", i32 3}\n"
    }

    /// A field with a string; nothing for an empty one.
    static func field(_ name: String, _ value: String?) -> String {
        guard let value, !value.isEmpty else { return "" }
        return "\(name): \(quoted(value)), "
    }

    static func field(_ name: String, _ node: Node?) -> String { node.map { "\(name): \($0.reference), " } ?? "" }

    /// A string in quotes. What would move a terminal's cursor is written out: `\x1b`.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\22"
            case "\\": result += "\\5C"
            case let scalar where scalar.properties.generalCategory == .control:
                result += "\\5Cx" + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

// Identifiers to indices. Spec: https://webassembly.github.io/spec/core/text/conventions.html#contexts

import Diagnostics
import WasmSpec

/// The index spaces of a module.
enum Space: Int, CaseIterable {
    case type, function, table, memory, tag, global, element, data

    /// The word in messages about duplicates.
    var keyword: String {
        switch self {
        case .type: "type"
        case .function: "func"
        case .table: "table"
        case .memory: "memory"
        case .tag: "tag"
        case .global: "global"
        case .element: "elem"
        case .data: "data"
        }
    }

    /// The words in messages about what is unknown.
    var description: String {
        switch self {
        case .type: "type"
        case .function: "function"
        case .table: "table"
        case .memory: "memory"
        case .tag: "tag"
        case .global: "global"
        case .element: "elem segment"
        case .data: "data segment"
        }
    }
}

/// One index space: how many there are, and which have names.
struct IndexSpace {
    let space: Space
    var count: UInt32 = 0
    /// Indices by symbol.
    var indices: [UInt32: UInt32] = [:]
    /// Names for the name section, by index, ascending. An annotation `@name` overrides the identifier.
    var names: [(index: UInt32, name: [UInt8])] = []

    init(_ space: Space) { self.space = space }
}

extension Array<IndexSpace> {
    subscript(space: Space) -> IndexSpace {
        get { self[space.rawValue] }
        _modify { yield &self[space.rawValue] }
    }
}

/// The locals of a function.
struct LocalScope {
    var count: UInt32 = 0
    var indices: [UInt32: UInt32] = [:]
    var names: [(index: UInt32, name: [UInt8])] = []

    mutating func reset() {
        count = 0
        if !indices.isEmpty { indices.removeAll(keepingCapacity: true) }
        names.removeAll()
    }
}

/// The labels in scope, outermost first.
struct LabelScope {
    struct Label {
        var symbol: UInt32?
        /// The position of the label with the same symbol that this one hides.
        var hidden: Int?
    }

    private(set) var labels: [Label] = []
    private var positions: [UInt32: Int] = [:]
    /// Labels of this function so far, in the order of their blocks.
    private(set) var total: UInt32 = 0
    private(set) var names: [(index: UInt32, symbol: UInt32)] = []

    mutating func reset() {
        labels.removeAll(keepingCapacity: true)
        if !positions.isEmpty { positions.removeAll(keepingCapacity: true) }
        total = 0
        names.removeAll()
    }

    mutating func push(_ symbol: UInt32?) {
        var label = Label(symbol: symbol, hidden: nil)
        if let symbol {
            label.hidden = positions.updateValue(labels.count, forKey: symbol)
            names.append((total, symbol))
        }
        labels.append(label)
        total += 1
    }

    mutating func pop() {
        let label = labels.removeLast()
        if let symbol = label.symbol { positions[symbol] = label.hidden }
    }

    /// The depth of the innermost label with this symbol.
    func depth(_ symbol: UInt32) -> UInt32? {
        positions[symbol].map { UInt32(labels.count - 1 - $0) }
    }
}

extension ModuleAssembler {
    /// Binds the identifier here, if there is one, to the next index of the space. `@name` may follow.
    mutating func bind(_ space: Space) throws(Diagnostic) -> UInt32 {
        let index = spaces[space].count
        let token = cursor.token
        var name: [UInt8]?
        if let symbol = cursor.identifierIf() {
            guard spaces[space].indices.updateValue(index, forKey: symbol) == nil else {
                throw cursor.error(
                    "duplicate \(space.keyword) identifier \(source.spelling(symbol: symbol))", at: token)
            }
            name = Array(source.symbols.bytes(symbol))
        }
        if let annotation = try annotations.takeName(at: cursor.index, source) { name = annotation }
        if let name { spaces[space].names.append((index, name)) }
        spaces[space].count += 1
        return index
    }

    /// Binds the identifier here, if there is one, to the next local.
    mutating func bindLocal() throws(Diagnostic) {
        let token = cursor.token
        var name: [UInt8]?
        if let symbol = cursor.identifierIf() {
            guard locals.indices.updateValue(locals.count, forKey: symbol) == nil else {
                throw cursor.error(
                    "duplicate local identifier \(source.spelling(symbol: symbol))", at: token)
            }
            name = Array(source.symbols.bytes(symbol))
        }
        if let annotation = try annotations.takeName(at: cursor.index, source) { name = annotation }
        if let name { locals.names.append((locals.count, name)) }
        locals.count += 1
    }

    /// Whether an index stands here.
    var isAtIndex: Bool { cursor.token.kind == .natural || cursor.token.kind == .identifier }

    /// An index of a space: a number, which is not checked, or an identifier.
    mutating func index(_ space: Space) throws(Diagnostic) -> UInt32 {
        let token = cursor.token
        guard let symbol = cursor.identifierIf() else { return try number(space.description) }
        guard let index = spaces[space].indices[symbol] else { throw unknown(space.description, symbol, token) }
        return index
    }

    mutating func localIndex() throws(Diagnostic) -> UInt32 {
        let token = cursor.token
        guard let symbol = cursor.identifierIf() else { return try number("local") }
        guard let index = locals.indices[symbol] else { throw unknown("local", symbol, token) }
        return index
    }

    mutating func labelIndex() throws(Diagnostic) -> UInt32 {
        let token = cursor.token
        guard let symbol = cursor.identifierIf() else { return try number("label") }
        guard let depth = labels.depth(symbol) else { throw unknown("label", symbol, token) }
        return depth
    }

    /// A field of the structure type with index `type`.
    mutating func fieldIndex(of type: UInt32) throws(Diagnostic) -> UInt32 {
        let token = cursor.token
        guard let symbol = cursor.identifierIf() else { return try number("field") }
        guard let index = types.fieldIndices[type]?[symbol] else { throw unknown("field", symbol, token) }
        return index
    }

    private mutating func number(_ what: String) throws(Diagnostic) -> UInt32 {
        guard cursor.token.kind == .natural else { throw cursor.unexpected("a \(what) index") }
        return try cursor.u32()
    }

    private func unknown(_ what: String, _ symbol: UInt32, _ token: Token) -> Diagnostic {
        cursor.error("unknown \(what) \(source.spelling(symbol: symbol))", at: token)
    }
}

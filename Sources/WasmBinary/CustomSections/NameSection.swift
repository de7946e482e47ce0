// The name section. Names are for people: whatever is malformed or out of range is left out, never an error.
// Spec: https://webassembly.github.io/spec/core/appendix/custom.html#name-section
// and https://github.com/WebAssembly/extended-name-section

import Diagnostics
import WasmSpec

/// A block of a function, counted in the order of opening.
@frozen public struct BlockIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The names that a module gives to its parts.
public struct NameSection: Sendable {
    public private(set) var module: String?
    public private(set) var functions: [FunctionIndex: String] = [:]
    public private(set) var locals: [FunctionIndex: [LocalIndex: String]] = [:]
    public private(set) var labels: [FunctionIndex: [BlockIndex: String]] = [:]
    public private(set) var types: [TypeIndex: String] = [:]
    public private(set) var tables: [TableIndex: String] = [:]
    public private(set) var memories: [MemoryIndex: String] = [:]
    public private(set) var globals: [GlobalIndex: String] = [:]
    public private(set) var elements: [ElementIndex: String] = [:]
    public private(set) var data: [DataIndex: String] = [:]
    public private(set) var fields: [TypeIndex: [FieldIndex: String]] = [:]
    public private(set) var tags: [TagIndex: String] = [:]

    /// No names.
    public init() {}

    /// The names in the first custom section called `name`; none without one.
    public init(_ module: Module) {
        guard let section = module.customSections.first(where: { $0.name == "name" }) else { return }
        module.source.readLeniently(section.contents) { (reader) throws(Diagnostic) in
            while !reader.isAtEnd {
                let id = try reader.byte()
                var contents = try reader.sub(try reader.length())
                // What was read of a subsection stays when the rest of it is malformed.
                do throws(Diagnostic) { try subsection(id, &contents) } catch {}
            }
        }
    }

    private mutating func subsection(_ id: UInt8, _ reader: inout ByteReader) throws(Diagnostic) {
        switch id {
        case 0: module = try reader.name()
        case 1: try Self.nameMap(&reader, into: &functions)
        case 2: try Self.indirectNameMap(&reader, into: &locals)
        case 3: try Self.indirectNameMap(&reader, into: &labels)
        case 4: try Self.nameMap(&reader, into: &types)
        case 5: try Self.nameMap(&reader, into: &tables)
        case 6: try Self.nameMap(&reader, into: &memories)
        case 7: try Self.nameMap(&reader, into: &globals)
        case 8: try Self.nameMap(&reader, into: &elements)
        case 9: try Self.nameMap(&reader, into: &data)
        case 10: try Self.indirectNameMap(&reader, into: &fields)
        case 11: try Self.nameMap(&reader, into: &tags)
        default: break
        }
    }

    /// Names by index. The first one for an index counts.
    private static func nameMap<Index: SpaceIndex>(
        _ reader: inout ByteReader, into map: inout [Index: String]
    ) throws(Diagnostic) {
        for _ in 0..<(try reader.u32()) {
            let index = Index(rawValue: try reader.u32())
            guard let name = try reader.lenientName() else { continue }
            if map[index] == nil { map[index] = name }
        }
    }

    private static func indirectNameMap<Outer: SpaceIndex, Inner: SpaceIndex>(
        _ reader: inout ByteReader, into map: inout [Outer: [Inner: String]]
    ) throws(Diagnostic) {
        for _ in 0..<(try reader.u32()) {
            let outer = Outer(rawValue: try reader.u32())
            try nameMap(&reader, into: &map[outer, default: [:]])
        }
    }
}

extension ByteReader {
    /// A name, or nil if it is not UTF-8.
    mutating func lenientName() throws(Diagnostic) -> String? {
        let range = try bytes(try length())
        let buffer = UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
        return String(validating: buffer, as: UTF8.self)
    }
}

extension ModuleBytes {
    /// Calls `body` with a reader of `range`; what it throws ends the reading and is dropped.
    func readLeniently(_ range: Range<Int>, _ body: (inout ByteReader) throws(Diagnostic) -> Void) {
        do throws(Diagnostic) { try withReader(range, body) } catch {}
    }
}

/// What messages of traps call functions: by the name section, else by index and export.
public struct FunctionNames: Sendable {
    private let names: [FunctionIndex: String]
    private var exports: [FunctionIndex: String] = [:]

    public init(_ module: Module) {
        names = NameSection(module).functions
        for export in module.exports {
            guard case .function(let function) = export.description, exports[function] == nil else { continue }
            exports[function] = export.name
        }
    }

    /// The name, or `func[3] <export>`; nil for a function that has neither.
    public func name(_ function: FunctionIndex) -> String? {
        if let name = known(function) { return name }
        return exports[function].map { "func[\(function)] <\($0)>" }
    }

    /// The name, or that of an export; nil for a function that has neither.
    public func plainName(_ function: FunctionIndex) -> String? { known(function) ?? exports[function] }

    /// The name section's.
    private func known(_ function: FunctionIndex) -> String? {
        guard let name = names[function], !name.isEmpty else { return nil }
        return name
    }
}

extension Module {
    /// A function for people: its index, and its name if it has one: `func[12] <main>`. Without a name in the name
    /// section that of an export counts, then an import's.
    public func describe(_ function: FunctionIndex, names: NameSection? = nil) -> String {
        let name = (names ?? NameSection(self)).functions[function] ?? exportName(function) ?? importName(function)
        return "func[\(function)]" + (name.map { " <\($0)>" } ?? "")
    }

    private func exportName(_ function: FunctionIndex) -> String? {
        exports.first { $0.description == .function(function) }?.name
    }

    private func importName(_ function: FunctionIndex) -> String? {
        var position = 0
        for entry in imports {
            guard case .function = entry.description else { continue }
            if position == function.position { return "\(entry.module).\(entry.name)" }
            position += 1
        }
        return nil
    }
}

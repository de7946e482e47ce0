import Diagnostics
import WasmBinary
import WasmDriver
import WasmHostTable
import WasmSpec

/// What `wasmc inspect` prints of a module. The module need not be valid: an index without a type is shown as such.
struct ModuleReport {
    var module: Module
    /// Names of the features it uses; nil when it is not valid.
    var features: [String]?
    /// SHA-256 of the file, in hexadecimal: of a text, not of what it is assembled to.
    var hash: String

    func json(file: String) -> JSON {
        var object = JSONObject()
        object.add("file", .string(file))
        object.add("kind", .string("module"))
        object.add("valid", .bool(features != nil))
        object.add("bytes", .integer(module.source.count))
        object.add("sha256", .string(hash))
        object.add("sections", .array(sections.map { .object($0.json) }))
        object.add("types", .integer(module.types.count))
        object.add("functions", .integer(module.functions.count))
        object.add("imports", .array(imports.map { .object($0.json) }))
        object.add("exports", .array(exports.map { .object($0.json) }))
        object.add("memories", .array(module.memories.map { .string($0.type.description) }))
        object.add("tables", .array(module.tables.map { .string($0.type.description) }))
        object.add("globals", .integer(module.globals.count))
        object.add("tags", .integer(module.tags.count))
        object.add("dataSegments", .integer(module.dataSegments.count))
        object.add("elementSegments", .integer(module.elementSegments.count))
        object.add("start", module.start.map { .integer($0.function.position) } ?? .null)
        object.add("features", features.map { .array($0.map { .string($0) }) } ?? .null)
        object.add("producers", .array(producers.map { .string($0) }))
        object.add("network", .object(network.json(isProgram: false)))
        object.add("capabilities", .array(capabilities.map { .string($0) }))
        return .object(object)
    }

    func text(file: String) -> TerminalText {
        var lines: [TerminalText] = [
            "\(file): WebAssembly module, \(module.source.count) bytes", "sha256: \(hash)",
        ]
        lines += section("sections", sections.map(\.line))
        lines.append("types: \(module.types.count)")
        lines.append("functions: \(module.functions.count)")
        lines += section("imports", imports.map(\.line))
        lines += section("exports", exports.map(\.line))
        lines += section("memories", module.memories.map { Quantity.memory($0.type.description) })
        lines += section("tables", module.tables.map(\.type.description))
        lines.append("globals: \(module.globals.count)")
        if !module.tags.isEmpty { lines.append("tags: \(module.tags.count)") }
        lines.append("data segments: \(module.dataSegments.count)")
        lines.append("element segments: \(module.elementSegments.count)")
        if let start = module.start { lines.append("start: func \(start.function.position)") }
        if let features { lines.append("features: \(features.joined(separator: " "))") }
        lines += section("producers", producers)
        lines += section("network", network.lines(isProgram: false))
        lines += section("capabilities", capabilities)
        return lines.lines
    }
}

/// A section's line.
private struct SectionLine {
    var id: UInt8
    var name: String
    var range: Range<Int>

    var line: TerminalText {
        "\(shortened(name)) at 0x\(String(range.lowerBound, radix: 16)), \(range.count) bytes"
    }

    var json: JSONObject {
        var object = JSONObject()
        object.add("id", .integer(Int(id)))
        object.add("name", .string(name))
        object.add("offset", .integer(range.lowerBound))
        object.add("bytes", .integer(range.count))
        return object
    }

    /// By id; 0 is a custom section.
    static let names = [
        "custom", "type", "import", "function", "table", "memory", "global", "export", "start", "element", "code",
        "data",
        "data count", "tag",
    ]
}

/// An import's or export's line.
private struct ExternalLine {
    /// Of an import.
    var module: String?
    var name: String
    var kind: String
    var type: String

    var line: TerminalText {
        "\(kind) \(module.map { "\(shortened($0)) " } ?? "")\(shortened(name)): \(type)"
    }

    var json: JSONObject {
        var object = JSONObject()
        if let module { object.add("module", .string(module)) }
        object.add("name", .string(name))
        object.add("kind", .string(kind))
        object.add("type", .string(type))
        return object
    }
}

extension ModuleReport {
    private var producers: [String] { ProducersSection(module).descriptions }

    private var capabilities: [String] {
        CapabilitySummary(subject: .module, imports: importWords).sentences
    }

    private var network: NetworkReport {
        NetworkReport(
            grants: nil, imports: importWords, socketABIs: SocketABI.all(in: module).map(\.rawValue))
    }

    /// As a note has them.
    private var importWords: [String] { module.imports.map { "\($0.module) \($0.name)" } }

    private var sections: [SectionLine] {
        var customNames = module.customSections.map(\.name)[...]
        return module.sections.map { section in
            var name = Int(section.id) < SectionLine.names.count ? SectionLine.names[Int(section.id)] : "unknown"
            if section.id == 0, let custom = customNames.popFirst() { name += " \"\(custom)\"" }
            return SectionLine(id: section.id, name: name, range: section.range)
        }
    }

    private var imports: [ExternalLine] {
        module.imports.map { item in
            let (kind, type) = describe(item.description)
            return ExternalLine(module: item.module, name: item.name, kind: kind, type: type)
        }
    }

    private var exports: [ExternalLine] {
        let spaces = ExternalSpaces(module)
        return module.exports.map { export in
            let (kind, type) = describe(export.description, spaces)
            return ExternalLine(name: export.name, kind: kind, type: type)
        }
    }

    private func describe(_ type: ExternalType) -> (kind: String, type: String) {
        switch type {
        case .function(let index): ("func", functionType(index))
        case .table(let type): ("table", type.description)
        case .memory(let type): ("memory", type.description)
        case .global(let type): ("global", type.description)
        case .tag(let index): ("tag", functionType(index))
        }
    }

    private func describe(_ index: ExternalIndex, _ spaces: ExternalSpaces) -> (kind: String, type: String) {
        let (kind, found) =
            switch index {
            case .function(let index): ("func", spaces.functions.element(index.position))
            case .table(let index): ("table", spaces.tables.element(index.position))
            case .memory(let index): ("memory", spaces.memories.element(index.position))
            case .global(let index): ("global", spaces.globals.element(index.position))
            case .tag(let index): ("tag", spaces.tags.element(index.position))
            }
        return (kind, found.map { describe($0).type } ?? "unknown")
    }

    private func functionType(_ index: TypeIndex) -> String {
        guard let type = module.types.element(index.position) else { return "unknown type \(index)" }
        guard case .function(let function) = type.composite else { return "type \(index), not a function" }
        return function.description
    }
}

/// The types of everything in a module's index spaces, imports first.
private struct ExternalSpaces {
    var functions: [ExternalType] = []
    var tables: [ExternalType] = []
    var memories: [ExternalType] = []
    var globals: [ExternalType] = []
    var tags: [ExternalType] = []

    init(_ module: Module) {
        for item in module.imports {
            switch item.description {
            case .function: functions.append(item.description)
            case .table: tables.append(item.description)
            case .memory: memories.append(item.description)
            case .global: globals.append(item.description)
            case .tag: tags.append(item.description)
            }
        }
        functions += module.functions.map { .function($0.type) }
        tables += module.tables.map { .table($0.type) }
        memories += module.memories.map { .memory($0.type) }
        globals += module.globals.map { .global($0.type) }
        tags += module.tags.map { .tag($0.type) }
    }
}

extension Array {
    /// The element, or nil outside of the array.
    fileprivate func element(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

// Decodes a module, section by section; what each section holds is in ModuleReader+<Section>.swift.
// Spec: https://webassembly.github.io/spec/core/binary/modules.html

import Diagnostics
import WasmInstructionTable
import WasmSpec

/// Decodes a module of the binary format.
///
/// Function bodies are not walked: what is malformed inside of them is found by whoever does (validation).
/// Where the format itself depends on a feature, `features` says whether it is on.
///
/// Throws `.malformed` with the specification's phrase and the module offset, or `.unsupported` beyond
/// `ImplementationLimits`.
public func decodeModule(_ bytes: [UInt8], features: FeatureSet = .all) throws(Diagnostic) -> Module {
    guard bytes.count <= ImplementationLimits.moduleBytes else {
        throw ImplementationLimits.exceeded("module bytes", bytes.count, ImplementationLimits.moduleBytes, at: 0)
    }
    let source = ModuleBytes(bytes)
    return try source.withReader(0..<bytes.count) { (reader) throws(Diagnostic) in
        var moduleReader = ModuleReader(reader, source: source, features: features)
        return try moduleReader.read()
    }
}

/// The state of decoding a module.
///
/// Sections are read with a cursor over the whole module and their ends compared afterwards, as the reference
/// interpreter does: contents that are longer than announced end in "section size mismatch", or in what the
/// bytes behind them look like.
struct ModuleReader {
    var reader: ByteReader
    var module: Module
    let features: FeatureSet
    /// The function section, until the code section joins it with the bodies.
    var functionTypes: [TypeIndex] = []
    /// The last section that was not a custom one.
    private var lastSection: SectionID = .custom

    init(_ reader: ByteReader, source: ModuleBytes, features: FeatureSet) {
        self.reader = reader
        self.module = Module(source: source)
        self.features = features
    }

    mutating func read() throws(Diagnostic) -> Module {
        try header()
        while !reader.isAtEnd { try section() }
        guard module.functions.count == functionTypes.count else {
            throw inconsistentFunctions(bodies: module.functions.count, at: reader.position)
        }
        if let count = module.dataCount, Int(count) != module.dataSegments.count {
            throw inconsistentData(segments: module.dataSegments.count, at: reader.position)
        }
        return module
    }

    private mutating func header() throws(Diagnostic) {
        guard try reader.fixed32() == 0x6D73_6100 else { throw reader.malformed("magic header not detected", at: 0) }
        let version = try reader.fixed32()
        guard version == 1 else {
            if version == 0x1_000D {
                throw Diagnostic(
                    .malformed, "unknown binary version", "a component, where a core module is expected",
                    at: .offset(4))
            }
            throw reader.malformed(
                "unknown binary version", "\(version), expected 1; a current toolchain makes modules of that version",
                at: 4)
        }
    }

    private mutating func section() throws(Diagnostic) {
        let start = reader.position
        let byte = try reader.byte()
        guard let id = SectionID(rawValue: byte) else {
            throw reader.malformed("malformed section id", String(byte), at: start)
        }
        if id != .custom {
            guard id.rank > lastSection.rank else {
                throw reader.malformed(
                    "unexpected content after last section", "\(id.name) section behind \(lastSection.name) section",
                    at: start)
            }
            lastSection = id
        }
        let size = try reader.length()
        let contents = reader.position..<(reader.position + size)
        try contentsOfSection(id, contents)
        guard reader.position == contents.upperBound else {
            throw sizeMismatch(contents, "\(id.name) section")
        }
        module.sections.append(SectionInfo(id: id.rawValue, range: contents))
    }

    private mutating func contentsOfSection(_ id: SectionID, _ contents: Range<Int>) throws(Diagnostic) {
        switch id {
        case .custom: try customSection(contents, after: lastSection)
        case .type: try typeSection()
        case .import: try importSection()
        case .function: try functionSection()
        case .table: try tableSection()
        case .memory: try memorySection()
        case .tag: try tagSection()
        case .global: try globalSection()
        case .export: try exportSection()
        case .start: try startSection()
        case .element: try elementSection()
        case .dataCount: module.dataCount = try reader.u32()
        case .code: try codeSection()
        case .data: try dataSection()
        }
    }

    // MARK: Helpers of the sections

    /// The length of a section's vector, at most `limit`.
    mutating func entryCount(_ what: String, limit: Int = ImplementationLimits.entries) throws(Diagnostic) -> Int {
        let start = reader.position
        let count = try reader.length()
        guard count <= limit else { throw ImplementationLimits.exceeded(what, count, limit, at: start) }
        return count
    }

    mutating func index<Index: SpaceIndex>() throws(Diagnostic) -> Index { Index(rawValue: try reader.u32()) }

    /// An expression up to its `end`. Which instructions are constant is validation's business; here blocks are
    /// followed only to find that `end`.
    mutating func constantExpression() throws(Diagnostic) -> ConstantExpression {
        let start = reader.position
        var instructions = InstructionReader(reader)
        var depth = 1
        while depth > 0 { depth += try instructions.next().nesting.change }
        reader = instructions.reader
        return ConstantExpression(body: start..<reader.position)
    }

    func sizeMismatch(_ contents: Range<Int>, _ what: String) -> Diagnostic {
        let found = reader.position - contents.lowerBound
        return reader.malformed(
            "section size mismatch", "\(what) of \(contents.count) bytes, \(found) of them read",
            at: contents.lowerBound)
    }

    func inconsistentFunctions(bodies: Int, at offset: Int) -> Diagnostic {
        reader.malformed(
            "function and code section have inconsistent lengths", "\(functionTypes.count) and \(bodies)", at: offset)
    }

    func inconsistentData(segments: Int, at offset: Int) -> Diagnostic {
        reader.malformed(
            "data count and data section have inconsistent lengths", "\(module.dataCount ?? 0) and \(segments)",
            at: offset)
    }
}

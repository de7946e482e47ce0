// Text to binary. Two passes over the tokens of a module: the first binds all identifiers of fields and reads
// the type definitions, the second writes each field straight into its section.
// Spec: https://webassembly.github.io/spec/core/text/modules.html

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec

/// Assembles a text file: one module, or the fields of one without `(module ...)` around them.
///
/// Throws `malformed` with the specification's phrase and the place in the text; `invalid` for a branch hint on
/// an instruction that does not branch; `unsupported` beyond a limit. `features` matter where they change the
/// grammar: without memory64, limits are 32-bit numbers.
public func assembleModule(text: [UInt8], features: FeatureSet = .all) throws(Diagnostic) -> AssembledModule {
    let source = try SourceText(text)
    var cursor = TokenCursor(source)
    guard cursor.openKeyword == .module else {
        var assembler = ModuleAssembler(cursor, features: features)
        let result = try assembler.assemble(name: nil)
        guard assembler.cursor.isAtEnd else { throw assembler.cursor.unexpected() }
        return result
    }
    cursor.index += 2
    let module = ScriptModule(&cursor)
    let result = try module.assemble(features: features)
    guard cursor.isAtClose else { throw cursor.unexpected() }
    cursor.index += 1
    guard cursor.isAtEnd else {
        var error = cursor.unexpected("the end of the text")
        if cursor.isAtOpen {
            error.detail += "; a file holds one module, and `wasmc wast` runs test scripts"
        }
        throw error
    }
    return result
}

/// The state of assembling one module.
struct ModuleAssembler {
    let source: SourceText
    let features: FeatureSet
    var cursor: TokenCursor
    var annotations: ModuleAnnotations

    /// The fields, in the order of the text.
    var fields: [Field] = []
    /// One for each `Space`.
    var spaces: [IndexSpace] = Space.allCases.map(IndexSpace.init)
    var types = TypeDefinitions()
    var sections = SectionList()
    var names = NameSectionWriter()
    /// Imports written so far, by `Space`.
    var importCounts = Array(repeating: UInt32(0), count: Space.allCases.count)
    /// The start function was seen.
    var hasStart = false
    /// Data segments are referred to by code, which therefore needs to know their number first.
    var usesDataCount = false

    var locals = LocalScope()
    var labels = LabelScope()
    /// The expression being assembled.
    var code = ByteWriter()
    var codeMap: [SourceMap.Entry] = []
    var frames: [Frame] = []
    /// Instructions whose operands come first in the binary format, innermost last.
    var pending = ByteWriter()
    var branchHints: [BranchHint] = []
    var hintedFunctions: [(function: UInt32, hints: [BranchHint])] = []

    /// `cursor` stands at the first field.
    init(_ cursor: TokenCursor, features: FeatureSet) {
        self.source = cursor.source
        self.features = features
        self.cursor = cursor
        self.annotations = ModuleAnnotations(cursor)
    }

    /// Assembles the fields up to the closing parenthesis of the module or the end of the text.
    mutating func assemble(name: UInt32?) throws(Diagnostic) -> AssembledModule {
        if let symbol = name { names.module = Array(source.symbols.bytes(symbol)) }
        try bindFields()
        let end = cursor.index
        for field in fields where field.keyword == .type || field.keyword == .rec { try typeField(field) }
        for field in fields where field.keyword != .type && field.keyword != .rec { try assemble(field) }
        cursor.index = end
        try annotations.checkAllTaken(source)
        encodeTypes()
        encodeDataCount()
        encodeBranchHints()
        names.collect(spaces, source)
        let (bytes, entries) = try sections.module(customSections: customSections())
        let identifier = name.map { String(decoding: source.symbols.bytes($0), as: UTF8.self) }
        return AssembledModule(
            bytes: bytes, sourceMap: SourceMap(entries: entries, source: source), name: identifier)
    }

    private mutating func assemble(_ field: Field) throws(Diagnostic) {
        cursor.index = field.start + 2
        switch field.keyword {
        case .import: try importField()
        case .func: try functionField(field)
        case .table: try tableField(field)
        case .memory: try memoryField(field)
        case .tag: try tagField(field)
        case .global: try globalField(field)
        case .export: try exportField(field)
        case .start: try startField(field)
        case .elem: try elementField(field)
        case .data: try dataField(field)
        default: throw cursor.unexpected()
        }
        try cursor.close()
    }

    /// The user's custom sections and the name section.
    private func customSections() -> [CustomText] {
        var result = annotations.customSections
        if let contents = names.encoded() {
            result.append(CustomText(name: Array("name".utf8), contents: contents, placement: .after(.data)))
        }
        return result
    }

    private mutating func encodeDataCount() {
        guard usesDataCount else { return }
        sections[.dataCount].items.u32(spaces[.data].count)
        sections[.dataCount].count = 1
    }
}

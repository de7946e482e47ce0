import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec
import WasmValidation

/// A piece of code: a mnemonic or a type's keyword as a string, an immediate as a number, or raw bytes.
struct Code: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    let bytes: [UInt8]

    private static let keywords: [String: [UInt8]] = [
        "i32": [0x7F], "i64": [0x7E], "f32": [0x7D], "f64": [0x7C], "v128": [0x7B], "funcref": [0x70],
        "externref": [0x6F], "anyref": [0x6E], "eqref": [0x6D], "i31ref": [0x6C], "structref": [0x6B],
        "arrayref": [0x6A], "exnref": [0x69], "none": [0x71], "ref": [0x64], "ref null": [0x63], "empty": [0x40],
    ]

    init(bytes: [UInt8]) { self.bytes = bytes }

    init(stringLiteral text: String) {
        guard let bytes = Self.keywords[text] ?? InstructionTable.byMnemonic[text]?.opcode.bytes else {
            preconditionFailure("no instruction or type `\(text)`")
        }
        self.bytes = bytes
    }

    /// Signed: small numbers read the same as indices.
    init(integerLiteral value: Int64) {
        var writer = ByteWriter()
        writer.s64(value)
        bytes = writer.bytes
    }

    init(arrayLiteral elements: UInt8...) { bytes = elements }
}

/// Modules from lists of code.
struct ModuleText {
    var types: [[Code]] = [[[0x60, 0, 0]]]
    var imports: [[UInt8]] = []
    /// Type index, locals as groups, instructions without the final `end`.
    var functions: [(type: UInt8, locals: [Code], body: [Code])] = []
    var tables: [[Code]] = []
    var memories: [[Code]] = []
    var tags: [[Code]] = []
    var globals: [[Code]] = []
    var exports: [(name: String, kind: UInt8, index: UInt8)] = []
    var start: UInt8?
    var elements: [[Code]] = []
    var dataCount: UInt8?
    var data: [[Code]] = []
    var custom: [UInt8] = []

    /// One function `[] -> []` of these instructions.
    static func function(_ body: Code...) -> ModuleText { ModuleText(functions: [(0, [], body)]) }

    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.append([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
        section(.type, types.map(flat), &writer)
        section(.import, imports, &writer)
        section(.function, functions.map { [$0.type] }, &writer)
        section(.table, tables.map(flat), &writer)
        section(.memory, memories.map(flat), &writer)
        section(.tag, tags.map(flat), &writer)
        section(.global, globals.map(flat), &writer)
        section(.export, exports.map { sized(Array($0.name.utf8)) + [$0.kind, $0.index] }, &writer)
        if let start { writer.append([SectionID.start.rawValue, 1, start]) }
        section(.element, elements.map(flat), &writer)
        if let dataCount { writer.append([SectionID.dataCount.rawValue, 1, dataCount]) }
        section(
            .code, functions.map { sized(($0.locals.isEmpty ? [0] : flat($0.locals)) + flat($0.body) + [0x0B]) },
            &writer)
        section(.data, data.map(flat), &writer)
        writer.append(custom)
        return writer.bytes
    }

    private func flat(_ code: [Code]) -> [UInt8] { code.flatMap(\.bytes) }

    private func section(_ id: SectionID, _ entries: [[UInt8]], _ writer: inout ByteWriter) {
        guard !entries.isEmpty else { return }
        writer.byte(id.rawValue)
        writer.sized { writer in writer.vector(entries) { $0.append($1) } }
    }

    /// The validated module, or the error of decoding or validating it.
    func check(features: FeatureSet = .all) -> Result<ValidatedModule, Diagnostic> {
        validated(bytes, features: features)
    }

    /// The error's message and detail, as one text; nil for a valid module.
    func error(features: FeatureSet = .all) -> String? {
        switch check(features: features) {
        case .success: nil
        case .failure(let error): error.detail.isEmpty ? error.message : "\(error.message): \(error.detail)"
        }
    }
}

func sized(_ contents: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.sized { $0.append(contents) }
    return writer.bytes
}

func name(_ name: String) -> [UInt8] { sized(Array(name.utf8)) }

func validated(_ bytes: [UInt8], features: FeatureSet = .all) -> Result<ValidatedModule, Diagnostic> {
    Result { () throws(Diagnostic) in try validate(try decodeModule(bytes, features: features), features: features) }
}

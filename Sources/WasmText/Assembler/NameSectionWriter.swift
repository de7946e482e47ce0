// The name section: identifiers and `@name` annotations for those who read the module later.
// Spec: https://webassembly.github.io/spec/core/appendix/custom.html#name-section

import WasmBinary

/// The names of a module's parts.
struct NameSectionWriter {
    typealias NameMap = [(index: UInt32, name: [UInt8])]
    typealias IndirectNameMap = [(index: UInt32, names: NameMap)]

    var module: [UInt8]?
    private var spaces: [NameMap] = []
    private var locals: IndirectNameMap = []
    private var labels: IndirectNameMap = []
    private var fields: IndirectNameMap = []

    mutating func addLocals(_ function: UInt32, _ names: NameMap) {
        if !names.isEmpty { locals.append((function, names)) }
    }

    mutating func addLabels(_ function: UInt32, _ names: [(index: UInt32, symbol: UInt32)], _ source: SourceText) {
        guard !names.isEmpty else { return }
        labels.append((function, names.map { ($0.index, Array(source.symbols.bytes($0.symbol))) }))
    }

    mutating func addField(_ type: UInt32, _ index: UInt32, _ name: [UInt8]) {
        if fields.last?.index != type { fields.append((type, [])) }
        fields[fields.count - 1].names.append((index, name))
    }

    mutating func collect(_ spaces: [IndexSpace], _ source: SourceText) { self.spaces = spaces.map(\.names) }

    /// The section's contents, or nil without any name.
    func encoded() -> [UInt8]? {
        var result = ByteWriter()
        if let module {
            append(0, to: &result) { $0.sizedBytes(module) }
        }
        append(1, .function, to: &result)
        append(2, locals, to: &result)
        append(3, labels, to: &result)
        append(4, .type, to: &result)
        append(5, .table, to: &result)
        append(6, .memory, to: &result)
        append(7, .global, to: &result)
        append(8, .element, to: &result)
        append(9, .data, to: &result)
        append(10, fields, to: &result)
        append(11, .tag, to: &result)
        return result.count == 0 ? nil : result.bytes
    }

    private func append(_ id: UInt8, to result: inout ByteWriter, _ write: (inout ByteWriter) -> Void) {
        result.byte(id)
        result.sized(write)
    }

    private func append(_ id: UInt8, _ space: Space, to result: inout ByteWriter) {
        guard spaces.count > space.rawValue, !spaces[space.rawValue].isEmpty else { return }
        append(id, to: &result) { append(spaces[space.rawValue], to: &$0) }
    }

    private func append(_ id: UInt8, _ map: IndirectNameMap, to result: inout ByteWriter) {
        guard !map.isEmpty else { return }
        append(id, to: &result) {
            $0.vector(map.sorted { $0.index < $1.index }) {
                $0.u32($1.index)
                append($1.names, to: &$0)
            }
        }
    }

    private func append(_ map: NameMap, to result: inout ByteWriter) {
        result.vector(map) {
            $0.u32($1.index)
            $0.sizedBytes($1.name)
        }
    }
}

extension ModuleAssembler {
    /// The custom section `metadata.code.branch_hint`, in front of the code.
    /// Spec: https://webassembly.github.io/spec/core/appendix/custom.html#branch-hints
    mutating func encodeBranchHints() {
        guard !hintedFunctions.isEmpty else { return }
        var writer = ByteWriter()
        writer.vector(hintedFunctions) {
            $0.u32($1.function)
            $0.vector($1.hints) {
                $0.u32($1.offset)
                $0.append([1, $1.value])
            }
        }
        annotations.addCustomSection(
            CustomText(
                name: Array(Annotation.Kind.branchHint.rawValue.utf8), contents: writer.bytes,
                placement: .before(.code)))
    }
}

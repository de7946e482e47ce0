// The name section: identifiers and `@name` annotations for those who read the module later.
// Spec: https://webassembly.github.io/spec/core/appendix/custom.html#name-section

/// The names of a module's parts.
struct NameSection {
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
        var result: [UInt8] = []
        if let module {
            var bytes: [UInt8] = []
            bytes.appendVector(module)
            append(0, bytes, to: &result)
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
        return result.isEmpty ? nil : result
    }

    private func append(_ id: UInt8, _ bytes: [UInt8], to result: inout [UInt8]) {
        result.append(id)
        result.appendVector(bytes)
    }

    private func append(_ id: UInt8, _ space: Space, to result: inout [UInt8]) {
        guard spaces.count > space.rawValue, !spaces[space.rawValue].isEmpty else { return }
        var bytes: [UInt8] = []
        append(spaces[space.rawValue], to: &bytes)
        append(id, bytes, to: &result)
    }

    private func append(_ id: UInt8, _ map: IndirectNameMap, to result: inout [UInt8]) {
        guard !map.isEmpty else { return }
        var bytes: [UInt8] = []
        bytes.appendCount(map.count)
        for (index, names) in map.sorted(by: { $0.index < $1.index }) {
            bytes.appendUnsigned(index)
            append(names, to: &bytes)
        }
        append(id, bytes, to: &result)
    }

    private func append(_ map: NameMap, to result: inout [UInt8]) {
        result.appendCount(map.count)
        for (index, name) in map {
            result.appendUnsigned(index)
            result.appendVector(name)
        }
    }
}

extension ModuleAssembler {
    /// The custom section `metadata.code.branch_hint`, in front of the code.
    /// Spec: https://webassembly.github.io/spec/core/appendix/custom.html#branch-hints
    mutating func encodeBranchHints() {
        guard !hintedFunctions.isEmpty else { return }
        var bytes: [UInt8] = []
        bytes.appendCount(hintedFunctions.count)
        for (function, hints) in hintedFunctions {
            bytes.appendUnsigned(function)
            bytes.appendCount(hints.count)
            for hint in hints {
                bytes.appendUnsigned(hint.offset)
                bytes.append(contentsOf: [1, hint.value])
            }
        }
        annotations.addCustomSection(
            CustomText(
                name: Array(Annotation.Kind.branchHint.rawValue.utf8), contents: bytes, placement: .before(.code)))
    }
}

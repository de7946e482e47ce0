// The sections of a module as they are written.
// Spec: https://webassembly.github.io/spec/core/binary/modules.html#sections

import Diagnostics
import WasmBinary

/// The sections in the order of the binary format.
enum Section: Int, CaseIterable {
    case type, `import`, function, table, memory, tag, global, export, start, element, dataCount, code, data

    /// The id byte.
    var id: UInt8 {
        switch self {
        case .type: 1
        case .import: 2
        case .function: 3
        case .table: 4
        case .memory: 5
        case .global: 6
        case .export: 7
        case .start: 8
        case .element: 9
        case .code: 10
        case .data: 11
        case .dataCount: 12
        case .tag: 13
        }
    }

    /// Whether its contents begin with a count of items.
    var isVector: Bool { self != .start && self != .dataCount }
}

/// A section being written.
struct SectionBuffer {
    var count: UInt32 = 0
    /// The items.
    var bytes: [UInt8] = []
    /// Offsets refer to `bytes`.
    var map: [SourceMap.Entry] = []

    /// Begins an item that comes from the text at `token`.
    mutating func beginItem(_ token: Token) {
        count += 1
        map.append(SourceMap.Entry(moduleOffset: UInt32(truncatingIfNeeded: bytes.count), textOffset: token.offset))
    }
}

/// Where a custom section goes.
enum Placement: Hashable {
    case before(Section)
    case after(Section)
}

/// A custom section of the text.
struct CustomText {
    var name: [UInt8]
    var contents: [UInt8]
    var placement: Placement
}

/// All sections but custom ones.
struct SectionList {
    private var buffers = Array(repeating: SectionBuffer(), count: Section.allCases.count)

    subscript(section: Section) -> SectionBuffer {
        get { buffers[section.rawValue] }
        _modify { yield &buffers[section.rawValue] }
    }

    /// The module's bytes and the map of their offsets.
    ///
    /// Throws `unsupported` if the module would be longer than the limit.
    func module(customSections: [CustomText]) throws(Diagnostic) -> ([UInt8], [SourceMap.Entry]) {
        let total = buffers.reduce(customSections.reduce(0) { $0 + $1.contents.count }) { $0 + $1.bytes.count }
        guard total < ImplementationLimits.moduleBytes - 1_000 else {
            throw ImplementationLimits.exceeded("bytes", total, ImplementationLimits.moduleBytes, at: 0)
        }
        var bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]
        bytes.reserveCapacity(total + 256)
        var entries: [SourceMap.Entry] = []
        entries.reserveCapacity(buffers.reduce(0) { $0 + $1.map.count })
        for section in Section.allCases {
            append(customSections, at: .before(section), to: &bytes)
            append(section, to: &bytes, &entries)
            append(customSections, at: .after(section), to: &bytes)
        }
        return (bytes, entries)
    }

    private func append(_ section: Section, to bytes: inout [UInt8], _ entries: inout [SourceMap.Entry]) {
        let buffer = self[section]
        guard buffer.count > 0 else { return }
        var header: [UInt8] = []
        if section.isVector { header.appendUnsigned(buffer.count) }
        bytes.append(section.id)
        bytes.appendCount(header.count + buffer.bytes.count)
        bytes.append(contentsOf: header)
        let base = UInt32(bytes.count)
        for entry in buffer.map {
            entries.append(SourceMap.Entry(moduleOffset: base + entry.moduleOffset, textOffset: entry.textOffset))
        }
        bytes.append(contentsOf: buffer.bytes)
    }

    private func append(_ customSections: [CustomText], at placement: Placement, to bytes: inout [UInt8]) {
        for section in customSections where section.placement == placement {
            var contents: [UInt8] = []
            contents.appendVector(section.name)
            contents.append(contentsOf: section.contents)
            bytes.append(0)
            bytes.appendVector(contents)
        }
    }
}

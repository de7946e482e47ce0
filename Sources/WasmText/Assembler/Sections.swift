// The sections of a module as they are written.
// Spec: https://webassembly.github.io/spec/core/binary/modules.html#sections

import Diagnostics
import WasmBinary

/// A section being written.
struct SectionBuffer {
    var count: UInt32 = 0
    /// The contents without their number.
    var items = ByteWriter()
    /// Offsets refer to `items`.
    var map: [SourceMap.Entry] = []

    /// Begins an item that comes from the text at `token`.
    mutating func beginItem(_ token: Token) {
        count += 1
        map.append(SourceMap.Entry(moduleOffset: UInt32(truncatingIfNeeded: items.count), textOffset: token.offset))
    }
}

/// Where a custom section goes.
enum Placement: Hashable {
    case before(SectionID)
    case after(SectionID)
}

/// A custom section of the text.
struct CustomText {
    var name: [UInt8]
    var contents: [UInt8]
    var placement: Placement
}

/// All sections but custom ones.
struct SectionList {
    /// By id.
    private var buffers = Array(repeating: SectionBuffer(), count: SectionID.allCases.count)
    /// In the order of the binary format.
    private static let order = SectionID.allCases.filter { $0 != .custom }.sorted { $0.rank < $1.rank }

    subscript(section: SectionID) -> SectionBuffer {
        get { buffers[Int(section.rawValue)] }
        _modify { yield &buffers[Int(section.rawValue)] }
    }

    /// The module's bytes and the map of their offsets.
    ///
    /// Throws `unsupported` if the module would be longer than the limit.
    func module(customSections: [CustomText]) throws(Diagnostic) -> ([UInt8], [SourceMap.Entry]) {
        let total = buffers.reduce(customSections.reduce(0) { $0 + $1.contents.count }) { $0 + $1.items.count }
        guard total < ImplementationLimits.moduleBytes - 1_000 else {
            throw ImplementationLimits.exceeded("bytes", total, ImplementationLimits.moduleBytes, at: 0)
        }
        var writer = ByteWriter()
        writer.append([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
        var entries: [SourceMap.Entry] = []
        entries.reserveCapacity(buffers.reduce(0) { $0 + $1.map.count })
        for section in SectionList.order {
            append(customSections, at: .before(section), to: &writer)
            append(section, to: &writer, &entries)
            append(customSections, at: .after(section), to: &writer)
        }
        return (writer.bytes, entries)
    }

    private func append(_ section: SectionID, to writer: inout ByteWriter, _ entries: inout [SourceMap.Entry]) {
        let buffer = self[section]
        guard buffer.count > 0 else { return }
        var header = ByteWriter()
        // These two are not vectors.
        if section != .start && section != .dataCount { header.u32(buffer.count) }
        writer.byte(section.rawValue)
        writer.length(header.count + buffer.items.count)
        writer.append(header.bytes)
        let base = UInt32(writer.count)
        for entry in buffer.map {
            entries.append(SourceMap.Entry(moduleOffset: base + entry.moduleOffset, textOffset: entry.textOffset))
        }
        writer.append(buffer.items.bytes)
    }

    private func append(_ customSections: [CustomText], at placement: Placement, to writer: inout ByteWriter) {
        for section in customSections where section.placement == placement {
            writer.byte(SectionID.custom.rawValue)
            writer.sized {
                $0.sizedBytes(section.name)
                $0.append(section.contents)
            }
        }
    }
}

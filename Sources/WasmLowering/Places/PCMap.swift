// The table from program counters to places in the module, for faults on guard pages.
// Its format: runtime-c/include/wasmc/pcmap.h.

import CWasmcABI
import Diagnostics

/// The table of one object file.
struct PCMap {
    static let section = WASMC_PCMAP_SECTION

    /// What the runtime reads, without the header.
    let payload: [UInt8]
    let entryCount: UInt32

    /// Encodes the entries. An entry that says what the one before says is left out, and so is an unknown place at
    /// the beginning.
    ///
    /// Throws `.internal` when the table exceeds 4 GiB.
    init(_ table: LineTable) throws(Diagnostic) {
        var payload: [UInt8] = []
        var count = 0
        var last = LineTable.Entry(textOffset: 0, line: 0)
        var isKnown = false
        for entry in table.entries where entry.line != (isKnown ? last.line : 0) {
            Self.appendULEB128(entry.textOffset - last.textOffset, to: &payload)
            last.textOffset = entry.textOffset
            isKnown = entry.line != 0
            // A difference of 0 makes a place unknown, or known again as it was.
            let line = isKnown ? entry.line : last.line
            Self.appendSLEB128(Int64(line) - Int64(last.line), to: &payload)
            last.line = line
            count += 1
        }
        guard let entryCount = UInt32(exactly: count), UInt32(exactly: payload.count) != nil else {
            throw Diagnostic(.internal, "the table of trap places is too large", "\(payload.count) bytes")
        }
        self.payload = payload
        self.entryCount = entryCount
    }

    private static func appendULEB128(_ value: UInt64, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    private static func appendSLEB128(_ value: Int64, to bytes: inout [UInt8]) {
        var value = value
        while value < -0x40 || value >= 0x40 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: value) & 0x7F)
    }
}

/// The object file with the table of trap places of another object.
///
/// - Parameters:
///   - object: a relocatable object that LLVM wrote, with line tables whose lines are module offsets.
///   - offsets: where these are when they are no lines.
///   - textSymbol: a global symbol that the object defines in its section of guest code.
///
/// Returns nil when the object has no guest code, or knows no place in it.
///
/// Throws `.internal` when the object is not what LLVM writes.
func makePCMapObject(
    for object: [UInt8], textSymbol: String, offsets: LineTable.Offsets = .lines
) throws(Diagnostic) -> [UInt8]? {
    let object = try LineTableObject(object)
    guard let section = try object.index(ofSection: ModuleLowering.textSection) else { return nil }
    let map = try PCMap(LineTable(object, section: section, offsets: offsets))
    guard map.entryCount > 0 else { return nil }
    guard let symbol = object.symbols.first(where: { $0.name == textSymbol && $0.section == section }) else {
        throw Diagnostic(.internal, "the start of guest code has no symbol", textSymbol)
    }
    return PCMapObject(object, map, textSymbol: symbol).bytes
}

// The tables from program counters to places in the module and to callers, for faults and backtraces.
// Their format: runtime-c/include/wasmc/pcmap.h.

import CWasmcABI
import Diagnostics

/// The tables of one object file.
struct PCMap {
    static let section = WASMC_PCMAP_SECTION

    /// The lists that the runtime reads, without the header.
    let places: [UInt8]
    let inlined: [UInt8]
    let frames: [UInt8]

    /// The number of the instance in the program.
    let instance: Int

    /// Encodes the tables of an object. An entry that says what the one before says is left out, and so is an unknown
    /// place at the beginning.
    ///
    /// - Parameters:
    ///   - popped: bytes that a function pops when it returns, by its name; 0 for those that pop nothing.
    ///   - includesPlaces: whether there is more than frames.
    ///
    /// Throws `.internal` when they exceed 4 GiB.
    init(
        _ lines: LineTable, _ inlinedPlaces: InlinedPlaces = InlinedPlaces(),
        _ frameTable: FrameTable = FrameTable(functions: []), instance: Int = 0, popped: (String) -> Int = { _ in 0 },
        includesPlaces: Bool = true
    ) throws(Diagnostic) {
        self.instance = instance
        places = includesPlaces ? Self.encode(lines, inlinedPlaces) : []
        inlined = includesPlaces ? Self.encode(inlinedPlaces.calls) : []
        frames = Self.encode(frameTable, popped)
        guard UInt32(exactly: places.count + inlined.count + frames.count) != nil else {
            throw Diagnostic(.internal, "the table of trap places is too large", "\(places.count) bytes")
        }
    }

    var isEmpty: Bool { places.isEmpty && frames.isEmpty }

    private static func encode(_ lines: LineTable, _ inlinedPlaces: InlinedPlaces) -> [UInt8] {
        var bytes: [UInt8] = []
        var lastOffset: UInt64 = 0
        var last = InlinedPlaces.Place(offset: 0, inlined: 0)
        var isKnown = false
        for entry in lines.entries {
            let place = inlinedPlaces.place(ofLine: entry.line)
            if place.offset == 0 ? !isKnown : isKnown && place == last { continue }
            let isOther = place.offset != 0 && place.inlined != last.inlined
            bytes.appendULEB128((entry.textOffset - lastOffset) << 1 | (isOther ? 1 : 0))
            lastOffset = entry.textOffset
            isKnown = place.offset != 0
            // A difference of 0 makes a place unknown, or known again as it was.
            bytes.appendSLEB128(isKnown ? Int64(place.offset) - Int64(last.offset) : 0)
            if isOther { bytes.appendSLEB128(Int64(place.inlined) - Int64(last.inlined)) }
            if isKnown { last = place }
        }
        return bytes
    }

    private static func encode(_ calls: [InlinedPlaces.Call]) -> [UInt8] {
        var bytes: [UInt8] = []
        var last: UInt32 = 0
        for (index, call) in calls.enumerated() {
            bytes.appendULEB128(call.inlined == 0 ? 0 : UInt64(index + 1 - call.inlined))
            bytes.appendSLEB128(Int64(call.offset) - Int64(last))
            last = call.offset
        }
        return bytes
    }

    private static func encode(_ table: FrameTable, _ popped: (String) -> Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var lastStart: UInt64 = 0
        var lastNumber: Int64 = 0
        for function in table.functions {
            bytes.appendULEB128(function.textOffset - lastStart)
            lastStart = function.textOffset
            let number = ModuleLowering.functionIndex(ofSymbol: function.name).map { Int64($0) + 1 } ?? 0
            bytes.appendSLEB128(number - lastNumber)
            lastNumber = number
            let pops = (popped(function.name) + 8) / 16
            var rows = function.rows[...]
            if rows.first?.words == 1 { rows = rows.dropFirst() }
            bytes.appendULEB128(UInt64(rows.count) << 1 | (pops != 0 ? 1 : 0))
            if pops != 0 { bytes.appendULEB128(UInt64(pops)) }
            var lastRow = function.textOffset
            for row in rows {
                bytes.appendULEB128(row.textOffset - lastRow)
                lastRow = row.textOffset
                bytes.appendULEB128(row.words << 1 | (row.isProbe ? 1 : 0))
            }
        }
        return bytes
    }
}

extension [UInt8] {
    mutating func appendULEB128(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        append(UInt8(value))
    }

    mutating func appendSLEB128(_ value: Int64) {
        var value = value
        while value < -0x40 || value >= 0x40 {
            append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        append(UInt8(truncatingIfNeeded: value) & 0x7F)
    }
}

/// The object file with the tables of trap places and frames of another object.
///
/// - Parameters:
///   - object: a relocatable object that LLVM wrote, with line tables whose lines are module offsets, or numbers of
///     `inlinedPlaces`.
///   - offsets: where these are when they are no lines.
///   - textSymbol: a global symbol that the object defines in its section of guest code.
///   - instance: the number of the instance in the program.
///   - popped: bytes that a function pops when it returns, by its name.
///   - numbering: what the object's places are numbers of, those that it has as symbols, too (`ModuleLowering.place`).
///   - includesPlaces: whether there is more than frames.
///
/// Returns nil when the object has no guest code, or nothing is known of it.
///
/// Throws `.internal` when the object is not what LLVM writes.
func makePCMapObject(
    for object: [UInt8], textSymbol: String, _ inlinedPlaces: InlinedPlaces = InlinedPlaces(),
    offsets: LineTable.Offsets = .lines, instance: Int = 0,
    popped: (String) -> Int = { _ in 0 }, numbering: PlaceNumbering = .offsets, includesPlaces: Bool = true
) throws(Diagnostic) -> [UInt8]? {
    let object = try LineTableObject(object)
    guard let section = try object.index(ofSection: ModuleLowering.textSection) else { return nil }
    let frames = try FrameTable(object, section: section)
    let map = try PCMap(
        LineTable(object, section: section, offsets: offsets, unknown: frames.functionsOfNoModule),
        inlinedPlaces.numbered(by: numbering),
        frames,
        instance: instance, popped: popped, includesPlaces: includesPlaces)
    guard !map.isEmpty else { return nil }
    guard let symbol = object.symbols.first(where: { $0.name == textSymbol && $0.section == section }) else {
        throw Diagnostic(.internal, "the start of guest code has no symbol", textSymbol)
    }
    let values = object.symbols.compactMap { symbol in
        ModuleLowering.placeNumber(ofSymbol: symbol.name).map { (symbol.name, numbering.offset(ofLine: $0)) }
    }
    return PCMapObject(object, map, textSymbol: symbol, values: values).bytes
}

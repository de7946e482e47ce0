// Headers of units. Specification: DWARF 4 and 5, section 7.5.1

/// A unit: what was compiled in one go.
struct DebugUnit {
    /// Module offset of the header.
    var start: Int
    /// Module offset behind the last byte.
    var end: Int
    var version: UInt16
    /// Bytes of an offset: 4 or 8.
    var offsetSize: Int
    /// Bytes of an address: 4, or 8 with 64-bit memories.
    var addressSize: Int
    var abbreviations: UInt64
    /// Module offset of the first entry.
    var firstEntry: Int
    /// The indices of its entries.
    var entries: Range<Int> = 0..<0

    // What the first entry says.
    /// Offsets in sections where the unit's parts begin; in older versions the parts are the sections.
    var stringOffsetsBase: UInt64 = 8
    var addressBase: UInt64 = 8
    var rangeListsBase: UInt64 = 12
    var locationListsBase: UInt64 = 12
    /// What address ranges and lists count from.
    var lowAddress: UInt64 = 0
    /// The offset of its line number program.
    var lineProgram: UInt64?
    var directory: DWARFString?
    var language: UInt64 = 0

    private static let compile: UInt8 = 1
    private static let partial: UInt8 = 3

    /// Reads the header at the reader's position and moves the reader behind the unit. Nil for a unit that is not read:
    /// of another version, or of types.
    init?(_ reader: inout DWARFReader) throws(DWARFError) {
        start = reader.position
        let (length, offsetSize) = try reader.unitLength()
        var unit = try reader.sub(min(length, UInt64(reader.remaining)))
        self.offsetSize = offsetSize
        end = unit.end
        version = try unit.u16()
        switch version {
        case 5:
            let kind = try unit.u8()
            guard kind == Self.compile || kind == Self.partial else { return nil }
            addressSize = Int(try unit.u8())
            abbreviations = try unit.fixed(offsetSize)
        case 2...4:
            abbreviations = try unit.fixed(offsetSize)
            addressSize = Int(try unit.u8())
        default: return nil
        }
        guard addressSize == 4 || addressSize == 8 else { return nil }
        firstEntry = unit.position
    }
}

import WasmSpec

/// What a producer of debug information did that its specification does not allow. Never an error of the module: what
/// cannot be read is not there.
struct DWARFError: Error {
    /// What was wrong, for tests.
    let detail: String

    init(_ detail: String) { self.detail = detail }
}

/// A cursor over bytes of a debug section, which are little endian. Every read is checked.
struct DWARFReader {
    private let bytes: [UInt8]
    /// Module offset of the next byte.
    private(set) var position: Int
    /// Module offset behind the last byte.
    private(set) var end: Int

    /// A reader of `range`, which lies in the module.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position >= end }
    var remaining: Int { end - position }

    mutating func skip(_ count: UInt64) throws(DWARFError) {
        guard count <= UInt64(remaining) else { throw DWARFError("\(count) bytes expected, \(remaining) left") }
        position += Int(count)
    }

    /// The next `count` bytes.
    mutating func range(_ count: UInt64) throws(DWARFError) -> Range<Int> {
        let start = position
        try skip(count)
        return start..<position
    }

    /// A reader of the next `count` bytes, which are skipped here.
    mutating func sub(_ count: UInt64) throws(DWARFError) -> DWARFReader { DWARFReader(bytes, try range(count)) }

    mutating func u8() throws(DWARFError) -> UInt8 {
        guard position < end else { throw DWARFError("the end") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func u16() throws(DWARFError) -> UInt16 { UInt16(truncatingIfNeeded: try fixed(2)) }
    mutating func u32() throws(DWARFError) -> UInt32 { UInt32(truncatingIfNeeded: try fixed(4)) }
    mutating func u64() throws(DWARFError) -> UInt64 { try fixed(8) }

    /// An integer of at most 8 bytes.
    mutating func fixed(_ count: Int) throws(DWARFError) -> UInt64 {
        guard count <= remaining else { throw DWARFError("the end") }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
        position += count
        return value
    }

    /// Unsigned LEB128. Bits beyond 64 are dropped: who pads numbers writes zeros there.
    mutating func uleb128() throws(DWARFError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try u8()
            if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }

    /// Signed LEB128. Bits beyond 64 are dropped.
    mutating func sleb128() throws(DWARFError) -> Int64 {
        var value: Int64 = 0
        var shift: Int64 = 0
        while true {
            let byte = try u8()
            if shift < 64 { value |= Int64(byte & 0x7F) << shift }
            shift += 7
            if byte & 0x80 == 0 { return shift < 64 && byte & 0x40 != 0 ? value | ~0 << shift : value }
        }
    }

    /// A string that ends with a NUL, which is skipped.
    mutating func string() throws(DWARFError) -> DWARFString {
        let start = position
        while try u8() != 0 {
            guard position - start < DebugInfoLimits.stringBytes else { throw DWARFError("a string without an end") }
        }
        return DWARFString(position: UInt32(truncatingIfNeeded: start))
    }

    /// The length of a unit, and how wide the format makes offsets: 4 bytes, or 8.
    ///
    /// Specification: DWARF 5, section 7.4.
    mutating func unitLength() throws(DWARFError) -> (length: UInt64, offsetSize: Int) {
        let short = try u32()
        if short == 0xFFFF_FFFF { return (try u64(), 8) }
        guard short < 0xFFFF_FFF0 else { throw DWARFError("a reserved length") }
        return (UInt64(short), 4)
    }
}

/// A string where it stands: hostile modules refer to one a million times.
struct DWARFString: Hashable {
    /// Module offset of the first byte. A module is at most `ImplementationLimits.moduleBytes` long.
    var position: UInt32
}

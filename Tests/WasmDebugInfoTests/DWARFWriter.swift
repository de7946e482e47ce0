/// Writes debug information for tests: bytes in little endian.
struct DWARFBytes {
    private(set) var bytes: [UInt8] = []

    mutating func u8(_ values: UInt8...) { bytes += values }
    mutating func u16(_ value: UInt16) { fixed(UInt64(value), 2) }
    mutating func u32(_ value: UInt32) { fixed(UInt64(value), 4) }
    mutating func append(_ other: [UInt8]) { bytes += other }
    mutating func string(_ text: String) { bytes += Array(text.utf8) + [0] }

    private mutating func fixed(_ value: UInt64, _ count: Int) {
        for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
    }

    /// `contents` behind its length.
    static func sized(_ contents: DWARFBytes) -> DWARFBytes {
        var result = DWARFBytes()
        result.u32(UInt32(contents.bytes.count))
        result.append(contents.bytes)
        return result
    }
}

/// A module of one function and two sections of 100 bytes that do nothing, with debug information.
enum DebugModule {
    /// Bytes of the module before the contents of the code section.
    static let codeStart = 8 + 6 + 4 + 2

    static func bytes(_ sections: [(name: String, contents: [UInt8])]) -> [UInt8] {
        let nops = [UInt8](repeating: 1, count: 97)
        // A function without locals: 99 bytes, of which the last is `end`.
        let code: [UInt8] = [10, 101, 1, 99, 0] + nops + [0x0B]
        var module: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0] + [1, 4, 1, 0x60, 0, 0] + [3, 2, 1, 0] + code
        for (name, contents) in sections {
            let section = [UInt8(name.utf8.count)] + Array(name.utf8) + contents
            module += [0] + leb128(section.count) + section
        }
        return module
    }

    static func leb128(_ value: Int) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + leb128(value >> 7)
    }

    // MARK: One function, in which another is inlined

    /// Tag, children, pairs of attribute and form.
    private static let abbreviations: [UInt8] =
        [1, 0x11, 1, 0x03, 0x08, 0x1B, 0x08, 0x10, 0x17, 0, 0]  // unit: name, directory, lines
        + [2, 0x39, 1, 0x03, 0x08, 0, 0]  // namespace
        + [3, 0x2E, 0, 0x03, 0x08, 0x6E, 0x08, 0, 0]  // subprogram: name, linkage name
        + [4, 0x2E, 1, 0x03, 0x08, 0x11, 0x01, 0x12, 0x0B, 0, 0]  // subprogram: name, low, high
        + [5, 0x1D, 0, 0x31, 0x13, 0x11, 0x01, 0x12, 0x0B, 0x58, 0x0B, 0x59, 0x0B, 0x57, 0x0B, 0, 0]  // inlined
        + [0]

    /// `outer` from 2 to 100, in which `space::inner` is inlined from 20 to 40, by a call in line 7, column 3.
    static func info(origin: UInt32? = nil, inlinedLength: UInt8 = 20) -> [UInt8] {
        var unit = DWARFBytes()
        unit.u16(4)
        unit.u32(0)
        unit.u8(4)
        unit.u8(1)
        unit.string("main.c")
        unit.string("/src")
        unit.u32(0)
        unit.u8(2)
        unit.string("space")
        let inner = UInt32(unit.bytes.count + 4)
        unit.u8(3)
        unit.string("inner")
        unit.string("_ZN5space5innerEv")
        unit.u8(0)
        unit.u8(4)
        unit.string("outer")
        unit.u32(2)
        unit.u8(98)
        unit.u8(5)
        unit.u32(origin ?? inner)
        unit.u32(20)
        unit.u8(inlinedLength, 1, 7, 3, 0, 0)
        return DWARFBytes.sized(unit).bytes
    }

    /// Line 5 from 2 on, 42 of another file from 20 on, 8 from 40 to 100.
    static func lines() -> [UInt8] {
        var header = DWARFBytes()
        // Instructions of a byte, one operation, a statement; special opcodes from 13 on.
        header.u8(1, 1, 1, 0xFB, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1)
        header.string("include")
        header.u8(0)
        header.string("main.c")
        header.u8(0, 0, 0)
        header.string("inner.h")
        header.u8(1, 0, 0, 0)
        var program = DWARFBytes()
        program.u8(0, 5, 2, 2, 0, 0, 0)  // address 2
        program.u8(3, 4, 5, 9, 1)  // line 5, column 9
        program.u8(2, 18, 4, 2, 3, 37, 10, 1)  // address 20, file 2, line 42, end of the prologue
        program.u8(2, 20, 4, 1, 3, 0x5E, 5, 0, 1)  // address 40, file 1, line 8, no column
        program.u8(2, 60, 0, 1, 1)  // address 100, end
        var unit = DWARFBytes()
        unit.u16(4)
        unit.append(DWARFBytes.sized(header).bytes)
        unit.append(program.bytes)
        return DWARFBytes.sized(unit).bytes
    }

    static func example(info: [UInt8] = info(), lines: [UInt8] = lines()) -> [UInt8] {
        bytes([(".debug_abbrev", abbreviations), (".debug_info", info), (".debug_line", lines)])
    }
}

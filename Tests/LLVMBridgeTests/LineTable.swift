/// The rows of the first line number program in a `.debug_line` section, DWARF 4 or 5, without addresses: in a
/// relocatable object those are still 0.
struct LineTable {
    struct Row: Hashable {
        let line: Int
        let column: Int
    }

    let version: Int
    private(set) var rows: [Row] = []

    init(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        let end = reader.u32() + 4
        version = reader.u16()
        if version >= 5 { reader.position += 2 }  // address size, segment selector size
        let headerLength = reader.u32()
        let program = reader.position + headerLength
        reader.position += 3  // minimum instruction length, maximum operations, default is_stmt
        let lineBase = Int(Int8(bitPattern: reader.u8()))
        let lineRange = Int(reader.u8())
        let opcodeBase = Int(reader.u8())
        let operandCounts = (1..<opcodeBase).map { _ in Int(reader.u8()) }
        reader.position = program
        var (line, column) = (1, 0)
        while reader.position < end {
            let opcode = Int(reader.u8())
            switch opcode {
            case opcodeBase...:
                line += lineBase + (opcode - opcodeBase) % lineRange
                rows.append(Row(line: line, column: column))
            case 0:
                let length = reader.uleb()
                let next = reader.position + length
                if reader.u8() == 1 { (line, column) = (1, 0) }  // DW_LNE_end_sequence
                reader.position = next
            case 1: rows.append(Row(line: line, column: column))  // DW_LNS_copy
            case 3: line += reader.sleb()  // DW_LNS_advance_line
            case 5: column = reader.uleb()  // DW_LNS_set_column
            case 9: reader.position += 2  // DW_LNS_fixed_advance_pc has a u16 and no LEB128
            default: for _ in 0..<operandCounts[opcode - 1] { _ = reader.uleb() }
            }
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        mutating func u8() -> UInt8 {
            defer { position += 1 }
            return bytes[position]
        }

        mutating func u16() -> Int { Int(u8()) | Int(u8()) << 8 }
        mutating func u32() -> Int { u16() | u16() << 16 }

        mutating func uleb() -> Int {
            var (value, shift) = (0, 0)
            while true {
                let byte = u8()
                value |= Int(byte & 0x7f) << shift
                shift += 7
                if byte & 0x80 == 0 { return value }
            }
        }

        mutating func sleb() -> Int {
            let start = position
            let value = uleb()
            let bits = 7 * (position - start)
            return bytes[position - 1] & 0x40 == 0 ? value : value - (1 << bits)
        }
    }
}

import Diagnostics

/// A cursor over the bytes of an object file, which are little endian. Every read is checked: the bytes come
/// from LLVM, and a misread must end in an error, not in wrong places of traps.
struct LineTableReader {
    private let bytes: [UInt8]
    /// Offset in the file of the next byte.
    private(set) var position: Int
    /// Offset in the file behind the last byte.
    let end: Int

    /// A reader of `range`.
    ///
    /// Throws when the range leaves the file.
    init(_ bytes: [UInt8], _ range: Range<Int>) throws(Diagnostic) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            throw Self.damaged("a range of \(range) in a file of \(bytes.count) bytes")
        }
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// A reader of the whole file.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    var isAtEnd: Bool { position >= end }

    static func damaged(_ detail: String) -> Diagnostic {
        Diagnostic(.internal, "cannot read the line table of an object file", detail)
    }

    /// A reader of the next `count` bytes, which are skipped here.
    mutating func sub(_ count: UInt64) throws(Diagnostic) -> LineTableReader {
        let start = position
        try skip(count)
        return try LineTableReader(bytes, start..<position)
    }

    mutating func skip(_ count: UInt64) throws(Diagnostic) {
        guard count <= UInt64(end - position) else {
            throw Self.damaged("\(count) bytes expected at \(position), \(end - position) left")
        }
        position += Int(count)
    }

    mutating func u8() throws(Diagnostic) -> UInt8 {
        guard position < end else { throw Self.damaged("it ends at \(position)") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func u16() throws(Diagnostic) -> UInt16 { UInt16(try fixed(2)) }
    mutating func u32() throws(Diagnostic) -> UInt32 { UInt32(try fixed(4)) }
    mutating func u64() throws(Diagnostic) -> UInt64 { try fixed(8) }

    private mutating func fixed(_ count: Int) throws(Diagnostic) -> UInt64 {
        let start = position
        try skip(UInt64(count))
        var value: UInt64 = 0
        for offset in (0..<count).reversed() { value = value << 8 | UInt64(bytes[start + offset]) }
        return value
    }

    /// Unsigned LEB128; bits beyond 64 are an error.
    mutating func uleb128() throws(Diagnostic) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try u8()
            let bits = UInt64(byte & 0x7F)
            guard shift < 64, (bits << shift) >> shift == bits else {
                throw Self.damaged("a number of more than 64 bits before \(position)")
            }
            value |= bits << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }

    /// Signed LEB128 of at most 9 bytes, which hold more than any line.
    mutating func sleb128() throws(Diagnostic) -> Int64 {
        var value: Int64 = 0
        for shift in stride(from: Int64(0), to: 63, by: 7) {
            let byte = try u8()
            value |= Int64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return byte & 0x40 == 0 ? value : value | ~0 << (shift + 7) }
        }
        throw Self.damaged("a number of more than 63 bits before \(position)")
    }

    /// A string that ends with a NUL, which is skipped.
    mutating func string() throws(Diagnostic) -> String {
        let start = position
        while try u8() != 0 {}
        return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
    }
}

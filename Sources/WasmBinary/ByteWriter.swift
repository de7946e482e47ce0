// Writes bytes, LEB128 integers, names and vectors; the counterpart of ByteReader.
// Spec: https://webassembly.github.io/spec/core/binary/values.html

import WasmSpec

/// A growing buffer of the binary format. Integers get their shortest encoding.
public struct ByteWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public var count: Int { bytes.count }

    /// Forgets all bytes; keeps their memory for the next ones.
    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Forgets the bytes from the one at `start` on.
    public mutating func removeSuffix(from start: Int) { bytes.removeSubrange(start...) }

    public mutating func byte(_ value: UInt8) { bytes.append(value) }

    public mutating func append(_ contents: some Sequence<UInt8>) { bytes.append(contentsOf: contents) }

    public mutating func u32(_ value: UInt32) { u64(UInt64(value)) }

    public mutating func u64(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    public mutating func s32(_ value: Int32) { s64(Int64(value)) }

    /// Also for the 33-bit integers of type indices.
    public mutating func s64(_ value: Int64) {
        var rest = value
        while true {
            let low = UInt8(truncatingIfNeeded: rest) & 0x7F
            rest >>= 7
            // Ends when the rest only repeats the sign bit.
            if rest == 0 && low & 0x40 == 0 || rest == -1 && low & 0x40 != 0 {
                bytes.append(low)
                return
            }
            bytes.append(low | 0x80)
        }
    }

    /// Little endian.
    public mutating func fixed32(_ value: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// Little endian.
    public mutating func fixed64(_ value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    public mutating func index(_ index: some SpaceIndex) { u32(index.rawValue) }

    /// A length, which must fit in 32 bits as everything of a module does.
    public mutating func length(_ count: Int) { u32(UInt32(count)) }

    public mutating func name(_ name: String) {
        length(name.utf8.count)
        append(name.utf8)
    }

    /// The elements behind their number.
    public mutating func vector<Elements: Collection>(
        _ elements: Elements, _ write: (inout ByteWriter, Elements.Element) -> Void
    ) {
        length(elements.count)
        for element in elements { write(&self, element) }
    }

    /// What `write` writes, behind its length in bytes.
    public mutating func sized(_ write: (inout ByteWriter) -> Void) {
        var contents = ByteWriter()
        write(&contents)
        length(contents.count)
        append(contents.bytes)
    }
}

// What the assembler adds to the writer of the binary format.

import WasmBinary

extension ByteWriter {
    /// Bytes behind their number: a name that is not known to be UTF-8, or contents.
    mutating func sizedBytes(_ bytes: some Collection<UInt8>) {
        length(bytes.count)
        append(bytes)
    }
}

extension Array<UInt8> {
    /// The low `bits` of a value, the lowest first.
    mutating func appendLittleEndian(_ value: UInt64, bits: Int) {
        for shift in stride(from: 0, to: UInt64(bits), by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}

// A file of the cache: a header that says what it is, and the contents.

/// The bytes of an entry.
///
///     offset  bytes
///          0      8  "wasmcc01"
///          8     32  the key
///         40      8  length of the contents in bytes, little endian
///         48      8  checksum of the contents
///         56         the contents
enum CacheEntry {
    static let headerBytes = 56
    private static let magic = Array("wasmcc01".utf8)

    static func header(_ key: CacheKey, _ contents: [UInt8]) -> [UInt8] {
        var bytes = magic + key.bytes
        for number in [UInt64(contents.count), contents.withUnsafeBytes(Checksum.hash)] {
            withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
        }
        return bytes
    }

    /// Whether the contents are those that were written for the key.
    static func isWhole(_ header: [UInt8], _ key: CacheKey, _ contents: [UInt8]) -> Bool {
        header == Self.header(key, contents)
    }
}

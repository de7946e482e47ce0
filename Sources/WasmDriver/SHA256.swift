// The hash by which a reviewer recognizes a module, as `sha256sum` prints it.

import CSHA256

/// SHA-256 (FIPS 180-4, section 6.2).
public enum SHA256 {
    /// The 32 bytes of the hash, as 64 lower-case hexadecimal digits.
    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        digits(hash(bytes))
    }

    /// Bytes as lower-case hexadecimal digits.
    static func digits(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Bytes of a hash.
    static let byteCount = 32

    /// The 32 bytes of the hash.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var state = initialState
        let wholeBlocks = bytes.count / blockBytes
        wasmc_sha256_compress(&state, bytes, wholeBlocks)
        let end = padding(of: bytes[(wholeBlocks * blockBytes)...], messageBytes: bytes.count)
        wasmc_sha256_compress(&state, end, end.count / blockBytes)
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
    }

    private static let blockBytes = 64

    /// The last blocks: what is left of the message, a one bit, zeros, and the message's length in bits.
    private static func padding(of rest: ArraySlice<UInt8>, messageBytes: Int) -> [UInt8] {
        let zeros = (2 * blockBytes - 9 - rest.count) % blockBytes
        let bits = UInt64(messageBytes) * 8
        var blocks = Array(rest)
        blocks.append(0x80)
        blocks += [UInt8](repeating: 0, count: zeros)
        blocks += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
        return blocks
    }

    /// Section 5.3.3.
    private static let initialState: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
}

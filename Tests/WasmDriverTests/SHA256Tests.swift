import CSHA256
import Testing

@testable import WasmDriver

/// The examples of FIPS 180-4's companion (SHA256.pdf), and a message at each side of the padding's limits.
@Suite struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ]) func examples(message: String, hash: String) {
        #expect(SHA256.hexadecimal(Array(message.utf8)) == hash)
    }

    /// As `printf 'a%.0s' {1..N} | sha256sum`.
    @Test(arguments: [
        (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
        (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
        (1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]) func lengths(count: Int, hash: String) {
        #expect(SHA256.hexadecimal([UInt8](repeating: 0x61, count: count)) == hash)
    }

    /// Processors with instructions of their own give what others give.
    @Test func instructions() {
        let blocks = (0..<64 * 5).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ $0 >> 3) }
        var (special, portable) = ([UInt32](1...8), [UInt32](1...8))
        wasmc_sha256_compress(&special, blocks, 5)
        wasmc_sha256_compress_portable(&portable, blocks, 5)
        #expect(special == portable)
    }
}

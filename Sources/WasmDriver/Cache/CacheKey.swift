// By what entries of the cache are found. A guest chooses some of what is hashed, and must not choose somebody else's
// entry: the hash is a cryptographic one.

import LLVMBridge
import Support
import WasmLowering

/// What decides the contents of an entry, as a hash.
struct CacheKey: Hashable, Sendable {
    let bytes: [UInt8]

    /// The name of the entry's file.
    var name: String { SHA256.digits(bytes) }

    /// - Parameters:
    ///   - compiler: what identifies the compiler (`CompilerIdentity`).
    ///   - parts: what else decides, in an order that does not change.
    init(compiler: String, _ parts: [[UInt8]]) {
        // Each with its length, so that no two lists are the same bytes.
        var bytes: [UInt8] = []
        for part in [Array(compiler.utf8)] + parts {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes += $0 }
            bytes += part.count <= SHA256.byteCount ? part : SHA256.hash(part)
        }
        self.bytes = SHA256.hash(bytes)
    }

    /// Whether a file with this name is an entry.
    static func isName(_ name: String) -> Bool {
        name.utf8.count == 2 * SHA256.byteCount && name.utf8.allSatisfy { $0.isHexadecimalDigit }
    }

    static func unit(_ unit: LoweredUnit, compiler: String) -> CacheKey {
        CacheKey(compiler: compiler, [Array("unit".utf8), Array(unit.settings.text.utf8), unit.bitcode])
    }
}

/// What makes the same input other bytes: this program, LLVM's library, the linker and the runtime. Files are known by
/// size, time and number, as compilers are to ccache: what is installed or built anew is another one.
enum CompilerIdentity {
    /// Version, this executable and LLVM.
    static func compiler(version: String) -> String {
        ([version, LLVMLibrary.version] + ["/proc/self/exe", LLVMLibrary.path].map(file)).joined(separator: "\n")
    }

    /// What is linked, and with what.
    static func toolchain(_ toolchain: Toolchain) -> String {
        let names = (try? Files.names(in: toolchain.libraryDirectory)) ?? []
        let library = names.map { "\($0) " + file("\(toolchain.libraryDirectory)/\($0)") }
        return ([file(toolchain.linker)] + library).joined(separator: "\n")
    }

    private static func file(_ path: String) -> String {
        guard let stamp = Files.stamp(path) else { return "none" }
        return "\(stamp.device) \(stamp.number) \(stamp.bytes) \(stamp.changed_ns)"
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }
}

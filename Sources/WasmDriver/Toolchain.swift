import Diagnostics

/// What linking needs: the linker, and the runtime with the start files of the C library.
public struct Toolchain: Equatable, Sendable {
    public var target: Target
    /// Path of `ld.lld`.
    public var linker: String
    /// The directory with `libwasmc.a`, `libc.a`, `rcrt1.o`, `crti.o` and `crtn.o`.
    public var libraryDirectory: String

    public init(target: Target, linker: String, libraryDirectory: String) {
        self.target = target
        self.linker = linker
        self.libraryDirectory = libraryDirectory
    }

    /// What has to be in `libraryDirectory`.
    static let libraryFiles = ["rcrt1.o", "crti.o", "libwasmc.a", "libc.a", "crtn.o"]
}

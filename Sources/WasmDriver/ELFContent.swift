/// What an ELF file is, for somebody who takes it for a module.
struct ELFContent {
    /// With its article.
    let name: String
    let remedy: String

    private static let typeRelocatable: UInt64 = 1
    private static let typeShared: UInt64 = 3
    private static let typeCore: UInt64 = 4

    /// - Parameter bytes: an ELF file's; anything may follow the magic number.
    init(_ bytes: [UInt8]) {
        let file = ELFFile(bytes)
        if (try? ExecutableNote.read(from: bytes)) != nil {
            name = "an executable that wasmc made"
            remedy = "start it as it is; `wasmc inspect` shows what it was granted"
        } else if let file, file.section(named: ".wasmtime.engine") != nil {
            name = "a module that wasmtime compiled"
            remedy = "give wasmc the .wasm file that it was made from"
        } else {
            let kind =
                switch file?.type {
                case Self.typeRelocatable: "an object file"
                case Self.typeCore: "a core dump"
                case Self.typeShared where file?.hasInterpreter == false: "a shared library or executable"
                default: "an executable"
                }
            name = "\(kind) of native code (ELF)"
            remedy =
                "compile the program for WebAssembly instead, e.g. with clang --target=wasm32-wasip1 "
                + "or cargo build --target wasm32-wasip1"
        }
    }
}

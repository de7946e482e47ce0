// Files that are given to a compiler of WebAssembly by mistake: what they are, and what to do instead.

/// A format that is no WebAssembly.
public struct ForeignContent: Hashable, Sendable {
    /// With its article: `a zip archive`.
    public let name: String
    public let remedy: String

    private init(_ name: String, _ remedy: String) {
        self.name = name
        self.remedy = remedy
    }

    /// Nil when the bytes are none of the known formats.
    init?(of bytes: [UInt8]) {
        let found =
            Self.signatures.first { $0.matches(bytes) }?.content ?? Self.fatFile(bytes) ?? Self.otherEncoding(bytes)
            ?? Self.text(bytes)
        guard let found else { return nil }
        self = found
    }

    // MARK: Signatures

    /// Bytes at a fixed place.
    private struct Signature: Sendable {
        var offset = 0
        var bytes: [UInt8]
        var content: ForeignContent

        init(_ bytes: [UInt8], at offset: Int = 0, _ name: String, _ remedy: String) {
            self.bytes = bytes
            self.offset = offset
            content = ForeignContent(name, remedy)
        }

        init(_ text: String, at offset: Int = 0, _ name: String, _ remedy: String) {
            self.init(Array(text.utf8), at: offset, name, remedy)
        }

        func matches(_ input: [UInt8]) -> Bool {
            input.count >= offset + bytes.count && input[offset...].starts(with: bytes)
        }
    }

    private static let unpack = "unpack it, and give wasmc the module that it holds"
    private static let decompress = "decompress it first"
    private static let forWebAssembly =
        "compile the program for WebAssembly instead, e.g. with clang --target=wasm32-wasip1 "
        + "or cargo build --target wasm32-wasip1"
    private static let link = "link it to a module first, e.g. with clang --target=wasm32-wasip1"
    private static let theModule = "give wasmc the .wasm file that it was made from"
    private static let noModule = "give wasmc a .wasm or .wat file"

    /// The first that matches counts.
    private static let signatures: [Signature] = [
        Signature([0x1F, 0x8B], "a gzip file", "\(decompress): gzip -d, or tar -xzf if it is an archive"),
        Signature([0x50, 0x4B, 0x03, 0x04], "a zip archive", unpack),
        Signature([0x50, 0x4B, 0x05, 0x06], "an empty zip archive", noModule),
        Signature([0x50, 0x4B, 0x07, 0x08], "a zip archive", unpack),
        Signature([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file", "\(decompress): xz -d, or tar -xJf"),
        Signature([0x28, 0xB5, 0x2F, 0xFD], "a zstd file", "\(decompress): zstd -d"),
        Signature([0x04, 0x22, 0x4D, 0x18], "an lz4 file", "\(decompress): lz4 -d"),
        Signature("BZh", "a bzip2 file", "\(decompress): bzip2 -d, or tar -xjf"),
        Signature([0x1F, 0x9D], "a compressed file", "\(decompress): uncompress"),
        Signature("LZIP", "an lzip file", "\(decompress): lzip -d"),
        Signature([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive", unpack),
        Signature("Rar!\u{1A}\u{07}", "a rar archive", unpack),
        Signature("ustar", at: 257, "a tar archive", unpack),
        Signature("!<arch>\ndebian-binary", "a Debian package", unpack),
        Signature("!<arch>\n", "a static library", link),
        Signature("!<thin>\n", "a static library", link),
        Signature([0xED, 0xAB, 0xEE, 0xDB], "an RPM package", unpack),
        Signature([0x42, 0x43, 0xC0, 0xDE], "LLVM bitcode", link),
        Signature([0xDE, 0xC0, 0x17, 0x0B], "LLVM bitcode", link),
        Signature("; ModuleID", "LLVM assembly", link),
        Signature("source_filename = ", "LLVM assembly", link),
        Signature([0xFE, 0xED, 0xFA, 0xCE], "a Mach-O file, native code", forWebAssembly),
        Signature([0xFE, 0xED, 0xFA, 0xCF], "a Mach-O file, native code", forWebAssembly),
        Signature([0xCE, 0xFA, 0xED, 0xFE], "a Mach-O file, native code", forWebAssembly),
        Signature([0xCF, 0xFA, 0xED, 0xFE], "a Mach-O file, native code", forWebAssembly),
        Signature([0xCA, 0xFE, 0xBA, 0xBF], "a Mach-O file, native code", forWebAssembly),
        Signature([0xBE, 0xBA, 0xFE, 0xCA], "a Mach-O file, native code", forWebAssembly),
        Signature([0xBF, 0xBA, 0xFE, 0xCA], "a Mach-O file, native code", forWebAssembly),
        Signature("MZ", "a Windows executable, native code", forWebAssembly),
        Signature([0x64, 0x86], "a Windows object file, native code", forWebAssembly),
        Signature("\0webc", "a webc package", "unpack it with wasmer, and give wasmc the module that it holds"),
        Signature("wasmer-universal", "a module that wasmer compiled", theModule),
        Signature("WASMER", "a module that wasmer compiled", theModule),
        Signature("rust\0\0\0", "Rust metadata", "give wasmc the .wasm file that cargo made"),
        Signature("%PDF-", "a PDF document", noModule),
        Signature("SQLite format 3\0", "an SQLite database", noModule),
        Signature([0x89, 0x50, 0x4E, 0x47], "a PNG image", noModule),
        Signature([0xFF, 0xD8, 0xFF], "a JPEG image", noModule),
        Signature("GIF8", "a GIF image", noModule),
        Signature("version https://git-lfs.github.com/spec/", "a pointer of Git LFS", "fetch the file: git lfs pull"),
        Signature("version https://hawser.github.com/spec/", "a pointer of Git LFS", "fetch the file: git lfs pull"),
        Signature("#!", "a script of another program", noModule),
    ]

    /// Universal binaries and Java classes begin alike; few architectures stand where a class has its version.
    private static func fatFile(_ bytes: [UInt8]) -> ForeignContent? {
        guard bytes.count >= 8, bytes.starts(with: [0xCA, 0xFE, 0xBA, 0xBE]) else { return nil }
        let isClass = bytes[4] != 0 || bytes[5] != 0 || bytes[6] != 0 || bytes[7] >= 45
        return isClass
            ? ForeignContent("a Java class", forWebAssembly)
            : ForeignContent("a Mach-O file, native code", forWebAssembly)
    }

    // MARK: Text

    private static let asUTF8 = "save it as UTF-8 without a byte order mark"

    /// Text that is not UTF-8, or begins with a byte order mark.
    private static func otherEncoding(_ bytes: [UInt8]) -> ForeignContent? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return ForeignContent("text with a byte order mark", asUTF8) }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            return ForeignContent("text in UTF-32", asUTF8)
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return ForeignContent("text in UTF-16", asUTF8)
        }
        guard bytes.count >= 4 else { return nil }
        // Without a mark: ASCII with zeros in between.
        let first = (bytes[0], bytes[1], bytes[2], bytes[3])
        switch first {
        case (0x09...0x7E, 0, 0x09...0x7E, 0), (0, 0x09...0x7E, 0, 0x09...0x7E):
            return ForeignContent("text in UTF-16", asUTF8)
        default: return nil
        }
    }

    /// Text that cannot be the text format, which begins with a parenthesis, a blank or a comment.
    private static func text(_ bytes: [UInt8]) -> ForeignContent? {
        let head = bytes.prefix(ContentKind.decisiveBytes)
        let isText = head.allSatisfy { $0 >= 0x20 || 0x09...0x0D ~= $0 || $0 == 0x1B }
        let start = head.drop { [0x09, 0x0A, 0x0D, 0x20].contains($0) }
        guard isText, let first = start.first, first != UInt8(ascii: "("), !start.starts(with: ";;".utf8) else {
            return nil
        }
        if let known = knownText(start) { return known }
        return ForeignContent("text, but not the text format", "a module begins with `(module`")
    }

    private static func knownText(_ start: ArraySlice<UInt8>) -> ForeignContent? {
        func begins(_ prefix: String) -> Bool {
            start.count >= prefix.utf8.count && zip(start, prefix.utf8).allSatisfy { lowercased($0) == $1 }
        }
        if begins("<!doctype html") || begins("<html") || begins("<head") || begins("<!--") {
            return ForeignContent("an HTML page", "the download went wrong; fetch the file itself (curl -fL)")
        }
        if begins("<") { return ForeignContent("an XML document", noModule) }
        if begins("http/") {
            return ForeignContent("an HTTP response with its headers", "fetch the file alone (curl -fL)")
        }
        if begins("-----begin") { return ForeignContent("a PEM file", noModule) }
        if begins("agfzbq") { return ForeignContent("a module in Base64", "decode it first: base64 -d") }
        if begins("0061736d") || begins("00 61 73 6d") || begins("00000000: 0061 736d") {
            return ForeignContent("a module as hexadecimal digits", "convert it first: xxd -r, or xxd -r -p")
        }
        if isJSON(start) { return ForeignContent("JSON", noModule) }
        if scriptWords.contains(where: begins) {
            return ForeignContent(
                "JavaScript", "give wasmc the .wasm file that belongs to it, built for WASI and not for JavaScript")
        }
        return sourceWords.first { begins($0.word) }.map { source in
            ForeignContent("source code in \(source.language)", "compile it to WebAssembly first")
        }
    }

    private static func isJSON(_ start: ArraySlice<UInt8>) -> Bool {
        guard start.first == UInt8(ascii: "{") || start.first == UInt8(ascii: "[") else { return false }
        let next = start.dropFirst().first { ![0x09, 0x0A, 0x0D, 0x20].contains($0) }
        return next.map { "\"{}[]-0123456789tfn".utf8.contains($0) } ?? true
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }

    /// In small letters.
    private static let scriptWords = [
        "var ", "let ", "const ", "function ", "function(", "async ", "export ", "import ", "\"use strict\"",
        "'use strict'", "module.exports", "exports.", "globalthis", "window.", "require(", "class ", "/*! ",
        "// include: shell.js", "!function", ";(function",
    ]

    private static let sourceWords: [(word: String, language: String)] = [
        ("#include", "C"), ("#define", "C"), ("#ifndef", "C"), ("#pragma", "C"), ("int main", "C"), ("use ", "Rust"),
        ("fn ", "Rust"), ("pub ", "Rust"), ("#![", "Rust"), ("package ", "Go"), ("def ", "Python"),
    ]
}

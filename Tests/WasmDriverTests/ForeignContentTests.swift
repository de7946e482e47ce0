import Diagnostics
import Testing

@testable import WasmDriver

/// What is no module; `Tests/Messages` tries every format on every command.
@Suite struct ForeignContentTests {
    private func refusal(_ bytes: [UInt8]) throws -> Diagnostic {
        try #require(throws: Diagnostic.self) { try ModuleInput(bytes) }
    }

    @Test func formatsAreNamedWithARemedy() throws {
        let cases: [(bytes: [UInt8], word: String)] = [
            ([0x1F, 0x8B, 8], "gzip"), (Array("PK\u{3}\u{4}".utf8), "zip"), (Array("!<arch>\n".utf8), "static library"),
            (Array("!<arch>\ndebian-binary".utf8), "Debian"), ([0x42, 0x43, 0xC0, 0xDE], "bitcode"),
            ([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2], "Mach-O"), ([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52], "Java"),
            ([UInt8](repeating: 0x61, count: 257) + Array("ustar".utf8), "tar"),
            ([0xEF, 0xBB, 0xBF, 0x28], "byte order"),
            ([0x28, 0, 0x6D, 0], "UTF-16"), (Array("{\"a\":1}".utf8), "JSON"), (Array("\n<HtMl>".utf8), "HTML"),
            (Array("version https://git-lfs.github.com/spec/v1\n".utf8), "Git LFS"), (Array("words".utf8), "text"),
            (ELFFile.magic, "ELF"),
        ]
        for (bytes, word) in cases {
            let error = try refusal(bytes)
            #expect(error.phase == .foreign)
            #expect(error.message.contains(word), "\(error.message)")
            #expect(!error.detail.isEmpty)
        }
    }

    @Test func componentsAreNamedInBothFormats() throws {
        #expect(try refusal(Array("(component)".utf8)).message == "component")
        #expect(try refusal([0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0]).message == "component")
    }

    @Test func textStaysText() throws {
        for text in ["(module)", " \n(module)", "(; (; ;) ;)(module)", ";; [\n(module)", "(func)", "\t\r\n", "(type"] {
            #expect(ContentKind(of: Array(text.utf8)) == .text)
        }
    }

    @Test func everyPrefixOfAnythingHasAKind() {
        var state: UInt64 = 1
        for _ in 0..<2000 {
            let bytes = (0..<12).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 40) % 64
            }
            for count in 0...bytes.count { _ = ContentKind(of: Array(bytes[..<count])) }
        }
    }

    @Test func errorsOfTextShowTheirLine() throws {
        let error = try refusal(Array("(module\n (bogus))".utf8))
        #expect(error.location == .text(line: 2, column: 3))
        #expect(DiagnosticRenderer().render(error).description.contains("\n    2 |  (bogus))\n"))
    }

    @Test func unlinkedModulesAreToldFromPrograms() throws {
        let dynamic =
            "(module (@custom \"dylink.0\" (before first) \"\\01\\00\") (import \"env\" \"memory\" (memory 1)))"
        let input = try ModuleInput(Array(dynamic.utf8))
        var error = try #require(throws: Diagnostic.self) { try input.refuseUnlinked(besides: []) }
        #expect(error.message == "dynamic library")
        try input.refuseUnlinked(besides: ["env"])
        let object = try ModuleInput(Array("(module (@custom \"linking\" \"\\02\"))".utf8))
        error = try #require(throws: Diagnostic.self) { try object.refuseUnlinked(besides: []) }
        #expect(error.message == "object file")
        let kept = try ModuleInput(Array("(module (@custom \"linking\" \"\\02\") (func (export \"_start\")))".utf8))
        try kept.refuseUnlinked(besides: [])
    }
}

import Testing
import WasmText

@Suite struct LexerTests {
    @Test func commentsNest() throws {
        _ = try assemble("(module (; a (; b ;) c ;) ;; (\n)")
        expectError("(module 1️⃣(; a (; b ;) )", "unclosed comment")
    }

    @Test func linesEndWithAnyNewline() {
        expectError("(module\r\n;; x\r  1️⃣foo)", "unknown operator foo")
        expectError("(module\n\r  (;\r\n;) 1️⃣foo)", "unknown operator foo")
    }

    @Test func columnsCountScalars() {
        expectError("(module (; äöü 😀 ;) 1️⃣x)", "unknown operator x")
    }

    @Test func charactersOutsideOfStrings() {
        expectError("(module 1️⃣ä)", "illegal character")
        expectError("(module 1️⃣\u{1})", "illegal character")
        expectError("(module 1️⃣,)", "unknown operator ,")
        expectError("(module (func 1️⃣i32.const0))", "unknown operator i32.const0")
        expectError("(module (func nop 1️⃣\"a\"x))", "unknown operator \"a\"x")
    }

    @Test func strings() throws {
        let text = #"(module (data "a\t\n\r\\\'\"\41\u{e4}\u{1_f600}"))"#
        #expect(try section(11, of: text) == "01010e" + "61090a0d5c272241c3a4f09f9880")
        expectError("(module (data 1️⃣\"abc", "unclosed string")
        expectError("(module (data 1️⃣\"abc\n\"))", "unclosed string")
        expectError("(module (data \"a1️⃣\\x\"))", "illegal escape")
        expectError("(module (data \"1️⃣\\u{d800}\"))", "illegal escape")
        expectError("(module (data \"1️⃣\\u{110000}\"))", "illegal escape")
        expectError("(module (data \"1️⃣\\u{1_}\"))", "illegal escape")
        expectError("(module (data \"a1️⃣\u{7F}\"))", "illegal character in string")
    }

    @Test func identifiers() throws {
        let quoted = #"(module (func $"a b") (func $c) (start $"a b") (export "x" (func $"\63")))"#
        #expect(try section(7, of: quoted) == "0101780001")
        expectError("(module (func 1️⃣$))", "empty identifier")
        expectError("(module (func 1️⃣$\"\"))", "empty identifier")
        expectError("(module (func 1️⃣$\"\\ff\"))", "malformed UTF-8 encoding of string-based id")
    }

    @Test func malformedUTF8() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8]] {
            for (open, close) in [("(;", ";)"), (";;", "\n"), ("\"", "\""), ("", "")] {
                let text = Array("(module \(open)".utf8) + bytes + Array("\(close))".utf8)
                let error = #expect(throws: (any Error).self) { try assembleModule(text: text) }
                #expect("\(error!)".contains("malformed UTF-8 encoding"), "\(bytes)")
            }
        }
    }

    @Test func unknownAnnotationsAreWhiteSpace() throws {
        let text = "((@a) module (@b (c) \")\" ,;) $x (@\"quoted id\") (func (@d (@e)) nop))"
        #expect(try assemble(text).name == "x")
        expectError("(module 1️⃣(@a ()", "unclosed annotation")
        expectError("(module 1️⃣(@))", "empty annotation id")
        expectError("(module (@a 1️⃣ä))", "illegal character")
    }
}

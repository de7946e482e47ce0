import Testing

@testable import Diagnostics

/// A name that would forge a line, drive a terminal and turn the reading direction around.
private let hostile = "a\nb\u{1B}[31m\u{202E}\u{2066}\u{85}\u{E0041}\u{FEFF}"
private let shown = "a\\u{a}b\\u{1b}[31m\\u{202e}\\u{2066}\\u{85}\\u{e0041}\\u{feff}"

@Suite struct TerminalTextTests {
    @Test func whatIsPutInIsEscapedAndCut() {
        #expect("<\(hostile)>\n" == TerminalText(trusted: "<\(shown)>\n"))
        #expect("\(7) \("é漢")" == TerminalText(trusted: "7 é漢"))
        let long: TerminalText = "\(String(repeating: "x", count: 5000))"
        #expect(long.description == String(repeating: "x", count: 1000) + "...")
        let inner: TerminalText = "\u{1B}[1m"
        #expect("\(inner)\(hostile)" == TerminalText(trusted: "\u{1B}[1m" + shown))
    }

    @Test func linesOfOthersStayLines() {
        #expect(TerminalText(lines: "a\u{7}\n\nb").description == "a\\u{7}\n\nb")
        #expect((["a", "b"] as [TerminalText]).lines.description == "a\nb")
    }

    @Test func longNamesAreCut() {
        #expect(shortened("abc", limit: 3) == "abc")
        #expect(shortened("abcd", limit: 3) == "abc...")
        #expect(shortened(String(repeating: "é", count: 300)).unicodeScalars.count == 203)
    }

    @Test func jsonIsEscapedToo() {
        #expect(JSON.string(hostile).text == #""a\nb\u001b[31m\u202e\u2066\u0085\udb40\udc41\ufeff""#)
        #expect(JSON.string("\"\\é").text == #""\"\\é""#)
    }
}

@Suite struct RendererTests {
    private let renderer = DiagnosticRenderer()

    @Test func oneLineWhateverTheNamesHold() {
        var error = Diagnostic(.unlinkable, hostile, hostile, at: .offset(16), function: hostile)
        error.file = hostile
        #expect(
            renderer.render(error).description == "\(shown):0x10: unlinkable: \(shown): \(shown) (in \(shown))")
    }

    @Test func notesAreIndentedAndHavePlaces() {
        let notes = [Note("b", at: .text(line: 2, column: 3)), Note(hostile), Note("c", at: .offset(255))]
        let error = Diagnostic(.unlinkable, "unknown import", "a", notes: notes)
        #expect(
            renderer.render(error, file: "x").description == """
                x: unlinkable: unknown import: a
                    2:3: b
                    \(shown)
                    0xff: c
                """)
        #expect(
            renderer.renderJSON(error).text
                == #"{"phase":"unlinkable","message":"unknown import","detail":"a","notes":["#
                + #"{"message":"b","line":2,"column":3},{"message":"a\nb\u001b[31m\u202e\u2066\u0085\udb40\udc41\ufeff"},"#
                + #"{"message":"c","offset":255}]}"#)
    }

    @Test func excerptStandsBehindTheError() {
        let text = Array("(module\n  (bogus))".utf8)
        let error = Diagnostic(.malformed, "x", at: .text(line: 2, column: 4)).excerpted(from: text)
        #expect(
            renderer.render(error).description == """
                2:4: malformed module: x
                    2 |   (bogus))
                      |    ^
                """)
        #expect(renderer.headline(error).description == "2:4: malformed module: x")
        #expect(Diagnostic(.malformed, "x", at: .offset(1)).excerpted(from: text).excerpt == nil)
    }
}

@Suite struct SourceExcerptTests {
    /// What is shown of a place: the text, and what of it stands at the caret.
    private func excerpt(_ text: String, _ line: Int, _ column: Int) -> SourceExcerpt? {
        SourceExcerpt(Array(text.utf8), line: line, column: column)
    }

    @Test func linesEndWithAnyOfTheThree() {
        for end in ["\n", "\r", "\r\n"] {
            let text = ["first", "second", "third"].joined(separator: end)
            #expect(excerpt(text, 2, 3)?.text == "second")
            #expect(excerpt(text, 3, 3)?.text == "third")
            #expect(excerpt(text, 4, 1) == nil)
        }
        #expect(excerpt("a\n\nb", 2, 1) == nil)
        #expect(excerpt("", 1, 1) == nil)
    }

    @Test func caretCountsCells() {
        #expect(excerpt("\tab\tx", 1, 5)?.caret == 10)
        #expect(excerpt("\tab\tx", 1, 5)?.text == "    ab    x")
        #expect(excerpt("漢字x", 1, 3)?.caret == 4)
        #expect(excerpt("e\u{301}x", 1, 3)?.caret == 1)
        #expect(excerpt("😀x", 1, 2)?.caret == 2)
        #expect(excerpt("\u{202E}x", 1, 2)?.caret == 8)
        // At and behind the end.
        #expect(excerpt("abc", 1, 4)?.caret == 3)
        #expect(excerpt("abc", 1, 99)?.caret == 3)
    }

    @Test func bytesThatAreNoUTF8() {
        let bytes: [UInt8] = [0x61, 0xFF, 0xE6, 0xBC, 0x62, 0x80, 0x63]
        let excerpt = SourceExcerpt(bytes, line: 1, column: 4)
        #expect(excerpt?.text == "a\\xff\\xe6\\xbcb\\x80c")
        #expect(excerpt?.caret == 13)
    }

    @Test func longLinesAreCutOnBothSides() {
        let text = String(repeating: "a", count: 10_000) + "X" + String(repeating: "é", count: 10_000)
        let cut = excerpt(text, 1, 10_001)
        #expect(cut?.caret == 53)
        #expect(cut?.text.description.hasPrefix("...aaa") == true)
        #expect(cut?.text.description.hasSuffix("ééé...") == true)
        #expect(cut?.text.description.unicodeScalars.count == 3 + 50 + 70 + 3)
        let wide = String(repeating: "漢", count: 1000)
        #expect(excerpt(wide, 1, 500)?.caret == 53)
    }
}

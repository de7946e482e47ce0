import Diagnostics
import Testing
import WasmText

/// Checks that a text is refused at the place of its marker 1️⃣, which is removed first.
func expectError(
    _ marked: String, _ message: String, _ phase: Phase = .malformed, sourceLocation: SourceLocation = #_sourceLocation
) {
    let parts = marked.split(separator: "1️⃣", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
        Issue.record("one marker is needed", sourceLocation: sourceLocation)
        return
    }
    let place = end(of: parts[0].unicodeScalars)
    let error = #expect(throws: Diagnostic.self, sourceLocation: sourceLocation) {
        try assembleModule(text: Array((parts[0] + parts[1]).utf8))
    }
    guard let error else { return }
    #expect(error.phase == phase, "\(error)", sourceLocation: sourceLocation)
    #expect(error.message == message, "\(error)", sourceLocation: sourceLocation)
    #expect(error.location == place, "\(error)", sourceLocation: sourceLocation)
}

/// The place behind a text.
private func end(of text: Substring.UnicodeScalarView) -> Location {
    var (line, column) = (1, 1)
    var previous: Unicode.Scalar = " "
    for scalar in text {
        if scalar == "\n" || scalar == "\r" {
            // `\r\n` is one line end.
            if scalar == "\r" || previous != "\r" { line += 1 }
            column = 1
        } else {
            column += 1
        }
        previous = scalar
    }
    return .text(line: line, column: column)
}

/// The bytes of a text that must assemble.
func assemble(_ text: String) throws -> AssembledModule { try assembleModule(text: Array(text.utf8)) }

/// The sections of well-formed bytes: id, and everything from the id to the end of the contents.
private func sections(_ bytes: [UInt8]) -> [(id: UInt8, bytes: ArraySlice<UInt8>, contents: ArraySlice<UInt8>)] {
    var result: [(id: UInt8, bytes: ArraySlice<UInt8>, contents: ArraySlice<UInt8>)] = []
    var position = 8
    while position < bytes.count {
        let start = position
        var length = 0
        var shift = 0
        repeat {
            position += 1
            length |= Int(bytes[position] & 0x7F) << shift
            shift += 7
        } while bytes[position] >= 0x80
        let contents = bytes[(position + 1)...].prefix(length)
        result.append((bytes[start], bytes[start..<contents.endIndex], contents))
        position = contents.endIndex
    }
    return result
}

func withoutCustomSections(_ bytes: [UInt8]) -> [UInt8] {
    sections(bytes).filter { $0.id != 0 }.flatMap { Array($0.bytes) }
}

/// A module's contents of a section, by id, as hexadecimal digits; empty if there is none.
func section(_ id: UInt8, of text: String) throws -> String {
    hexadecimal(sections(try assemble(text).bytes).first { $0.id == id }?.contents ?? [])
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }.joined()
}

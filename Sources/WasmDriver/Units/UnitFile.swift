// The file of a unit: what one command of a distributed build reads.

import Diagnostics
import Support
import WasmLowering

/// A lowered unit as a file: a line that says so, a checksum of what follows, the settings, an empty line, the bitcode.
public enum UnitFile {
    private static let title = "wasmc unit 1"

    public static func encoded(_ unit: LoweredUnit) -> [UInt8] {
        let contents = Array((unit.settings.text + "\n").utf8) + unit.bitcode
        return Array("\(title)\n\(checksum(contents))\n".utf8) + contents
    }

    /// - Throws: `malformed` for anything else, and for what was changed since.
    public static func decoded(_ bytes: [UInt8]) throws(Diagnostic) -> LoweredUnit {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3, lines[0].elementsEqual(title.utf8) else {
            throw Diagnostic(
                .malformed, "this is no unit", "expected a file of `wasmc build --emit units` of this version")
        }
        let contents = Array(lines[2])
        guard lines[1].elementsEqual(checksum(contents).utf8), let end = endOfSettings(contents),
            let settings = UnitSettings(text: String(decoding: contents[..<end], as: UTF8.self))
        else { throw Diagnostic(.malformed, "this unit is damaged", "`wasmc build --emit units` writes it again") }
        return LoweredUnit(bitcode: Array(contents[(end + 1)...]), settings: settings)
    }

    /// The index of the line end that is the empty line.
    private static func endOfSettings(_ contents: [UInt8]) -> Int? {
        let end = UInt8(ascii: "\n")
        return contents.indices.dropFirst().first { contents[$0] == end && contents[$0 - 1] == end }
    }

    private static func checksum(_ contents: [UInt8]) -> String {
        String(contents.withUnsafeBytes(Checksum.hash), radix: 16)
    }
}

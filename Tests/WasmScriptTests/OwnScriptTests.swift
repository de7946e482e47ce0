import TestSupport
import Testing
import WasmInstructionTable
import WasmScript

/// The project's own scripts, one for each family of instructions. `wasmc wast` runs them, on both engines.
@Suite struct OwnScriptTests {
    @Test func everyInstructionIsInSomeScript() {
        var words: Set<String> = []
        for path in OwnScripts.paths { words.formUnion(folded(PackageFiles.contents(path))) }
        // A block's end is a parenthesis there, and a type is no part of the name.
        for row in InstructionTable.all.rows where row.mnemonic != "end" {
            let mnemonic = row.mnemonic.prefix { $0 != " " }
            #expect(words.contains(String(mnemonic)), "\(mnemonic)")
        }
    }

    /// The words behind parentheses: folded instructions, and other things. Strings have none here.
    private func folded(_ text: [UInt8]) -> [String] {
        text.split(separator: UInt8(ascii: "(")).map { piece in
            String(decoding: piece.prefix { !" )\n".utf8.contains($0) }, as: UTF8.self)
        }
    }
}

private enum OwnScripts {
    static let paths =
        PackageFiles.paths(below: "Tests/Scripts", suffix: ".wast")
        + PackageFiles.paths(below: "Tests/Regressions", suffix: ".wast")
}

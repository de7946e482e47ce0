import TestSupport
import Testing

@testable import WasmDriver

/// Every word of `grant_words.def`, which the runtime's tests read too: what the one understands, the other does.
@Suite struct GrantWordsTests {
    /// A line `KIND("word", VALUE, ...)`, without quotes.
    private struct Row {
        var kind: String
        var word: String
        var values: [String]
    }

    private static let rows: [Row] = String(
        decoding: PackageFiles.contents("runtime-c/tests/grant_words.def"), as: UTF8.self
    ).split(separator: "\n").compactMap { line in
        guard let open = line.firstIndex(of: "("), line.hasSuffix(")"), !line.hasPrefix("/*"), !line.hasPrefix(" *")
        else { return nil }
        let fields = unquoted(line[line.index(after: open)...].dropLast())
        return Row(kind: String(line[..<open]), word: fields[0], values: Array(fields.dropFirst()))
    }

    /// The fields between commas outside of quotes.
    private static func unquoted(_ text: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in text {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            case " " where !isQuoted: break
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    @Test func allKindsAreThere() {
        let kinds = ["SIZE", "DURATION", "ADDRESS", "DIRECTORY", "VARIABLE"]
        #expect(Set(Self.rows.map(\.kind)) == Set(kinds + kinds.map { "NO_" + $0 }))
    }

    @Test func wordsMeanTheSame() throws {
        for row in Self.rows {
            switch row.kind {
            case "SIZE":
                let bytes = try #require(UInt64(row.values[0]))
                #expect(try Grant(.maxMemory, row.word).value == .number(bytes), "\(row)")
            case "DURATION":
                let nanoseconds = try #require(UInt64(row.values[0]))
                #expect(try Grant(.timeout, row.word).value == .number(nanoseconds), "\(row)")
            case "ADDRESS": #expect(try Grant(.tcpListen, row.word).word == "--tcplisten=\(row.word)", "\(row)")
            case "VARIABLE": #expect(try Grant(.environment, row.word).word == "--env=\(row.word)", "\(row)")
            case "DIRECTORY":
                let directory = try DirectoryGrant(row.word)
                #expect(directory.host == row.values[0], "\(row)")
                #expect(directory.guest == row.values[1], "\(row)")
                #expect(directory.isReadOnly == (row.values[2] == "1"), "\(row)")
            case "NO_SIZE": #expect(throws: GrantError.self, "\(row)") { try Grant(.maxMemory, row.word) }
            case "NO_DURATION": #expect(throws: GrantError.self, "\(row)") { try Grant(.timeout, row.word) }
            case "NO_ADDRESS": #expect(throws: GrantError.self, "\(row)") { try Grant(.tcpListen, row.word) }
            case "NO_VARIABLE": #expect(throws: GrantError.self, "\(row)") { try Grant(.environment, row.word) }
            case "NO_DIRECTORY": #expect(throws: GrantError.self, "\(row)") { try Grant(.directory, row.word) }
            default: Issue.record("unknown kind of \(row)")
            }
        }
    }
}

import Testing

@testable import WasmDriver

/// A row of grants.def is all that a new grant needs here: these hold of any row.
@Suite struct GrantTableTests {
    /// A text that a grant takes.
    private func text(_ kind: GrantKind) -> String {
        switch kind.value {
        case .flag: ""
        case .text, .texts: "some = text"
        case .size: "64KiB"
        case .duration: "10s"
        case .count: "\(kind.range.lowerBound)"
        case .sealMode: "require"
        case .directories: "data::/data::ro"
        case .variables: "NAME=VALUE"
        case .addresses: "127.0.0.1:80"
        case .streams: "stdout"
        case .outboundRules, .inboundRules: "tcp://10.0.0.0/8:80,443"
        case .namePatterns: "*.example.com"
        case .namePrefix: "shop"
        case .forwards: "127.0.0.1:8080:3000"
        }
    }

    /// A line of a manifest that makes that grant.
    private func line(_ kind: GrantKind) -> String {
        let text = text(kind)
        let key = kind.key.filter { $0 != "!" }
        switch kind.value {
        case .flag: return "\(key) = \(!kind.key.hasPrefix("!"))"
        case .count: return "\(key) = \(text)"
        case .text, .size, .duration, .sealMode, .namePrefix: return "\(key) = '\(text)'"
        case .texts, .directories, .variables, .addresses, .streams: return "\(key) = ['\(text)']"
        case .outboundRules, .inboundRules, .namePatterns, .forwards: return "\(key) = ['\(text)']"
        }
    }

    @Test func rowsAreSound() {
        #expect(Set(GrantKind.all.map(\.option)).count == GrantKind.all.count)
        let keys = GrantKind.all.map(\.key).filter { !$0.isEmpty } + GrantKind.buildKeys
        #expect(Set(keys).count == keys.count)
        for kind in GrantKind.all {
            #expect(kind.option.hasPrefix("--"), "\(kind)")
            #expect(kind.isForMain || kind.isForModules, "\(kind)")
            #expect((kind.value == .flag) == kind.valueName.isEmpty, "\(kind)")
            #expect(kind.help.isEmpty || kind.isForMain, "\(kind)")
            #expect(!GrantKind.refused.contains { $0.option == kind.option }, "\(kind)")
        }
    }

    @Test func everyGrantIsReadFromItsWord() throws {
        for kind in GrantKind.all {
            let grant = try Grant(kind, text(kind))
            #expect(grant.word == (kind.value == .flag ? kind.option : "\(kind.option)=\(text(kind))"))
            #expect(Grant(word: grant.word) == grant)
            #expect(Grant(word: kind.value == .flag ? "\(kind.option)=" : kind.option) == nil)
        }
    }

    @Test func everyKeyGrantsToThoseWhoCanHaveIt() throws {
        for kind in GrantKind.all where !kind.key.isEmpty {
            let word = try Grant(kind, text(kind)).word
            let main = try? Manifest(Array(line(kind).utf8), directory: ".")
            #expect(main?.grants.map(\.word) == (kind.isForMain ? [word] : nil), "\(kind.key)")
            let linked = try? Manifest(Array("[module.a]\n\(line(kind))".utf8), directory: ".")
            #expect(linked?.modules[0].grants.map(\.word) == (kind.isForModules ? [word] : nil), "\(kind.key)")
        }
    }

    /// A row as the table does not have it.
    @Test func newRow() throws {
        let rules = GrantKind(
            option: "--new-rules", value: .texts, key: "new-rules", valueName: "rule", help: "", isForMain: true,
            isForModules: true, range: 0 ... .max)
        #expect(try Grant(rules, "tcp:*:80").word == "--new-rules=tcp:*:80")
        let limit = GrantKind(
            option: "--new-limit", value: .count, key: "", valueName: "n", help: "", isForMain: true,
            isForModules: false, range: 2...9)
        #expect(try Grant(limit, "9").value == .number(9))
        let error = #expect(throws: GrantError.self) { try Grant(limit, "10") }
        #expect(error?.description == "`--new-limit 10`: expected a number from 2 to 9")
    }
}

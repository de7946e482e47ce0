import Testing

@testable import WasmDriver

@Suite struct GrantsTests {
    @Test(arguments: [
        ("data", "data", "data", false),
        ("data::/d", "data", "/d", false),
        ("/a/b::/d::ro", "/a/b", "/d", true),
        // Of two readings, the one that grants less.
        ("data::ro", "data", "data", true),
        ("a:b::/d", "a:b", "/d", false),
    ])
    func directory(text: String, host: String, guest: String, isReadOnly: Bool) throws {
        let directory = try DirectoryGrant(text)
        #expect(directory.host == host)
        #expect(directory.guest == guest)
        #expect(directory.isReadOnly == isReadOnly)
        #expect(try DirectoryGrant(directory.description) == directory)
    }

    @Test(arguments: ["", "::", "::/d", "a::", "a::::ro", "a::b::c", "a::b::ro::ro", "a::b::rw"])
    func malformedDirectoryIsRefused(text: String) {
        #expect(throws: GrantError.self) { try DirectoryGrant(text) }
    }

    @Test func singleColonIsRefusedWithBothOrders() throws {
        let error = try #require(throws: GrantError.self) { try DirectoryGrant("data:/d") }
        #expect(error.description.contains("`data::/d`"))
        #expect(error.description.contains("`/d::data`"))
    }

    @Test func environment() throws {
        #expect(try Grant(.environment, "A").value == .variable(name: "A", value: nil))
        #expect(try Grant(.environment, "A=").value == .variable(name: "A", value: ""))
        #expect(try Grant(.environment, "A=b=c").value == .variable(name: "A", value: "b=c"))
        #expect(throws: GrantError.self) { try Grant(.environment, "") }
        #expect(throws: GrantError.self) { try Grant(.environment, "=x") }
    }

    @Test func zeroIsNoStackAndNoTimeout() {
        #expect(throws: GrantError.self) { try Grant(.maxStack, "0") }
        #expect(throws: GrantError.self) { try Grant(.timeout, "0s") }
    }

    @Test func seal() throws {
        for mode in SealMode.allCases { #expect(try Grant(.seal, mode.rawValue).value == .seal(mode)) }
        #expect(Grant(.seal, value: .seal(.require)).word == "--seal=require")
        #expect(throws: GrantError.self) { try Grant(.seal, "") }
        #expect(throws: GrantError.self) { try Grant(.seal, "on") }
    }

    /// A refused address comes with the right spelling, with its own port.
    @Test(arguments: [
        ("localhost:3000", "127.0.0.1:3000"), (":3000", "127.0.0.1:3000"), ("3000", "0.0.0.0:3000"),
        ("*:3000", "0.0.0.0:3000"), ("::1:3000", "[::1]:8080"), ("127.0.0.1", "127.0.0.1:8080"),
        ("example.com:80", "names are not looked up"), ("127.0.0.1:99999", "such as 127.0.0.1:8080"),
    ])
    func addressIsRefusedWithARemedy(text: String, remedy: String) throws {
        let error = try #require(throws: GrantError.self) { try Grant(.tcpListen, text) }
        #expect(error.description.hasPrefix("`--tcplisten \(text)`: "))
        #expect(error.description.contains(remedy))
    }

    @Test func addressHoldsNoNUL() {
        #expect(throws: GrantError.self) { try Grant(.tcpListen, "127.0.0.1\u{0}:80") }
    }

    /// The runtime ends its list of words at an empty one.
    @Test func wordsAreNeverEmpty() {
        #expect(Grant(.argv0, value: .text("")).word == "--argv0=")
        #expect(Grant(.inheritEnvironment, value: .given).word == "--inherit-env")
        #expect(Grant(.timeout, value: .number(5)).word == "--timeout=5ns")
        #expect(Grant(.environment, value: .variable(name: "A", value: nil)).word == "--env=A")
        #expect(Grant(.environment, value: .variable(name: "A", value: "")).word == "--env=A=")
    }

    @Test func lineIsQuotedWhereNeeded() {
        #expect(quotedLine(["--dir=a::/b::ro", "--trace-wasi"]) == "--dir=a::/b::ro --trace-wasi")
        #expect(quotedLine(["--env=A=b c", "--env=Q=it's", ""]) == #"'--env=A=b c' '--env=Q=it'\''s' ''"#)
        #expect(quotedLine([#"--env=P=a\b"c"#, "--env=U=ü\n"]) == "'--env=P=a\\b\"c' '--env=U=ü\n'")
    }

    @Test func grantsAreAddedToThoseOfTheEnvironment() {
        let grants = [Grant(word: "--trace-wasi")].compactMap { $0 }
        #expect(GuestProcess.environment(["A=1"], adding: []) == ["A=1"])
        #expect(GuestProcess.environment(["A=1"], adding: grants) == ["A=1", "WASMC_GRANTS=--trace-wasi"])
        #expect(
            GuestProcess.environment(["WASMC_GRANTS=--dir a", "A=1"], adding: grants)
                == ["A=1", "WASMC_GRANTS=--dir a --trace-wasi"])
    }
}

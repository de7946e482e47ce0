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
        #expect(try Grant(environment: "A") == .environment(name: "A", value: nil))
        #expect(try Grant(environment: "A=") == .environment(name: "A", value: ""))
        #expect(try Grant(environment: "A=b=c") == .environment(name: "A", value: "b=c"))
        #expect(throws: GrantError.self) { try Grant(environment: "") }
        #expect(throws: GrantError.self) { try Grant(environment: "=x") }
    }

    @Test(arguments: [
        ("0", 0), ("17", 17), ("17B", 17), ("3KiB", 3072), ("256MiB", 256 << 20), ("1GiB", 1 << 30), ("2TiB", 2 << 40),
    ])
    func size(text: String, bytes: UInt64) throws {
        #expect(try Grant(maxMemory: text) == .maxMemory(bytes: bytes))
    }

    @Test(arguments: ["", "MiB", "1 MiB", "1MB", "-1", "1.5GiB", "18446744073709551616", "99999999TiB", "1mib"])
    func malformedSizeIsRefused(text: String) {
        #expect(throws: GrantError.self) { try Grant(maxMemory: text) }
    }

    @Test func zeroIsNoStackAndNoTimeout() {
        #expect(throws: GrantError.self) { try Grant(maxStack: "0") }
        #expect(throws: GrantError.self) { try Grant(timeout: "0s") }
    }

    @Test(arguments: [
        ("5ns", 5), ("5us", 5000), ("500ms", 500_000_000), ("2m", 120_000_000_000), ("1h", 3_600_000_000_000),
    ])
    func duration(text: String, nanoseconds: UInt64) throws {
        #expect(try Grant(timeout: text) == .timeout(nanoseconds: nanoseconds))
    }

    @Test func durationNeedsAUnit() {
        #expect(throws: GrantError.self) { try Grant(timeout: "5") }
    }

    @Test func seal() throws {
        for mode in SealMode.allCases { #expect(try Grant(seal: mode.rawValue) == .seal(mode)) }
        #expect(Grant.seal(.require).word == "--seal=require")
        #expect(throws: GrantError.self) { try Grant(seal: "") }
        #expect(throws: GrantError.self) { try Grant(seal: "on") }
    }

    @Test(arguments: ["127.0.0.1:8080", "0.0.0.0:0", "[::1]:65535", "[fe80::1:2]:80"])
    func address(text: String) throws {
        #expect(try Grant(tcpListen: text).word == "--tcplisten=\(text)")
    }

    @Test(arguments: [
        "", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1:80x",
        "localhost:80", "127.1:80", "::1:80", "[::1]", "[::1]80", "[::1:80", "[]:80", "[127.0.0.1]:80", ":80",
        "[fe80::1%eth0]:80", "127.0.0.1\u{0}:80",
    ])
    func malformedAddressIsRefused(text: String) {
        #expect(throws: GrantError.self) { try Grant(tcpListen: text) }
    }

    /// The runtime ends its list of words at an empty one.
    @Test func wordsAreNeverEmpty() {
        #expect(Grant.argv0("").word == "--argv0=")
        #expect(Grant.inheritEnvironment.word == "--inherit-env")
        #expect(Grant.timeout(nanoseconds: 5).word == "--timeout=5ns")
        #expect(Grant.environment(name: "A", value: nil).word == "--env=A")
        #expect(Grant.environment(name: "A", value: "").word == "--env=A=")
    }

    @Test func lineIsQuotedWhereNeeded() {
        #expect(quotedLine(["--dir=a::/b::ro", "--trace-wasi"]) == "--dir=a::/b::ro --trace-wasi")
        #expect(quotedLine(["--env=A=b c", "--env=Q=it's", ""]) == #"'--env=A=b c' '--env=Q=it'\''s' ''"#)
        #expect(quotedLine([#"--env=P=a\b"c"#, "--env=U=ü\n"]) == "'--env=P=a\\b\"c' '--env=U=ü\n'")
    }

    @Test func grantsAreAddedToThoseOfTheEnvironment() {
        let grants = [Grant.traceWASI]
        #expect(GuestProcess.environment(["A=1"], adding: []) == ["A=1"])
        #expect(GuestProcess.environment(["A=1"], adding: grants) == ["A=1", "WASMC_GRANTS=--trace-wasi"])
        #expect(
            GuestProcess.environment(["WASMC_GRANTS=--dir a", "A=1"], adding: grants)
                == ["A=1", "WASMC_GRANTS=--dir a --trace-wasi"])
    }
}

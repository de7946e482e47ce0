import Testing

@testable import WasmDriver

/// The grammar itself is the runtime's and tested there (runtime-c/tests/net_calls.def).
@Suite struct NetworkWordTests {
    private func message(_ kind: GrantKind, _ text: String) -> String? {
        do throws(GrantError) { _ = try Grant(kind, text) } catch { return error.description }
        return nil
    }

    @Test(arguments: [
        "tcp://api.example.com:443", "udp://[fd00::]/8:53", "tcp://*.example.com:80,8000-8010", "tcp://0.0.0.0/0:*",
    ])
    func rule(text: String) throws {
        #expect(try Grant(.allowOutbound, text).word == "--allow-outbound=\(text)")
        #expect(try Grant(.allowInbound, text).word == "--allow-inbound=\(text)")
    }

    @Test(arguments: ["example.com", "*.example.com", "*", "localhost"])
    func pattern(text: String) throws {
        #expect(try Grant(.allowResolve, text).word == "--allow-resolve=\(text)")
    }

    /// What was expected and found, in the runtime's words.
    @Test(arguments: [
        ("tcp://a.example", "expected ':' and ports behind the host (* for all), found the end"),
        ("tcp://a.example:", "found the end"), ("tcp://10.0.0.0/33:1", "found `33` at byte 16"),
        ("a\u{0}b", "expected no NUL, found nothing at byte 2"),
        ("tcp://a b:80", "expected letters, digits, '-' and '_' in a name, found ` ` at byte 8"),
    ])
    func placeInTheWord(text: String, part: String) throws {
        let message = try #require(self.message(.allowOutbound, text))
        #expect(message.hasPrefix("`--allow-outbound "))
        #expect(message.contains(part), "\(message)")
    }

    /// What was probably meant is offered, if it is a rule.
    @Test(arguments: [
        ("example.com:443", "tcp://example.com:443"), ("example.com", "tcp://example.com:443"),
        ("https://api.example.com/v1?x", "tcp://api.example.com:443"), ("http://h.example", "tcp://h.example:80"),
        ("http://h.example:8080/", "tcp://h.example:8080"), ("TCP://A.example:80", "tcp://a.example:80"),
        ("tcp://localhost:80", "tcp://127.0.0.1:80"), ("tcp://::1:80", "tcp://[::1]:80"),
        ("10.0.0.0/8:53", "tcp://10.0.0.0/8:53"), ("::1", "tcp://[::1]:443"),
        (":80", "tcp://127.0.0.1:80"),
    ])
    func spelling(text: String, meant: String) throws {
        #expect(try #require(message(.allowOutbound, text)).hasSuffix("; did you mean `\(meant)`?"))
    }

    @Test func forwards() throws {
        for text in ["8080:3000", "0.0.0.0:8080:3000", "[::1]:0:3000", "5353:53/udp"] {
            #expect(try Grant(.forward, text).word == "--forward=\(text)")
        }
        #expect(
            try #require(self.message(.forward, "8080"))
                == "`--forward 8080`: expected a port of the host, ':' and a port of the program, such as 8080:3000, "
                + "found `8080` at byte 1; did you mean `8080:8080`?")
        #expect(
            try #require(self.message(.forward, "localhost:80:80")).hasSuffix("; did you mean `127.0.0.1:80:80`?"))
        for text in ["", "a:b", "80:0", "80:80/icmp", "65536:80", "::1:80:80", "a.example:80:80"] {
            #expect(try #require(self.message(.forward, text)).contains("did you mean") == false, "\(text)")
        }
    }

    @Test func prefixOfANetworksName() throws {
        #expect(try Grant(.namespacePrefix, "shop-1.a_b").word == "--namespace-prefix=shop-1.a_b")
        for text in ["", "-a", "../a", "a/b", "a b", String(repeating: "a", count: 65)] {
            #expect(try #require(self.message(.namespacePrefix, text)).contains("expected 1 to 64 letters"), "\(text)")
        }
    }

    @Test func otherSpellings() throws {
        #expect(try #require(message(.allowInbound, "8080")).hasSuffix("; did you mean `tcp://127.0.0.1:8080`?"))
        #expect(
            try #require(message(.allowResolve, "https://db.internal/x")).hasSuffix("; did you mean `db.internal`?"))
        for text in ["", "tcp://*:80", "tcp://a..b:80", "tcp://10.0.0.1/8:80", "udp://10.0.0.0/8"] {
            #expect(try #require(message(.allowOutbound, text)).contains("did you mean") == false, "\(text)")
        }
    }
}

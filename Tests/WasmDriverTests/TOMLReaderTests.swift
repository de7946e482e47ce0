import Diagnostics
import Testing

@testable import WasmDriver

@Suite struct TOMLReaderTests {
    /// A document on one line, in its own order: a compact form that tests compare.
    private func text(_ document: String) throws -> String { text(try TOMLReader.read(Array(document.utf8))) }

    private func text(_ table: TOMLTable) -> String {
        "{" + table.keys.map { "\($0)=" + (table[$0].map { text($0.value) } ?? "") }.joined(separator: ",") + "}"
    }

    private func text(_ value: TOMLValue) -> String {
        switch value {
        case .string(let text): "'\(text)'"
        case .integer(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .float: "float"
        case .dateTime: "date"
        case .array(let elements): "[" + elements.map { text($0.value) }.joined(separator: ",") + "]"
        case .table(let table): text(table)
        }
    }

    @Test(arguments: [
        ("", "{}"),
        ("# only a comment", "{}"),
        ("a = 1", "{a=1}"),
        ("a=1\r\nb=2\r\n", "{a=1,b=2}"),
        ("b = 1 # text\na = true", "{b=1,a=true}"),
        ("a-b_1 = 'x'\n\"c d\" = 'y'\n'' = 'z'\n1234 = 0", "{a-b_1='x',c d='y',='z',1234=0}"),
        ("a.b.c = 1\na.b.d = 2\na . e = 3", "{a={b={c=1,d=2},e=3}}"),
        ("[a]\nx = 1\n[a.b]\ny = 2\n[c]", "{a={x=1,b={y=2}},c={}}"),
        ("[a.b]\nx = 1\n[a]\ny = 2", "{a={b={x=1},y=2}}"),
        ("[ a . \"b c\" ]\nx = 1", "{a={b c={x=1}}}"),
        ("a = []\nb = [1, 'x', [true,],\n # text\n 2 ,\n]", "{a=[],b=[1,'x',[true],2]}"),
        ("a = { x = 1, y.z = [2] , w = {} }", "{a={x=1,y={z=[2]},w={}}}"),
        ("a = +17\nb = -0\nc = 1_000\nd = 0xDEAD_beef\ne = 0o17\nf = 0b101", "{a=17,b=0,c=1000,d=3735928559,e=15,f=5}"),
        ("a = 9223372036854775807\nb = -9223372036854775808", "{a=9223372036854775807,b=-9223372036854775808}"),
        ("a = [1.5, -0.1e-3, 6e5, inf, -nan, 1_0.0_1]", "{a=[float,float,float,float,float,float]}"),
        ("a = [1979-05-27, 07:32:00, 1979-05-27T07:32:00Z, 1979-05-27 07:32:00.9]", "{a=[date,date,date,date]}"),
        (#"a = "q\"b\\t\tn\nu\u00e9U\U0001F600""#, "{a='q\"b\\t\tn\nuéU😀'}"),
        (#"a = 'C:\x\n'"#, #"{a='C:\x\n'}"#),
        ("a = \"\"\"\nx\ny\"\"\"", "{a='x\ny'}"),
        ("a = \"\"\"x\"\"y\"\"\"\"\"", "{a='x\"\"y\"\"'}"),
        ("a = \"\"\"x \\\n   \n  y\"\"\"", "{a='x y'}"),
        ("a = '''\r\nx'y'''", "{a='x'y'}"),
        ("a = \"\"\nb = ''\nc = \"\"\"\"\"\"\nd = ''''''", "{a='',b='',c='',d=''}"),
    ])
    func document(document: String, expected: String) throws {
        #expect(try text(document) == expected)
    }

    @Test(arguments: [
        ("a", 1, 2), ("a =", 1, 4), ("= 1", 1, 1), ("a = 1 b = 2", 1, 7), ("a = 1\na = 2", 2, 1),
        ("a = 01", 1, 5), ("a = 1__0", 1, 5), ("a = _1", 1, 5), ("a = 0x", 1, 5), ("a = 9223372036854775808", 1, 5),
        ("a = 1.", 1, 5), ("a = .5", 1, 5), ("a = True", 1, 5), ("a = yes", 1, 5), ("a = 1.2.3", 1, 5),
        ("a = \"x", 1, 5), ("a = \"x\ny\"", 1, 7), (#"a = "\q""#, 1, 6), (#"a = "\ud800""#, 1, 6),
        (#"a = "\u12""#, 1, 6),
        ("a = '\u{1}'", 1, 6), ("a = \"\"\"x", 1, 5), (#"a = "\u0000""#, 1, 6),
        ("a = [1", 1, 7), ("a = [1 2]", 1, 8), ("a = [,]", 1, 6), ("a = {x = 1", 1, 11), ("a = {x = 1,}", 1, 12),
        ("a = {x = 1, x = 2}", 1, 13), ("a = {\n}", 1, 6),
        ("[a]\n[a]", 2, 1), ("[a]\n[b]\n[a]", 3, 1), ("a = 1\n[a]", 2, 1), ("a.b = 1\n[a]", 2, 1),
        ("[a]\nb.c = 1\n[a.b]", 3, 1),
        ("[a.b]\n[a]\nb.c = 1", 3, 1), ("a = {}\n[a.b]", 2, 1), ("a = {b = 1}\na.c = 2", 2, 1),
        ("a = 1\na.b = 2", 2, 1),
        ("[]", 1, 2), ("[a", 1, 3), ("[a] x", 1, 5), ("[[a]]", 1, 1), ("[a.]", 1, 4), ("a..b = 1", 1, 3),
        ("\"\"\"a\"\"\" = 1", 1, 1), ("é = 1", 1, 1), ("'é' = 1 x", 1, 9), ("a = 1\r", 1, 6),
    ])
    func errorHasItsPlace(document: String, line: Int, column: Int) throws {
        let error = try #require(throws: Diagnostic.self) { try text(document) }
        #expect(error.phase == .manifest)
        #expect(error.location == .text(line: line, column: column), "\(error)")
    }

    @Test func nestingIsLimited() throws {
        let deep = "a = " + String(repeating: "[", count: 100_000)
        #expect(throws: Diagnostic.self) { try text(deep) }
        let inline = "a = " + String(repeating: "{a = ", count: 100_000)
        #expect(throws: Diagnostic.self) { try text(inline) }
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
        #expect(throws: Diagnostic.self) { try TOMLReader.read([0x61, 0x3D, 0x27, 0xFF, 0x27]) }
    }

    /// Every part of a document is read or refused.
    @Test func damageIsNoCrash() {
        let document = Array(
            "a = [1, {b = \"\\u00e9\"}] # x\n[c.\"d\"]\ne.f = '''\nx'''\ng = 1979-05-27 07:32:00\n".utf8)
        for length in document.indices { _ = try? TOMLReader.read(Array(document[..<length])) }
        for index in document.indices {
            for byte in [0, 10, 13, 34, 39, 44, 46, 61, 91, 92, 93, 123, 125, 255] as [UInt8] {
                var damaged = document
                damaged[index] = byte
                _ = try? TOMLReader.read(damaged)
            }
        }
    }
}

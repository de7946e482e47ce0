import Diagnostics
import Testing
import WasmSpec
import WasmText

@Suite struct ScriptTests {
    private func commands(_ text: String) throws -> [ScriptCommand] { try parseScript(text: Array(text.utf8)).commands }

    @Test func commandsHavePlaces() throws {
        let commands = try commands("(module)\n  (register \"m\")\n(module $x) (invoke $x \"f\")")
        #expect(commands.map(\.line) == [1, 2, 3, 3])
        #expect(commands.map(\.column) == [1, 3, 1, 13])
    }

    @Test func oneBadModuleDoesNotStopTheScript() throws {
        let commands = try commands("(module (func $)) (module (foo)) (module (data \"\\x\")) (invoke \"f\")")
        #expect(commands.count == 4)
        for command in commands.dropLast() {
            #expect(throws: Diagnostic.self) { try command.wellFormedModule?.assemble() }
        }
    }

    @Test func fieldsAloneAreAModule() throws {
        let commands = try commands("(func (export \"f\"))\n(memory 1)")
        #expect(commands.count == 1)
        #expect(try commands[0].wellFormedModule!.assemble().bytes.count > 8)
        #expect(throws: Diagnostic.self) { try self.commands("(func) (invoke \"f\"))") }
    }

    @Test func modulesOfAllKinds() throws {
        let text = """
            (module $a binary "\\00asm" "\\01\\00\\00\\00") (module quote "(func" " nop)") (module definition $d (func))
            (module instance $i $d) (module instance) (module definition binary "")
            """
        let commands = try commands(text)
        guard case .module(let binary) = commands[0].kind, case .module(let quote) = commands[1].kind,
            case .moduleDefinition(let definition) = commands[2].kind,
            case .moduleInstance(let name, let definitionName) = commands[3].kind,
            case .moduleInstance(nil, nil) = commands[4].kind, case .moduleDefinition(let empty) = commands[5].kind
        else {
            Issue.record("\(commands)")
            return
        }
        #expect(binary.isBinary && binary.name == "a")
        #expect(try binary.assemble().bytes == [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0])
        #expect(quote.isQuote)
        #expect(try quote.assemble().bytes.count > 8)
        #expect(definition.name == "d" && name == "i" && definitionName == "d")
        #expect(try empty.assemble().bytes.isEmpty)
    }

    @Test func resultPatterns() throws {
        let text = """
            (assert_return (invoke $m "f" (i32.const -1) (ref.null func) (ref.extern 3) (v128.const i32x4 1 2 3 4))
              (f32.const nan:canonical) (f64.const 1) (v128.const f32x4 1 nan:arithmetic 3 -0) (ref.null) (ref.func)
              (ref.extern) (ref.host 4) (ref.i31) (either (i32.const 1) (i64.const 2)))
            """
        guard case .assertReturn(.invoke("m", _, let arguments), let results) = try commands(text)[0].kind else {
            Issue.record("not an assertion")
            return
        }
        #expect(
            arguments == [
                .i32(0xFFFF_FFFF), .refNull(.func), .refExtern(3),
                .v128(V128(low: 0x0000_0002_0000_0001, high: 0x0000_0004_0000_0003)),
            ])
        #expect(
            results == [
                .f32(.canonicalNaN), .f64(.bits(0x3FF0_0000_0000_0000)),
                .v128(.f32x4, [.bits(0x3F80_0000), .arithmeticNaN, .bits(0x4040_0000), .bits(0x8000_0000)]),
                .refNull(nil), .refFunc(nil), .refExtern(nil), .refHost(4), .reference(.i31),
                .either([.i32(1), .i64(2)]),
            ])
        #expect(throws: Diagnostic.self) { try self.commands("(invoke \"f\" (f32.const nan:canonical))") }
    }

    @Test func threads() throws {
        let text = "(thread $t (shared (module $m)) (register \"m\" $m) (module) (invoke \"run\")) (wait $t)"
        let commands = try commands(text)
        guard case .thread("t", ["m"], let inner) = commands[0].kind, case .wait("t") = commands[1].kind else {
            Issue.record("\(commands)")
            return
        }
        #expect(inner.count == 3)
        #expect(throws: Diagnostic.self) { try self.commands("(thread $a (thread $b))") }
    }

    @Test func errorsHavePlaces() {
        let error = #expect(throws: Diagnostic.self) { try commands("(module)\n (assert_retrun (invoke \"f\"))") }
        #expect(error?.location == .text(line: 2, column: 3))
        #expect(error?.message == "unknown operator assert_retrun")
        let unclosed = #expect(throws: Diagnostic.self) { try commands("(module (func (data \"abc)") }
        #expect(unclosed?.message == "unclosed string")
    }
}

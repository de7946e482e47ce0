import Diagnostics
import Testing
import WasmBinary
import WasmText

@Suite struct PrinterTests {
    private func printed(_ text: String) throws -> String {
        String(decoding: try printModule(try decodeModule(try assemble(text).bytes)), as: UTF8.self)
    }

    @Test func fieldsAndNames() throws {
        let text = #"""
            (module $"my mod"
              (rec
                (type $a (;0;) (sub (struct (field $x i32) (field (mut (ref null $b))))))
                (type $b (;1;) (sub final $a (struct (field $x i32) (field (mut (ref null $b))) (field i8)))))
              (type $f (;2;) (func (param i32 i32) (result f64)))
              (type (;3;) (func (param i32)))
              (import "a" "b\u{0}\u{202e}" (func $"foo bar" (;0;) (type $f) (param i32 i32) (result f64)))
              (table $t (;0;) 3 funcref ref.null func)
              (memory (;0;) i64 1 2 shared)
              (memory $m2 (;1;) 1 (pagesize 1))
              (tag $e (;0;) (type 3) (param i32))
              (global $g (;0;) (mut i64) i64.const 1 i64.const 2 i64.add)
              (export "x" (func $g))
              (start $g)
              (elem $t (;0;) (offset i32.const 0) func $"foo bar" $g)
              (elem (;1;) declare (ref null $a) (item ref.null $a))
              (func $g (;1;) (type $f) (param $p i32) (param i32) (result f64)
                (local i32 i64) (local $q (ref null $a))
                unreachable)
              (func $#func2 (@name "g") (;2;) (type $f) (param i32 i32) (result f64)
                unreachable)
              (data $d (;0;) "a\ff\"\0a")
              (@custom "foo" (after elem) "x\00")
            )

            """#
        #expect(try printed(text) == text)
        #expect(try printed("") == "(module)\n")
    }

    @Test func instructions() throws {
        let text = #"""
            (module
              (type (;0;) (func (param i32)))
              (type (;1;) (func (param i64) (result i64 i64)))
              (tag (;0;) (type 0) (param i32))
              (func (;0;) (type 0) (param i32)
                block $l (result i32)  ;; label = @1
                  try_table (catch 0 $l) (catch_all 1)  ;; label = @2
                  end
                  local.get 0
                  (@metadata.code.branch_hint "\01") if  ;; label = @2
                    i32.const -1
                    br $l
                  else
                    nop
                  end
                  block $l  ;; label = @2
                    i32.const 2
                    i32.const 3
                    br_table $l 1 (;@1;) 2
                  end
                  i64.const 1
                  block (type 1) (param i64) (result i64 i64)  ;; label = @2
                    unreachable
                  end
                end
                select (result funcref)
                ref.test (ref null func)
                v128.const i32x4 0x3f800000 0x40000000 0x7fc00000 0x00000000
                v128.load8_lane offset=3 5
                f64.const -0.1640625
                f32.const -nan:0x123
                f32.const inf
                i32.store align=1
                try $z  ;; label = @1
                  try  ;; label = @2
                    nop
                  delegate $z
                catch 0
                  rethrow $z
                catch_all
                end
                unreachable)
            )

            """#
        #expect(try printed(text) == text)
    }

    /// Blocks that do not close with their function cannot be said.
    @Test func brokenBodiesAreRefused() throws {
        let header: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0]
        let endings: [[UInt8]] = [[0x0B, 0x0B], [0x05, 0x0B], [0x02, 0x40, 0x05, 0x0B, 0x0B], [0x07, 0x00, 0x0B]]
        for ending in endings {
            let length = UInt8(ending.count)
            let module = try decodeModule(header + [10, length + 3, 1, length + 1, 0] + ending)
            let error = #expect(throws: Diagnostic.self, "\(ending)") { try printModule(module) }
            #expect(error?.phase == .malformed)
        }
    }

    /// All modules of all scripts come back as they were.
    @Test(arguments: SharedScripts.known) func printedModulesAreTheSame(_ path: String) throws {
        for command in try parseScript(text: SharedScripts.text(path)).allCommands {
            guard let module = command.wellFormedModule, !module.isBinary else { continue }
            if SharedScripts.laxModules.contains("\(path):\(command.line)") { continue }
            let bytes = try module.assemble().bytes
            let text = try printModule(try decodeModule(bytes))
            let again = try assembleModule(text: text).bytes
            let isSame = withoutCustomSections(again) == withoutCustomSections(bytes)
            #expect(isSame, "\(path):\(command.line):\n\(String(decoding: text, as: UTF8.self))")
        }
    }
}

import Testing
import WasmScript

/// What is said about an assertion that does not hold.
@Suite struct MessageTests {
    private func message(_ assertion: String) -> String? {
        let text = """
            (module
              (func (export "i") (result i32) (i32.const -2))
              (func (export "f") (result f32) (f32.const 1.5))
              (func (export "v") (result v128) (v128.const i32x4 1 2 3 4))
              (func (export "none"))
              (func (export "two") (result i64 funcref) (i64.const 7) (ref.null func))
              (func (export "trap") unreachable))
            \(assertion)
            """
        return runScript(Array(text.utf8), file: "x.wast", on: InterpreterScriptEngine()).failures.first?.message
    }

    @Test(arguments: [
        (#"(assert_return (invoke "i") (i32.const 3))"#, "expected (i32.const 3), found (i32.const -2)"),
        (
            #"(assert_return (invoke "f") (f32.const nan:canonical))"#,
            "expected (f32.const nan:canonical), found (f32.const 1.5)"
        ),
        (
            #"(assert_return (invoke "v") (v128.const f32x4 1 0 nan:arithmetic 4))"#,
            "expected (v128.const f32x4 1.0 0.0 nan:arithmetic 4.0), found (v128.const i64x2 0x200000001 0x400000003)"
        ),
        (#"(assert_return (invoke "none") (i32.const 0))"#, "expected (i32.const 0), found nothing"),
        (
            #"(assert_return (invoke "two") (i64.const 7) (ref.func))"#,
            "expected (i64.const 7) (ref.func), found (i64.const 7) (ref.null)"
        ),
        (#"(assert_return (invoke "trap"))"#, #"expected nothing, found trap "unreachable""#),
        (#"(assert_trap (invoke "i") "unreachable")"#, #"expected trap "unreachable", found (i32.const -2)"#),
    ])
    func mismatch(_ assertion: String, _ expected: String) {
        #expect(message(assertion) == expected)
    }
}

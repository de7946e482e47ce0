import Diagnostics
import Testing
import WasmText

@Suite struct AssemblerTests {
    @Test func minimalFunction() throws {
        let text = #"(module (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))"#
        let bytes = hexadecimal(try assemble(text).bytes)
        #expect(bytes == "0061736d01000000" + "01060160017f017f03020100" + "070501016600000a09010700200041016a0b")
    }

    @Test func parenthesesAroundTheModuleMayBeAbsent() throws {
        #expect(try assemble("(func) (memory 1)").bytes == assemble("(module (func) (memory 1))").bytes)
        #expect(try assemble("").bytes.count == 8)
        expectError("(func)1️⃣)", "unexpected token")
        expectError("(module) 1️⃣(func)", "unexpected token")
    }

    @Test func foldedAndFlatAreTheSame() throws {
        let folded = """
            (func (param i32) (result i32)
              (if $l (result i32) (i32.eqz (local.get 0)) (then (br $l (i32.const 1)))
                (else (block (result i32) (i32.const 2)))))
            """
        let flat = """
            (func (param i32) (result i32)
              local.get 0 i32.eqz if $l (result i32) i32.const 1 br $l
              else $l block (result i32) i32.const 2 end end $l)
            """
        #expect(try section(10, of: folded) == section(10, of: flat))
    }

    @Test func implicitTypesComeLastAndAreShared() throws {
        let text = "(func (param i32)) (func (result i64)) (func (param i32)) (type (func)) (type (func (result i64)))"
        #expect(try section(1, of: text) == "03" + "600000" + "6000017e" + "60017f00")
        #expect(try section(3, of: text) == "03" + "020102")
        // Only a final type without supertypes that is alone in its group is meant.
        let others = "(type (sub (func))) (rec (type (func)) (type (func))) (func)"
        #expect(try section(3, of: others) == "0103")
    }

    @Test func errorsInTypeUses() {
        expectError(
            "(type $t (func (param i32))) (func 1️⃣(type $t) (param i64))",
            "inline function type does not match explicit type")
        expectError("(func (type 1️⃣$t))", "unknown type $t")
        expectError("(func (type 1️⃣7) (param i32))", "unknown type 7")
        expectError("(func (result i32) (1️⃣param i32))", "unexpected token")
        expectError("(func (block (param 1️⃣$x i32)))", "unexpected token")
    }

    @Test func errorsInFields() {
        expectError("(module (func $f) (func 1️⃣$f))", "duplicate func identifier $f")
        expectError("(module (func (param $x i32) (local 1️⃣$x i32)))", "duplicate local identifier $x")
        expectError("(module (type (struct (field $x i32) (field 1️⃣$x i32))))", "duplicate field $x")
        expectError("(module (memory 1) 1️⃣(import \"\" \"\" (func)))", "import after memory")
        expectError("(module (func) 1️⃣(memory (import \"\" \"\") 1))", "import after function")
        expectError("(module (func $f) (start $f) 1️⃣(start $f))", "multiple start sections")
        expectError("(module (memory 1 (pagesize 1️⃣3)))", "invalid custom page size")
        expectError("(module (1️⃣foo))", "unknown operator foo")
        expectError("(module (1️⃣then))", "unexpected token")
        expectError("(module (global i32 (i32.const 0)) (export \"\" (global 1️⃣$g)))", "unknown global $g")
        expectError("(module (import \"\" 1️⃣\"\\ff\" (func)))", "malformed UTF-8 encoding")
        expectError("(module (func)1️⃣", "unexpected token")
    }

    @Test func errorsInInstructions() {
        expectError("(func (block $l (br 1️⃣$m)))", "unknown label $m")
        expectError("(func block $l end 1️⃣$m)", "mismatching label")
        expectError("(func block1️⃣)", "unexpected token")
        expectError("(func 1️⃣end)", "unexpected token")
        expectError("(func (if (i32.const 1) 1️⃣nop (then)))", "unexpected token")
        expectError("(func (if (i32.const 1)1️⃣))", "unexpected token")
        expectError("(func (i32.add 1️⃣nop))", "unexpected token")
        expectError("(func (i32.load 1️⃣align=3))", "alignment must be a power of two")
        expectError("(func i8x16.extract_lane_s 1️⃣256)", "i8 constant out of range")
        expectError("(func (v128.const i32x4 1️⃣1 2 3))", "wrong number of lane literals")
        expectError("(func (i8x16.shuffle 1️⃣1 2 3))", "invalid lane length")
        expectError("(func (local.get 1️⃣$x))", "unknown local $x")
        expectError("(func (call_ref1️⃣))", "unexpected token")
    }

    @Test func annotationsOfModules() throws {
        let custom = #"(module (@custom "a" (before code) "\01\02") (func))"#
        let bytes = hexadecimal(try assemble(custom).bytes)
        #expect(bytes.contains("03020100" + "000401610102" + "0a"))
        expectError("(module (func 1️⃣(@custom \"a\")))", "misplaced @custom annotation")
        expectError("(module (func) 1️⃣(@name \"a\"))", "misplaced @name annotation")
        expectError(
            "(module (func 1️⃣(@metadata.code.branch_hint \"\\01\")))",
            "@metadata.code.branch_hint annotation: invalid placement")
    }

    @Test func placesOfInstructions() throws {
        let text = """
            (module
              (func (result i32)
                (i32.add
                  (i32.const 1)
                  (i32.const 2)))
              (memory 1))
            """
        let module = try assemble(text)
        let add = try #require(module.bytes.lastIndex(of: 0x6A))
        #expect(module.sourceMap.location(ofOffset: add) == .text(line: 3, column: 6))
        #expect(module.sourceMap.location(ofOffset: add - 1) == .text(line: 5, column: 8))
        #expect(module.sourceMap.location(ofOffset: 0) == .none)
    }

    /// Deep input costs memory, not stack.
    @Test func deepNesting() throws {
        func nested(_ open: String, _ inner: String, _ close: String, depth: Int) -> String {
            String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
        }
        _ = try assemble("(func (drop \(nested("(i32.eqz ", "(i32.const 0)", ")", depth: 90_000))))")
        _ = try assemble("(func \(nested("block ", "", "end ", depth: 200_000)))")
        _ = try assemble(nested("(;", "", ";)", depth: 200_000))
        let unclosed = #expect(throws: Diagnostic.self) { try assemble(nested("(", "", "", depth: 90_000)) }
        #expect(unclosed?.message == "unexpected token")
        let tooDeep = #expect(throws: Diagnostic.self) {
            try assemble("(func \(nested("(block ", "", ")", depth: 200_000)))")
        }
        #expect(tooDeep?.message == "nesting too deep for this compiler")
    }
}

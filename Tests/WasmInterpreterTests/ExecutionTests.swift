import Testing
import WasmSpec

@testable import WasmInterpreter

/// Frames, calls, traps and what the translator does with operands.
@Suite struct ExecutionTests {
    // MARK: Calls

    @Test func deepRecursionTrapsAndTheStoreGoesOn() throws {
        let instance = try Fixture().instantiate(
            """
            (module
              (func $down (export "down") (param i64) (result i64)
                local.get 0 i64.eqz if (result i64) i64.const 0 else
                  local.get 0 i64.const 1 i64.sub call $down i64.const 1 i64.add end))
            """)
        #expect(instance.trap("down", .i64(100_000_000))?.kind == .callStackExhausted)
        #expect(try instance.call("down", .i64(1000)) == [.i64(1000)])
    }

    @Test func frameThatDoesNotFitTraps() throws {
        let locals = String(repeating: "i64 ", count: 50_000 - 1)
        var configuration = Store.Configuration()
        configuration.stackBytes = 1 << 18
        let instance = try Fixture(configuration).instantiate(
            "(module (func (export \"f\") (local \(locals))))")
        #expect(instance.trap("f")?.kind == .callStackExhausted)
    }

    @Test func tailCallsUseConstantStack() throws {
        let instance = try Fixture().instantiate(
            """
            (module
              (type $t (func (param i64 i64) (result i64)))
              (table funcref (elem $odd))
              (func $even (export "even") (param i64) (result i64)
                (if (i64.eqz (local.get 0)) (then (return (i64.const 1))))
                (return_call_indirect (type $t) (i64.const 0) (i64.sub (local.get 0) (i64.const 1)) (i32.const 0)))
              (func $odd (param i64 i64) (result i64)
                (if (i64.eqz (local.get 1)) (then (return (i64.const 0))))
                (return_call $even (i64.sub (local.get 1) (i64.const 1)))))
            """)
        #expect(try instance.call("even", .i64(1_000_001)) == [.i64(0)])
    }

    /// Each module has a memory of its own, which must be the current one again after every kind of return.
    @Test func callsAcrossInstancesSwitchMemories() throws {
        let fixture = Fixture()
        try fixture.instantiate(
            """
            (module (memory 1) (data (i32.const 0) "\\01") (tag (export "tag"))
              (func (export "peek") (result i32) (i32.load8_u (i32.const 0)))
              (func (export "fail") (throw 0)))
            """, as: "a")
        let instance = try fixture.instantiate(
            """
            (module
              (import "a" "peek" (func $peek (result i32))) (import "a" "fail" (func $fail)) (import "a" "tag" (tag $tag))
              (memory 1) (data (i32.const 0) "\\02")
              (table funcref (elem $peek))
              (func $own (result i32) (i32.load8_u (i32.const 0)))
              (func $tail (result i32) (return_call $peek))
              (func $indirect (result i32) (call_indirect (result i32) (i32.const 0)))
              (func $caught (result i32)
                (block $caught (try_table (catch $tag $caught) (call $fail))) (call $own))
              (func (export "all") (result i32 i32 i32 i32 i32 i32)
                (call $peek) (call $own) (call $tail) (call $own) (call $indirect) (call $caught)))
            """)
        #expect(try instance.call("all") == [.i32(1), .i32(2), .i32(1), .i32(2), .i32(1), .i32(2)])
    }

    // MARK: Traps

    @Test func trapNamesItsPlaces() throws {
        let fixture = Fixture()
        let text = "(module (func $inner unreachable) (func (export \"outer\") nop call $inner))"
        let instance = try fixture.instantiate(text)
        let functions = try fixture.module(text).module.functions
        let trap = try #require(instance.trap("outer"))
        #expect(trap.kind == .unreachable)
        #expect(trap.backtrace.map(\.function) == [0, 1])
        // `unreachable` is the first instruction of its function, `call` the second.
        #expect(trap.backtrace.map(\.offset) == [functions[0].body.lowerBound, functions[1].body.lowerBound + 1])
    }

    @Test func indirectCallNamesTheElement() throws {
        let instance = try Fixture().instantiate(
            "(module (table 3 funcref) (func (export \"f\") (param i32) (call_indirect (local.get 0))))")
        #expect(instance.trap("f", .i32(2))?.message == "uninitialized element 2")
        #expect(instance.trap("f", .i32(3))?.message == "undefined element 3")
    }

    // MARK: Operands

    @Test func operandKeepsTheLocalOfItsTime() throws {
        let instance = try Fixture().instantiate(
            """
            (module
              (func (export "set") (param i32) (result i32 i32)
                local.get 0 (local.set 0 (i32.const 7)) local.get 0)
              (func (export "tee") (param i32) (result i32 i32)
                local.get 0 (local.tee 0 (i32.add (local.get 0) (i32.const 1))))
              (func (export "arm") (param i32 i32) (result i32)
                local.get 0 (if (local.get 1) (then (local.set 0 (i32.const 9)))) local.get 0 i32.add)
              (func (export "swap") (param i32 i32) (result i32 i32)
                local.get 1 local.get 0)
              (func (export "swapBranch") (param i32 i32) (result i32 i32)
                local.get 1 local.get 0 (br_if 0 (local.get 0)) drop drop i32.const 0 i32.const 0))
            """)
        #expect(try instance.call("set", .i32(1)) == [.i32(1), .i32(7)])
        #expect(try instance.call("tee", .i32(1)) == [.i32(1), .i32(2)])
        #expect(try instance.call("arm", .i32(1), .i32(1)) == [.i32(10)])
        #expect(try instance.call("arm", .i32(1), .i32(0)) == [.i32(2)])
        #expect(try instance.call("swap", .i32(1), .i32(2)) == [.i32(2), .i32(1)])
        #expect(try instance.call("swapBranch", .i32(1), .i32(2)) == [.i32(2), .i32(1)])
    }

    /// The comparison that a branch takes over must be the one that computed its operand.
    @Test func branchTakesOverItsOwnComparisonOnly() throws {
        let instance = try Fixture().instantiate(
            """
            (module
              (func (export "dropped") (param i32 i32) (result i32)
                (i32.lt_s (local.get 0) (local.get 1)) (i32.gt_s (local.get 0) (local.get 1)) drop
                if (result i32) i32.const 1 else i32.const 2 end)
              (func (export "negated") (param f64 f64) (result i32)
                (i32.eqz (f64.lt (local.get 0) (local.get 1)))
                if (result i32) i32.const 1 else i32.const 2 end))
            """)
        #expect(try instance.call("dropped", .i32(1), .i32(2)) == [.i32(1)])
        #expect(try instance.call("dropped", .i32(2), .i32(1)) == [.i32(2)])
        let nan = Value.f64(Double.nan.bitPattern)
        #expect(try instance.call("negated", nan, nan) == [.i32(1)])
    }

    /// Slots beyond 2^16, which instructions cannot name.
    @Test func framesOfAnySizeWork() throws {
        let locals = String(repeating: "v128 ", count: 40_000)
        let instance = try Fixture().instantiate(
            """
            (module (memory 1)
              (func (export "f") (param i32) (result i32 i64 i32)
                (local \(locals)) (local $a i32) (local $b i64) (local $v v128)
                (local.set $a (i32.add (local.get 0) (i32.const 1)))
                (local.set $b (i64.extend_i32_u (i32.mul (local.get $a) (local.get $a))))
                (local.set $v (i32x4.splat (local.get $a)))
                (i32.store (local.get $a) (local.get $a))
                (block (br_if 0 (i32.lt_u (local.get $a) (i32.const 100))) unreachable)
                (i32.load (local.get $a))
                (i64.add (local.get $b) (i64.mul (local.get $b) (i64.const 2)))
                (i32x4.extract_lane 3 (i32x4.add (local.get $v) (local.get $v)))))
            """)
        #expect(try instance.call("f", .i32(4)) == [.i32(5), .i64(75), .i32(10)])
    }

    // MARK: Limits

    @Test func codeThatWouldGrowWithoutBoundIsRefused() throws {
        let results = String(repeating: "i32 ", count: 1000)
        let branches = String(repeating: "i32.const 0 br_if 0 ", count: 20)
        var configuration = Store.Configuration()
        configuration.functionCodeBytes = 1 << 17
        let instance = try Fixture(configuration).instantiate(
            """
            (module
              (func $many (result \(results)) unreachable)
              (func (export "f") (result \(results))
                i32.const 1 call $many \(branches) return))
            """)
        do throws(ExecutionError) {
            _ = try instance.call("f")
            Issue.record("there was a result")
        } catch {
            guard case .diagnostic(let diagnostic) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(diagnostic.phase == .unsupported)
        }
    }

    @Test func fuelEndsAnEndlessLoop() throws {
        var configuration = Store.Configuration()
        configuration.fuel = 1000
        let fixture = Fixture(configuration)
        for body in ["(loop (br 0))", "(return_call 0)"] {
            let instance = try fixture.instantiate("(module (func (export \"f\") \(body)))")
            do throws(ExecutionError) {
                _ = try instance.call("f")
                Issue.record("it ended: \(body)")
            } catch {
                if case .outOfFuel = error { continue }
                Issue.record("\(error)")
            }
        }
    }
}

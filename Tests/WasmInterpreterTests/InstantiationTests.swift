import Diagnostics
import Testing
import WasmSpec

@testable import WasmInterpreter

/// Imports, host functions and the state that failing instantiations leave behind.
@Suite struct InstantiationTests {
    private func linkError(_ fixture: Fixture, _ text: String) throws -> Diagnostic? {
        do {
            try fixture.instantiate(text)
        } catch ExecutionError.diagnostic(let diagnostic) {
            return diagnostic
        }
        return nil
    }

    @Test func missingAndMismatchedImportsAreRefused() throws {
        let fixture = Fixture()
        try fixture.instantiate(
            "(module (func (export \"f\") (param i32)) (memory (export \"m\") 1 2) (global (export \"g\") (mut i32) (i32.const 0)))",
            as: "a")
        let missing = try linkError(fixture, "(module (import \"a\" \"x\" (func)))")
        #expect(missing?.phase == .unlinkable)
        #expect(missing?.message == "unknown import")
        for text in [
            "(module (import \"a\" \"f\" (func)))", "(module (import \"a\" \"m\" (memory 2)))",
            "(module (import \"a\" \"m\" (memory 1 1)))", "(module (import \"a\" \"g\" (global i32)))",
            "(module (import \"a\" \"g\" (func)))",
        ] {
            #expect(try linkError(fixture, text)?.message == "incompatible import type", "\(text)")
        }
        #expect(try linkError(fixture, "(module (import \"a\" \"m\" (memory 1)))") == nil)
    }

    @Test func whatAFailedInstantiationWroteStays() throws {
        let fixture = Fixture()
        let first = try fixture.instantiate(
            """
            (module (memory (export "m") 1) (table (export "t") 2 funcref)
              (func (export "byte") (result i32) (i32.load8_u (i32.const 0)))
              (func (export "call") (result i32) (call_indirect (result i32) (i32.const 0))))
            """, as: "a")
        #expect(throws: ExecutionError.self) {
            try fixture.instantiate(
                """
                (module (import "a" "m" (memory 1)) (import "a" "t" (table 2 funcref))
                  (func $f (result i32) (i32.const 42))
                  (elem (i32.const 0) $f)
                  (data (i32.const 0) "\\07") (data (i32.const 0x10000) "x"))
                """, as: "b")
        }
        #expect(try first.call("byte") == [.i32(7)])
        #expect(try first.call("call") == [.i32(42)])
    }

    // MARK: Host functions

    @Test func hostFunctionSeesArgumentsAndMemory() throws {
        let fixture = Fixture()
        fixture.addHost("add", [.i32, .f64, .v128], [.i64, .v128]) { (call: inout HostCall) throws(ExecutionError) in
            let arguments = call.arguments
            guard case .i32(let number) = arguments[0], case .f64(let bits) = arguments[1],
                let byte = call.memory?.bytes[3]
            else { return }
            call.setResults([.i64(Int64(number) + Int64(Double(bitPattern: bits)) + Int64(byte)), arguments[2]])
        }
        let instance = try fixture.instantiate(
            """
            (module (import "host" "add" (func $add (param i32 f64 v128) (result i64 v128)))
              (memory 1) (data (i32.const 3) "\\64")
              (func (export "f") (result i64 v128)
                (call $add (i32.const 1) (f64.const 2) (v128.const i64x2 5 6))))
            """)
        #expect(try instance.call("f") == [.i64(103), .v128(V128(low: 5, high: 6))])
    }

    @Test func errorsAndExceptionsPassThroughHostFunctions() throws {
        struct Stop: Error {}
        let fixture = Fixture()
        var inner: FunctionInstance?
        fixture.addHost("again", [], []) { (call: inout HostCall) throws(ExecutionError) in
            if let inner { _ = try call.store.invoke(inner) }
        }
        fixture.addHost("stop", [], []) { (_: inout HostCall) throws(ExecutionError) in throw .host(Stop()) }
        let instance = try fixture.instantiate(
            """
            (module (import "host" "again" (func $again)) (import "host" "stop" (func $stop))
              (tag $tag (param i32))
              (func (export "inner") (throw $tag (i32.const 5)))
              (func (export "outer") (result i32)
                (block $caught (result i32) (try_table (catch $tag $caught) (call $again)) (i32.const 0)))
              (func (export "stopped") (call $stop)))
            """)
        guard case .function(let function)? = instance.export("inner") else { return }
        inner = function
        #expect(try instance.call("outer") == [.i32(5)])
        do throws(ExecutionError) {
            _ = try instance.call("stopped")
            Issue.record("nothing was thrown")
        } catch {
            if case .host(let error) = error, error is Stop { return }
            Issue.record("\(error)")
        }
    }

    @Test func endlessNestingOfHostCallsTraps() throws {
        let fixture = Fixture()
        var function: FunctionInstance?
        fixture.addHost("again", [], []) { (call: inout HostCall) throws(ExecutionError) in
            if let function { _ = try call.store.invoke(function) }
        }
        let instance = try fixture.instantiate(
            "(module (import \"host\" \"again\" (func $again)) (func (export \"f\") (call $again)))")
        if case .function(let found)? = instance.export("f") { function = found }
        #expect(instance.trap("f")?.kind == .callStackExhausted)
    }

    @Test func argumentsMustMatch() throws {
        let instance = try Fixture().instantiate("(module (func (export \"f\") (param i32)))")
        #expect(throws: ExecutionError.self) { try instance.call("f") }
        #expect(throws: ExecutionError.self) { try instance.call("f", .i64(1)) }
    }

    @Test func referencesOfTheHostMustMatchToo() throws {
        let fixture = Fixture()
        let instance = try fixture.instantiate(
            """
            (module (type $t (func (result i32)))
              (func (export "call") (param (ref null $t)) (result i32) (call_ref $t (local.get 0)))
              (func (export "right") (result i32) (i32.const 7))
              (func (export "wrong"))
              (global (export "global") (mut externref) (ref.null extern)))
            """)
        guard case .function(let right)? = instance.export("right"),
            case .function(let wrong)? = instance.export("wrong"),
            case .global(let global)? = instance.export("global")
        else {
            Issue.record("exports are missing")
            return
        }
        #expect(try instance.call("call", .reference(.function(right))) == [.i32(7)])
        #expect(throws: ExecutionError.self) { try instance.call("call", .reference(.function(wrong))) }
        #expect(throws: ExecutionError.self) { try instance.call("call", .reference(.host(8))) }
        #expect(instance.trap("call", .reference(.null))?.kind == .nullFunctionReference)
        try global.set(.reference(.host(9)))
        #expect(global.value == .reference(.host(9)))
        #expect(throws: ExecutionError.self) { try global.set(.reference(.function(right))) }
    }
}

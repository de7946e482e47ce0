import Diagnostics
import Testing
import WasmBinary
import WasmSpec
import WasmText
import WasmValidation

@testable import WasmInitialization

@Suite struct ModuleInitializerTests {
    private func module(_ fields: String) throws -> ValidatedModule {
        try validate(try decodeModule(try assembleModule(text: Array("(module \(fields))".utf8)).bytes))
    }

    private func initialized(_ fields: String, seconds: Double = 60) throws -> Module {
        try ModuleInitializer(try module(fields), calling: "init", seconds: seconds).initialized()
    }

    @Test(arguments: ["", "(memory.fill (i32.const 0) (i32.const 0) (i32.const 65536))"])
    func itEndsAfterSomeTime(body: String) throws {
        let error = try #require(throws: Diagnostic.self) {
            try initialized("(memory 1) (func (export \"init\") (loop $l \(body) (br $l)))", seconds: 0.1)
        }
        #expect(error.phase == .initialization)
        #expect(error.message == "no end")
        #expect(error.detail == "`init` is given up after 1 s")
    }

    @Test func theResultIsValidAndItsCodeIsInItsPlace() throws {
        let fields = """
            (memory 1) (table 2 funcref) (global $g (mut i32) (i32.const 1)) (data $p "xy")
            (func $f) (elem declare func $f)
            (func (export "init") (i32.store (i32.const 100) (i32.const -1)) (global.set $g (i32.const 7))
              (table.set (i32.const 1) (ref.func $f)) (data.drop $p))
            """
        let before = try module(fields).module
        let after = try initialized(fields)
        #expect(after.functions.map(\.body) == before.functions.map(\.body))
        #expect(after.source.bytes.starts(with: before.source.bytes))
        #expect(after.dataSegments.map(\.contents.count) == [0, 4])
        #expect(after.elementSegments.map(\.elements.count) == [1, 1])
        #expect(after.exports.isEmpty)
        _ = try validate(after)
    }

    /// Zeros are no part of the program: a segment for each page that has something.
    @Test func zerosTakeNoRoom() throws {
        let after = try initialized(
            """
            (memory 1000) (func (export "init") (local $i i32)
              (loop $l
                (i32.store8 (i32.mul (local.get $i) (i32.const 1048576)) (i32.const 1))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $l (i32.lt_u (local.get $i) (i32.const 60)))))
            """)
        #expect(after.dataSegments.count == 60)
        #expect(after.dataSegments.allSatisfy { $0.contents.count == 1 })
    }

    @Test func otherExportsStay() throws {
        let after = try initialized("(func (export \"init\")) (func (export \"other\"))")
        #expect(after.exports.map(\.name) == ["other"])
    }
}

import Diagnostics
import Testing
import WasmSpec

@testable import WasmLowering

/// What tables hold when instantiation has ended.
@Suite struct TableImageTests {
    private static let functions = "(func $f (export \"f\")) (func $g (export \"g\"))"

    private func plan(_ fields: String) throws -> ProgramPlan { try makePlan("(module \(Self.functions) \(fields))") }

    private func image(_ fields: String) throws -> TableImage { try plan(fields).tables[0][0] }

    /// The elements as function indices; nil for null.
    private func elements(_ fields: String) throws -> [Int?] {
        try image(fields).elements.map { $0?.function.position }
    }

    @Test func segmentsAreWrittenInTheirOrder() throws {
        #expect(
            try elements("(table 5 funcref) (elem (i32.const 1) func $f $f) (elem (i32.const 2) func $g)")
                == [nil, 0, 1, nil, nil])
        #expect(
            try elements("(table 3 funcref) (elem (i32.const 0) funcref (ref.null func) (ref.func $g))") == [
                nil, 1, nil,
            ])
        // Passive and declarative segments write nothing.
        #expect(try elements("(table 1 funcref) (elem func $f) (elem declare func $g)") == [nil])
    }

    @Test func offsetsAreEvaluated() throws {
        #expect(
            try elements("(table 3 funcref) (elem (offset (i32.add (i32.const 1) (i32.const 1))) func $g)")
                == [nil, nil, 1])
        #expect(try elements("(table i64 2 funcref) (elem (table 0) (i64.const 1) func $f)") == [nil, 0])
    }

    @Test func initializersFillTables() throws {
        #expect(
            try elements("(table 3 funcref (ref.func $g)) (elem (i32.const 1) func $f)") == [1, 0, 1])
    }

    // MARK: Segments that do not fit

    @Test(arguments: ["i32.const 3", "i32.const -1", "i32.const 0x7fffffff"])
    func instantiationEndsAtASegmentThatDoesNotFit(_ offset: String) throws {
        let fields = """
            (table 4 funcref) (elem (i32.const 0) func $f)
            (elem (\(offset)) func $f $g) (elem (i32.const 2) func $g)
            """
        #expect(try elements(fields) == [0, nil, nil, nil])
        let plan = try plan(fields)
        #expect(try TableImage.instantiationTraps(plan.instances[0], plan.tables[0]))
    }

    @Test func anEmptySegmentFitsAtTheEnd() throws {
        for (offset, traps) in [(4, false), (5, true)] {
            let plan = try plan("(table 4 funcref) (elem (i32.const \(offset)) func)")
            #expect(try TableImage.instantiationTraps(plan.instances[0], plan.tables[0]) == traps)
        }
    }

    // MARK: Constant, changing and sparse tables

    @Test func tablesThatNothingChangesAreConstant() throws {
        #expect(try image("(table 2 funcref)").isImmutable)
        let setter = "(func (export \"set\") (table.set 0 (i32.const 0) (ref.null func)))"
        #expect(try !image("(table 2 funcref) \(setter)").isImmutable)
        #expect(try image("(table 2 funcref) \(setter.replacingExport())").isImmutable)
    }

    /// 16 null elements for a table and 8 for each element that is not null are stored in an executable.
    @Test(arguments: [(0, 16), (1, 25), (3, 43)])
    func sparseTablesAreWrittenAtStart(_ written: Int, _ largest: Int) throws {
        let segment = "(elem (i32.const 0) func\(times(written, " $f")))"
        let stored = try image("(table \(largest) funcref) \(segment)")
        #expect(stored.isImmutable && !stored.isWrittenAtStart && stored.elements.count == largest)
        let sparse = try image("(table \(largest + 1) funcref) \(segment)")
        #expect(!sparse.isImmutable && sparse.isWrittenAtStart && sparse.elements.isEmpty && sparse.size == largest + 1)
    }

    @Test func filledTablesAreNotSparse() throws {
        let image = try image("(table 1000 funcref (ref.func $f))")
        #expect(!image.isWrittenAtStart && image.elements.allSatisfy { $0 == functionID(0) })
    }

    // MARK: Limits

    @Test(arguments: [
        ("(table 33554433 funcref)", "table too large"),
        ("(table 20000000 funcref) (table 20000000 funcref)", "tables too large"),
        ("(table 1048577 funcref (ref.func $f))", "table too large"),
        ("(table 600000 funcref (ref.func $f)) (table 600000 funcref (ref.func $f))", "tables too large"),
    ])
    func tablesOfAProgramHaveALimit(_ tables: String, _ message: String) throws {
        let error = try #require(throws: Diagnostic.self) { try plan(tables) }
        #expect(error.phase == .unsupported && error.message == message)
    }
}

extension String {
    /// A function without its export.
    fileprivate func replacingExport() -> String {
        let parts = split(separator: "(export \"set\") ", maxSplits: 1)
        return parts.joined()
    }
}

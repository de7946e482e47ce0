import Diagnostics
import Testing
import WasmSpec

@testable import WasmLowering

/// What a closed world lets the compiler assume.
@Suite struct ProgramFactsTests {
    private func facts(_ fields: String, _ change: (inout CompileOptions) -> Void = { _ in }) throws -> ProgramFacts {
        try makePlan("(module \(fields))", change).facts
    }

    // MARK: Functions

    private static let functions = """
        (table funcref (elem $element)) (global funcref (ref.func $global)) (start $start)
        (func $exported (export "exported") (call $called))
        (func $called)
        (func $never (call $by-never))
        (func $by-never)
        (func $element) (func $global) (func $start)
        """

    @Test func functionsThatCanRun() throws {
        let facts = try facts(Self.functions)
        #expect(facts.isReachable == [[true, true, false, false, true, true, true]])
        #expect(facts.isReferenced == [[false, false, false, false, true, true, false]])
    }

    @Test func exportsAreRootsOnlyWhereTheyCanBeCalled() throws {
        let facts = try facts(Self.functions) { $0.includesInvoke = false }
        #expect(facts.isReachable == [[false, false, false, false, true, true, true]])
    }

    @Test func commandsAndReactorsBeginAtTheirEntry() throws {
        for entry in ["_start", "_initialize"] {
            let facts = try facts("(func) (func (export \"\(entry)\")) (func (export \"other\"))") {
                $0.includesInvoke = false
            }
            #expect(facts.isReachable == [[false, true, false]], "\(entry)")
        }
    }

    @Test func referencesMakeFunctionsReachable() throws {
        let facts = try facts("(elem declare func $f) (func $f) (func (export \"g\") (drop (ref.func $f)))")
        #expect(facts.isReachable == [[true, true]])
        #expect(facts.isReferenced == [[true, false]])
    }

    @Test func calleesAreNamedOnceInTheirOrder() throws {
        let facts = try facts(
            """
            (func $a (export "a") (call $c) (call $b) (call $c) (call $a))
            (func $b) (func $c)
            (func $never (call $b))
            """)
        #expect(facts.callees == [[[functionID(2), functionID(1), functionID(0)], [], [], []]])
    }

    @Test func costsAreThoseOfFunctionsThatCanRun() throws {
        let facts = try facts("(func (export \"a\") (loop)) (func (loop))")
        #expect(facts.costs[0].map(\.loops) == [1, 0])
    }

    // MARK: Tables

    @Test(arguments: [
        "(table.set $t (i32.const 0) (ref.null func))",
        "(table.fill $t (i32.const 0) (ref.null func) (i32.const 1))",
        "(table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1))",
        "(drop (table.grow $t (ref.null func) (i32.const 1)))",
        "(table.copy $t $t (i32.const 0) (i32.const 0) (i32.const 1))",
    ])
    func instructionsThatChangeTables(_ instruction: String) throws {
        let tables = "(table $other 1 funcref) (table $t 1 funcref) (elem $e func)"
        let table = TableID(instance: 0, position: 1)
        let facts = try facts("\(tables) (func (export \"f\") \(instruction))")
        #expect(facts.mutableTables == [table])
        #expect(facts.grownTables == (instruction.contains("grow") ? [table] : []))
        // The same where it cannot run.
        #expect(try self.facts("\(tables) (func \(instruction))").mutableTables.isEmpty)
    }

    @Test func copiesChangeTheirSourceToo() throws {
        let facts = try facts(
            """
            (table $a 1 funcref) (table $b 1 funcref)
            (func (export "f") (table.copy $b $a (i32.const 0) (i32.const 0) (i32.const 1)))
            """)
        #expect(facts.mutableTables == [TableID(instance: 0, position: 0), TableID(instance: 0, position: 1)])
    }

    @Test func whatOnlyReadsTablesChangesNone() throws {
        let facts = try facts(
            """
            (table $t 1 funcref) (elem $e func)
            (func (export "f")
              (drop (table.get $t (i32.const 0))) (drop (table.size $t)) (call_indirect (i32.const 0)) (elem.drop $e))
            """)
        #expect(facts.mutableTables.isEmpty)
        #expect(facts.readTables == [TableID(instance: 0, position: 0)])
    }

    // MARK: Memories and calls

    @Test func memoriesGrowWhereSomethingThatRunsGrowsThem() throws {
        let facts = try facts(
            """
            (memory $a 1) (memory $b 1)
            (func (export "f") (drop (memory.grow $b (i32.const 1))))
            (func (drop (memory.grow $a (i32.const 1))))
            """)
        #expect(facts.grownMemories == [MemoryID(instance: 0, position: 1)])
    }

    @Test(arguments: [
        "(return_call $f)", "(return_call_indirect (i32.const 0))", "(return_call_ref $type (ref.func $f))",
    ])
    func tailCalls(_ call: String) throws {
        let fields = "(type $type (func)) (table 1 funcref) (elem declare func $f) (func $f (type $type))"
        #expect(try facts("\(fields) (func (export \"g\") \(call))").usesTailCalls)
        #expect(try !facts("\(fields) (func \(call))").usesTailCalls)
        #expect(try !facts("\(fields) (func (export \"g\") (call $f))").usesTailCalls)
    }

    // MARK: Several modules

    @Test func factsAreThoseOfTheDefiner() throws {
        let library = """
            (module (memory (export "memory") 1) (table (export "changed") 2 funcref) (table (export "kept") 2 funcref)
              (func (export "used")) (func (export "unused")))
            """
        let facts = try makePlan(
            linked: [("library", library)],
            """
            (module
              (import "library" "memory" (memory 1)) (import "library" "changed" (table $changed 1 funcref))
              (import "library" "kept" (table 1 funcref)) (import "library" "used" (func $used))
              (memory $own 1)
              (elem (table $changed) (i32.const 0) func)
              (func (export "f") (call $used) (drop (memory.grow 0 (i32.const 1)))))
            """
        ) { $0.includesInvoke = true }.facts
        #expect(facts.grownMemories == [MemoryID(instance: 0, position: 0)])
        // A segment that is active on another module's table is written at run time.
        #expect(facts.mutableTables == [TableID(instance: 0, position: 0)])
        #expect(facts.callees[1] == [[functionID(0)]])
        #expect(facts.isReachable[0][0])
        // Of an import, the definer's entry says whether it can run.
        #expect(facts.isReachable[1] == [false, true])
    }
}

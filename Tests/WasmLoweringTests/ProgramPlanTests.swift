import Diagnostics
import Testing
import WasmSpec

@testable import WasmLowering

/// What is decided before LLVM sees a function.
@Suite struct ProgramPlanTests {
    @Test func smallProgramsAreOneModule() throws {
        #expect(try makePlan("(module (func (export \"f\")))").isSingleModule)
        #expect(try makePlan("(module)").isSingleModule)
        #expect(try !makePlan(linked: [("library", "(module)")], "(module (func (export \"f\")))").isSingleModule)
    }

    /// Each object is a call, and there is one function for an expression, however long it is.
    @Test(arguments: [(2_000, Tier.standard), (12_000, .unoptimized)])
    func longInitializersStandByThemselves(_ objects: Int, _ tier: Tier) throws {
        let value = "(ref.null $list) \(times(objects, "struct.new $list "))"
        let plan = try makePlan(
            """
            (module (type $list (struct (field (ref null $list))))
              (global (ref null $list) \(value)) (func (export "f")))
            """)
        #expect(plan.dataTier == tier)
        #expect(plan.isSingleModule == (tier == .standard))
    }

    @Test func theConventionFollowsTailCalls() throws {
        #expect(try makePlan("(module (func $f (export \"f\") (call $f)))").callingConvention == .fast)
        #expect(try makePlan("(module (func $f (export \"f\") (return_call $f)))").callingConvention == .tail)
    }

    // MARK: Memories

    @Test func theMainModulesMemoriesComeFirst() throws {
        let plan = try makePlan(
            linked: [("a", "(module (memory (export \"m\") 1))"), ("b", "(module (memory 1) (memory 1))")],
            "(module (import \"a\" \"m\" (memory 1)) (memory 1) (memory 1))")
        let ordinals = [(2, 0), (2, 1), (1, 0), (1, 1), (0, 0)].map {
            plan.memoryOrdinal(MemoryID(instance: $0.0, position: $0.1))
        }
        #expect(ordinals == Array(0..<5))
        // An import is the definer's.
        #expect(plan.instances[2].memories.first == MemoryID(instance: 0, position: 0))
    }

    private func usesGuardPages(
        _ memory: String, _ change: (inout CompileOptions) -> Void = { _ in }
    ) throws -> (guarded: Bool, strict: Bool) {
        let plan = try makePlan("(module (memory \(memory)))", change)
        return (plan.options.usesGuardPages(plan.instances[0].module.memories[0]), plan.needsStrictLoads)
    }

    @Test func guardPagesNeed32BitsAndWholePages() throws {
        #expect(try usesGuardPages("1") == (true, true))
        #expect(try usesGuardPages("i64 1") == (false, false))
        #expect(try usesGuardPages("1 (pagesize 1)") == (false, false))
        #expect(try usesGuardPages("1") { $0.bounds = .explicit } == (false, false))
        #expect(try usesGuardPages("1") { $0.traps = .relaxed } == (true, false))
        #expect(try usesGuardPages("1") { $0.traps = .exact } == (true, true))
        #expect(try !makePlan("(module)").needsStrictLoads)
    }

    // MARK: Imports that are larger than what they come from

    private static let library = """
        (module (memory (export "memory") 1) (table (export "table") 1 funcref)
          (func (export "grow memory") (drop (memory.grow (i32.const 1))))
          (func (export "grow table") (drop (table.grow (ref.null func) (i32.const 1)))))
        """

    private func importing(_ import: String, calling function: String? = nil) throws -> ProgramPlan {
        let call = function.map { "(import \"library\" \"\($0)\" (func $grow))" } ?? "(func $grow)"
        return try makePlan(
            linked: [("library", Self.library)],
            "(module \(call.hasPrefix("(import") ? call : "") \(`import`) \(call.hasPrefix("(func") ? call : "") "
                + "(func (export \"_start\") (call $grow)))"
        ) { $0.includesInvoke = false }
    }

    @Test(arguments: ["(import \"library\" \"memory\" (memory 2))", "(import \"library\" \"table\" (table 2 funcref))"])
    func whatNeverGrowsIsNotImportedAsLarger(_ import: String) throws {
        let error = try #require(throws: Diagnostic.self) { try importing(`import`) }
        #expect(error.phase == .unlinkable && error.message == "incompatible import type")
        let function = `import`.contains("memory") ? "grow memory" : "grow table"
        _ = try importing(`import`, calling: function)
    }

    // MARK: Symbols

    @Test func whatOtherObjectsReferToIsShared() throws {
        let plan = try makePlan(
            """
            (module
              (table funcref (elem $element))
              (func $root (export "root") (call $near) (call $far))
              (func $near)
              (func $element)
              \(times(ProgramPlan.partitionFunctions - 3, "(func (export \"EXPORT\"))").numbered())
              (func $far (call $next))
              (func $next))
            """)
        #expect(plan.partitions.map(\.functions.count) == [ProgramPlan.partitionFunctions, 2])
        let far = ProgramPlan.partitionFunctions
        #expect([0, 1, 2, far, far + 1].map { plan.isShared[0][$0] } == [true, false, true, true, false])
    }
}

extension String {
    /// Each `EXPORT` becomes a name of its own.
    fileprivate func numbered() -> String {
        var result = ""
        var rest = self[...]
        var number = 0
        while let start = rest.firstIndex(of: "E") {
            result += rest[..<start] + "export \(number)"
            rest = rest[start...].dropFirst("EXPORT".count)
            number += 1
        }
        return result + rest
    }
}

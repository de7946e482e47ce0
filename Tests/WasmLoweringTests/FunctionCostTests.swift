import Diagnostics
import Testing

@testable import WasmLowering

/// What a function may cost LLVM beyond its bytes.
@Suite struct FunctionCostTests {
    private func cost(_ function: String, before fields: String = "") throws -> FunctionCost {
        try makePlan(
            """
            (module \(fields) (type $wide (func (param i32 i32 i32) (result i64 i64)))
              (table 1 funcref)
              (func $f (export "f") \(function))
              (func $wide (type $wide) unreachable))
            """
        ).facts.costs[0][0]
    }

    // MARK: Counting

    @Test(arguments: [
        ("(call $wide (i32.const 1) (i32.const 2) (i32.const 3)) (drop) (drop)", 5),
        ("(call_indirect (type $wide) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 0)) (drop) (drop)", 5),
        ("(drop (block (result i32) (i32.const 1)))", 1),
        ("(drop (block (result i32) (br 0 (i32.const 1))))", 2),
        ("(block (br 0))", 0),
        ("(i32.const 1) (loop (param i32) (br 0))", 2),
        ("(drop (block (result i32) (i32.const 7) (br_table 0 0 0 (i32.const 1))))", 3),
    ])
    func passedValues(_ function: String, _ count: Int) throws { #expect(try cost(function).passedValues == count) }

    @Test func returnsPassTheResults() throws {
        #expect(try cost("(result i32 i32) (return (i32.const 1) (i32.const 2))").passedValues == 2)
    }

    @Test func loops() throws {
        let nested = try cost("(loop (loop) (loop (loop)))")
        #expect(nested.loops == 4 && nested.loopDepth == 3)
        let sequence = try cost(times(5, "(loop)"))
        #expect(sequence.loops == 5 && sequence.loopDepth == 1)
        #expect(try cost("(block (block))").loopDepth == 0)
    }

    @Test func localsThatMeet() throws {
        #expect(try cost("(local i32 i32) (local.set 0 (i32.const 1))").mergedLocals == 0)
        #expect(try cost("(local i32 i32) (block (local.set 0 (i32.const 1)))").mergedLocals == 1)
        // In each block around it.
        #expect(try cost("(local i32 i32) (block (block (local.set 0 (i32.const 1))))").mergedLocals == 2)
        // No more than there are.
        #expect(try cost("(local i32 i32) (block \(times(9, "(local.set 0 (i32.const 1))")))").mergedLocals == 2)
    }

    @Test func localsThatAreNamed() throws {
        #expect(try cost("(local i32 i32 i32)").locals == 0)
        #expect(try cost("(local i32 i32 i32) (local.set 2 (local.get 0)) (drop (local.get 0))").locals == 2)
    }

    @Test func instructionsOfTheMachine() throws {
        #expect(try cost("(drop (i32.const 1)) (block) (nop)").instructions == 0)
        #expect(try cost("(param v128) (result v128) (i8x16.popcnt (local.get 0))").instructions == 16)
        #expect(try cost("(param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1))").instructions == 8)
        #expect(try cost("(param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))").instructions == 1)
    }

    @Test func runsThatAreLongerThanMostAreStraight() throws {
        let add = "(local.set 0 (i32.add (local.get 0) (local.get 0)))"
        func run(_ count: Int) -> String { String(repeating: add, count: count) + "(block (br_if 0 (local.get 0)))" }
        #expect(try cost("(param i32) " + run(62)).straightInstructions == 0)
        let mixed = try cost("(param i32) " + run(62) + run(100) + run(3))
        #expect(mixed.straightInstructions > 100 && mixed.straightInstructions < 110)
        #expect(mixed.isStraight)
        #expect(!FunctionCost().isStraight)
    }

    private static let heap = "(type $s (struct (field (mut i32)))) (type $a (array (mut i32)))"

    @Test func whatTrapsOrForksInsideIsACheck() throws {
        func checks(_ body: String) throws -> Int { try cost(body, before: Self.heap).checks }
        #expect(try checks("(param (ref null $s)) (drop (struct.get $s 0 (local.get 0)))") == 1)
        #expect(try checks("(param (ref null $a)) (drop (array.get $a (local.get 0) (i32.const 1)))") == 2)
        #expect(try checks("(param anyref) (drop (ref.cast (ref $s) (local.get 0)))") == 2)
        #expect(try checks("(param i32 i32) (drop (i32.div_s (local.get 0) (local.get 1)))") == 0)
    }

    @Test func whatNoGuardPagesProtectIsCompared() throws {
        let accesses = "(drop (i32.load (local.get 0))) (drop (v128.load8_lane 1 (local.get 0) (v128.const i64x2 0 0)))"
        func compared(_ memory: String, _ type: String, _ bounds: BoundsStrategy) throws -> Int {
            let plan = try makePlan("(module (memory \(memory)) (func (export \"f\") (param \(type)) \(accesses)))") {
                $0.bounds = bounds
            }
            return plan.facts.costs[0][0].comparedAccesses
        }
        #expect(try compared("1", "i32", .guardPages) == 0)
        #expect(try compared("1", "i32", .explicit) == 2)
        #expect(try compared("i64 1", "i64", .guardPages) == 2)
    }

    @Test func objectsAreMadeOfTheirValues() throws {
        let values = String(repeating: "(i32.const 1) ", count: 50)
        #expect(try cost("(drop (array.new_fixed $a 50 \(values)))", before: Self.heap).instructions >= 50)
    }

    @Test func handlersAreCountedWithWhatIsSetBeforeCalls() throws {
        let tag = "(tag $t)"
        let call = "(call 0)"
        #expect(try cost("(local i32) (block (try_table (catch_all 0) \(call)))", before: tag).handledLocals == 0)
        let inTry = "(local i32) (block (try_table (catch_all 0) (local.set 0 (i32.const 1)) \(call) \(call)))"
        #expect(try cost(inTry, before: tag).handledLocals == 2)
        #expect(try cost(inTry, before: tag).checks == 2)
        #expect(try cost(inTry, before: tag).handledCalls == 2)
        #expect(try cost(inTry + "(local.set 0 (i32.const 1)) \(call)", before: tag).handledLocals == 2)
        #expect(try cost("(block (try_table (try_table (catch_all 1)))) (try_table)", before: tag).tryDepth == 2)
    }

    // MARK: Limits

    private func cost(_ change: (inout FunctionCost) -> Void) -> FunctionCost {
        var cost = FunctionCost()
        change(&cost)
        return cost
    }

    @Test func localsBecomeValuesUpToALimit() {
        #expect(cost { $0.loopDepth = 64 }.canPromoteLocals(bytes: 2))
        #expect(!cost { $0.loopDepth = 65 }.canPromoteLocals(bytes: 2))
        #expect(cost { $0.locals = 4_000 }.canPromoteLocals(bytes: 2))
        #expect(!cost { $0.locals = 4_001 }.canPromoteLocals(bytes: 2))
        #expect(cost { ($0.locals, $0.branches) = (2_000, 2_000) }.canPromoteLocals(bytes: 2))
        #expect(!cost { ($0.locals, $0.branches) = (2_000, 2_001) }.canPromoteLocals(bytes: 2))
    }

    @Test func excessiveIsMoreThanTheSizeExplains() {
        #expect(!FunctionCost().isExcessive(bytes: 2))
        #expect(!cost { $0.mergedLocals = 4 * 100 + 256 }.isExcessive(bytes: 100))
        #expect(cost { $0.mergedLocals = 4 * 100 + 257 }.isExcessive(bytes: 100))
        #expect(!cost { $0.longestRun = 8_000 }.isExcessive(bytes: 2))
        #expect(cost { $0.longestRun = 8_001 }.isExcessive(bytes: 1 << 20))
        #expect(!cost { $0.branches = 16_000 }.isExcessive(bytes: 2))
        #expect(cost { $0.branches = 16_001 }.isExcessive(bytes: 1 << 20))
        #expect(!cost { ($0.branches, $0.checks) = (10_000, 6_000) }.isExcessive(bytes: 2))
        #expect(cost { ($0.branches, $0.checks) = (10_000, 6_001) }.isExcessive(bytes: 1 << 20))
        #expect(!cost { $0.tryDepth = 128 }.isExcessive(bytes: 2))
        #expect(cost { $0.tryDepth = 129 }.isExcessive(bytes: 1 << 20))
        #expect(!cost { $0.handledLocals = 8 * 100 + 256 }.isExcessive(bytes: 100))
        #expect(cost { $0.handledLocals = 8 * 100 + 257 }.isExcessive(bytes: 100))
        #expect(!cost { $0.loops = 600 }.isExcessive(bytes: 2))
        #expect(cost { $0.loops = 601 }.isExcessive(bytes: 1 << 20))
        #expect(!cost { $0.instructions = 20_000 }.isExcessive(bytes: 2))
        #expect(cost { $0.instructions = 20_001 }.isExcessive(bytes: 2))
        #expect(!cost { $0.instructions = 20_001 }.isExcessive(bytes: 20_001))
        #expect(!cost { $0.switchEdges = 20_000_000 }.isExcessive(bytes: 2))
        #expect(cost { $0.switchEdges = 20_000_001 }.isExcessive(bytes: 1 << 20))
        // What has too many locals for values has too many for the optimiser.
        #expect(cost { $0.locals = 4_001 }.isExcessive(bytes: 1 << 20))
    }

    @Test func largeFunctionsCostMoreThanInProportion() {
        #expect(!cost { $0.longestRun = 6_000 }.isLarge(bytes: 2))
        #expect(cost { $0.longestRun = 6_001 }.isLarge(bytes: 2))
        #expect(!cost { $0.branches = 1_500 }.isLarge(bytes: 2))
        #expect(cost { $0.branches = 1_501 }.isLarge(bytes: 2))
        #expect(!cost { $0.checks = 400 }.isLarge(bytes: 2))
        #expect(cost { $0.checks = 401 }.isLarge(bytes: 2))
        #expect(!cost { $0.comparedAccesses = 1_500 }.isLarge(bytes: 2))
        #expect(cost { $0.comparedAccesses = 1_501 }.isLarge(bytes: 2))
        #expect(!cost { $0.loops = 100 }.isLarge(bytes: 2))
        #expect(cost { $0.loops = 101 }.isLarge(bytes: 2))
        #expect(!FunctionCost().isLarge(bytes: FunctionCost.manyBytes))
        #expect(FunctionCost().isLarge(bytes: FunctionCost.manyBytes + 1))
    }

    @Test func checksCostTheirSquare() {
        #expect(!cost { $0.checks = 2_000 }.hasTooManyChecks)
        #expect(cost { $0.checks = 2_001 }.hasTooManyChecks)
        #expect(!cost { ($0.checks, $0.handledCalls) = (5_000, 4_000) }.hasTooManyChecks)
        #expect(cost { $0.checks = 300 }.costOfChecks == 300)
        #expect(cost { $0.checks = 800 }.costOfChecks == 1_600)
    }

    @Test func denseFunctions() throws {
        #expect(!cost { $0.instructions = 50 }.isDense(bytes: 100))
        #expect(cost { $0.instructions = 51 }.isDense(bytes: 100))
        // Accesses to objects are many instructions each, in all functions of a program that has objects.
        let gets = times(50, "(drop (struct.get $s 0 (local.get 0)))")
        #expect(try !cost("(param (ref null $s)) \(gets)", before: Self.heap).isDense(bytes: 300))
    }

    @Test func programsThatPassTooManyValuesAreRefused() throws {
        func program(_ calls: Int) -> String {
            let parameters = "(param\(times(1000, " i32"))) (result\(times(1000, " i32")))"
            return """
                (module
                  (func $f \(parameters) unreachable)
                  (func (export "g") \(parameters) \((0..<1000).map { "(local.get \($0))" }.joined())
                    \(times(calls, "(call $f)"))))
                """
        }
        // Each call passes 2,000, and the bodies have some thousand bytes.
        _ = try makePlan(program(240))
        let error = try #require(throws: Diagnostic.self) { try makePlan(program(260)) }
        #expect(error.phase == .unsupported && error.message == "too many values")
    }
}

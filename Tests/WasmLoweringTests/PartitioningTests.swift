import Testing

@testable import WasmLowering

/// How much work goes into functions that have many of one thing.
@Suite struct PartitioningTests {
    private func plan(_ functions: [String], _ level: OptimizationLevel = .standard) throws -> ProgramPlan {
        let fields = functions.enumerated().map { "(func (export \"f\($0)\") \($1))" }.joined(separator: "\n")
        return try makePlan("(module (memory 1) \(fields))") { $0.optimization = level }
    }

    private func cost(_ function: String) throws -> FunctionCost { try plan([function]).facts.costs[0][0] }

    private func popcounts(_ count: Int) -> String {
        "(param v128) (result v128) (local.get 0)" + String(repeating: "(i8x16.popcnt)", count: count)
    }

    private func loads(_ count: Int) -> String {
        String(repeating: "(drop (i32.load (i32.const 0)))", count: count)
    }

    @Test func ordinaryFunctionsAreOptimisedTogether() throws {
        let plan = try plan([popcounts(80), loads(1000), popcounts(80)])
        #expect(plan.partitions.map(\.functions) == [[0, 1, 2]])
        #expect(plan.partitions.map(\.optimization) == [.standard])
        #expect(!plan.partitions[0].tier.isExcessive)
    }

    @Test(arguments: OptimizationLevel.allCases) func excessiveFunctionsStandAlone(level: OptimizationLevel) throws {
        let plan = try plan([loads(10), popcounts(5000), loads(10)], level)
        #expect(plan.partitions.map(\.functions) == [[0], [1], [2]])
        #expect(plan.partitions.map(\.tier.isExcessive) == [false, true, false])
        #expect(plan.partitions.map(\.optimization) == [level, .none, level])
    }

    @Test(arguments: OptimizationLevel.allCases) func largeFunctionsGetFewPasses(level: OptimizationLevel) throws {
        func branches(_ count: Int) -> String { String(repeating: "(block (br_if 0 (i32.const 1)))", count: count) }
        func loops(_ count: Int) -> String { String(repeating: "(loop (br_if 0 (i32.const 0)))", count: count) }
        for (large, small) in [(branches(800), branches(700)), (loops(101), loops(100))] {
            let plan = try plan([small, large, large, small], level)
            #expect(plan.partitions.map(\.functions) == [[0], [1, 2], [3]])
            #expect(plan.partitions.map(\.tier) == [.standard, .lean, .standard])
            #expect(plan.partitions[1].optimization == (level == .none ? .none : .less))
        }
    }

    @Test func valuesOfCallsCount() throws {
        let function =
            "(param" + String(repeating: " i32", count: 100) + ")"
            + String(repeating: "(i32.const 0)", count: 100) + "(call 0)"
        #expect(try cost(function).instructions >= 94)
    }

    @Test func runsEndAtBranchesAndTheirLabels() throws {
        #expect(try cost(loads(9000)).longestRun == 9000)
        #expect(try cost(loads(4500) + "(br_if 0 (i32.const 1))" + loads(4500)).longestRun < 4600)
        #expect(try cost(loads(4500) + "(block)" + loads(4500)).longestRun == 9000)
        #expect(try cost(loads(4500) + "(loop)" + loads(4500)).longestRun == 4500)
        #expect(try cost("(block (br_if 0 (i32.const 1))" + loads(4500) + ")" + loads(4500)).longestRun == 4500)
    }

    @Test func countsAreInProportionToSize() throws {
        for piece in [
            "(drop (i64x2.mul (v128.const i64x2 1 2) (v128.const i64x2 3 4)))", "(block (br_if 0 (i32.const 1)))",
        ] {
            let one = try cost(String(repeating: piece, count: 300))
            let two = try cost(String(repeating: piece, count: 600))
            #expect(two.instructions == 2 * one.instructions)
            #expect(abs(two.branches - 2 * one.branches) <= 1)
        }
    }

    @Test func manyLocalsStayInTheirSlots() throws {
        func copies(_ count: Int) -> String {
            "(local" + String(repeating: " i32", count: count + 1) + ")"
                + (0..<count).map { "(local.set \($0 + 1) (local.get \($0)))" }.joined()
        }
        #expect(try plan([copies(3000)], .none).partitions.map(\.tier.promotesLocals) == [true])
        #expect(try plan([copies(5000)], .none).partitions.map(\.tier.promotesLocals) == [false])
        #expect(try plan([copies(5000)]).partitions.map(\.optimization) == [.none])
        let branches = String(repeating: "(block (br_if 0 (i32.const 1)))", count: 2500)
        #expect(try plan([copies(3000) + branches], .none).partitions.map(\.tier.promotesLocals) == [false])
    }

    // MARK: Sizes

    /// About ten bytes of code each, which become no instruction.
    private func constants(_ bytes: Int) -> String { times(bytes / 10, "(drop (f64.const 0))") }

    @Test func partitionsAreClosedWhenTheyAreFull() throws {
        // A function ends a partition that is not too small if it is as large as this.
        let half = constants(ProgramPlan.bytesBetweenEnds + 1000)
        #expect(try plan([half, half, half, half, half]).partitions.map(\.functions) == [[0], [1], [2], [3], [4]])
        // A small program has one.
        #expect(try plan([half, half]).partitions.map(\.functions) == [[0, 1]])
        // One that is larger than a partition has one.
        let larger = constants(ProgramPlan.partitionBytes + 1000)
        #expect(try plan([half, larger, half]).partitions.map(\.functions) == [[0], [1], [2]])
        #expect(
            try plan(Array(repeating: "", count: ProgramPlan.partitionFunctions + 1)).partitions.map(\.functions.count)
                == [ProgramPlan.partitionFunctions, 1])
    }

    /// Partitions of a program, each by its first and last function.
    private func ends(_ sizes: [Int]) throws -> [ClosedRange<Int>] {
        let bodies = sizes.enumerated().map { number, size in
            times(size / 10, "(drop (f64.const \(number)))")
        }
        return try plan(bodies).partitions.map { $0.functions[0]...$0.functions[$0.functions.count - 1] }
    }

    @Test func partitionsEndWhereTheyDidBeforeAChange() throws {
        var sizes = (0..<300).map { 1000 + $0 * 37 % 3000 }
        let before = Set(try ends(sizes))
        #expect(before.count > 10)
        #expect(
            before.allSatisfy { range in
                let bytes = sizes[range].reduce(0, +)
                return bytes <= ProgramPlan.partitionBytes + 3000
            })
        for position in [5, 150, 290] {
            let size = sizes[position]
            sizes[position] = size * 4
            #expect(Set(try ends(sizes)).symmetricDifference(before).count <= 4)
            sizes[position] = size
        }
    }

    @Test func onlyWhatCanRunIsInPartitions() throws {
        let plan = try makePlan("(module (func) (func (export \"f\")) (func) (func (export \"g\")))")
        #expect(plan.partitions.map(\.functions) == [[1, 3]])
        #expect(try makePlan("(module (func))").partitions.isEmpty)
    }

    @Test func eachModuleHasPartitionsOfItsOwn() throws {
        let plan = try makePlan(
            linked: [("library", "(module (func (export \"f\")))")], "(module (func (export \"f\")))")
        #expect(plan.partitions.map(\.instance) == [0, 1])
        #expect(plan.partitions.map(\.number) == [0, 1])
        #expect(plan.partitions.map(\.functions) == [[0], [0]])
    }

    @Test(arguments: [
        (OptimizationLevel.none, OptimizationLevel.none), (.less, .less), (.standard, .less), (.aggressive, .less),
        (.size, .less),
    ])
    func giantFunctionsAreOptimisedLess(_ level: OptimizationLevel, _ expected: OptimizationLevel) throws {
        let plan = try plan(["", constants(FunctionCost.manyBytes + 1000), ""], level)
        #expect(plan.partitions.map(\.functions) == [[0], [1], [2]])
        #expect(plan.partitions.map(\.optimization) == [level, expected, level])
        #expect(plan.partitions.allSatisfy { !$0.tier.isExcessive && $0.tier.promotesLocals })
    }

    @Test func enormousFunctionsAreNotOptimised() throws {
        let plan = try plan([constants(ProgramPlan.enormousFunctionBytes + 1000)], .aggressive)
        #expect(plan.partitions.map(\.optimization) == [.none])
        #expect(!plan.partitions[0].tier.isExcessive)
    }

    @Test func denseFunctionsAreCountedTogether() throws {
        #expect(try plan(Array(repeating: popcounts(400), count: 46)).partitions.allSatisfy { !$0.tier.isExcessive })
        let many = try plan([loads(10)] + Array(repeating: popcounts(400), count: 50))
        #expect(many.partitions.map(\.tier.isExcessive) == [false, true])
    }

    /// Functions with one run each.
    private func straight(_ count: Int) -> [String] { Array(repeating: "(param i32)" + loads(400), count: count) }

    @Test func straightFunctionsAreCountedTogether() throws {
        let ordinary = "(param i32) (block (br_if 0 (local.get 0)))"
        #expect(Set(try plan(straight(100)).partitions.map(\.tier)) == [.standard])
        let many = try plan([ordinary] + straight(101))
        #expect(Set(many.partitions.dropFirst().map(\.tier)) == [.lean])
        #expect(many.partitions[0].tier == .standard)
        #expect(Set(try plan(straight(376)).partitions.map(\.tier)) == [.unoptimized])
    }

    @Test func aPartOfAProgramMayBeStraight() throws {
        // Eight times as much that is not.
        let branches = "(param i32)" + String(repeating: "(block (br_if 0 (local.get 0)))", count: 700)
        let plan = try plan(straight(101) + Array(repeating: branches, count: 240))
        #expect(Set(plan.partitions.map(\.tier)) == [.standard])
    }

    @Test func checkedFunctionsAreCountedTogether() throws {
        func plan(_ count: Int, _ gets: Int = 101) throws -> ProgramPlan {
            let get = "(drop (struct.get $s 0 (local.get 0)))"
            let functions = (0..<count).map {
                "(func (export \"f\($0)\") (param (ref null $s)) \(String(repeating: get, count: gets)))"
            }
            return try makePlan("(module (type $s (struct (field i32))) \(functions.joined()))") {
                $0.optimization = .standard
            }
        }
        #expect(try plan(198).partitions.allSatisfy { $0.tier == .standard })
        #expect(try plan(199).partitions.allSatisfy { $0.tier == .lean })
        #expect(try plan(397).partitions.allSatisfy { $0.tier == .unoptimized })
        #expect(try plan(400, 100).partitions.allSatisfy { $0.tier == .standard })
    }
}

import Testing

@testable import WasmInterpreter

/// What the translator writes behind a handler is what the handler reads.
@Suite struct OperandLayoutTests {
    private func words<Operands: OperandLayout>(_ operands: Operands) -> [UInt64] {
        var code = CodeBuffer()
        code.append(0 as UInt64)
        code.append(operands)
        return code.words
    }

    @Test func fieldsAreReadAsTheyWereWritten() {
        let code = words(Layout.ConstantDivision(operands: Layout.Immediate(1, 2, 0xFFFF_FFFD), reciprocal: 4))
        code.withUnsafeBufferPointer { code in
            let division = Layout.ConstantDivision(at: code.baseAddress!)
            #expect(division.operands.result == 1 && division.operands.lhs == 2)
            #expect(division.operands.immediate == -3 && division.reciprocal == 4)
        }
    }

    @Test func instructionsAreWholeWords() {
        #expect(Layout.Slots.instructionWords == 2)
        #expect(Layout.Immediate.instructionWords == 2)
        #expect(Layout.WordBranch.instructionWords == 3)
        #expect(Layout.Wide.instructionWords == 3)
        #expect(Layout.GeneralAccess.instructionWords == 4)
        #expect(Layout.CallIndirect.instructionWords == 6)
        let wide = Layout.Wide(lowResult: 1, highResult: 2, lhs: 3, rhs: 4, lhsHigh: 5, rhsHigh: 6)
        // The rest of the last word is zero.
        #expect(words(wide) == [0, 0x0004_0003_0002_0001, 0x0006_0005])
    }

    @Test func theResultComesFirst() {
        var code = CodeBuffer()
        code.append(0 as UInt64)
        code.append(Layout.Immediate(1, 2, 3))
        code.setResult(9, of: 0)
        #expect(code.words[1] == 0x0000_0003_0002_0009)
    }

    @Test func displacementsStandWhereTheBranchReadsThem() {
        var code = CodeBuffer()
        let place = BranchPlace(branchAt: code.count)
        code.append(0 as UInt64)
        code.append(Layout.Branch(first: 1, second: 2))
        code.resolve(place, to: -7)
        code.words.withUnsafeBufferPointer { code in
            let branch = Layout.Branch(at: code.baseAddress!)
            #expect(branch.displacement == -7 && branch.first == 1 && branch.second == 2)
        }
    }

    /// What tells a trap's element does not know which of the two instructions trapped.
    @Test func indirectCallsHaveTheirElementInOnePlace() {
        let callee = MemoryLayout<Layout.AnyCallIndirect>.offset(of: \.callee)
        #expect(MemoryLayout<Layout.CallIndirect>.offset(of: \.callee) == callee)
        #expect(MemoryLayout<Layout.TailCallIndirect>.offset(of: \.callee) == callee)
    }
}

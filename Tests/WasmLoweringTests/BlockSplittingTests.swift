import LLVMBridge
import Testing

@testable import WasmLowering

@Suite struct BlockSplittingTests {
    /// A function from i32 to i32, with the builder in its first block.
    private func define(in fixture: IRFixture) -> IRFunction {
        let i32 = fixture.context.i32
        let function = fixture.module.addFunction("f", fixture.context.functionType([i32], returning: i32))
        fixture.builder.positionAtEnd(function.appendBlock("entry"))
        return function
    }

    /// A function with a block that is too long, in a loop, with a value that the code behind it takes by a phi.
    @Test func longBlocksAreDivided() throws {
        let fixture = try IRFixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = define(in: fixture)
        let entry = try #require(function.entryBlock)
        let loop = function.appendBlock("loop")
        let end = function.appendBlock("end")
        builder.br(loop)
        builder.positionAtEnd(loop)
        let phi = builder.phi(context.i32)
        var value = phi
        for _ in 0..<(3 * BlockSplitting.largestWeight) { value = builder.mul(value, function.parameter(0)) }
        phi.addIncoming([(function.parameter(0), entry), (value, loop)])
        builder.condBr(builder.icmp(.eq, value, context.constI32(7)), loop, end)
        builder.positionAtEnd(end)
        let result = builder.phi(context.i32)
        result.addIncoming(value, from: loop)
        builder.ret(result)
        try fixture.module.verify()

        BlockSplitting.split(in: fixture.module)
        try fixture.module.verify()
        // The comparison and the branch are too few for a part of their own.
        #expect(function.blockCount == 3 + 2)
        for block in function.blocks {
            var count = 0
            forEachInstruction(of: block) { _ in count += 1 }
            #expect(count <= BlockSplitting.largestWeight + 2)
        }
        // The phi of the loop stands at its head, to which the last part leads.
        let head = try #require(phi.parentBlock)
        #expect(head != loop)
        #expect(loop.terminator?.successor(0) == head)
    }

    @Test func shortBlocksStay() throws {
        let fixture = try IRFixture()
        let builder = fixture.builder
        let function = define(in: fixture)
        var value = function.parameter(0)
        for _ in 0..<BlockSplitting.largestWeight { value = builder.mul(value, value) }
        builder.ret(value)
        BlockSplitting.split(in: fixture.module)
        #expect(function.blockCount == 1)
    }

    /// Slots of the frame that stand behind the first part would be made at run time.
    @Test func slotsStayInTheFirstBlock() throws {
        let fixture = try IRFixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = define(in: fixture)
        for _ in 0..<(2 * BlockSplitting.largestWeight) {
            builder.store(function.parameter(0), builder.alloca(context.i32))
        }
        builder.ret(function.parameter(0))
        BlockSplitting.split(in: fixture.module)
        try fixture.module.verify()
        #expect(function.blockCount > 1)
        for block in function.blocks.dropFirst() {
            forEachInstruction(of: block) { instruction in
                if case .alloca = instruction.opcode { Issue.record("a slot outside the first block") }
            }
        }
    }
}

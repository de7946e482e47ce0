import LLVMBridge
import Testing

@Suite struct PassPipelineTests {
    @Test func malformedPipelineIsAnError() throws {
        let fixture = try Fixture()
        let error = #expect(throws: LLVMError.self) {
            try PassPipeline("default<O2>,no-such-pass").run(on: fixture.module, fixture.machine)
        }
        #expect(error?.kind == .passes)
        #expect(error?.message.contains("unknown module pass 'no-such-pass'") == true)
    }

    @Test func loopIsVectorized() throws {
        let fixture = try Fixture()
        let function = makeScalingLoop(fixture)
        var options = PassPipelineOptions()
        options.verifyEach = true
        options.loopInterleaving = false
        try PassPipeline(.O3, options: options).run(on: fixture.module, fixture.machine)
        try fixture.module.verify()
        #expect(function.print.contains("<4 x i32>"))
    }

    /// In a process of its own, because LLVM's options hold for all of it.
    @Test func vectorizationIsSwitchedOffForTheProcess() async {
        await #expect(processExitsWith: .success) {
            LLVMLibrary.setOptions(["-vectorize-loops=false", "-vectorize-slp=false"])
            let fixture = try Fixture()
            let function = makeScalingLoop(fixture)
            try PassPipeline(.O3).run(on: fixture.module, fixture.machine)
            #expect(!function.print.contains("<4 x i32>"))
        }
    }

    @Test(arguments: [true, false])
    func loopUnrollingFollowsItsOption(_ isUnrolled: Bool) throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let sink = fixture.module.addFunction("sink", context.functionType([context.i64], returning: context.void))
        let function = fixture.define("unroll", [], context.void)
        let entry = try #require(function.entryBlock)
        let (loop, exit) = (function.appendBlock("loop.head"), function.appendBlock("block.end"))
        builder.br(loop)
        builder.positionAtEnd(loop)
        let index = builder.phi(context.i64, [(context.constI64(0), entry)])
        builder.call(sink, [index])
        let next = builder.add(index, context.constI64(1))
        index.addIncoming(next, from: loop)
        builder.condBr(builder.icmp(.eq, next, context.constI64(4)), exit, loop)
        builder.positionAtEnd(exit)
        builder.retVoid()
        var options = PassPipelineOptions()
        options.loopUnrolling = isUnrolled
        try PassPipeline(.O2, options: options).run(on: fixture.module, fixture.machine)
        #expect(function.print.contains("phi") == !isUnrolled)
    }

    /// A sum that grows in each of many blocks, and is wanted behind all of them: what opaque values it has on its way.
    @Test(arguments: [(200, 0), (600, 9)])
    func valuesDoNotMovePastManyBlocks(_ blocks: Int, _ kept: Int) throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let source = fixture.module.addFunction("source", context.functionType([], returning: context.i32))
        let function = fixture.define("sum", [], context.i32)
        let exit = function.appendBlock("exit")
        var sum = context.constI32(0)
        for _ in 0..<blocks {
            let next = builder.call(source, [])
            sum = builder.xor(sum, next)
            let block = function.appendBlock("next")
            builder.condBr(builder.icmp(.eq, next, context.constI32(0)), exit, block)
            builder.positionAtEnd(block)
        }
        builder.ret(sum)
        builder.positionAtEnd(exit)
        builder.ret(context.constI32(1))
        try PassPipeline("function(wasmc-kept-values)").runWithOwnPasses(on: fixture.module, fixture.machine)
        try fixture.module.verify()
        let count = function.print.split(separator: "asm sideeffect").count - 1
        #expect(count == kept)
    }

    @Test func mergeFunctionsFollowsItsOption() throws {
        let fixture = try Fixture()
        let context = fixture.context
        for name in ["first", "second"] {
            let function = fixture.define(name, [context.i64], context.i64, linkage: .internal)
            function.setUnnamedAddress(.global)
            var value = function.parameter(0)
            for _ in 0..<8 { value = fixture.builder.xor(fixture.builder.mul(value, value), function.parameter(0)) }
            fixture.builder.ret(value)
            function.addAttribute(context.attribute(.noInline))
        }
        fixture.module.addUsed(try ["first", "second"].map { try #require(fixture.module.namedFunction($0)).value })
        var options = PassPipelineOptions()
        options.mergeFunctions = true
        try PassPipeline(.O2, options: options).run(on: fixture.module, fixture.machine)
        #expect(fixture.module.print().contains("tail call i64 @first") || fixture.module.functions.count == 1)
    }

    @Test func functionPassesRunOnOneFunction() throws {
        let fixture = try Fixture()
        let context = fixture.context
        let functions = ["changed", "kept"].map { name in
            let function = fixture.define(name, [context.i32], context.i32)
            fixture.builder.ret(fixture.builder.sub(function.parameter(0), function.parameter(0)))
            return function
        }
        try PassPipeline("instcombine").run(on: functions[0], of: fixture.module, fixture.machine)
        #expect(instructionLines(of: functions[0]) == ["ret i32 0"])
        #expect(instructionLines(of: functions[1]).count == 2)
    }

    @Test(arguments: [OptimizationLevel.O0, .O1, .O2, .O3, .Os, .Oz])
    func everyLevelRuns(_ level: OptimizationLevel) throws {
        let fixture = try Fixture()
        _ = makeScalingLoop(fixture)
        try PassPipeline(level).run(on: fixture.module, fixture.machine)
        try fixture.module.verify()
    }
}

/// `for (i = 0; i != n; i++) to[i] = from[i] + 3`.
private func makeScalingLoop(_ fixture: Fixture) -> IRFunction {
    let (context, builder) = (fixture.context, fixture.builder)
    let function = fixture.define("scale", [context.ptr, context.ptr, context.i64], context.void)
    for index in 0..<2 { function.addAttribute(context.attribute(.noAlias), at: .parameter(index)) }
    let entry = builder.insertBlock!
    let (loop, exit) = (function.appendBlock("loop.head"), function.appendBlock("block.end"))
    builder.condBr(builder.isNull(function.parameter(2)), exit, loop)
    builder.positionAtEnd(loop)
    let index = builder.phi(context.i64, [(context.constI64(0), entry)], name: "i")
    let source = builder.gep(context.i32, function.parameter(1), [index])
    let scaled = builder.add(builder.load(context.i32, source), context.constI32(3))
    builder.store(scaled, builder.gep(context.i32, function.parameter(0), [index]))
    let next = builder.add(index, context.constI64(1), flags: .nuw)
    index.addIncoming(next, from: loop)
    builder.condBr(builder.icmp(.eq, next, function.parameter(2)), exit, loop)
    builder.positionAtEnd(exit)
    builder.retVoid()
    return function
}

import LLVMBridge
import Testing

@Suite struct BuilderTests {
    @Test func addFunctionBecomesOneInstruction() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = fixture.define("add", [context.i32, context.i32], context.i32)
        let sum = builder.add(function.parameter(0), function.parameter(1), name: "sum")
        #expect(sum.isInstruction && sum.name == "sum" && sum.type == context.i32)
        builder.ret(sum)
        #expect(builder.isTerminated)
        try fixture.module.verify()
        #expect(instructionLines(of: function) == ["%sum = add i32 %0, %1", "ret i32 %sum"])
        try PassPipeline(.O2, options: verifying).run(on: fixture.module, fixture.machine)
        let assembly = try fixture.machine.emit(fixture.module, .assembly).text
        #expect(assembly.contains("leal\t(%rdi,%rsi), %eax"))
    }

    /// `for (i = 0; i != n; i++) sum += i`, in SSA form; the optimizer finds the closed form.
    @Test func loopWithPhis() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = fixture.define("sum", [context.i64], context.i64)
        let entry = try #require(function.entryBlock)
        let loop = function.appendBlock("loop.head")
        let exit = function.appendBlock("block.end")
        builder.condBr(builder.isNull(function.parameter(0)), exit, loop, weights: .unlikely)

        builder.positionAtEnd(loop)
        let index = builder.phi(context.i64, name: "i")
        let sum = builder.phi(context.i64, [(context.constI64(0), entry)], name: "sum")
        let nextSum = builder.add(sum, index)
        let nextIndex = builder.add(index, context.constI64(1), flags: .nuw)
        sum.addIncoming(nextSum, from: loop)
        index.addIncoming([(context.constI64(0), entry), (nextIndex, loop)])
        builder.condBr(builder.icmp(.eq, nextIndex, function.parameter(0)), exit, loop)

        builder.positionAtEnd(exit)
        builder.ret(builder.phi(context.i64, [(context.constI64(0), entry), (nextSum, loop)]))
        try fixture.module.verify()
        #expect(index.incomingCount == 2 && index.incoming(1).value == nextIndex && index.incoming(1).block == loop)
        #expect(function.blocks == [entry, loop, exit])
        #expect(fixture.module.print().contains("!{!\"branch_weights\", i32 1, i32 2000}"))
        try PassPipeline(.O2, options: verifying).run(on: fixture.module, fixture.machine)
        #expect(!fixture.module.print().contains("phi i64 [ 0, %entry ], [ %nextSum"))
        #expect(function.print.contains("mul i65") || function.print.contains("mul i64"))
    }

    @Test func vectorOperations() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let v4 = context.vector(of: context.i32, count: 4)
        let function = fixture.define("blend", [v4, context.i32], v4)
        let splat = builder.splat(function.parameter(1), count: 4, name: "splat")
        let sum = builder.add(function.parameter(0), splat)
        let mixed = builder.shuffleVector(sum, function.parameter(0), mask: [0, 5, nil, 7], name: "mixed")
        let lane = builder.extractElement(mixed, lane: 3)
        builder.ret(builder.insertElement(mixed, lane, lane: 2))
        try fixture.module.verify()
        let mask = "<4 x i32> <i32 0, i32 5, i32 poison, i32 7>"
        #expect(function.print.contains("%mixed = shufflevector <4 x i32> %3, <4 x i32> %0, \(mask)"))
        #expect(builder.splat(context.constI32(9), count: 4).print() == "<4 x i32> splat (i32 9)")
        let assembly = try fixture.machine.emit(fixture.module, .assembly).text
        #expect(assembly.contains("paddd"))
    }

    @Test func mustTailCallThroughAPointerIsAJump() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = fixture.define(
            "dispatch", [context.ptr, context.i64], context.i64, callingConvention: .tail)
        // More parameters than registers: only a real tail call keeps the stack from growing.
        let many = context.functionType(Array(repeating: context.i64, count: 9), returning: context.i64)
        let argument = function.parameter(1)
        let result = builder.call(
            many, function.parameter(0), Array(repeating: argument, count: 9), callingConvention: .tail,
            tailCall: .mustTail)
        builder.ret(result)
        try fixture.module.verify()
        #expect(instructionLines(of: function)[0].contains("musttail call tailcc i64 %0("))
        let assembly = try fixture.machine.emit(fixture.module, .assembly).text
        #expect(assembly.contains("jmpq\t*") && !assembly.contains("callq"))
    }

    @Test func callTakesTheConventionOfItsFunction() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let type = context.functionType([], returning: context.void)
        let callee = fixture.module.addFunction("callee", type, callingConvention: .fast)
        let function = fixture.define("caller", [context.ptr], context.void)
        builder.call(callee, tailCall: .noTail)
        builder.call(type, function.parameter(0), callingConvention: .preserveMost)
        builder.retVoid()
        try fixture.module.verify()
        #expect(
            instructionLines(of: function)
                == ["notail call fastcc void @callee()", "call preserve_mostcc void %0()", "ret void"])
        #expect(callee.callingConvention == .fast && callee.isDeclaration)
    }

    @Test func memoryAccesses() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = fixture.define("access", [context.i32, context.i64], context.void)
        let base = context.constPointer(address: 65536)
        let index = builder.zext(function.parameter(0), context.i64, name: "index")
        let address = builder.gep(base, offset: index, name: "ea")
        let value = builder.load(context.i64, address, alignment: 1, name: "value")
        builder.store(value, builder.gep(address, offset: -8, flags: .nusw), alignment: 1, isVolatile: true)
        let slot = builder.alloca(context.i64, alignment: 16, name: "slot")
        builder.store(value, slot, ordering: .release)
        let seen = builder.load(context.i64, slot, ordering: .acquire, name: "seen")
        builder.memmove(address, slot, size: seen, sourceAlignment: 8)
        builder.memset(address, context.constI8(0), size: seen)
        builder.retVoid()
        try fixture.module.verify()
        #expect(
            instructionLines(of: function) == [
                "%index = zext i32 %0 to i64",
                "%ea = getelementptr i8, ptr inttoptr (i64 65536 to ptr), i64 %index",
                "%value = load i64, ptr %ea, align 1",
                "%2 = getelementptr nusw i8, ptr %ea, i64 -8",
                "store volatile i64 %value, ptr %2, align 1",
                "%slot = alloca i64, align 16",
                "store atomic i64 %value, ptr %slot release, align 8",
                "%seen = load atomic i64, ptr %slot acquire, align 8",
                "call void @llvm.memmove.p0.p0.i64(ptr align 1 %ea, ptr align 8 %slot, i64 %seen, i1 false)",
                "call void @llvm.memset.p0.i64(ptr align 1 %ea, i8 0, i64 %seen, i1 false)",
                "ret void",
            ])
    }

    @Test func atomics() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = fixture.define("atomics", [context.ptr, context.i32], context.i32)
        let (pointer, value) = (function.parameter(0), function.parameter(1))
        let old = builder.atomicRMW(.add, pointer, value, name: "old")
        let pair = builder.atomicCmpXchg(pointer, expected: old, replacement: value, name: "pair")
        builder.fence(.sequentiallyConsistent)
        builder.ret(builder.extractValue(pair, 0, name: "loaded"))
        try fixture.module.verify()
        #expect(
            instructionLines(of: function) == [
                "%old = atomicrmw add ptr %0, i32 %1 seq_cst, align 4",
                "%pair = cmpxchg ptr %0, i32 %old, i32 %1 seq_cst seq_cst, align 4",
                "fence seq_cst",
                "%loaded = extractvalue { i32, i1 } %pair, 0",
                "ret i32 %loaded",
            ])
    }

    @Test func integersFloatsAndCasts() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = fixture.define("mix", [context.i32, context.i32, context.f64], context.f64)
        let (lhs, rhs, real) = (function.parameter(0), function.parameter(1), function.parameter(2))
        let disjoint = builder.orDisjoint(lhs, rhs, name: "a")
        let shifted = builder.shl(disjoint, rhs, flags: [.nuw, .nsw], name: "b")
        let wide = builder.zext(shifted, context.i64, nneg: true, name: "c")
        // The same type on both sides: the operand comes back, and must not be given the flag.
        #expect(builder.zext(wide, context.i64, nneg: true) == wide)
        let float = builder.siToFP(wide, context.f64, name: "d")
        let less = builder.fcmp(.ult, float, real, name: "e")
        let picked = builder.select(less, float, builder.fneg(real, name: "f"), weights: .likely, name: "g")
        builder.ret(builder.freeze(picked, name: "h"))
        try fixture.module.verify()
        let lines = instructionLines(of: function)
        #expect(lines[0] == "%a = or disjoint i32 %0, %1")
        #expect(lines[1] == "%b = shl nuw nsw i32 %a, %1")
        #expect(lines[2] == "%c = zext nneg i32 %b to i64")
        #expect(lines[4] == "%e = fcmp ult double %d, %2")
        #expect(lines[6].hasPrefix("%g = select i1 %e, double %d, double %f, !prof "))
        #expect(builder.add(context.constI32(2), context.constI32(3), flags: .nsw).constantZExtValue == 5)
    }

    @Test func intrinsicsAreDeclaredOncePerModule() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = fixture.define("convert", [context.f32], context.i32)
        let saturated = builder.intrinsic(
            "llvm.fptosi.sat", [context.i32, context.f32], [function.parameter(0)], name: "saturated")
        builder.ret(saturated)
        try fixture.module.verify()
        let first = fixture.module.intrinsic("llvm.fptosi.sat", [context.i32, context.f32])
        #expect(fixture.module.intrinsic("llvm.fptosi.sat", [context.i32, context.f32]) == first)
        #expect(first.name == "llvm.fptosi.sat.i32.f32")
        #expect(fixture.module.intrinsic("llvm.trap").name == "llvm.trap")
        // Passes delete the declaration that nothing calls; asking again must not give the dead one.
        try PassPipeline("strip-dead-prototypes").run(on: fixture.module, fixture.machine)
        #expect(fixture.module.namedFunction("llvm.trap") == nil)
        #expect(fixture.module.intrinsic("llvm.trap").name == "llvm.trap")
    }

    @Test func switchAndAggregates() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let pair = context.structure([context.i32, context.i64])
        let function = fixture.define("choose", [context.i32], pair)
        let (first, second) = (function.appendBlock("first"), function.appendBlock("second"))
        builder.switch(
            function.parameter(0), default: first, cases: [(context.constI32(3), second)], weights: [5, 1])
        builder.positionAtEnd(first)
        builder.retAggregate([context.constI32(1), context.constI64(2)])
        builder.positionAtEnd(second)
        let made = builder.aggregate(pair, [function.parameter(0), context.constI64(9)], name: "made")
        builder.ret(made)
        try fixture.module.verify()
        #expect(made.name == "made" && made.type == pair)
        #expect(second.hasUses && first.terminator?.isTerminator == true)
    }

    @Test func invokeAndLandingPad() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let thrower = fixture.module.addFunction("thrower", context.functionType([], returning: context.i32))
        let personality = fixture.module.addFunction(
            "personality", context.functionType([], returning: context.i32, isVarArg: true))
        let function = fixture.define("catcher", [], context.i32)
        function.setPersonality(personality)
        let (normal, unwind) = (function.appendBlock("normal"), function.appendBlock("unwind"))
        let result = builder.invoke(thrower, normal: normal, unwind: unwind, name: "result")
        builder.positionAtEnd(normal)
        builder.ret(result)
        builder.positionAtEnd(unwind)
        let pad = builder.landingPad(
            context.structure([context.ptr, context.i32]), clauses: [context.constNullPointer()], isCleanup: true)
        builder.resume(pad)
        try fixture.module.verify()
        #expect(function.print.contains("landingpad { ptr, i32 }\n          cleanup\n          catch ptr null"))
    }

    private var verifying: PassPipelineOptions {
        var options = PassPipelineOptions()
        options.verifyEach = true
        return options
    }
}

extension IRFunction {
    /// The function as LLVM prints it.
    var print: String { value.print() }
}

import LLVMBridge
import Testing

@Suite struct ContextTests {
    @Test func libraryIsLLVM22() {
        #expect(LLVMLibrary.version.hasPrefix("22."))
    }

    @Test func typesAreUnique() {
        let context = LLVMContext()
        #expect(context.integer(width: 32) == context.i32)
        #expect(context.vector(of: context.i8, count: 16).print() == "<16 x i8>")
        #expect(context.vector(of: context.i8, count: 16).vectorCount == 16)
        #expect(context.array(of: context.i64, count: 3).elementType == context.i64)
        let function = context.functionType([context.i32, context.ptr], returning: context.f64)
        #expect(function.kind == .function && function.returnType == context.f64)
        #expect(function.parameterTypes == [context.i32, context.ptr])
        #expect(context.functionType([], returning: context.void).parameterTypes == [])
        #expect(context.f16.kind == .half && context.i128.integerWidth == 128)
        #expect(context.pointer(addressSpace: 1) != context.ptr)
    }

    /// A frame that is larger than asked for is a warning: collected, not printed, not thrown.
    @Test func warningsAreCollected() throws {
        let fixture = try Fixture()
        let context = fixture.context
        let function = fixture.define("large", [], context.void)
        function.addAttribute(context.attribute("warn-stack-size", "16"))
        let slot = fixture.builder.alloca(context.array(of: context.i8, count: 4096))
        fixture.builder.store(context.constI8(1), slot, isVolatile: true)
        fixture.builder.retVoid()
        _ = try fixture.machine.emit(fixture.module, .object)
        let warnings = context.takeWarnings()
        #expect(warnings.count == 1 && warnings[0].contains("stack frame size"))
        #expect(context.takeWarnings().isEmpty)
    }

    /// LLVM gives up on a malformed data layout without a way to return an error.
    @Test func fatalErrorIsOneLineAndAStatusOfItsOwn() async {
        let result = await #expect(processExitsWith: .exitCode(70), observing: [\.standardErrorContent]) {
            IRModule("fatal", in: LLVMContext()).dataLayout = "nonsense"
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("internal error: LLVM: "))
    }
}

import LLVMBridge
import Testing

@testable import StrictLoads

/// Volatile loads in code generation.
@Suite struct StrictLoadsSelectionTests {
    /// A volatile load stays a load of its own, whatever the select becomes.
    @Test(arguments: [("x86-64", "i32"), ("x86-64", "double"), ("x86-64-v4", "float"), ("x86-64-v4", "<4 x i32>")])
    func selectsOfVolatileLoads(_ cpu: String, _ type: String) throws {
        let context = LLVMContext()
        let text = """
            define \(type) @f(ptr %p, i1 %c, \(type) %y) {
              %x = load volatile \(type), ptr %p, align 1
              %s = select i1 %c, \(type) %x, \(type) zeroinitializer
              ret \(type) %s
            }
            """
        let module = try IRModule(parsing: MemoryBuffer(text), in: context)
        let machine = try TargetMachine(TargetMachineOptions(triple: "x86_64-unknown-linux-musl", cpu: cpu))
        module.setTarget(machine)
        StrictLoads.addBarriers(in: module)
        try module.verify()
        let lines = try machine.emit(module, .assembly).text.split(separator: "\n")
        let body = lines.drop { $0 != "f:" && !$0.hasPrefix("f:") }.prefix { !$0.contains("retq") }
        let load = try #require(body.firstIndex { $0.contains("(%rdi)") })
        // Before any branch, and without a mask.
        #expect(!body[..<load].contains { $0.contains("\tj") })
        #expect(body[load].contains("\tmov") || body[load].contains("\tvmov"))
        #expect(!body[load].contains("{%k"))
    }

    /// No register class of x86-64 has the types of the narrow vector loads, and none of SSE those of wide ones.
    @Test(arguments: [
        "<2 x i32>", "<4 x i16>", "<8 x i8>", "<2 x float>", "<4 x i8>", "<2 x double>", "i8", "<8 x i32>", "<3 x i32>",
    ])
    func barriersOfOtherLoads(_ type: String) throws {
        let context = LLVMContext()
        let text = """
            define \(type) @f(ptr %p, i1 %c) {
              %x = load volatile \(type), ptr %p, align 1
              %s = select i1 %c, \(type) %x, \(type) zeroinitializer
              ret \(type) %s
            }
            """
        let module = try IRModule(parsing: MemoryBuffer(text), in: context)
        let options = TargetMachineOptions(triple: "x86_64-unknown-linux-musl", cpu: "x86-64-v2", optLevel: .none)
        let machine = try TargetMachine(options)
        module.setTarget(machine)
        StrictLoads.addBarriers(in: module)
        try module.verify()
        #expect(try !machine.emit(module, .object).bytes.isEmpty)
    }
}

import LLVMBridge
import Testing

/// A context, an empty module for x86-64 Linux and a builder.
struct Fixture {
    let context = LLVMContext()
    let module: IRModule
    let builder: IRBuilder
    let machine: TargetMachine

    init(_ name: String = "test", triple: String = "x86_64-unknown-linux-musl") throws {
        machine = try TargetMachine(TargetMachineOptions(triple: triple))
        module = IRModule(name, in: context)
        module.setTarget(machine)
        builder = IRBuilder(module)
    }

    /// Adds a function, positions the builder in its entry block.
    func define(
        _ name: String, _ parameters: [IRType], _ result: IRType, linkage: Linkage = .external,
        callingConvention: CallingConvention = .c
    ) -> IRFunction {
        let type = context.functionType(parameters, returning: result)
        let function = module.addFunction(name, type, linkage: linkage, callingConvention: callingConvention)
        builder.positionAtEnd(function.appendBlock("entry"))
        return function
    }

    /// The object that the module becomes.
    func object() throws -> ObjectFile {
        try module.verify()
        return try ObjectFile(machine.emit(module, .object), in: context)
    }

    /// The contents of the section that the constant bytes of a global were put into.
    func emittedBytes(_ initializer: IRValue) throws -> [UInt8] {
        let global = module.addGlobal("datum", initializer.type, initializer: initializer, isConstant: true)
        global.setSection(".rodata.datum")
        return try #require(object().section(named: ".rodata.datum")).contents
    }
}

/// The instructions of a function as LLVM prints them, without indentation and labels.
func instructionLines(of function: IRFunction) -> [String] {
    function.value.print().split(separator: "\n").filter { $0.hasPrefix("  ") }.map { String($0.dropFirst(2)) }
}

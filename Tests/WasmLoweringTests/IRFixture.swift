import Diagnostics
import LLVMBridge
import Testing

@testable import WasmLowering

typealias Diagnostic = Diagnostics.Diagnostic

/// The directory of the package.
let packageRoot: String = {
    let components = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return components.joined(separator: "/")
}()

/// An LLVM module made by hand in the way the lowering makes it: guest code in its section, guest accesses
/// with the tag of guest memory and with module offsets as lines.
final class IRFixture {
    let context = LLVMContext()
    let module: IRModule
    let builder: IRBuilder
    let machine: TargetMachine
    let tags: AliasTags
    let debug: DIBuilder
    private let file: Metadata
    private var scope: Metadata?

    static let textSymbol = "wasm.text.0"

    init(triple: String = "x86_64-unknown-linux-musl", dwarf: DIBuilder.DWARFVersion = .v5) throws {
        machine = try TargetMachine(TargetMachineOptions(triple: triple))
        module = IRModule("test", in: context)
        module.setTarget(machine)
        builder = IRBuilder(module)
        tags = AliasTags(context)
        debug = DIBuilder(module, dwarfVersion: dwarf)
        file = debug.file("module.wasm", directory: "")
        debug.compileUnit(file, producer: "wasmc", isOptimized: true)
    }

    /// Defines the symbol at the start of guest code.
    func startText(_ symbol: String = textSymbol) {
        module.appendInlineAsm(
            """
            .section wasmc_text,"ax",@progbits
            .globl \(symbol)
            .hidden \(symbol)
            \(symbol):
            """)
    }

    /// Adds a function, positions the builder in its entry block.
    @discardableResult
    func define(
        _ name: String, _ parameters: [IRType], _ result: IRType, line: UInt32 = 1, section: String = "wasmc_text",
        linkage: Linkage = .external
    ) -> IRFunction {
        let type = context.functionType(parameters, returning: result)
        let function = module.addFunction(name, type, linkage: linkage)
        function.setSection(section)
        function.addAttribute(context.attribute(.noUnwind))
        let subprogram = debug.subprogram(name, linkageName: "", file: file, line: line, isOptimized: true)
        function.setSubprogram(subprogram)
        scope = subprogram
        builder.positionAtEnd(function.appendBlock("entry"))
        return function
    }

    /// Gives what `body` builds a place.
    @discardableResult
    func at<Result>(_ line: UInt32, _ body: () -> Result) -> Result {
        if let scope { builder.debugLocation = debug.location(line: line, column: 0, scope: scope) }
        defer { builder.debugLocation = nil }
        return body()
    }

    func guestLoad(_ type: IRType, _ address: IRValue, alignment: Int = 1, line: UInt32 = 7) -> IRValue {
        let value = at(line) { builder.load(type, address, alignment: alignment) }
        value.setMetadata(tags.kind, tags.memory)
        return value
    }

    @discardableResult
    func guestStore(_ value: IRValue, _ address: IRValue, line: UInt32 = 8) -> IRValue {
        let store = at(line) { builder.store(value, address, alignment: 1) }
        store.setMetadata(tags.kind, tags.memory)
        return store
    }

    /// The object that the module becomes. `finish` runs after the optimisation.
    func object(_ level: LLVMBridge.OptimizationLevel = .O2, finish: () -> Void = {}) throws -> [UInt8] {
        debug.finalize()
        try module.verify()
        try PassPipeline(level).run(on: module, machine)
        finish()
        return try machine.emit(module, .object).bytes
    }
}

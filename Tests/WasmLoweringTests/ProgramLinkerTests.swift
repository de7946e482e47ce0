import Diagnostics
import Testing
import WasmHostTable

@testable import WasmLowering

/// Modules are added one by one, and each import is bound by itself.
@Suite struct ProgramLinkerTests {
    private func module(_ text: String, named name: String = "m", bindings: [ImportBinding] = []) throws
        -> ProgramModule
    {
        var bindings = bindings.makeIterator()
        return ProgramModule(name: name, module: try validatedModule("(module \(text))")) { _ in
            bindings.next() ?? .host
        }
    }

    private let twoFunctions = """
        (func (export "f") (result i32) (i32.const 1)) (func (export "g") (result i32) (i32.const 2))
        """

    /// One name in the module, two instances in the program, and names of exports that are others.
    @Test func importsOfOneModuleNameAreBoundToDifferentInstances() throws {
        var linker = ProgramLinker()
        try linker.add(try module(twoFunctions, named: "a"))
        try linker.add(try module(twoFunctions, named: "b"))
        let imports = """
            (import "x" "f" (func (result i32))) (import "x" "f" (func (result i32)))
            (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
            """
        try linker.add(try module(imports, bindings: [.export("g", of: 0), .export("f", of: 1), .host]))
        let functions = linker.instances[2].functions
        #expect(functions.map(\.instance) == [0, 1, 2])
        #expect(functions.map(\.function.position) == [1, 0, 2])
        #expect(linker.instances[2].hostFunctions.map { $0?.name } == [nil, nil, "sched_yield"])
    }

    @Test func aModuleThatIsRefusedLeavesNothingBehind() throws {
        var linker = ProgramLinker()
        try linker.add(try module(twoFunctions, named: "a"))
        let importing = "(import \"x\" \"f\" (func (result i64)))"
        for refused in [
            try module(importing, bindings: [.export("h", of: 0)]),
            try module(importing, bindings: [.export("f", of: 0)]),
        ] {
            let error = try #require(throws: LinkError.self) { try linker.add(refused) }
            #expect(error.instance == 1)
            #expect(linker.instances.count == 1)
        }
        try linker.add(
            try module("(import \"x\" \"f\" (func (result i32)))", bindings: [.export("f", of: 0)]))
        #expect(linker.instances.count == 2)
    }
}

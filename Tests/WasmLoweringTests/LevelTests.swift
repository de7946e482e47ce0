import Testing

@testable import WasmLowering

/// What the levels of `-O` make of a program, in LLVM's IR.
@Suite struct LevelTests {
    private static let program = """
        (module
          (memory 1)
          (func $twice (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1)))
          (func (export "call") (param i32) (result i32) (i32.add (call $twice (local.get 0)) (i32.const 3)))
          (func (export "add") (param $at i32) (param $count i32)
            (loop $next
              (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 3)))
              (local.set $at (i32.add (local.get $at) (i32.const 4)))
              (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
        """

    private func ir(_ level: OptimizationLevel) throws -> String {
        var options = CompileOptions()
        options.includesInvoke = true
        options.optimization = level
        options.emit = .llvmIR
        let objects = try compile(try validatedModule(Self.program), options: options)
        return objects.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    }

    @Test(arguments: OptimizationLevel.allCases) func loopsBecomeVectorsFromO1(level: OptimizationLevel) throws {
        let expectsVectors: Bool? =
            switch level {
            case .none: false
            case .less, .standard, .aggressive: true
            // LLVM decides by what it costs.
            case .size, .smallest: nil
            }
        if let expectsVectors { #expect(try ir(level).contains("add <4 x i32>") == expectsVectors) }
    }

    @Test func functionsAreInlinedFromO2() throws {
        func calls(_ level: OptimizationLevel) throws -> Bool {
            try ir(level).contains(#/ = (notail )?call fastcc( noundef)? i32 @wasm\.0\.func\.0\(/#)
        }
        #expect(try calls(.none) && calls(.less))
        #expect(try !calls(.standard) && !calls(.aggressive))
    }
}

// Constant expressions. Spec: https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec

extension FunctionValidator {
    /// Checks that an instruction may stand in a constant expression; what it does to the stack is checked as usual.
    mutating func checkConstant(_ instruction: Instruction) throws(Diagnostic) {
        switch instruction {
        case .i32Const, .i64Const, .f32Const, .f64Const, .v128Const, .refNull, .refI31, .structNew, .structNewDefault,
            .arrayNew, .arrayNewDefault, .arrayNewFixed, .anyConvertExtern, .externConvertAny, .refFunc, .end:
            break
        case .integerBinary(let operation) where operation.isConstant:
            try use(.extendedConst)
        case .globalGet(let index):
            guard index.position < visibleGlobals else { throw context.unknown("global", index) }
            guard !context.globals[index.position].isMutable else { throw notConstant("a mutable global") }
            if index.position >= context.importedGlobalCount { try use(.gc) }
        default:
            // Whatever is not listed above is not constant, so that a new instruction is refused here.
            throw notConstant("`\(instruction.mnemonic)`")
        }
    }

    private func notConstant(_ what: String) -> Diagnostic {
        Diagnostic(.invalid, "constant expression required", "found \(what)")
    }
}

extension IntegerBinaryOperation {
    /// Addition, subtraction and multiplication.
    fileprivate var isConstant: Bool {
        switch self {
        case .i32Add, .i32Sub, .i32Mul, .i64Add, .i64Sub, .i64Mul: true
        default: false
        }
    }
}

/// C.refs: by function index, whether the function occurs outside of function bodies and the start function.
func referencedFunctions(of module: Module, functionCount: Int) throws(Diagnostic) -> ContiguousArray<Bool> {
    var collector = ReferenceCollector(source: module.source, functionCount: functionCount)
    for table in module.tables { if let initializer = table.initializer { try collector.add(initializer) } }
    for global in module.globals { try collector.add(global.initializer) }
    for export in module.exports { if case .function(let index) = export.description { collector.add(index) } }
    for segment in module.elementSegments {
        if case .active(_, let offset) = segment.mode { try collector.add(offset) }
        switch segment.elements {
        case .functions(let indices): for index in indices { collector.add(index) }
        case .expressions(let expressions): for expression in expressions { try collector.add(expression) }
        }
    }
    for segment in module.dataSegments {
        if case .active(_, let offset) = segment.mode { try collector.add(offset) }
    }
    return collector.isReferenced
}

private struct ReferenceCollector {
    let source: ModuleBytes
    var isReferenced: ContiguousArray<Bool>

    init(source: ModuleBytes, functionCount: Int) {
        self.source = source
        isReferenced = ContiguousArray(repeating: false, count: functionCount)
    }

    /// Indices that are out of range are reported where they are validated.
    mutating func add(_ function: FunctionIndex) {
        if function.position < isReferenced.count { isReferenced[function.position] = true }
    }

    mutating func add(_ expression: ConstantExpression) throws(Diagnostic) {
        try source.withReader(expression.body) { (bytes) throws(Diagnostic) in
            var reader = InstructionReader(bytes)
            while !reader.isAtEnd {
                if case .refFunc(let function) = try reader.next() { add(function) }
            }
        }
    }
}

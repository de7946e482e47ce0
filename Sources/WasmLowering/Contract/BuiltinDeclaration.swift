// What compiled code may call in the runtime: `runtime-c/include/wasmc/builtins.def`, read through CWasmcABI.

import CWasmcABI
import Diagnostics
import LLVMBridge

/// A builtin as the runtime declares it.
struct BuiltinDeclaration {
    /// How a value is passed. Signed and unsigned integers are passed alike.
    enum ValueKind {
        case i32, i64, pointer

        func type(in context: LLVMContext) -> IRType {
            switch self {
            case .i32: context.i32
            case .i64: context.i64
            case .pointer: context.ptr
            }
        }
    }

    let name: String
    let parameters: [ValueKind]
    /// Nil for `void`.
    let result: ValueKind?
    let isNoReturn: Bool

    /// All of them, by `RuntimeBuiltin.rawValue`. Read once.
    private static let known = Result { () throws(Diagnostic) in try read() }

    /// All of them, by `RuntimeBuiltin.rawValue`.
    ///
    /// Throws `.internal` for a declaration that compiled code could not call.
    static func all() throws(Diagnostic) -> [BuiltinDeclaration] { try known.get() }

    private static func read() throws(Diagnostic) -> [BuiltinDeclaration] {
        var declarations: [BuiltinDeclaration] = []
        while true {
            let entry = wasmc_builtin_at(UInt32(declarations.count))
            guard let name = entry.name else { return declarations }
            declarations.append(
                try BuiltinDeclaration(
                    name: String(cString: name), result: String(cString: entry.result),
                    parameters: String(cString: entry.parameters), isNoReturn: entry.is_noreturn != 0))
        }
    }

    /// - Parameters:
    ///   - result: a type in C.
    ///   - parameters: in C, with parentheses: `(struct wasmc_memory *memory, uint64_t delta_pages)`.
    /// - Throws: `.internal` for types that are neither pointers nor integers of 32 or 64 bits.
    init(name: String, result: String, parameters: String, isNoReturn: Bool) throws(Diagnostic) {
        self.name = name
        self.isNoReturn = isNoReturn
        self.result = result == "void" ? nil : try Self.kind(Substring(result), of: name)
        let list = parameters.dropFirst().dropLast()
        var kinds: [ValueKind] = []
        if list != "void" {
            for parameter in list.split(separator: ",") { kinds.append(try Self.kind(parameter, of: name)) }
        }
        self.parameters = kinds
    }

    private static func kind(_ declaration: Substring, of builtin: String) throws(Diagnostic) -> ValueKind {
        if declaration.contains("*") { return .pointer }
        switch declaration.split(separator: " ").first {
        case "int32_t", "uint32_t": return .i32
        case "int64_t", "uint64_t": return .i64
        default:
            throw Diagnostic(
                .internal, "the declaration of `\(builtin)`",
                "expected a pointer or an integer of 32 or 64 bits, found `\(declaration)`")
        }
    }

    func type(in context: LLVMContext) -> IRType {
        context.functionType(
            parameters.map { $0.type(in: context) }, returning: result?.type(in: context) ?? context.void)
    }
}

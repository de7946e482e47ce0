// Types as text. Spec: https://webassembly.github.io/spec/core/text/types.html

import Diagnostics
import WasmSpec

extension ModulePrinter {
    // MARK: - Definitions

    mutating func types() throws(Diagnostic) {
        for group in module.recursiveGroups {
            try checkLength()
            if group.count == 1 {
                out.newline(1)
                out.write(definition(group.lowerBound))
                continue
            }
            out.newline(1)
            out.write("(rec")
            for position in group {
                try checkLength()
                out.newline(2)
                out.write(definition(position))
            }
            out.write(")")
        }
    }

    private func definition(_ position: Int) -> String {
        let index = TypeIndex(position)
        let type = module.types[position]
        var composite = text(type.composite, index)
        if !type.isFinal || !type.supertypes.isEmpty {
            let supertypes = type.supertypes.map { names.types[$0] + " " }.joined()
            composite = "(sub \(type.isFinal ? "final " : "")\(supertypes)\(composite))"
        }
        return "(type\(names.types.definition(index)) \(composite))"
    }

    private func text(_ type: CompositeType, _ index: TypeIndex) -> String {
        switch type {
        case .function(let type): return "(func\(signature(type)))"
        case .array(let field): return "(array \(text(field)))"
        case .structure(let fields):
            var result = "(struct"
            for (position, field) in fields.enumerated() {
                let identifier = names.field(index, FieldIndex(position)).map { $0 + " " } ?? ""
                result += " (field \(identifier)\(text(field)))"
            }
            return result + ")"
        }
    }

    private func text(_ field: FieldType) -> String {
        let storage =
            switch field.storage {
            case .i8: "i8"
            case .i16: "i16"
            case .value(let type): text(type)
            }
        return field.isMutable ? "(mut \(storage))" : storage
    }

    // MARK: - Uses

    /// ` (param i32 i64) (result f32)`, without what is empty.
    func signature(_ type: FunctionType) -> String {
        list("param", type.parameters) + list("result", type.results)
    }

    /// ` (word t*)`, or nothing.
    func list(_ word: String, _ types: [ValueType]) -> String {
        types.isEmpty ? "" : " (\(word)" + types.map { " " + text($0) }.joined() + ")"
    }

    /// The function type with an index, or nil if there is none.
    func functionType(_ index: TypeIndex) -> FunctionType? {
        guard index.position < module.types.count, case .function(let type) = module.types[index.position].composite
        else { return nil }
        return type
    }

    /// ` (type x)` and the signature, for the reader.
    func typeUse(_ index: TypeIndex) -> String {
        " (type \(names.types[index]))" + (functionType(index).map(signature) ?? "")
    }

    func text(_ type: ValueType) -> String {
        guard case .reference(let type) = type else { return type.description }
        return text(type)
    }

    func text(_ type: ReferenceType) -> String {
        guard case .concrete(let index) = type.heapType else { return type.description }
        return type.isNullable ? "(ref null \(names.types[index]))" : "(ref \(names.types[index]))"
    }

    func text(_ type: HeapType) -> String {
        switch type {
        case .abstract(let type): type.keyword
        case .concrete(let index): names.types[index]
        }
    }

    func text(_ type: TableType) -> String {
        (type.addressType == .i64 ? "i64 " : "") + "\(type.limits) \(text(type.element))"
    }

    func text(_ type: MemoryType) -> String {
        var result = (type.addressType == .i64 ? "i64 " : "") + type.limits.description
        if type.isShared { result += " shared" }
        if type.pageSizeLog2 != 16 { result += " (pagesize \(UInt64(1) << UInt64(type.pageSizeLog2)))" }
        return result
    }

    func text(_ type: GlobalType) -> String { type.isMutable ? "(mut \(text(type.value)))" : text(type.value) }
}

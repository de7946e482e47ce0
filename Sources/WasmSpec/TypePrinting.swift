// The text format's spelling of types, used in messages and by the printer.

extension ValueType: CustomStringConvertible {
    public var description: String {
        switch self {
        case .i32: "i32"
        case .i64: "i64"
        case .f32: "f32"
        case .f64: "f64"
        case .v128: "v128"
        case .reference(let type): type.description
        }
    }
}

extension ReferenceType: CustomStringConvertible {
    /// The abbreviation (`funcref`) where the text format has one, else `(ref null? heaptype)`.
    public var description: String {
        if isNullable, case .abstract(let type) = heapType {
            switch type {
            case .none: return "nullref"
            case .nofunc: return "nullfuncref"
            case .noextern: return "nullexternref"
            case .noexn: return "nullexnref"
            case .func, .extern, .any, .eq, .i31, .struct, .array, .exn: return type.keyword + "ref"
            }
        }
        return isNullable ? "(ref null \(heapType))" : "(ref \(heapType))"
    }
}

extension HeapType: CustomStringConvertible {
    public var description: String {
        switch self {
        case .abstract(let type): type.keyword
        case .concrete(let index): index.description
        }
    }
}

extension FunctionType: CustomStringConvertible {
    /// `[i32 i64] -> [f32]`, as in the spec.
    public var description: String {
        "[\(parameters.map(\.description).joined(separator: " "))] -> "
            + "[\(results.map(\.description).joined(separator: " "))]"
    }
}

extension StorageType: CustomStringConvertible {
    public var description: String {
        switch self {
        case .value(let type): type.description
        case .i8: "i8"
        case .i16: "i16"
        }
    }
}
extension FieldType: CustomStringConvertible {
    public var description: String { isMutable ? "(mut \(storage))" : storage.description }
}

extension GlobalType: CustomStringConvertible {
    public var description: String { isMutable ? "(mut \(value))" : value.description }
}

extension Limits: CustomStringConvertible {
    public var description: String { maximum.map { "\(minimum) \($0)" } ?? "\(minimum)" }
}

extension MemoryType: CustomStringConvertible {
    public var description: String {
        var text = addressType == .i64 ? "i64 \(limits)" : "\(limits)"
        if isShared { text += " shared" }
        if pageSizeLog2 != 16 { text += " (pagesize \(1 << pageSizeLog2))" }
        return text
    }
}

extension TableType: CustomStringConvertible {
    public var description: String { (addressType == .i64 ? "i64 " : "") + "\(limits) \(element)" }
}

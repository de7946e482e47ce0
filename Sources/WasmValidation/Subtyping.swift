// Matching of types. Spec: https://webassembly.github.io/spec/core/valid/matching.html

import WasmSpec

/// Decides subtyping between the types of one module.
struct TypeMatcher: Sendable {
    /// By type index.
    var canonicalTypes: [UInt32] = []
    var canonicalizer = TypeCanonicalizer()

    func isSubtype(_ type: ValueType, of supertype: ValueType) -> Bool {
        switch (type, supertype) {
        case (.i32, .i32), (.i64, .i64), (.f32, .f32), (.f64, .f64), (.v128, .v128): true
        case (.reference(let type), .reference(let supertype)): isSubtype(type, of: supertype)
        case (.i32, _), (.i64, _), (.f32, _), (.f64, _), (.v128, _), (.reference, _): false
        }
    }

    func isSubtype(_ type: ReferenceType, of supertype: ReferenceType) -> Bool {
        (!type.isNullable || supertype.isNullable) && isSubtype(type.heapType, of: supertype.heapType)
    }

    func isSubtype(_ type: HeapType, of supertype: HeapType) -> Bool {
        canonicalizer.isSubtype(
            CanonicalHeapType(type, typeNumbers: canonicalTypes),
            of: CanonicalHeapType(supertype, typeNumbers: canonicalTypes))
    }

    func isSubtype(_ type: FieldType, of supertype: FieldType) -> Bool {
        guard type.isMutable == supertype.isMutable else { return false }
        guard isSubtype(type.storage, of: supertype.storage) else { return false }
        // What can be written must be equal.
        return !type.isMutable || isSubtype(supertype.storage, of: type.storage)
    }

    func isSubtype(_ type: StorageType, of supertype: StorageType) -> Bool {
        switch (type, supertype) {
        case (.i8, .i8), (.i16, .i16): true
        case (.value(let type), .value(let supertype)): isSubtype(type, of: supertype)
        case (.i8, _), (.i16, _), (.value, _): false
        }
    }

    func isSubtype(_ type: FunctionType, of supertype: FunctionType) -> Bool {
        isSubtype(supertype.parameters, of: type.parameters) && isSubtype(type.results, of: supertype.results)
    }

    func isSubtype(_ types: [ValueType], of supertypes: [ValueType]) -> Bool {
        types.count == supertypes.count && zip(types, supertypes).allSatisfy { isSubtype($0, of: $1) }
    }

    func isSubtype(_ type: CompositeType, of supertype: CompositeType) -> Bool {
        switch (type, supertype) {
        case (.function(let type), .function(let supertype)): isSubtype(type, of: supertype)
        case (.structure(let fields), .structure(let superfields)):
            fields.count >= superfields.count && zip(fields, superfields).allSatisfy { isSubtype($0, of: $1) }
        case (.array(let field), .array(let superfield)): isSubtype(field, of: superfield)
        case (.function, _), (.structure, _), (.array, _): false
        }
    }

    func kind(_ type: TypeIndex) -> CompositeKind { canonicalizer.kind(canonicalTypes[type.position]) }

    /// The top of the hierarchy that a heap type belongs to.
    func top(_ type: HeapType) -> AbstractHeapType {
        switch type {
        case .abstract(let type): type.top
        case .concrete(let type): kind(type).abstractType.top
        }
    }
}

extension CompositeKind {
    /// The abstract type directly above.
    var abstractType: AbstractHeapType {
        switch self {
        case .function: .func
        case .structure: .struct
        case .array: .array
        }
    }

    /// The type of null alone in this hierarchy.
    var bottomType: AbstractHeapType { self == .function ? .nofunc : .none }
}

extension AbstractHeapType {
    /// The top of the hierarchy.
    public var top: AbstractHeapType {
        switch self {
        case .any, .eq, .i31, .struct, .array, .none: .any
        case .func, .nofunc: .func
        case .extern, .noextern: .extern
        case .exn, .noexn: .exn
        }
    }

    /// Whether every value of this type is one of `supertype`.
    public func isSubtype(of supertype: AbstractHeapType) -> Bool {
        if self == supertype { return true }
        switch supertype {
        case .any: return top == .any
        case .eq: return self == .i31 || self == .struct || self == .array || self == .none
        case .i31, .struct, .array: return self == .none
        case .func: return self == .nofunc
        case .extern: return self == .noextern
        case .exn: return self == .noexn
        case .none, .nofunc, .noextern, .noexn: return false
        }
    }
}

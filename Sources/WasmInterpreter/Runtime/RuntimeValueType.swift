// Types of instances, independent of the module they come from.

import WasmSpec
import WasmValidation

/// A value type whose defined types are those of the store.
enum RuntimeValueType {
    case number(ValueType)
    case reference(isNullable: Bool, RuntimeHeapType)

    init(_ type: ValueType, types: [UnsafeMutablePointer<RuntimeType>]) {
        guard case .reference(let reference) = type else {
            self = .number(type)
            return
        }
        self.init(reference, types: types)
    }

    init(_ reference: ReferenceType, types: [UnsafeMutablePointer<RuntimeType>]) {
        switch reference.heapType {
        case .abstract(let abstract): self = .reference(isNullable: reference.isNullable, .abstract(abstract))
        case .concrete(let index):
            self = .reference(isNullable: reference.isNullable, .defined(types[index.position]))
        }
    }

    /// The same type for `TypeCanonicalizer.matches`.
    var canonical: CanonicalValueType {
        switch self {
        case .number(let type): CanonicalValueType(type, typeNumbers: [])
        case .reference(let isNullable, let type):
            .reference(CanonicalReferenceType(isNullable: isNullable, type.canonical))
        }
    }

    /// The top of a reference type's hierarchy; of a number type it does not matter.
    var hierarchy: AbstractHeapType {
        switch self {
        case .number: .any
        case .reference(_, .abstract(let type)): type.top
        case .reference(_, .defined(let type)): type.pointee.kind == .function ? .func : .any
        }
    }
}

enum RuntimeHeapType {
    case abstract(AbstractHeapType)
    case defined(UnsafeMutablePointer<RuntimeType>)

    var canonical: CanonicalHeapType {
        switch self {
        case .abstract(let type): .abstract(type)
        case .defined(let type): .defined(type.pointee.number)
        }
    }
}

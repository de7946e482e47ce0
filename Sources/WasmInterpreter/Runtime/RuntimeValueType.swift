// Types of instances, independent of the module they come from, and matching of imports.
// Spec: https://webassembly.github.io/spec/core/valid/matching.html

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

    func isSubtype(of other: RuntimeValueType) -> Bool {
        switch (self, other) {
        case (.number(let type), .number(let other)): type == other
        case (.reference(let isNullable, let type), .reference(let otherIsNullable, let other)):
            (!isNullable || otherIsNullable) && type.isSubtype(of: other)
        case (.number, .reference), (.reference, .number): false
        }
    }

    func isEquivalent(to other: RuntimeValueType) -> Bool { isSubtype(of: other) && other.isSubtype(of: self) }

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

    func isSubtype(of other: RuntimeHeapType) -> Bool {
        switch (self, other) {
        case (.abstract(let type), .abstract(let other)): type.isSubtype(of: other)
        case (.defined(let type), .defined(let other)): type.pointee.isSubtype(of: other)
        case (.defined(let type), .abstract(let other)): type.pointee.kind.abstractType.isSubtype(of: other)
        case (.abstract(let type), .defined(let other)):
            type == (other.pointee.kind == .function ? AbstractHeapType.nofunc : .none)
        }
    }
}

extension CompositeKind {
    /// The abstract type directly above.
    fileprivate var abstractType: AbstractHeapType {
        switch self {
        case .function: .func
        case .structure: .struct
        case .array: .array
        }
    }
}

extension Limits {
    /// Whether something that has these limits can be imported where `required` are.
    func match(_ required: Limits) -> Bool {
        guard minimum >= required.minimum else { return false }
        guard let requiredMaximum = required.maximum else { return true }
        return maximum.map { $0 <= requiredMaximum } ?? false
    }
}

// Matching of imports: the one place where types of different modules meet. A type index means something in its own
// module only, so everything here is in canonical numbers, and no `TypeIndex` comes in.
// Spec: https://webassembly.github.io/spec/core/valid/matching.html

import WasmSpec

/// A heap type whose defined types are numbers of a `TypeCanonicalizer`.
public enum CanonicalHeapType: Hashable, Sendable {
    case abstract(AbstractHeapType)
    case defined(UInt32)

    /// `type` of a module; `typeNumbers` are its canonical numbers by type index.
    public init(_ type: HeapType, typeNumbers: [UInt32]) {
        switch type {
        case .abstract(let abstract): self = .abstract(abstract)
        case .concrete(let index): self = .defined(typeNumbers[index.position])
        }
    }
}

/// A reference type that means the same in every module of a canonicalizer.
public struct CanonicalReferenceType: Hashable, Sendable {
    public var isNullable: Bool
    public var heapType: CanonicalHeapType

    public init(isNullable: Bool, _ heapType: CanonicalHeapType) {
        self.isNullable = isNullable
        self.heapType = heapType
    }

    /// `type` of a module; `typeNumbers` are its canonical numbers by type index.
    public init(_ type: ReferenceType, typeNumbers: [UInt32]) {
        isNullable = type.isNullable
        heapType = CanonicalHeapType(type.heapType, typeNumbers: typeNumbers)
    }
}

/// A value type that means the same in every module of a canonicalizer.
public enum CanonicalValueType: Hashable, Sendable {
    case i32, i64, f32, f64, v128
    case reference(CanonicalReferenceType)

    /// `type` of a module; `typeNumbers` are its canonical numbers by type index.
    public init(_ type: ValueType, typeNumbers: [UInt32]) {
        switch type {
        case .i32: self = .i32
        case .i64: self = .i64
        case .f32: self = .f32
        case .f64: self = .f64
        case .v128: self = .v128
        case .reference(let reference): self = .reference(CanonicalReferenceType(reference, typeNumbers: typeNumbers))
        }
    }
}

/// What is imported or exported, with a type that means the same in every module of a canonicalizer.
public enum CanonicalExternalType: Hashable, Sendable {
    case function(UInt32)
    case table(AddressType, Limits, CanonicalReferenceType)
    case memory(MemoryType)
    case global(CanonicalValueType, isMutable: Bool)
    /// By its function type.
    case tag(UInt32)

    /// `type` of a module; `typeNumbers` are its canonical numbers by type index.
    public init(_ type: ExternalType, typeNumbers: [UInt32]) {
        switch type {
        case .function(let index): self = .function(typeNumbers[index.position])
        case .table(let table):
            self = .table(
                table.addressType, table.limits, CanonicalReferenceType(table.element, typeNumbers: typeNumbers))
        case .memory(let memory): self = .memory(memory)
        case .global(let global):
            self = .global(CanonicalValueType(global.value, typeNumbers: typeNumbers), isMutable: global.isMutable)
        case .tag(let index): self = .tag(typeNumbers[index.position])
        }
    }
}

/// Whether the minima of limits are compared.
public enum MinimumMatching: Sendable {
    /// The minimum of what is given is its size at this time.
    case now
    /// At instantiation: what is given may have grown by then.
    case later
}

extension TypeCanonicalizer {
    /// Whether something of type `actual` can be given where `expected` is imported.
    public func matches(
        _ actual: CanonicalExternalType, _ expected: CanonicalExternalType, minimum: MinimumMatching = .now
    ) -> Bool {
        switch (actual, expected) {
        case (.function(let actual), .function(let expected)): isSubtype(actual, of: expected)
        case (.table(let address, let limits, let element), .table(let expected, let required, let expectedElement)):
            // What can be written must be equal.
            address == expected && element == expectedElement && limits.match(required, minimum)
        case (.memory(let actual), .memory(let expected)):
            actual.addressType == expected.addressType && actual.isShared == expected.isShared
                && actual.pageSizeLog2 == expected.pageSizeLog2 && actual.limits.match(expected.limits, minimum)
        case (.global(let actual, let isMutable), .global(let expected, let expectsMutable)):
            isMutable == expectsMutable && (isMutable ? actual == expected : isSubtype(actual, of: expected))
        case (.tag(let actual), .tag(let expected)): actual == expected
        case (.function, _), (.table, _), (.memory, _), (.global, _), (.tag, _): false
        }
    }

    private func isSubtype(_ type: CanonicalValueType, of supertype: CanonicalValueType) -> Bool {
        guard case .reference(let type) = type, case .reference(let supertype) = supertype else {
            return type == supertype
        }
        return (!type.isNullable || supertype.isNullable) && isSubtype(type.heapType, of: supertype.heapType)
    }

    /// Whether every reference of one heap type is one of another; within a module, too.
    func isSubtype(_ type: CanonicalHeapType, of supertype: CanonicalHeapType) -> Bool {
        switch (type, supertype) {
        case (.abstract(let type), .abstract(let supertype)): type.isSubtype(of: supertype)
        case (.defined(let type), .abstract(let supertype)): kind(type).abstractType.isSubtype(of: supertype)
        case (.abstract(let type), .defined(let supertype)): type == kind(supertype).bottomType
        case (.defined(let type), .defined(let supertype)): isSubtype(type, of: supertype)
        }
    }
}

extension Limits {
    /// Whether something that has these limits can be imported where `required` are.
    fileprivate func match(_ required: Limits, _ minimum: MinimumMatching) -> Bool {
        if minimum == .now, self.minimum < required.minimum { return false }
        guard let requiredMaximum = required.maximum else { return true }
        return maximum.map { $0 <= requiredMaximum } ?? false
    }
}

extension ValidatedModule {
    /// A type of this module for a message: as the text format has it, and behind it what the type indices in it stand
    /// for, which say nothing to a reader of another module.
    public func describe(_ type: ExternalType) -> String {
        switch type {
        case .function(let index): "function \(describe(module.types[index.position]))"
        case .table(let table): "table \(table)" + explanation(of: table.element)
        case .memory(let memory): "memory \(memory)"
        case .global(let global): "global \(global)" + explanation(of: global.value)
        case .tag(let index): "tag \(describe(module.types[index.position]))"
        }
    }

    private func explanation(of type: ValueType) -> String {
        guard case .reference(let reference) = type else { return "" }
        return explanation(of: reference)
    }

    private func explanation(of type: ReferenceType) -> String {
        guard case .concrete(let index) = type.heapType else { return "" }
        return " where \(index) is \(describe(module.types[index.position]))"
    }

    private func describe(_ type: SubType) -> String {
        let text =
            switch type.composite {
            case .function(let function): function.description
            case .structure(let fields): "(struct \(fields.map(\.description).joined(separator: " ")))"
            case .array(let field): "(array \(field))"
            }
        return type.isFinal && type.supertypes.isEmpty ? text : "(sub \(text))"
    }
}

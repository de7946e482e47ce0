// The types of a module being assembled, explicit ones first, then those that type uses imply.
// Spec: https://webassembly.github.io/spec/core/text/modules.html#type-uses

import Diagnostics
import WasmSpec

/// Types by index.
struct TypeDefinitions {
    private(set) var types: [SubType] = []
    /// The recursive groups, and where each comes from.
    private(set) var groups: [(range: Range<Int>, textOffset: UInt32)] = []
    /// Fields by symbol, for each structure type with named fields.
    var fieldIndices: [UInt32: [UInt32: UInt32]] = [:]
    /// The first type that is a group of its own and just this function type.
    private var functions: [FunctionType: UInt32] = [:]

    /// Adds a recursive group.
    mutating func add(_ group: [SubType], _ token: Token) {
        let start = types.count
        types.append(contentsOf: group)
        groups.append((start..<types.count, token.offset))
        if group.count == 1, group[0].isFinal, group[0].supertypes.isEmpty,
            case .function(let type) = group[0].composite, functions[type] == nil
        {
            functions[type] = UInt32(start)
        }
    }

    /// The index of a function type, added at the end if there is none.
    mutating func index(of type: FunctionType, _ token: Token) -> UInt32 {
        if let index = functions[type] { return index }
        add([SubType(.function(type))], token)
        return UInt32(types.count - 1)
    }

    /// The function type with an index, or nil if there is none.
    func function(_ index: UInt32) -> FunctionType? {
        guard Int(index) < types.count, case .function(let type) = types[Int(index)].composite else { return nil }
        return type
    }
}

/// What happens to the identifiers of parameters.
enum ParameterIdentifiers {
    /// They are locals of the function being assembled.
    case locals
    /// They are only for the reader.
    case ignored
    case refused
}

extension ModuleAssembler {
    /// `(type x)? (param ...)* (result ...)*`: the index of the type. With `.locals`, parameters become locals.
    mutating func typeUse(_ identifiers: ParameterIdentifiers) throws(Diagnostic) -> UInt32 {
        let start = cursor.token
        guard cursor.openIf(.type) else {
            return types.index(of: try inlineSignature(identifiers).type, start)
        }
        let place = cursor.token
        let index = try index(.type)
        try cursor.close()
        let (inline, isPresent) = try inlineSignature(identifiers)
        if isPresent {
            guard Int(index) < types.types.count else { throw cursor.error("unknown type \(index)", at: place) }
            guard types.function(index) == inline else {
                let explicit = types.function(index).map(\.description) ?? "no function type"
                throw cursor.error(
                    "inline function type does not match explicit type", "\(inline) and \(explicit)", at: start)
            }
        } else if identifiers == .locals {
            locals.count += UInt32(types.function(index)?.parameters.count ?? 0)
        }
        return index
    }

    /// `(param ...)* (result ...)*`, and whether there was any.
    mutating func inlineSignature(
        _ identifiers: ParameterIdentifiers
    ) throws(Diagnostic) -> (type: FunctionType, isPresent: Bool) {
        let start = cursor.index
        var type = FunctionType(parameters: [], results: [])
        while cursor.openIf(.param) { try parameters(identifiers, &type.parameters) }
        while cursor.openIf(.result) {
            while !cursor.isAtClose { type.results.append(try valueType()) }
            try cursor.close()
        }
        // Parameters come first.
        if cursor.openKeyword == .param { throw source.unexpected(cursor.peek(1)) }
        return (type, cursor.index > start)
    }

    /// `$x t` or `t*`, and the closing parenthesis.
    private mutating func parameters(
        _ identifiers: ParameterIdentifiers, _ types: inout [ValueType]
    ) throws(Diagnostic) {
        switch identifiers {
        case .locals: try localTypes { type, _ in types.append(type) }
        case .ignored:
            let isNamed = cursor.identifierIf() != nil
            repeat {
                if !isNamed, cursor.isAtClose { break }
                types.append(try valueType())
            } while !isNamed
            try cursor.close()
        case .refused:
            while !cursor.isAtClose { types.append(try valueType()) }
            try cursor.close()
        }
    }

    /// `$x t` or `t*`, and the closing parenthesis; each is a new local.
    mutating func localTypes(_ add: (ValueType, Token) -> Void) throws(Diagnostic) {
        let isNamed = cursor.token.kind == .identifier || annotations.hasName(at: cursor.index)
        if !isNamed, cursor.isAtClose { return try cursor.close() }
        repeat {
            let token = cursor.token
            try bindLocal()
            add(try valueType(), token)
        } while !isNamed && !cursor.isAtClose
        try cursor.close()
    }

    // MARK: - Types
    // Spec: https://webassembly.github.io/spec/core/text/types.html

    mutating func valueType() throws(Diagnostic) -> ValueType {
        let type: ValueType? =
            switch cursor.token.keyword {
            case .i32: .i32
            case .i64: .i64
            case .f32: .f32
            case .f64: .f64
            case .v128: .v128
            default: nil
            }
        guard let type else { return .reference(try referenceType()) }
        cursor.index += 1
        return type
    }

    /// Whether a reference type begins here.
    var isAtReferenceType: Bool {
        cursor.openKeyword == .ref || cursor.token.keyword.flatMap(abbreviatedReference) != nil
    }

    mutating func referenceType() throws(Diagnostic) -> ReferenceType {
        if let type = cursor.token.keyword.flatMap(abbreviatedReference) {
            cursor.index += 1
            return ReferenceType(isNullable: true, .abstract(type))
        }
        guard cursor.openIf(.ref) else {
            // What is wrong is the word behind the parenthesis.
            if cursor.isAtOpen { cursor.index += 1 }
            throw cursor.unexpected("a type")
        }
        let isNullable = cursor.skipIf(.null)
        let type = ReferenceType(isNullable: isNullable, try heapType())
        try cursor.close()
        return type
    }

    mutating func heapType() throws(Diagnostic) -> HeapType {
        if let type = cursor.token.keyword.flatMap(abstractHeapType) {
            cursor.index += 1
            return .abstract(type)
        }
        guard isAtIndex else { throw cursor.unexpected("a heap type") }
        return .concrete(TypeIndex(rawValue: try index(.type)))
    }

    // MARK: - Type definitions

    /// `(type $t ...)` or `(rec (type $t ...)*)`.
    mutating func typeField(_ field: Field) throws(Diagnostic) {
        cursor.index = field.start
        let token = cursor.token
        if field.keyword == .type { return types.add([try typeDefinition(UInt32(types.types.count))], token) }
        cursor.index += 2
        var group: [SubType] = []
        while cursor.isAtOpen { group.append(try typeDefinition(UInt32(types.types.count + group.count))) }
        try cursor.close()
        types.add(group, token)
    }

    private mutating func typeDefinition(_ index: UInt32) throws(Diagnostic) -> SubType {
        try cursor.open(.type)
        _ = cursor.identifierIf()
        let type = try subType(index)
        try cursor.close()
        return type
    }

    private mutating func subType(_ index: UInt32) throws(Diagnostic) -> SubType {
        guard cursor.openIf(.sub) else { return SubType(try compositeType(index)) }
        let isFinal = cursor.skipIf(.final)
        var supertypes: [TypeIndex] = []
        while isAtIndex { supertypes.append(TypeIndex(rawValue: try self.index(.type))) }
        let type = SubType(isFinal: isFinal, supertypes: supertypes, try compositeType(index))
        try cursor.close()
        return type
    }

    private mutating func compositeType(_ index: UInt32) throws(Diagnostic) -> CompositeType {
        guard cursor.isAtOpen else { throw cursor.unexpected("a type definition") }
        cursor.index += 1
        let type: CompositeType
        switch cursor.token.keyword {
        case .func:
            cursor.index += 1
            type = .function(try inlineSignature(.ignored).type)
        case .struct:
            cursor.index += 1
            type = .structure(try structureFields(index))
        case .array:
            cursor.index += 1
            type = .array(try fieldType())
        default: throw cursor.unexpected("`func`, `struct` or `array`")
        }
        try cursor.close()
        return type
    }

    /// `(field $x t)` or `(field t*)`, any number of them.
    private mutating func structureFields(_ type: UInt32) throws(Diagnostic) -> [FieldType] {
        var fields: [FieldType] = []
        while cursor.openIf(.field) {
            let token = cursor.token
            if let symbol = cursor.identifierIf() {
                let index = UInt32(fields.count)
                guard types.fieldIndices[type, default: [:]].updateValue(index, forKey: symbol) == nil else {
                    throw cursor.error("duplicate field \(source.spelling(symbol: symbol))", at: token)
                }
                names.addField(type, index, Array(source.symbols.bytes(symbol)))
                fields.append(try fieldType())
            } else {
                while !cursor.isAtClose { fields.append(try fieldType()) }
            }
            try cursor.close()
        }
        return fields
    }

    private mutating func fieldType() throws(Diagnostic) -> FieldType {
        let isMutable = cursor.openIf(.mut)
        let storage: StorageType
        switch cursor.token.keyword {
        case .i8:
            cursor.index += 1
            storage = .i8
        case .i16:
            cursor.index += 1
            storage = .i16
        default: storage = .value(try valueType())
        }
        if isMutable { try cursor.close() }
        return FieldType(storage: storage, isMutable: isMutable)
    }

    /// Writes the type section.
    mutating func encodeTypes() {
        for (range, textOffset) in types.groups {
            let token = Token(kind: .leftParenthesis, offset: textOffset, length: 1, payload: 0)
            sections[.type].beginItem(token)
            sections[.type].items.recursiveGroup(types.types[range])
        }
    }
}

/// The heap type whose nullable reference the keyword abbreviates.
func abbreviatedReference(_ keyword: Keyword) -> AbstractHeapType? {
    switch keyword {
    case .funcref: .func
    case .externref: .extern
    case .anyref: .any
    case .eqref: .eq
    case .i31ref: .i31
    case .structref: .struct
    case .arrayref: .array
    case .exnref: .exn
    case .nullref: AbstractHeapType.none
    case .nullfuncref: .nofunc
    case .nullexternref: .noextern
    case .nullexnref: .noexn
    default: nil
    }
}

func abstractHeapType(_ keyword: Keyword) -> AbstractHeapType? {
    switch keyword {
    case .any: .any
    case .eq: .eq
    case .i31: .i31
    case .struct: .struct
    case .array: .array
    case .none: AbstractHeapType.none
    case .func: .func
    case .nofunc: .nofunc
    case .extern: .extern
    case .noextern: .noextern
    case .exn: .exn
    case .noexn: .noexn
    default: nil
    }
}

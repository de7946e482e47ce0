// Types. Spec: https://webassembly.github.io/spec/core/valid/types.html

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec

extension ModuleValidator {
    /// Validates all recursive groups in order and gives their types canonical numbers.
    mutating func validateTypes() throws(Diagnostic) {
        matcher.canonicalTypes.reserveCapacity(module.types.count)
        for group in module.recursiveGroups {
            let first = group.lowerBound < module.typeOffsets.count ? module.typeOffsets[group.lowerBound] : 0
            if group.count != 1 { try use(.gc, at: first) }
            for position in group { try checkReferences(position, in: group) }
            matcher.canonicalizer.append(group, of: module.types, to: &matcher.canonicalTypes)
            // All depths before any matching, whose time grows with them.
            for position in group { try checkDepth(position) }
            for position in group { try checkSupertype(position) }
        }
    }

    /// Checks that a type refers to nothing behind its group, and to no supertype behind itself.
    private mutating func checkReferences(_ position: Int, in group: Range<Int>) throws(Diagnostic) {
        let type = module.types[position]
        let offset = module.typeOffsets[position]
        if !type.isFinal || !type.supertypes.isEmpty { try use(.gc, at: offset) }
        guard type.supertypes.count <= 1 else {
            throw invalid("sub type \(position) has more than one super type", at: offset)
        }
        for supertype in type.supertypes {
            guard supertype.position < group.upperBound else { throw unknownType(supertype, at: offset) }
            guard supertype.position < position else {
                throw invalid("unknown type \(supertype)", "a super type must precede its sub types", at: offset)
            }
        }
        switch type.composite {
        case .function(let function):
            if function.results.count > 1 { try use(.multiValue, at: offset) }
            for type in function.parameters { try checkValueType(type, in: group, at: offset) }
            for type in function.results { try checkValueType(type, in: group, at: offset) }
        case .structure(let fields):
            try use(.gc, at: offset)
            for field in fields { try checkValueType(field.storage.unpacked, in: group, at: offset) }
        case .array(let field):
            try use(.gc, at: offset)
            try checkValueType(field.storage.unpacked, in: group, at: offset)
        }
    }

    /// A type in the definition of a type of `group`. Recursion, also of a type with itself, came with GC.
    private mutating func checkValueType(
        _ type: ValueType, in group: Range<Int>, at offset: Int
    ) throws(Diagnostic) {
        try use(type.feature, at: offset)
        guard case .reference(let reference) = type, case .concrete(let index) = reference.heapType else { return }
        guard index.position < group.upperBound else { throw unknownType(index, at: offset) }
        if index.position >= group.lowerBound { try use(.gc, at: offset) }
    }

    /// Checks that a type matches its supertype, which is not final.
    private func checkSupertype(_ position: Int) throws(Diagnostic) {
        let type = module.types[position]
        guard let supertype = type.supertypes.first else { return }
        let offset = module.typeOffsets[position]
        let parent = module.types[supertype.position]
        guard !parent.isFinal else {
            throw invalid("sub type \(position) has final super type \(supertype)", at: offset)
        }
        guard matcher.isSubtype(type.composite, of: parent.composite) else {
            throw invalid("sub type \(position) does not match super type \(supertype)", at: offset)
        }
    }

    private func checkDepth(_ position: Int) throws(Diagnostic) {
        let depth = matcher.canonicalizer.depth(matcher.canonicalTypes[position])
        guard depth <= ImplementationLimits.subtypeDepth else {
            throw Diagnostic(
                .unsupported, "sub type hierarchy too deep",
                "depth \(depth) exceeds this compiler's limit of \(ImplementationLimits.subtypeDepth)",
                at: .offset(module.typeOffsets[position]))
        }
    }

    // MARK: Types that declarations name

    mutating func checkValueType(_ type: ValueType, at offset: Int) throws(Diagnostic) {
        try use(type.feature, at: offset)
        if case .reference(let reference) = type { try checkReferenceType(reference, at: offset) }
    }

    func checkReferenceType(_ type: ReferenceType, at offset: Int) throws(Diagnostic) {
        guard case .concrete(let index) = type.heapType else { return }
        guard index.position < module.types.count else { throw unknownType(index, at: offset) }
    }

    /// A type index that must be a function type.
    func checkFunctionType(_ index: TypeIndex, at offset: Int) throws(Diagnostic) {
        guard index.position < module.types.count else { throw unknownType(index, at: offset) }
        guard case .function = module.types[index.position].composite else {
            throw invalid("non-function type \(index)", at: offset)
        }
    }

    private func unknownType(_ index: TypeIndex, at offset: Int) -> Diagnostic {
        invalid("unknown type \(index)", at: offset)
    }
}

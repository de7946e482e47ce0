// Types beyond those of functions, and tags.

import WasmBinary
import WasmInstructionTable
import WasmSpec

extension ModulePlan {
    /// Abstract reference types that features bring along; all are nullable, and so have a default.
    static func abstractReferences(_ features: FeatureSet) -> [ValueType] {
        var heapTypes: [AbstractHeapType] = []
        if features.contains(.gc) { heapTypes += [.any, .eq, .i31, .struct, .array] }
        if features.contains(.exceptions) { heapTypes.append(.exn) }
        return heapTypes.map { .reference(ReferenceType(isNullable: true, .abstract($0))) }
    }

    /// The nullable reference to a type of the module.
    static func reference(_ type: Int) -> ValueType {
        .reference(ReferenceType(isNullable: true, .concrete(TypeIndex(type))))
    }

    /// Tags, and the types of blocks that receive what they carry, with and without the exception.
    mutating func chooseTags(_ choices: inout ChoiceSequence, _ features: FeatureSet) {
        let maximum = features.contains(.multiValue) ? 4 : 2
        for _ in 0..<(1 + choices.number(below: 3)) {
            let parameters = (0..<choices.number(below: maximum)).map { _ in choices.pick(valueTypes) }
            tags.append(index(of: FunctionType(parameters: parameters, results: [])))
        }
        for parameters in tags.map({ types[$0].parameters }) {
            guard features.contains(.multiValue) else { continue }
            _ = index(of: FunctionType(parameters: [], results: parameters))
            _ = index(of: FunctionType(parameters: [], results: parameters + [.reference(.exnref)]))
        }
    }

    /// Adds the harness's types now, because what follows them is numbered behind them.
    mutating func addHarnessTypes(_ features: FeatureSet) {
        for function in functionTypes {
            _ = index(of: Harness.wrapperType(of: types[function], features: features))
        }
        _ = index(of: FunctionType(parameters: [], results: [.i64]))
    }

    /// Structures and arrays, of numbers, references and earlier ones; some extend an earlier one.
    mutating func chooseAggregates(_ choices: inout ChoiceSequence, _ features: FeatureSet) {
        for position in 0..<(2 + choices.number(below: 4)) {
            let structures = aggregates.indices.filter { fields(ofStructure: $0) != nil }
            if position > 0, choices.chance(100) {
                let field = FieldType(storage: storage(&choices), isMutable: !choices.chance(64))
                aggregates.append(SubType(isFinal: false, .array(field)))
            } else if !structures.isEmpty, choices.chance(128) {
                let parent = choices.pick(structures)
                aggregates.append(
                    SubType(
                        isFinal: false, supertypes: [TypeIndex(types.count + parent)],
                        .structure((fields(ofStructure: parent) ?? []) + fields(&choices))))
            } else {
                aggregates.append(SubType(isFinal: false, .structure(fields(&choices))))
            }
        }
        storedTypes += aggregates.indices.map { Self.reference(types.count + $0) }
    }

    private func fields(ofStructure aggregate: Int) -> [FieldType]? {
        if case .structure(let fields) = aggregates[aggregate].composite { fields } else { nil }
    }

    private func fields(_ choices: inout ChoiceSequence) -> [FieldType] {
        (0..<choices.number(below: 4)).map { _ in
            FieldType(storage: storage(&choices), isMutable: !choices.chance(64))
        }
    }

    private func storage(_ choices: inout ChoiceSequence) -> StorageType {
        switch choices.number(below: 8) {
        case 0: .i8
        case 1: .i16
        case 2 where !aggregates.isEmpty:
            .value(Self.reference(types.count + choices.number(below: aggregates.count)))
        default: .value(choices.pick(valueTypes))
        }
    }

    /// The aggregates whose references are also ones to `aggregate`: itself and what extends it.
    func subtypes(ofAggregate aggregate: Int) -> [Int] {
        aggregates.indices.filter { candidate in
            var current = candidate
            while current != aggregate {
                guard let parent = aggregates[current].supertypes.first else { return false }
                current = parent.position - types.count
            }
            return true
        }
    }
}

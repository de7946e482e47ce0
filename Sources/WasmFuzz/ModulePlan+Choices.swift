import WasmBinary
import WasmInstructionTable
import WasmSpec

extension ModulePlan {
    /// Chooses all declarations; of a `library`, which is exported whole, some are imported.
    init(_ choices: inout ChoiceSequence, features: FeatureSet, library: ModulePlan? = nil) {
        valueTypes = [.i32, .i64, .f32, .f64]
        if features.contains(.simd) { valueTypes.append(.v128) }
        if features.contains(.referenceTypes) { valueTypes += [.funcref, .externref] }
        valueTypes += Self.abstractReferences(features)
        chooseTypes(&choices, features)
        if let library { importFunctionsAndTags(of: library, &choices) }
        if features.contains(.exceptions) { chooseTags(&choices, features) }
        addHarnessTypes(features)
        storedTypes = valueTypes
        if features.contains(.functionReferences) { storedTypes += Set(functionTypes).sorted().map(Self.reference) }
        if features.contains(.gc) { chooseAggregates(&choices, features) }
        if let library { importState(of: library, features) }
        chooseMemories(&choices, features)
        chooseTables(&choices, features)
        chooseGlobals(&choices, features)
        chooseData(&choices, features)
        chooseElements(&choices, features)
        // Nobody would catch its exceptions.
        hasStart =
            !features.contains(.exceptions) && types[functionTypes[0]] == FunctionType(parameters: [], results: [])
            && choices.chance(64)
    }

    private mutating func chooseTypes(_ choices: inout ChoiceSequence, _ features: FeatureSet) {
        let maximumResults = features.contains(.multiValue) ? 4 : 2
        for _ in 0..<(1 + choices.number(below: 6)) {
            let parameters = (0..<choices.number(below: 6)).map { _ in choices.pick(valueTypes) }
            let results = (0..<choices.number(below: maximumResults)).map { _ in choices.pick(valueTypes) }
            types.append(FunctionType(parameters: parameters, results: results))
        }
        // Rarely one with more parameters than there are registers.
        if choices.chance(32) {
            let parameters = (0..<(8 + choices.number(below: 12))).map { _ in choices.pick(valueTypes) }
            types.append(FunctionType(parameters: parameters, results: types[0].results))
        }
        choosableTypeCount = types.count
        functionTypes = (0..<(1 + choices.number(below: 5))).map { _ in choices.number(below: types.count) }
    }

    private func addressType(_ choices: inout ChoiceSequence, _ features: FeatureSet) -> AddressType {
        features.contains(.memory64) && choices.chance(64) ? .i64 : .i32
    }

    /// All have a maximum, since growing beyond what the system has is not the same in each run.
    private mutating func chooseMemories(_ choices: inout ChoiceSequence, _ features: FeatureSet) {
        let count = features.contains(.multiMemory) && choices.chance(80) ? 2 + choices.number(below: 2) : 1
        for _ in 0..<(choices.chance(16) ? 0 : count) {
            // A second one is a feature.
            if !memories.isEmpty, !features.contains(.multiMemory) { return }
            let isOfBytes = features.contains(.customPageSizes) && choices.chance(64)
            var minimum = UInt64(choices.chance(16) ? 0 : 1 + choices.number(below: 2))
            if isOfBytes { minimum *= 8 * UInt64(1 + choices.number(below: 5000)) }
            let limits = Limits(minimum: minimum, maximum: minimum + UInt64(choices.number(below: 3)))
            memories.append(
                MemoryType(
                    addressType: addressType(&choices, features), limits: limits,
                    isShared: features.contains(.threads) && choices.chance(64), pageSizeLog2: isOfBytes ? 0 : 16))
        }
    }

    private mutating func chooseTables(_ choices: inout ChoiceSequence, _ features: FeatureSet) {
        let count =
            features.contains(.multiTable) && features.contains(.referenceTypes) ? 1 + choices.number(below: 3) : 1
        for position in tables.count..<max(tables.count, count) {
            let minimum = UInt64(4 + choices.number(below: 9))
            let limits = Limits(minimum: minimum, maximum: minimum + UInt64(choices.number(below: 6)))
            let isExternal = position > 0 && choices.chance(100)
            tables.append(
                TableType(
                    addressType: addressType(&choices, features), limits: limits,
                    element: isExternal ? .externref : .funcref))
        }
    }

    private mutating func chooseGlobals(_ choices: inout ChoiceSequence, _ features: FeatureSet) {
        var initializer = ConstantWriter(features: features)
        let fuel = initializer.expression { $0.i32(Self.fuel) }
        // A library's is the first.
        if globals.isEmpty {
            globals = [GlobalPlan(type: GlobalType(value: .i32, isMutable: true), initializer: fuel)]
        }
        for _ in 0..<choices.number(below: 7) {
            let type = GlobalType(value: choices.pick(storedTypes), isMutable: !choices.chance(64))
            let functionCount = functionTypes.count
            let bytes = initializer.expression { $0.value(type.value, &choices, functionCount: functionCount) }
            globals.append(GlobalPlan(type: type, initializer: bytes))
        }
    }

    private mutating func chooseData(_ choices: inout ChoiceSequence, _ features: FeatureSet) {
        for _ in 0..<choices.number(below: 4) {
            let contents = (0..<choices.number(below: 40)).map { _ in choices.byte() }
            var target: (Int, Int)?
            if !memories.isEmpty, !features.contains(.bulkMemory) || !choices.chance(100) {
                let memory = choices.number(below: memories.count)
                let size = bytes(ofMemory: memory)
                let isBeyond = choices.chance(3)
                target = (memory, max(0, size - (isBeyond ? 1 : 64 + choices.number(below: 65_000))))
                if !isBeyond, size == 0, !contents.isEmpty { target = nil }
            }
            if target == nil, !features.contains(.bulkMemory) { continue }
            data.append(DataPlan(contents: contents, target: target))
        }
    }

    /// The last segment declares every function, so that code may refer to all of them.
    private mutating func chooseElements(_ choices: inout ChoiceSequence, _ features: FeatureSet) {
        for table in tables.indices.dropFirst(importCount(.table)) where tables[table].element == .funcref {
            let size = Int(tables[table].limits.minimum)
            let functions = (0..<size).map { _ in
                features.contains(.referenceTypes) && choices.chance(32)
                    ? nil : Optional(choices.number(below: functionTypes.count))
            }
            elements.append(ElementPlan(type: .funcref, functions: functions, target: (table, 0)))
        }
        guard features.contains(.referenceTypes) else { return }
        for _ in 0..<(features.contains(.bulkMemory) ? choices.number(below: 3) : 0) {
            let isExternal = choices.chance(64)
            let functions = (0..<choices.number(below: 6)).map { _ in
                isExternal || choices.chance(64) ? nil : Optional(choices.number(below: functionTypes.count))
            }
            elements.append(ElementPlan(type: isExternal ? .externref : .funcref, functions: functions))
        }
        elements.append(
            ElementPlan(type: .funcref, functions: functionTypes.indices.map { $0 }, target: nil, isDeclarative: true))
    }
}

// What a module has in common with a library.

import WasmInstructionTable
import WasmSpec

extension ModulePlan {
    /// Some functions, and all tags: what they throw can then be caught.
    mutating func importFunctionsAndTags(of library: ModulePlan, _ choices: inout ChoiceSequence) {
        // Wrappers and the hash of the state are behind those that were generated.
        let count = min(library.functionTypes.count, 1 + choices.number(below: 3))
        let own = functionTypes
        functionTypes = []
        for _ in 0..<count {
            let index = choices.number(below: library.functionTypes.count)
            functionTypes.append(self.index(of: library.types[library.functionTypes[index]]))
            imports.append(ImportPlan(kind: .function, index: index))
        }
        functionTypes += own
        for (index, tag) in library.tags.enumerated() {
            tags.append(self.index(of: library.types[tag]))
            imports.append(ImportPlan(kind: .tag, index: index))
        }
    }

    /// All memories and tables, and globals whose types do not lie in the library; with them the fuel.
    mutating func importState(of library: ModulePlan, _ features: FeatureSet) {
        for (index, memory) in library.memories.enumerated() {
            memories.append(memory)
            imports.append(ImportPlan(kind: .memory, index: index))
        }
        for (index, table) in library.tables.enumerated() {
            tables.append(table)
            imports.append(ImportPlan(kind: .table, index: index))
        }
        for (index, global) in library.globals.enumerated() where valueTypes.contains(global.type.value) {
            globals.append(GlobalPlan(type: global.type, initializer: []))
            imports.append(ImportPlan(kind: .global, index: index))
        }
    }
}

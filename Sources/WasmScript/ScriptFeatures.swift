// Which features the scripts of the specification's test suite are written for, by their place in it.

import WasmInstructionTable

/// What modules of a script may use. Scripts assert that what a later or another proposal allows is refused.
func scriptFeatures(_ path: String) -> FeatureSet {
    let folders = path.split(separator: "/").dropLast()
    // On top of Wasm 1.0.
    if folders.suffix(2).elementsEqual(["proposals", "threads"]) {
        return .all.subtracting([.multiTable, .multiMemory, .memory64])
    }
    // Wasm 3.0, with those proposals that nothing there contradicts.
    if folders.last == "core" { return .all.subtracting([.customPageSizes]) }
    return .all
}

extension FeatureSet {
    fileprivate func subtracting(_ features: [Feature]) -> FeatureSet { subtracting(FeatureSet(features)) }
}

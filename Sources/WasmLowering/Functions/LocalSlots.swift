import LLVMBridge
import WasmSpec

/// The frame's slots of a function's locals, which are made when code first names them.
///
/// A function of a few bytes may declare thousands of locals in one run; those that it does not use cost nothing.
struct LocalSlots {
    struct Slot {
        let address: IRValue
        let type: IRType
    }

    private let parameters: [ValueType]
    private let runs: [Run]
    /// By the local's position.
    private var slots: [Int: Slot] = [:]

    private struct Run {
        /// The position behind the last local of the run.
        let end: Int
        let type: ValueType
    }

    init(_ signature: FunctionType, _ groups: [LocalGroup]) {
        parameters = signature.parameters
        var end = signature.parameters.count
        var runs: [Run] = []
        for group in groups where group.count > 0 {
            end += Int(group.count)
            runs.append(Run(end: end, type: group.type))
        }
        self.runs = runs
    }

    /// Parameters and locals.
    var count: Int { runs.last?.end ?? parameters.count }

    /// The slot of a local; `make` creates it the first time.
    mutating func slot(_ local: LocalIndex, make: (ValueType, _ isParameter: Bool) -> Slot) -> Slot {
        if let known = slots[local.position] { return known }
        let isParameter = local.position < parameters.count
        let slot = make(isParameter ? parameters[local.position] : type(ofRunAt: local.position), isParameter)
        slots[local.position] = slot
        return slot
    }

    /// The type of the first run that ends behind `position`; validation guarantees one.
    private func type(ofRunAt position: Int) -> ValueType {
        var (low, high) = (0, runs.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].end > position { high = middle } else { low = middle + 1 }
        }
        return runs[low].type
    }
}

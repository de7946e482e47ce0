// Which functions an exception may leave. The others stay `nounwind`, and a program that has none pays nothing.

import WasmSpec

/// The functions of a program that may end in an exception, as far as calls tell: what a function catches itself counts.
struct ThrowingFunctions: Sendable {
    /// By instance and function index.
    private var mayThrow: [[Bool]]
    /// Who calls functions of which types through tables and references.
    private var indirectCalls = IndirectCalls()
    /// Whether there are none: nothing of the program is ever unwound.
    private(set) var isEmpty = true

    init(_ instances: [InstancePlan]) {
        mayThrow = instances.map { Array(repeating: false, count: $0.functions.count) }
    }

    subscript(function: FunctionID) -> Bool { mayThrow[function.instance][function.function.position] }

    /// Whether a call through a table or a reference may that is made somewhere for functions of these types.
    func mayThrow(calling types: ClosedRange<UInt32>) -> Bool { indirectCalls.mayThrow(types) }

    /// Records what an instruction of a reachable function of an instance means.
    mutating func note(_ instruction: Instruction, in function: FunctionID, _ instance: InstancePlan) {
        switch instruction {
        case .throw, .throwRef, .legacyRethrow: mayThrow[function.instance][function.function.position] = true
        case .callIndirect(let type, _), .callRef(let type), .returnCallIndirect(let type, _), .returnCallRef(let type):
            indirectCalls.add(instance.typeRange(type), by: function)
        // Nothing else throws, nor calls what is not known by name.
        default: break
        }
    }

    /// Finds who calls those that throw, and so on: a call through a table or a reference may call whatever is referenced and
    /// of the call's type or below it.
    mutating func spread(_ instances: [InstancePlan], callees: [[[FunctionID]]], isReferenced: [[Bool]]) {
        var callers: [FunctionID: [FunctionID]] = [:]
        var pending: [FunctionID] = []
        indirectCalls.close()
        forEachFunction(of: instances) { function, defined in
            if self[function] { pending.append(function) }
            guard let defined else { return }
            for callee in callees[function.instance][defined] { callers[callee, default: []].append(function) }
        }
        isEmpty = pending.isEmpty
        while let function = pending.popLast() {
            var all = callers[function] ?? []
            if isReferenced[function.instance][function.function.position] {
                let instance = instances[function.instance]
                let type = instance.module.functionTypes[function.function.position]
                all += indirectCalls.noteThrowing(instance.typeID(type))
            }
            for caller in all where !self[caller] {
                mayThrow[caller.instance][caller.function.position] = true
                pending.append(caller)
            }
        }
    }

    /// Calls `body` with each function that an instance defines or imports from the host, and its position among the defined ones.
    private func forEachFunction(of instances: [InstancePlan], _ body: (FunctionID, Int?) -> Void) {
        for instance in instances {
            let imported = instance.module.importedFunctionCount
            for position in instance.functions.indices {
                let function = FunctionID(instance: instance.number, function: FunctionIndex(position))
                body(function, position >= imported ? position - imported : nil)
            }
        }
    }
}

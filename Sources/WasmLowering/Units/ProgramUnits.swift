// A compilation in steps that need not happen in one process: `--emit units`.

import Diagnostics
import LLVMBridge
import Support
import WasmHostTable
import WasmSpec

/// A unit that was lowered, and what is said of it outside.
public struct ProgramUnit: Sendable {
    public var unit: LoweredUnit
    let placement: UnitPlacement

    /// What its file is called: the same as long as it begins with the same function.
    public var fileName: String {
        let prefix = "wasm.text."
        let place = placement.textSymbol.dropFirst(prefix.count)
        return place == "program" ? "program" : "unit-" + place.map { $0 == "." ? "-" : String($0) }.joined()
    }

    /// What `placedObjects` needs besides the object of the unit.
    public var placementText: String { placement.text }

    /// Whether exceptions may pass through the program's code.
    public var isUnwound: Bool { placement.isUnwound }
}

/// A program after the first step.
public struct LoweredProgram: Sendable {
    public var units: [ProgramUnit]
    /// The object that says where in the source places are, if the modules say so.
    public var source: CompiledObject?
}

/// The units of a program, lowered: the first step of `compile`. Throws as that does.
public func lowerUnits(_ program: ProgramLinker, options: CompileOptions) throws(Diagnostic) -> LoweredProgram {
    prepareLLVM()
    let plan = try ProgramPlan(program, options)
    makeRemarks(on: plan)
    let tasks = CompileTask.all(of: plan)
    let results = parallelMap(tasks, threads: options.jobs, stackBytes: threadStackBytes) { (task) throws(Diagnostic) in
        try task.lower(plan)
    }
    var units: [ProgramUnit] = []
    var places: [Int: Set<UInt32>] = [:]
    for result in results {
        let lowered = try result.get()
        units.append(ProgramUnit(unit: lowered.unit, placement: lowered.placement))
        places[lowered.placement.instance, default: []].formUnion(lowered.places)
    }
    return LoweredProgram(units: units, source: try plan.sourceObject(places))
}

/// The second step: the object of a unit, which depends on that alone. Its end, where no linker looks, is for
/// `placedObjects`.
///
/// - Parameter name: for errors.
/// - Throws: `internal` when LLVM rejects the unit.
public func compileUnit(_ unit: LoweredUnit, name: String) throws(Diagnostic) -> [UInt8] {
    prepareLLVM()
    let result = parallelMap([unit], threads: 1, stackBytes: threadStackBytes) { (unit) throws(Diagnostic) in
        try ObjectEmitter(unit, name: name).object().bytes
    }
    return try result[0].get()
}

/// The third step: what the linker gets of a unit's object.
///
/// - Parameter placement: what `ProgramUnit` says of the unit.
/// - Throws: `internal` when these do not belong together.
public func placedObjects(_ object: [UInt8], placement: String) throws(Diagnostic) -> [CompiledObject] {
    guard let placement = UnitPlacement(text: placement) else {
        throw Diagnostic(.internal, "the place of a unit is damaged")
    }
    return try UnitObject(object).placed(placement)
}

extension UnitPlacement {
    /// A line for each thing that is said.
    var text: String {
        var lines = [
            "name \(name)", "symbol \(textSymbol)", "instance \(instance)", "source \(hasSource ? 1 : 0)",
            "unwound \(isUnwound ? 1 : 0)",
        ]
        if !includesPlaces { lines.append("places 0") }
        lines += numbering.runs.map { "run \($0.line) \($0.offset)" }
        lines += popped.sorted { $0.key < $1.key }.map { "popped \($0.key) \($0.value)" }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Reads what `text` writes; nil for anything else.
    init?(text: String) {
        self.init(name: "", textSymbol: "")
        var runs: [PlaceNumbering.Run] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("name", 2): name = words[1]
            case ("symbol", 2): textSymbol = words[1]
            case ("instance", 2):
                guard let number = Int(words[1]) else { return nil }
                instance = number
            case ("source", 2): hasSource = words[1] == "1"
            case ("unwound", 2): isUnwound = words[1] == "1"
            case ("places", 2): includesPlaces = words[1] == "1"
            case ("run", 3):
                guard let line = UInt32(words[1]), let offset = UInt32(words[2]) else { return nil }
                runs.append(PlaceNumbering.Run(line: line, offset: offset))
            case ("popped", 3):
                guard let bytes = Int(words[2]) else { return nil }
                popped[words[1]] = bytes
            default: return nil
            }
        }
        numbering = PlaceNumbering(runs: runs)
        if name.isEmpty || textSymbol.isEmpty { return nil }
    }
}

// The first contents of each table, computed at compile time: active element segments have constant
// offsets in a closed world.

import Diagnostics
import WasmBinary
import WasmSpec
import WasmValidation

/// A table as instantiation leaves it.
struct TableImage: Sendable {
    var type: TableType
    /// nil is a null reference.
    var elements: [FunctionID?]
    /// No reachable instruction changes it: its entries become constants.
    var isImmutable: Bool

    /// The images of the tables that `instance` defines. Segments that do not fit are left out, and those behind
    /// them: instantiation ends there (`instantiationTraps`).
    static func all(of instance: InstancePlan, _ facts: ProgramFacts) throws(Diagnostic) -> [TableImage] {
        var images: [TableImage] = []
        for (position, table) in instance.module.module.tables.enumerated() {
            guard table.type.limits.minimum <= ImplementationLimits.initialTableElements else {
                throw Diagnostic(
                    .unsupported, "table too large",
                    "\(table.type.limits.minimum) elements exceed this compiler's limit of "
                        + "\(ImplementationLimits.initialTableElements)", at: .offset(table.offset))
            }
            var first: FunctionID?
            if let initializer = table.initializer, case .function(let function) = try instance.evaluate(initializer) {
                first = function
            }
            let id = TableID(instance: instance.number, position: position)
            images.append(
                TableImage(
                    type: table.type, elements: Array(repeating: first, count: Int(table.type.limits.minimum)),
                    isImmutable: !facts.mutableTables.contains(id)))
        }
        for segment in instance.module.module.elementSegments {
            guard case .active(let table, let offset) = segment.mode else { continue }
            let position = table.position - instance.module.importedTableCount
            guard position >= 0 else { continue }
            let functions = try elements(of: segment, instance)
            guard let start = range(of: functions.count, at: try instance.evaluate(offset), in: images[position])
            else { break }
            images[position].elements.replaceSubrange(start..<(start + functions.count), with: functions)
        }
        return images
    }

    /// Whether instantiation ends with "out of bounds table access": an active segment does not fit the table that
    /// the instance itself defines.
    static func instantiationTraps(_ instance: InstancePlan, _ images: [TableImage]) throws(Diagnostic) -> Bool {
        for segment in instance.module.module.elementSegments {
            guard case .active(let table, let offset) = segment.mode else { continue }
            let position = table.position - instance.module.importedTableCount
            guard position >= 0 else { continue }
            let value = try instance.evaluate(offset)
            if range(of: segment.elements.count, at: value, in: images[position]) == nil { return true }
        }
        return false
    }

    /// The references of a segment.
    static func elements(of segment: ElementSegment, _ instance: InstancePlan) throws(Diagnostic) -> [FunctionID?] {
        switch segment.elements {
        case .functions(let indices): return indices.map { instance.functions[$0.position] }
        case .expressions(let expressions):
            var result: [FunctionID?] = []
            for expression in expressions {
                if case .function(let function) = try instance.evaluate(expression) {
                    result.append(function)
                } else {
                    result.append(nil)
                }
            }
            return result
        }
    }

    private static func range(of count: Int, at offset: ConstantValue, in image: TableImage) -> Int? {
        let start: UInt64
        switch offset {
        case .i32(let value): start = UInt64(value)
        case .i64(let value): start = value
        case .f32, .f64, .v128, .nullReference, .function: return nil
        }
        let size = UInt64(image.elements.count)
        guard UInt64(count) <= size, start <= size - UInt64(count) else { return nil }
        return Int(start)
    }
}

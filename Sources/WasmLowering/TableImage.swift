// The first contents of each table, computed at compile time: active element segments have constant
// offsets in a closed world.

import Diagnostics
import WasmBinary
import WasmSpec
import WasmValidation

/// A table as instantiation leaves it.
struct TableImage {
    var type: TableType
    /// nil is a null reference.
    var elements: [FunctionIndex?]
    /// No reachable instruction changes it: its entries become constants.
    var isImmutable: Bool

    /// The images of all tables of a module. `isTrapping` segments are found by `instantiationTraps`.
    static func all(
        of module: ValidatedModule, _ facts: ModuleFacts, _ constants: ConstantEvaluator
    ) throws(Diagnostic) -> [TableImage] {
        var images: [TableImage] = []
        for (index, table) in module.module.tables.enumerated() {
            guard table.type.limits.minimum <= ImplementationLimits.initialTableElements else {
                throw Diagnostic(
                    .unsupported, "table too large",
                    "\(table.type.limits.minimum) elements exceed this compiler's limit of "
                        + "\(ImplementationLimits.initialTableElements)", at: .offset(table.offset))
            }
            var first: FunctionIndex?
            if let initializer = table.initializer, case .function(let function) = try constants.evaluate(initializer) {
                first = function
            }
            images.append(
                TableImage(
                    type: table.type, elements: Array(repeating: first, count: Int(table.type.limits.minimum)),
                    isImmutable: !facts.isTableMutable[index]))
        }
        for segment in module.module.elementSegments {
            guard case .active(let table, let offset) = segment.mode else { continue }
            let functions = try elements(of: segment, constants)
            guard let start = range(of: functions.count, at: try constants.evaluate(offset), in: images[table.position])
            else {
                continue
            }
            images[table.position].elements.replaceSubrange(start..<(start + functions.count), with: functions)
        }
        return images
    }

    /// Whether instantiation ends with "out of bounds table access": an active segment does not fit.
    static func instantiationTraps(
        _ module: ValidatedModule, _ constants: ConstantEvaluator, _ images: [TableImage]
    ) throws(Diagnostic) -> Bool {
        for segment in module.module.elementSegments {
            guard case .active(let table, let offset) = segment.mode else { continue }
            let value = try constants.evaluate(offset)
            if range(of: segment.elements.count, at: value, in: images[table.position]) == nil { return true }
        }
        return false
    }

    /// The references of a segment.
    static func elements(
        of segment: ElementSegment, _ constants: ConstantEvaluator
    ) throws(Diagnostic) -> [FunctionIndex?] {
        switch segment.elements {
        case .functions(let indices): return indices
        case .expressions(let expressions):
            var result: [FunctionIndex?] = []
            for expression in expressions {
                if case .function(let function) = try constants.evaluate(expression) {
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

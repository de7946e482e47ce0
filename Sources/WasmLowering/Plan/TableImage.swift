// The first contents of each table, computed at compile time: active element segments have constant
// offsets in a closed world.

import Diagnostics
import WasmBinary
import WasmSpec
import WasmValidation

/// A table as instantiation leaves it.
struct TableImage: Sendable {
    var type: TableType
    /// Elements at start.
    let size: Int
    /// The first contents, `size` of them; nil is a null reference. Empty if `isWrittenAtStart`.
    var elements: [FunctionID?]
    /// No reachable instruction changes it: its entries become constants.
    let isImmutable: Bool
    /// It has so few elements that are not null that there is no image of it: it begins as zeros, which take no room
    /// in an executable, and the segments are written into it. Or some element is no constant.
    let isWrittenAtStart: Bool

    /// Null elements that are stored for each that is not, and for each table.
    private static let nullsPerElement = 8
    private static let nullsPerTable = 16

    /// - Parameter written: elements of active segments for it.
    /// - Parameter hasOthers: some element is neither null nor a function.
    private init(_ type: TableType, first: FunctionID?, written: Int, isMutable: Bool, hasOthers: Bool) {
        self.type = type
        size = Int(type.limits.minimum)
        let stored = Self.nullsPerTable + (1 + Self.nullsPerElement) * written
        isWrittenAtStart = hasOthers || (first == nil && size > stored)
        isImmutable = !isMutable && !isWrittenAtStart
        elements = isWrittenAtStart ? [] : Array(repeating: first, count: size)
    }

    /// The images of the tables that `instance` defines. Segments that do not fit are left out, and those behind
    /// them: instantiation ends there (`instantiationTraps`).
    static func all(
        of instance: InstancePlan, _ facts: ProgramFacts, _ budget: inout TableBudget
    ) throws(Diagnostic) -> [TableImage] {
        let segments = ownSegments(instance)
        var written = Array(repeating: 0, count: instance.module.module.tables.count)
        var hasOthers = Array(repeating: false, count: written.count)
        for segment in segments {
            written[segment.table] += segment.segment.elements.count
            if try !holdsFunctionsOnly(segment.segment, instance) { hasOthers[segment.table] = true }
        }
        var images: [TableImage] = []
        for (position, table) in instance.module.module.tables.enumerated() {
            var first: FunctionID?
            if let initializer = table.initializer {
                switch try instance.evaluate(initializer) {
                case .function(let function): first = function
                case .nullReference: break
                case .i32, .i64, .f32, .f64, .v128, .reference, .computed: hasOthers[position] = true
                }
            }
            try budget.take(table, isFilled: first != nil)
            images.append(
                TableImage(
                    table.type, first: first, written: written[position],
                    isMutable: facts.mutableTables.contains(TableID(instance: instance.number, position: position)),
                    hasOthers: hasOthers[position]))
        }
        for (segment, position, offset) in segments {
            guard let start = range(of: segment.elements.count, at: try instance.evaluate(offset), in: images[position])
            else { break }
            if images[position].isWrittenAtStart { continue }
            let functions = try elements(of: segment, instance)
            images[position].elements.replaceSubrange(start..<(start + functions.count), with: functions)
        }
        return images
    }

    /// Active segments of tables that the instance itself defines.
    private static func ownSegments(
        _ instance: InstancePlan
    ) -> [(segment: ElementSegment, table: Int, offset: ConstantExpression)] {
        instance.module.module.elementSegments.compactMap { segment in
            guard case .active(let table, let offset) = segment.mode else { return nil }
            let position = table.position - instance.module.importedTableCount
            return position >= 0 ? (segment, position, offset) : nil
        }
    }

    /// Whether instantiation ends with "out of bounds table access": an active segment does not fit the table that
    /// the instance itself defines.
    static func instantiationTraps(_ instance: InstancePlan, _ images: [TableImage]) throws(Diagnostic) -> Bool {
        for (segment, position, offset) in ownSegments(instance) {
            let value = try instance.evaluate(offset)
            if range(of: segment.elements.count, at: value, in: images[position]) == nil { return true }
        }
        return false
    }

    /// The references of a segment.
    static func values(of segment: ElementSegment, _ instance: InstancePlan) throws(Diagnostic) -> [ConstantValue] {
        switch segment.elements {
        case .functions(let indices): return indices.map { .function(instance.functions[$0.position]) }
        case .expressions(let expressions):
            var result: [ConstantValue] = []
            for expression in expressions { result.append(try instance.evaluate(expression)) }
            return result
        }
    }

    private static func holdsFunctionsOnly(
        _ segment: ElementSegment, _ instance: InstancePlan
    ) throws(Diagnostic) -> Bool {
        guard case .expressions = segment.elements else { return true }
        return try values(of: segment, instance).allSatisfy {
            switch $0 {
            case .nullReference, .function: true
            case .i32, .i64, .f32, .f64, .v128, .reference, .computed: false
            }
        }
    }

    /// The references of a segment of functions.
    static func elements(of segment: ElementSegment, _ instance: InstancePlan) throws(Diagnostic) -> [FunctionID?] {
        try values(of: segment, instance).map { if case .function(let function) = $0 { function } else { nil } }
    }

    private static func range(of count: Int, at offset: ConstantValue, in image: TableImage) -> Int? {
        let start: UInt64
        switch offset {
        case .i32(let value): start = UInt64(value)
        case .i64(let value): start = value
        case .f32, .f64, .v128, .nullReference, .function, .reference, .computed: return nil
        }
        let size = UInt64(image.size)
        guard UInt64(count) <= size, start <= size - UInt64(count) else { return nil }
        return Int(start)
    }
}

/// What the tables of a whole program may take.
struct TableBudget {
    private var elements: UInt64 = 0
    private var filled: UInt64 = 0

    /// Counts a table. `isFilled`: with something other than null, which an executable has to store.
    ///
    /// Throws `.unsupported` beyond the limits.
    mutating func take(_ table: Table, isFilled: Bool) throws(Diagnostic) {
        let size = table.type.limits.minimum
        try count(size, &elements, ImplementationLimits.initialTableElements, "elements", table)
        if isFilled {
            try count(size, &filled, ImplementationLimits.filledTableElements, "elements that are not null", table)
        }
    }

    private func count(
        _ size: UInt64, _ sum: inout UInt64, _ limit: UInt64, _ what: String, _ table: Table
    ) throws(Diagnostic) {
        guard size <= limit - sum else {
            throw Diagnostic(
                .unsupported, sum == 0 ? "table too large" : "tables too large",
                "\(size) \(what)\(sum == 0 ? "" : ", and \(sum) of tables before it,") exceed this compiler's limit of "
                    + "\(limit) for a program", at: .offset(table.offset))
        }
        sum += size
    }
}

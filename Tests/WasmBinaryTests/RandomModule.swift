@testable import WasmBinary
import WasmSpec

/// Numbers that are the same in each run.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Writes modules that can be decoded, with everything the format has; they need not be valid.
struct RandomModule {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(state: seed) }

    private mutating func number(below limit: UInt64) -> UInt64 { random.next() % limit }
    private mutating func chance(_ one: UInt64) -> Bool { number(below: one) == 0 }
    private mutating func index() -> UInt32 { UInt32(truncatingIfNeeded: random.next() >> (32 + number(below: 32))) }

    private mutating func vector(
        _ limit: UInt64, _ writer: inout ByteWriter, _ entry: (inout Self, inout ByteWriter) -> Void
    ) {
        let count = Int(number(below: limit))
        writer.length(count)
        for _ in 0..<count { entry(&self, &writer) }
    }

    mutating func bytes() -> [UInt8] {
        var functionCount = 0
        var dataCount = 0
        var writer = ByteWriter()
        writer.append(Assembly.header)
        let withDataCount = chance(2)
        if withDataCount { dataCount = Int(number(below: 5)) }
        for id in order {
            if chance(4) { custom(&writer) }
            var contents = ByteWriter()
            switch id {
            case .custom: break
            case .type: vector(6, &contents) { $0.group(&$1) }
            case .import: vector(8, &contents) { $0.importEntry(&$1) }
            case .function:
                functionCount = Int(number(below: 6))
                contents.length(functionCount)
                for _ in 0..<functionCount { contents.u32(index()) }
            case .table: vector(5, &contents) { $0.table(&$1) }
            case .memory: vector(5, &contents) { $1.memoryType($0.memoryType()) }
            case .tag: vector(5, &contents) { $1.tagType(TypeIndex(rawValue: $0.index())) }
            case .global:
                vector(5, &contents) {
                    $1.globalType(GlobalType(value: $0.valueType(), isMutable: $0.chance(2)))
                    $0.expression(&$1)
                }
            case .export:
                vector(6, &contents) {
                    $1.name($0.name())
                    $1.byte(UInt8($0.number(below: 5)))
                    $1.u32($0.index())
                }
            case .start: if chance(2) { contents.u32(index()) }
            case .element: vector(9, &contents) { $0.element(&$1) }
            case .dataCount: if withDataCount { contents.length(dataCount) }
            case .code:
                contents.length(functionCount)
                for _ in 0..<functionCount { body(&contents) }
            case .data:
                if !withDataCount { dataCount = Int(number(below: 5)) }
                contents.length(dataCount)
                for _ in 0..<dataCount { data(&contents) }
            }
            guard contents.count > 0 else { continue }
            writer.byte(id.rawValue)
            writer.length(contents.count)
            writer.append(contents.bytes)
        }
        custom(&writer)
        return writer.bytes
    }

    private var order: [SectionID] {
        [
            .type, .import, .function, .table, .memory, .tag, .global, .export, .start, .element, .dataCount, .code,
            .data,
        ]
    }

    private mutating func name() -> String {
        ["", "a", "memory", "e\u{301}", "\u{E9}", "\u{1F600}"].randomElement(using: &random)!
    }

    // MARK: Types

    private mutating func heapType() -> HeapType {
        chance(2)
            ? .concrete(TypeIndex(rawValue: index()))
            : .abstract(AbstractHeapType.allCases.randomElement(using: &random)!)
    }

    private mutating func referenceType() -> ReferenceType { ReferenceType(isNullable: chance(2), heapType()) }

    private mutating func valueType() -> ValueType {
        chance(2) ? .reference(referenceType()) : [.i32, .i64, .f32, .f64, .v128].randomElement(using: &random)!
    }

    private mutating func limits() -> Limits {
        Limits(
            minimum: random.next() >> number(below: 64), maximum: chance(2) ? random.next() >> number(below: 64) : nil)
    }

    private mutating func memoryType() -> MemoryType {
        MemoryType(
            addressType: chance(2) ? .i64 : .i32, limits: limits(), isShared: chance(2),
            pageSizeLog2: chance(2) ? 16 : UInt32(number(below: 64)))
    }

    private mutating func tableType() -> TableType {
        TableType(addressType: chance(2) ? .i64 : .i32, limits: limits(), element: referenceType())
    }

    private mutating func fieldType() -> FieldType {
        FieldType(storage: chance(3) ? (chance(2) ? .i8 : .i16) : .value(valueType()), isMutable: chance(2))
    }

    private mutating func subType() -> SubType {
        let composite: CompositeType
        switch number(below: 3) {
        case 0:
            composite = .function(
                FunctionType(
                    parameters: (0..<number(below: 4)).map { _ in valueType() },
                    results: (0..<number(below: 4)).map { _ in valueType() }))
        case 1: composite = .structure((0..<number(below: 4)).map { _ in fieldType() })
        default: composite = .array(fieldType())
        }
        return SubType(
            isFinal: chance(2), supertypes: (0..<number(below: 3)).map { _ in TypeIndex(rawValue: index()) }, composite)
    }

    private mutating func group(_ writer: inout ByteWriter) {
        let types = (0..<number(below: 4)).map { _ in subType() }
        // A group of one may be written with or without its frame.
        if types.count == 1, chance(2) { writer.append([0x4E, 1]) }
        if types.count == 1 { writer.subType(types[0]) } else { writer.recursiveGroup(types) }
    }

    // MARK: Entries

    private mutating func importEntry(_ writer: inout ByteWriter) {
        writer.name(name())
        writer.name(name())
        let kind = UInt8(number(below: 5))
        writer.byte(kind)
        switch kind {
        case 0: writer.u32(index())
        case 1: writer.tableType(tableType())
        case 2: writer.memoryType(memoryType())
        case 3: writer.globalType(GlobalType(value: valueType(), isMutable: chance(2)))
        default: writer.tagType(TypeIndex(rawValue: index()))
        }
    }

    private mutating func table(_ writer: inout ByteWriter) {
        let hasInitializer = chance(2)
        if hasInitializer { writer.append([0x40, 0]) }
        writer.tableType(tableType())
        if hasInitializer { expression(&writer) }
    }

    /// Instructions up to an `end`; blocks, which are no constant, nest.
    private mutating func expression(_ writer: inout ByteWriter) {
        for _ in 0..<number(below: 4) {
            switch number(below: 5) {
            case 0:
                writer.byte(0x41)
                writer.s32(Int32(truncatingIfNeeded: random.next()))
            case 1: writer.append([0x42, 0x80, 0x00])  // not the shortest encoding; it must survive
            case 2:
                writer.byte(0xD0)
                writer.heapType(heapType())
            case 3:
                writer.byte(0xD2)
                writer.u32(index())
            default: writer.append([0x02, 0x40, 0x41, 0x0B, 0x1A, 0x0B])
            }
        }
        writer.byte(0x0B)
    }

    private mutating func element(_ writer: inout ByteWriter) {
        let kind = UInt8(number(below: 8))
        writer.byte(kind)
        if kind & 1 == 0 {
            if kind & 2 != 0 { writer.u32(index()) }
            expression(&writer)
        }
        if kind & 4 == 0 {
            if kind & 3 != 0 { writer.byte(0) }
            vector(4, &writer) { $1.u32($0.index()) }
        } else {
            if kind & 3 != 0 { writer.referenceType(referenceType()) }
            vector(4, &writer) { $0.expression(&$1) }
        }
    }

    private mutating func body(_ writer: inout ByteWriter) {
        var contents = ByteWriter()
        vector(3, &contents) {
            $1.u32(UInt32($0.number(below: 1000)))
            $1.valueType($0.valueType())
        }
        expression(&contents)
        writer.length(contents.count)
        writer.append(contents.bytes)
    }

    private mutating func data(_ writer: inout ByteWriter) {
        let kind = UInt8(number(below: 3))
        writer.byte(kind)
        if kind == 2 { writer.u32(index()) }
        if kind != 1 { expression(&writer) }
        vector(20, &writer) { $1.byte(UInt8(truncatingIfNeeded: $0.random.next())) }
    }

    private mutating func custom(_ writer: inout ByteWriter) {
        let contents = (0..<number(below: 10)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        writer.append(Assembly.custom(name(), contents))
    }
}

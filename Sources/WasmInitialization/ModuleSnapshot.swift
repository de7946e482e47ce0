// A module that begins in the state that an instance of it is in: what has changed is written behind the module's bytes,
// where new constant expressions and segments refer to. All that is there keeps its place, so that offsets in messages
// and in DWARF stay those of the file.

import Diagnostics
import WasmBinary
import WasmInterpreter
import WasmSpec
import WasmValidation

struct ModuleSnapshot {
    private let instance: ModuleInstance
    private var result: Module
    /// What comes behind the module's bytes.
    private var writer = ByteWriter()
    private let importedFunctions: [FunctionInstance: FunctionIndex]

    init(_ instance: ModuleInstance, imported: [FunctionInstance]) {
        self.instance = instance
        result = instance.module.module
        importedFunctions = Dictionary(
            imported.enumerated().map { ($1, FunctionIndex($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter names: exports that are left out.
    /// - Throws: `unsupported` for a reference that no constant expression makes again, and beyond the limits of modules.
    mutating func module(without names: [String]) throws(Diagnostic) -> Module {
        dropSegments()
        try keepGlobals()
        try keepTables()
        try keepMemories()
        result.start = nil
        result.exports.removeAll { export in names.contains { $0.utf8.elementsEqual(export.name.utf8) } }
        if result.dataCount != nil { result.dataCount = UInt32(result.dataSegments.count) }
        result.source = ModuleBytes(result.source.bytes + writer.bytes)
        return result
    }

    // MARK: Segments

    /// What is dropped stays in its place, so that the indices of others are the same. Elements are declared as before.
    private mutating func dropSegments() {
        for index in result.elementSegments.indices where instance.isDropped(elementSegment: index) {
            result.elementSegments[index].mode = .declarative
        }
        for index in result.dataSegments.indices where instance.isDropped(dataSegment: index) {
            result.dataSegments[index].mode = .passive
            let start = result.dataSegments[index].contents.lowerBound
            result.dataSegments[index].contents = start..<start
        }
    }

    private var place: Int { result.source.count + writer.count }

    private mutating func expression(
        _ write: (inout ByteWriter) throws(Diagnostic) -> Void
    ) throws(Diagnostic) -> ConstantExpression {
        let start = place
        try write(&writer)
        writer.byte(Opcode.end)
        return ConstantExpression(body: start..<place)
    }

    private mutating func address(_ value: Int, _ type: AddressType) throws(Diagnostic) -> ConstantExpression {
        try expression { (writer) throws(Diagnostic) in
            writer.byte(type == .i32 ? Opcode.i32Const : Opcode.i64Const)
            if type == .i32 { writer.s32(Int32(truncatingIfNeeded: value)) } else { writer.s64(Int64(value)) }
        }
    }

    // MARK: Values

    private mutating func keepGlobals() throws(Diagnostic) {
        for (index, global) in instance.ownGlobals.enumerated() {
            let (value, offset) = (global.value, result.globals[index].offset)
            let (type, hierarchy) = (global.type.value, global.hierarchy)
            let functions = importedFunctions
            result.globals[index].initializer = try expression { (writer) throws(Diagnostic) in
                try writer.constant(value, type, hierarchy, functions, at: offset)
            }
        }
    }

    /// A null is what elements are without an initializer; a table without nulls has one, and then all its elements.
    private mutating func keepTables() throws(Diagnostic) {
        for (index, table) in instance.ownTables.enumerated() {
            let (references, offset) = (table.references, result.tables[index].offset)
            let element = table.type.element
            result.tables[index].type = table.type
            if element.isNullable {
                result.tables[index].initializer = nil
            } else if let first = references.first {
                result.tables[index].initializer = try constant(first, table, at: offset)
            }
            let position = TableIndex(instance.module.importedTableCount + index)
            for run in references.runs(where: { $0 != .null }) {
                var expressions: [ConstantExpression] = []
                for reference in references[run] { expressions.append(try constant(reference, table, at: offset)) }
                let start = try address(run.lowerBound, table.type.addressType)
                result.elementSegments.append(
                    ElementSegment(
                        type: element, elements: .expressions(expressions), mode: .active(position, offset: start),
                        offset: offset))
            }
        }
    }

    private mutating func constant(
        _ reference: Reference, _ table: TableContents, at offset: Int
    ) throws(Diagnostic) -> ConstantExpression {
        let functions = importedFunctions
        return try expression { (writer) throws(Diagnostic) in
            try writer.constant(
                .reference(reference), .reference(table.type.element), table.hierarchy, functions, at: offset)
        }
    }

    // MARK: Memories

    private mutating func keepMemories() throws(Diagnostic) {
        for (index, memory) in instance.ownMemories.enumerated() {
            let (type, offset) = (memory.type, result.memories[index].offset)
            result.memories[index].type = type
            let position = MemoryIndex(instance.module.importedMemoryCount + index)
            for run in UnsafeRawBufferPointer(memory.bytes).runs() {
                guard place + run.count <= ImplementationLimits.moduleBytes else {
                    throw Diagnostic(
                        .unsupported, "module too large",
                        "with what its initialization has written, it has more than "
                            + "\(ImplementationLimits.moduleBytes) bytes", at: .offset(offset))
                }
                let start = try address(run.lowerBound, type.addressType)
                let contents = place..<(place + run.count)
                writer.append(memory.bytes[run])
                result.dataSegments.append(
                    DataSegment(mode: .active(position, offset: start), contents: contents, offset: offset))
            }
        }
    }
}

/// Opcodes of constant expressions.
private enum Opcode {
    static let end: UInt8 = 0x0B
    static let i32Const: UInt8 = 0x41
    static let i64Const: UInt8 = 0x42
    static let f32Const: UInt8 = 0x43
    static let f64Const: UInt8 = 0x44
    static let refNull: UInt8 = 0xD0
    static let refFunc: UInt8 = 0xD2
    static let refI31: [UInt8] = [0xFB, 0x1C]
    static let externConvertAny: [UInt8] = [0xFB, 0x1B]
    static let v128Const: [UInt8] = [0xFD, 0x0C]
}

extension ByteWriter {
    /// The instructions of a constant expression for a value that a global or a table has.
    fileprivate mutating func constant(
        _ value: Value, _ type: ValueType, _ hierarchy: AbstractHeapType,
        _ imported: [FunctionInstance: FunctionIndex], at offset: Int
    ) throws(Diagnostic) {
        switch value {
        case .i32(let value):
            byte(Opcode.i32Const)
            s32(value)
        case .i64(let value):
            byte(Opcode.i64Const)
            s64(value)
        case .f32(let bits):
            byte(Opcode.f32Const)
            fixed32(bits)
        case .f64(let bits):
            byte(Opcode.f64Const)
            fixed64(bits)
        case .v128(let vector):
            append(Opcode.v128Const)
            fixed64(vector.low)
            fixed64(vector.high)
        case .reference(.null):
            byte(Opcode.refNull)
            if case .reference(let reference) = type { heapType(reference.heapType) }
        case .reference(.function(let function)):
            byte(Opcode.refFunc)
            index(function.index.map { FunctionIndex(rawValue: $0) } ?? imported[function] ?? FunctionIndex(0))
        case .reference(.i31(let bits)):
            byte(Opcode.i32Const)
            s32(Int32(truncatingIfNeeded: bits))
            append(Opcode.refI31)
            if hierarchy == .extern { append(Opcode.externConvertAny) }
        case .reference(.structure), .reference(.array), .reference(.exception), .reference(.host):
            throw Diagnostic(
                .unsupported, "initialized object",
                "an object of the heap is kept here when `--init-func` has run; numbers, memories and functions can be",
                at: .offset(offset))
        }
    }
}

extension Collection where Index == Int {
    /// The longest runs of elements that are all like that.
    fileprivate func runs(where isKept: (Element) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in indices where isKept(self[index]) {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<(index + 1)
            } else {
                runs.append(index..<(index + 1))
            }
        }
        return runs
    }
}

extension UnsafeRawBufferPointer {
    /// Where bytes are that are not 0, with the zeros between them that a segment of its own would cost more than.
    fileprivate func runs() -> [Range<Int>] {
        // Zeros between two segments, and segments at most: their number decides what they cost.
        var gap = 64
        while true {
            let runs = runs(apart: gap)
            if runs.count <= 10_000 { return runs }
            gap *= 8
        }
    }

    private func runs(apart gap: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var index = 0
        while index < count {
            // A memory has whole pages of zeros, which are skipped by words.
            if index % 8 == 0, index + 8 <= count, load(fromByteOffset: index, as: UInt64.self) == 0 {
                index += 8
                continue
            }
            if self[index] != 0 {
                if let last = runs.last, index - last.upperBound < gap {
                    runs[runs.count - 1] = last.lowerBound..<(index + 1)
                } else {
                    runs.append(index..<(index + 1))
                }
            }
            index += 1
        }
        return runs
    }
}

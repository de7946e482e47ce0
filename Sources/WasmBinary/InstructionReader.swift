// Decodes instructions one at a time. The switch over opcodes is generated from the instruction table
// (InstructionReader+Generated.swift); immediates are read here.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

import Diagnostics
import WasmSpec

/// A cursor over an instruction sequence.
@frozen public struct InstructionReader {
    public var reader: ByteReader
    /// Module offset of the instruction that `next` returned last.
    public var instructionOffset: Int

    @inlinable public init(_ reader: ByteReader) {
        self.reader = reader
        self.instructionOffset = reader.position
    }

    @inlinable public var isAtEnd: Bool { reader.isAtEnd }

    mutating func blockType() throws(Diagnostic) -> BlockType {
        guard let byte = reader.peek() else { return .type(TypeIndex(rawValue: try reader.u32())) }
        if byte == 0x40 {
            reader.position += 1
            return .empty
        }
        // A value type is a negative number of one byte; a type index is a non-negative s33.
        if byte & 0xC0 == 0x40 { return .result(try reader.valueType()) }
        let start = reader.position
        let index = try reader.s33()
        guard index >= 0 else { throw reader.malformed("malformed block type", at: start) }
        return .type(TypeIndex(rawValue: UInt32(truncatingIfNeeded: index)))
    }

    mutating func memArg() throws(Diagnostic) -> MemArg {
        let start = reader.position
        var alignment = try reader.u32()
        var memory: MemoryIndex = 0
        // Bit 6 says that a memory index follows; all higher bits are reserved.
        guard alignment < 0x80 else { throw reader.malformed("malformed memop flags", at: start) }
        if alignment & 0x40 != 0 {
            alignment &= 0x3F
            memory = try index()
        }
        return MemArg(alignLog2: alignment, offset: try reader.u64(), memory: memory)
    }

    mutating func branchTable() throws(Diagnostic) -> BranchTable {
        let count = try reader.length()
        var labels: [LabelDepth] = []
        labels.reserveCapacity(reader.plausible(count))
        for _ in 0..<count { labels.append(try index()) }
        return BranchTable(labels: labels, defaultLabel: try index())
    }

    mutating func branchOnCast() throws(Diagnostic) -> BranchOnCast {
        let flags = try reader.byte()
        guard flags < 4 else { throw reader.malformed("malformed br_on_cast flags", at: reader.position - 1) }
        let label: LabelDepth = try index()
        let source = ReferenceType(isNullable: flags & 1 != 0, try reader.heapType())
        let target = ReferenceType(isNullable: flags & 2 != 0, try reader.heapType())
        return BranchOnCast(label: label, source: source, target: target)
    }

    mutating func catchClauses() throws(Diagnostic) -> [CatchClause] {
        let count = try reader.length()
        var clauses: [CatchClause] = []
        clauses.reserveCapacity(reader.plausible(count, minimumBytes: 2))
        for _ in 0..<count {
            switch try reader.byte() {
            case 0: clauses.append(.catchTag(try index(), try index()))
            case 1: clauses.append(.catchTagRef(try index(), try index()))
            case 2: clauses.append(.catchAll(try index()))
            case 3: clauses.append(.catchAllRef(try index()))
            default: throw reader.malformed("malformed catch clause", at: reader.position - 1)
            }
        }
        return clauses
    }

    mutating func valueTypes() throws(Diagnostic) -> [ValueType] {
        let count = try reader.length()
        var types: [ValueType] = []
        types.reserveCapacity(reader.plausible(count))
        for _ in 0..<count { types.append(try reader.valueType()) }
        return types
    }

    mutating func vector() throws(Diagnostic) -> V128 {
        V128(low: try reader.fixed64(), high: try reader.fixed64())
    }

    /// A reserved byte behind the opcode of `instruction`.
    mutating func zeroByte(before instruction: Instruction) throws(Diagnostic) -> Instruction {
        guard try reader.byte() == 0 else { throw reader.malformed("zero byte expected", at: reader.position - 1) }
        return instruction
    }

    @inline(__always) mutating func index<Index: SpaceIndex>() throws(Diagnostic) -> Index {
        Index(rawValue: try reader.u32())
    }

    func illegalOpcode(_ byte: UInt8) -> Diagnostic {
        reader.malformed("illegal opcode \(hexadecimal(UInt32(byte)))", at: instructionOffset)
    }

    func illegalOpcode(_ prefix: UInt8, _ code: UInt32) -> Diagnostic {
        reader.malformed(
            "illegal opcode \(hexadecimal(UInt32(prefix))) \(hexadecimal(code))", at: instructionOffset)
    }

    private func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}

// Element section. Spec: https://webassembly.github.io/spec/core/binary/modules.html#element-section

import Diagnostics
import WasmSpec

extension ModuleReader {
    mutating func elementSection() throws(Diagnostic) {
        for _ in 0..<(try entryCount("element segments")) {
            let segment = try elementSegment()
            module.elementSegments.append(segment)
        }
    }

    /// One of eight encodings. Bit 0: passive or declarative; bit 1: with a table index, or declarative; bit 2:
    /// elements are expressions.
    private mutating func elementSegment() throws(Diagnostic) -> ElementSegment {
        let offset = reader.position
        let kind = try reader.u32()
        guard kind < 8 else { throw reader.malformed("malformed elements segment kind", String(kind), at: offset) }
        let mode = try elementMode(kind)
        if kind & 4 == 0 {
            if kind & 3 != 0 { try elementKind() }
            let type = ReferenceType(isNullable: false, .abstract(.func))
            return ElementSegment(type: type, elements: try functionIndices(), mode: mode, offset: offset)
        }
        let type = kind & 3 == 0 ? .funcref : try reader.referenceType()
        return ElementSegment(type: type, elements: try expressions(), mode: mode, offset: offset)
    }

    private mutating func elementMode(_ kind: UInt32) throws(Diagnostic) -> ElementMode {
        if kind & 1 != 0 { return kind & 2 != 0 ? .declarative : .passive }
        let table: TableIndex = kind & 2 != 0 ? try index() : 0
        return .active(table, offset: try constantExpression())
    }

    /// A byte that stands for `funcref`, the only kind there is.
    private mutating func elementKind() throws(Diagnostic) {
        guard try reader.byte() == 0 else { throw reader.malformed("malformed element kind", at: reader.position - 1) }
    }

    private mutating func functionIndices() throws(Diagnostic) -> Elements {
        let count = try reader.length()
        var indices: [FunctionIndex] = []
        indices.reserveCapacity(reader.plausible(count))
        for _ in 0..<count { indices.append(try index()) }
        return .functions(indices)
    }

    private mutating func expressions() throws(Diagnostic) -> Elements {
        let count = try reader.length()
        var expressions: [ConstantExpression] = []
        expressions.reserveCapacity(reader.plausible(count))
        for _ in 0..<count { expressions.append(try constantExpression()) }
        return .expressions(expressions)
    }
}

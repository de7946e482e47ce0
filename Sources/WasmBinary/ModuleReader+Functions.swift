// Function and code section. Spec: https://webassembly.github.io/spec/core/binary/modules.html#code-section

import Diagnostics
import WasmSpec

extension ModuleReader {
    mutating func functionSection() throws(Diagnostic) {
        let count = try entryCount("functions", limit: ImplementationLimits.functions)
        functionTypes.reserveCapacity(reader.plausible(count))
        for _ in 0..<count { functionTypes.append(try index()) }
    }

    mutating func codeSection() throws(Diagnostic) {
        let start = reader.position
        let count = try entryCount("functions", limit: ImplementationLimits.functions)
        guard count == functionTypes.count else { throw inconsistentFunctions(bodies: count, at: start) }
        module.functions.reserveCapacity(count)
        for type in functionTypes { module.functions.append(try function(type)) }
    }

    private mutating func function(_ type: TypeIndex) throws(Diagnostic) -> Function {
        let size = try reader.length()
        let offset = reader.position
        let end = offset + size
        guard size <= ImplementationLimits.functionBodyBytes else {
            throw ImplementationLimits.exceeded(
                "function body bytes", size, ImplementationLimits.functionBodyBytes, at: offset)
        }
        let locals = try localGroups()
        try checkEnd(offset..<end)
        let body = reader.position..<end
        reader.position = end
        return Function(type: type, locals: locals, body: body, offset: offset)
    }

    private mutating func localGroups() throws(Diagnostic) -> [LocalGroup] {
        let count = try reader.length()
        var groups: [LocalGroup] = []
        groups.reserveCapacity(reader.plausible(count, minimumBytes: 2))
        var total = 0
        for _ in 0..<count {
            let start = reader.position
            let group = LocalGroup(count: try reader.u32(), type: try reader.valueType())
            groups.append(group)
            total += Int(group.count)
            guard total <= UInt32.max else { throw reader.malformed("too many locals", "\(total)", at: start) }
        }
        guard total <= ImplementationLimits.locals else {
            throw ImplementationLimits.exceeded("locals", total, ImplementationLimits.locals, at: reader.position)
        }
        return groups
    }

    /// Checks that instructions follow the locals and that the last byte can be the final `end`.
    ///
    /// A body is not walked here. Where its last byte is no `end`, the reference interpreter reads on behind it
    /// and reports what it meets there; the phrase depends on the next byte alone.
    private func checkEnd(_ entry: Range<Int>) throws(Diagnostic) {
        let `end`: UInt8 = 0x0B
        if entry.upperBound > reader.end { throw reader.malformed("unexpected end of section or function") }
        if reader.position < entry.upperBound, reader.byte(at: entry.upperBound - 1) == `end` { return }
        if reader.position > entry.upperBound { throw sizeMismatch(entry, "function body") }
        guard entry.upperBound < reader.end else {
            throw reader.malformed("unexpected end of section or function", at: entry.upperBound)
        }
        if reader.byte(at: entry.upperBound) == `end` {
            throw reader.malformed("section size mismatch", "function body without end", at: entry.lowerBound)
        }
        throw reader.malformed("END opcode expected", at: entry.upperBound)
    }
}

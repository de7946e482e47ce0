// Function and code section. Spec: https://webassembly.github.io/spec/core/binary/modules.html#code-section

import Diagnostics
import WasmSpec

extension ModuleReader {
    mutating func functionSection() throws(Diagnostic) {
        let count = try entryCount("functions", limit: ImplementationLimits.functions)
        functionTypes.reserveCapacity(reader.plausible(count))
        for _ in 0..<count { functionTypes.append(try index()) }
    }

    /// Whether there are as many bodies as types is found at the module's end: sections out of order count first.
    mutating func codeSection() throws(Diagnostic) {
        let count = try entryCount("functions", limit: ImplementationLimits.functions)
        module.functions.reserveCapacity(reader.plausible(count, minimumBytes: 2))
        for position in 0..<count {
            module.functions.append(try function(position < functionTypes.count ? functionTypes[position] : 0))
        }
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

    /// Checks that the last byte of an entry, whose locals have been read, can be the final `end`. The body is not
    /// walked here.
    private func checkEnd(_ entry: Range<Int>) throws(Diagnostic) {
        let end: UInt8 = 0x0B
        let isWithin = reader.position < entry.upperBound && entry.upperBound <= reader.end
        if isWithin, reader.byte(at: entry.upperBound - 1) == end { return }
        throw try unendedBody(entry)
    }

    /// The error for a body that does not end where its size says: whatever the reference interpreter meets, which
    /// reads on behind it.
    private func unendedBody(_ entry: Range<Int>) throws(Diagnostic) -> Diagnostic {
        var instructions = InstructionReader(reader)
        var depth = 1
        while depth > 0 {
            let nesting = try instructions.next().nesting
            if depth == 1, case .divides = nesting {
                return reader.malformed("END opcode expected", at: instructions.instructionOffset)
            }
            depth += nesting.change
        }
        return reader.malformed(
            "section size mismatch",
            "function body of \(entry.count) bytes ends after \(instructions.reader.position - entry.lowerBound)",
            at: entry.lowerBound)
    }
}

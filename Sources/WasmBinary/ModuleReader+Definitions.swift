// Table, memory, tag, global, export and start section.
// Spec: https://webassembly.github.io/spec/core/binary/modules.html#table-section

import Diagnostics
import WasmSpec

extension ModuleReader {
    mutating func tableSection() throws(Diagnostic) {
        for _ in 0..<(try entryCount("tables", limit: ImplementationLimits.tables)) {
            let offset = reader.position
            var hasInitializer = false
            if reader.peek() == 0x40 {
                hasInitializer = true
                reader.position += 1
                guard try reader.byte() == 0 else {
                    throw reader.malformed("zero byte expected", at: reader.position - 1)
                }
            }
            let type = try reader.tableType()
            let initializer = hasInitializer ? try constantExpression() : nil
            module.tables.append(Table(type: type, initializer: initializer, offset: offset))
        }
    }

    mutating func memorySection() throws(Diagnostic) {
        for _ in 0..<(try entryCount("memories", limit: ImplementationLimits.memories)) {
            let offset = reader.position
            module.memories.append(Memory(type: try reader.memoryType(features), offset: offset))
        }
    }

    mutating func tagSection() throws(Diagnostic) {
        for _ in 0..<(try entryCount("tags")) {
            let offset = reader.position
            module.tags.append(Tag(type: try reader.tagType(), offset: offset))
        }
    }

    mutating func globalSection() throws(Diagnostic) {
        for _ in 0..<(try entryCount("globals")) {
            let offset = reader.position
            let type = try reader.globalType()
            module.globals.append(Global(type: type, initializer: try constantExpression(), offset: offset))
        }
    }

    mutating func exportSection() throws(Diagnostic) {
        let count = try entryCount("exports")
        module.exports.reserveCapacity(reader.plausible(count, minimumBytes: 3))
        for _ in 0..<count {
            let offset = reader.position
            let name = try reader.name()
            module.exports.append(Export(name: name, description: try externalIndex(), offset: offset))
        }
    }

    private mutating func externalIndex() throws(Diagnostic) -> ExternalIndex {
        switch try reader.byte() {
        case 0: return .function(try index())
        case 1: return .table(try index())
        case 2: return .memory(try index())
        case 3: return .global(try index())
        case 4: return .tag(try index())
        default: throw reader.malformed("malformed export kind", at: reader.position - 1)
        }
    }

    mutating func startSection() throws(Diagnostic) {
        let offset = reader.position
        module.start = StartFunction(function: try index(), offset: offset)
    }
}

// Import section. Spec: https://webassembly.github.io/spec/core/binary/modules.html#import-section

import Diagnostics
import WasmSpec

extension ModuleReader {
    mutating func importSection() throws(Diagnostic) {
        let count = try entryCount("imports")
        module.imports.reserveCapacity(reader.plausible(count, minimumBytes: 4))
        for _ in 0..<count {
            let offset = reader.position
            let moduleName = try reader.name()
            let name = try reader.name()
            let type = try externalType()
            module.imports.append(Import(module: moduleName, name: name, description: type, offset: offset))
        }
    }

    private mutating func externalType() throws(Diagnostic) -> ExternalType {
        switch try reader.byte() {
        case 0: return .function(try index())
        case 1: return .table(try reader.tableType())
        case 2: return .memory(try reader.memoryType(features))
        case 3: return .global(try reader.globalType())
        case 4: return .tag(try reader.tagType())
        default: throw reader.malformed("malformed import kind", at: reader.position - 1)
        }
    }
}

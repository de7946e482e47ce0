// Data section. Spec: https://webassembly.github.io/spec/core/binary/modules.html#data-section

import Diagnostics
import WasmSpec

extension ModuleReader {
    mutating func dataSection() throws(Diagnostic) {
        let start = reader.position
        let count = try entryCount("data segments")
        if let announced = module.dataCount, Int(announced) != count {
            throw inconsistentData(segments: count, at: start)
        }
        for _ in 0..<count {
            let offset = reader.position
            let mode = try dataMode()
            let contents = try reader.bytes(try reader.length())
            module.dataSegments.append(DataSegment(mode: mode, contents: contents, offset: offset))
        }
    }

    private mutating func dataMode() throws(Diagnostic) -> DataMode {
        let start = reader.position
        let kind = try reader.u32()
        switch kind {
        case 0: return .active(0, offset: try constantExpression())
        case 1: return .passive
        case 2: return .active(try index(), offset: try constantExpression())
        default: throw reader.malformed("malformed data segment kind", String(kind), at: start)
        }
    }
}

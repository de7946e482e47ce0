// Type section. Spec: https://webassembly.github.io/spec/core/binary/modules.html#type-section

import Diagnostics
import WasmSpec

extension ModuleReader {
    /// Recursive groups; a type on its own is a group of one.
    mutating func typeSection() throws(Diagnostic) {
        let count = try entryCount("types", limit: ImplementationLimits.types)
        module.recursiveGroups.reserveCapacity(reader.plausible(count, minimumBytes: 2))
        for _ in 0..<count {
            let first = module.types.count
            if reader.peek() == 0x4E {
                reader.position += 1
                let size = try entryCount("types", limit: ImplementationLimits.types - first)
                for _ in 0..<size { try type() }
            } else {
                try type()
            }
            module.recursiveGroups.append(first..<module.types.count)
        }
    }

    private mutating func type() throws(Diagnostic) {
        let offset = reader.position
        guard module.types.count < ImplementationLimits.types else {
            throw ImplementationLimits.exceeded(
                "types", module.types.count + 1, ImplementationLimits.types, at: offset)
        }
        module.types.append(try reader.subType())
        module.typeOffsets.append(offset)
    }
}

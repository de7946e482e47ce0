// Branch hints. Spec: https://webassembly.github.io/branch-hinting/core/appendix/custom.html#branch-hint-section

import Diagnostics
import WasmSpec

/// The branch hint section: which `if` and `br_if` are likely to be taken. What is malformed is left out; whether
/// there is a conditional branch at a hint's offset is for the user of the hint to see.
public struct BranchHintSection: Sendable {
    public static let name = "metadata.code.branch_hint"

    public struct Hint: Hashable, Sendable {
        /// Bytes from the beginning of the function's locals to the branch.
        public var offset: UInt32
        public var isLikely: Bool
    }

    /// Ascending by offset within each function.
    public private(set) var hints: [FunctionIndex: [Hint]] = [:]

    /// The hints of the first custom section of this name; none without one.
    public init(_ module: Module) {
        guard let section = module.customSections.first(where: { $0.name == Self.name }) else { return }
        module.source.readLeniently(section.contents) { (reader) throws(Diagnostic) in
            for _ in 0..<(try reader.u32()) {
                let function = FunctionIndex(rawValue: try reader.u32())
                // A truncated function keeps what came before the end.
                var list: [Hint] = []
                defer { hints[function] = list.sorted { $0.offset < $1.offset } }
                for _ in 0..<(try reader.u32()) {
                    let offset = try reader.u32()
                    let value = try reader.bytes(try reader.length())
                    guard value.count == 1 else { continue }
                    let byte = reader.byte(at: value.lowerBound)
                    if byte < 2 { list.append(Hint(offset: offset, isLikely: byte == 1)) }
                }
            }
        }
    }
}

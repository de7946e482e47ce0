// Tool conventions: the features a module was compiled with.
// https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md#target-features-section

import Diagnostics
import WasmSpec

/// The target features section. What is malformed is left out.
public struct TargetFeaturesSection: Sendable {
    /// Whether a feature is used or must not be.
    public enum Prefix: UInt8, Sendable {
        /// `+`
        case used = 0x2B
        /// `-`
        case disallowed = 0x2D
    }

    public struct Entry: Hashable, Sendable {
        public var prefix: Prefix
        /// As LLVM spells it, e.g. `bulk-memory`.
        public var name: String
    }

    /// In the order of the section.
    public private(set) var entries: [Entry] = []

    /// The entries of the first custom section called `target_features`; none without one.
    public init(_ module: Module) {
        guard let section = module.customSections.first(where: { $0.name == "target_features" }) else { return }
        module.source.readLeniently(section.contents) { (reader) throws(Diagnostic) in
            for _ in 0..<(try reader.u32()) {
                let prefix = Prefix(rawValue: try reader.byte())
                let name = try reader.name()
                if let prefix { entries.append(Entry(prefix: prefix, name: name)) }
            }
        }
    }
}

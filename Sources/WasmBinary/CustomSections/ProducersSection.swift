// Tool conventions: which languages, tools and SDKs a module comes from.
// https://github.com/WebAssembly/tool-conventions/blob/main/ProducersSection.md

import Diagnostics
import WasmSpec

/// The producers section. What is malformed is left out.
public struct ProducersSection: Sendable {
    /// One field, e.g. `language`, with its values.
    public struct Field: Hashable, Sendable {
        public var name: String
        public var values: [Producer]
    }

    /// A name with a version, which may be empty.
    public struct Producer: Hashable, Sendable {
        public var name: String
        public var version: String
    }

    /// Each value with its field: `language Rust 1.95.0`, `processed-by clang 22.1.8`.
    public var descriptions: [String] {
        fields.flatMap { field in
            field.values.map { "\(field.name) \($0.name)" + ($0.version.isEmpty ? "" : " \($0.version)") }
        }
    }

    /// In the order of the section.
    public private(set) var fields: [Field] = []

    /// The fields of the first custom section called `producers`; none without one.
    public init(_ module: Module) {
        guard let section = module.customSections.first(where: { $0.name == "producers" }) else { return }
        module.source.readLeniently(section.contents) { (reader) throws(Diagnostic) in
            for _ in 0..<(try reader.u32()) {
                var field = Field(name: try reader.name(), values: [])
                // A truncated field keeps what came before the end.
                defer { fields.append(field) }
                for _ in 0..<(try reader.u32()) {
                    field.values.append(Producer(name: try reader.name(), version: try reader.name()))
                }
            }
        }
    }
}

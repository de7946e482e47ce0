import Diagnostics
import WasmBinary
import WasmSpec

/// Modules by hand: lists of bytes put together.
enum Assembly {
    static let header: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

    static func module(_ sections: [UInt8]...) -> [UInt8] { header + sections.flatMap { $0 } }

    static func section(_ id: SectionID, _ contents: [UInt8]) -> [UInt8] { [id.rawValue] + sized(contents) }

    /// A section that is a vector of entries.
    static func section(_ id: SectionID, entries: [[UInt8]]) -> [UInt8] { section(id, vector(entries)) }

    static func custom(_ name: String, _ contents: [UInt8]) -> [UInt8] {
        section(.custom, self.name(name) + contents)
    }

    static func vector(_ entries: [[UInt8]]) -> [UInt8] { leb(entries.count) + entries.flatMap { $0 } }

    static func sized(_ contents: [UInt8]) -> [UInt8] { leb(contents.count) + contents }

    static func name(_ name: String) -> [UInt8] { sized(Array(name.utf8)) }

    static func leb(_ value: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.u64(UInt64(value))
        return writer.bytes
    }

    /// Type `[] -> []`, and as many functions of it as there are bodies (instructions without locals).
    static func functions(_ bodies: [UInt8]...) -> [UInt8] {
        module(
            section(.type, entries: [[0x60, 0, 0]]), section(.function, entries: bodies.map { _ in [0] }),
            section(.code, entries: bodies.map { sized([0] + $0) }))
    }
}

/// The error of decoding, or nil.
func decodingError(_ bytes: [UInt8]) -> Diagnostic? {
    do throws(Diagnostic) {
        _ = try decodeModule(bytes)
        return nil
    } catch {
        return error
    }
}

import Diagnostics
import WasmBinary
import WasmSpec
import WasmText

/// What a file is, by its first bytes: names and extensions decide nothing.
public enum ContentKind: Hashable, Sendable {
    /// `\0asm` with layer 0.
    case module
    /// `\0asm` with layer 1.
    case component
    /// An ELF file.
    case elf
    /// Anything that could be the text format.
    case text
    /// Nothing that wasmc knows.
    case unknown

    public init(of bytes: [UInt8]) {
        if bytes.starts(with: [0x00, 0x61, 0x73, 0x6D]) {
            // The layer is the upper half of what modules call the version.
            let isComponent = bytes.count >= 8 && bytes[6] == 1 && bytes[7] == 0
            self = isComponent ? .component : .module
        } else if bytes.starts(with: ELFFile.magic) {
            self = .elf
        } else {
            // No text holds a NUL; no binary does without one for long. An empty file is no module.
            self = bytes.isEmpty || bytes.prefix(4096).contains(0) ? .unknown : .text
        }
    }
}

/// A module with what is needed to speak about it.
public struct ModuleInput: Sendable {
    public var module: Module
    /// The text positions of the encoded module, when the input was text.
    public var sourceMap: SourceMap?

    /// The bytes of a module file, or of standard input for `-`.
    public static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
        try Files.read(path, limit: ImplementationLimits.moduleBytes)
    }

    /// Decodes or assembles a module.
    ///
    /// - Throws: `malformed`, or `unsupported` for a component or a file that is none of both.
    public init(_ bytes: [UInt8]) throws(Diagnostic) {
        switch ContentKind(of: bytes) {
        case .module:
            module = try decodeModule(bytes)
        case .text:
            let assembled = try assembleModule(text: bytes)
            module = try decodeModule(assembled.bytes)
            sourceMap = assembled.sourceMap
        case .component:
            throw Diagnostic(
                .unsupported, "component", "this is a component, not a module; the component model is not supported")
        case .elf:
            throw Diagnostic(.unsupported, "native executable", "this is an ELF file, not a WebAssembly module")
        case .unknown:
            // The decoder has the phrase.
            module = try decodeModule(bytes)
        }
    }

    /// An error of a later phase with a place in the text, when the input was text.
    public func located(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let sourceMap, case .offset(let offset) = diagnostic.location else { return diagnostic }
        var result = diagnostic
        result.location = sourceMap.location(ofOffset: offset)
        return result
    }
}

import Diagnostics
import Support
import WasmBinary
import WasmHostTable
import WasmSpec
import WasmText

/// A module with what is needed to speak about it.
public struct ModuleInput: Sendable {
    public var module: Module
    /// The text positions of the encoded module, when the input was text.
    public var sourceMap: SourceMap?
    /// The text, when the input was text.
    private var text: [UInt8]?

    /// The bytes of the file that the module was made from, when it has more than they say.
    private var originalBytes: [UInt8]?

    /// The bytes of the file.
    var fileBytes: [UInt8] { text ?? originalBytes ?? module.source.bytes }

    /// The bytes of a module file, or of standard input for `-`.
    ///
    /// - Parameter acceptsExecutables: whether an ELF file will do as well.
    /// - Throws: `environment`; `foreign`, `unsupported` or `malformed` when it is no module for sure, what comes behind
    ///   the first block is not read then.
    public static func read(_ path: String, acceptsExecutables: Bool = false) throws(Diagnostic) -> [UInt8] {
        let bytes = try readRecognized(path)
        switch ContentKind(of: bytes) {
        case .elf where acceptsExecutables: break
        case let kind: try refuse(kind, bytes)
        }
        return bytes
    }

    /// The bytes of a test script, or of a module in the text format.
    ///
    /// - Throws: As `read`.
    public static func readScript(_ path: String) throws(Diagnostic) -> [UInt8] {
        let bytes = try readRecognized(path)
        switch ContentKind(of: bytes) {
        case .script: break
        case .module:
            throw Diagnostic(
                .foreign, "this is a module in the binary format", "a script is text; `wasmc validate` checks a module")
        case let kind: try refuse(kind, bytes)
        }
        return bytes
    }

    /// Reads a file, and no more than its beginning when that is not what wasmc takes.
    private static func readRecognized(_ path: String) throws(Diagnostic) -> [UInt8] {
        if path != "-", Files.isDirectory(path) {
            throw Diagnostic(.environment, "`\(path)` is a directory", "name the .wasm or .wat file in it")
        }
        return try Files.read(path, headBytes: ContentKind.decisiveBytes) { (head) throws(Diagnostic) in
            switch ContentKind(of: head) {
            case .foreign, .unknown:
                try refuse(ContentKind(of: head), head)
                return 0
            case .module, .component, .elf: return ImplementationLimits.moduleBytes
            case .text, .script, .empty: return ImplementationLimits.textBytes
            }
        }
    }

    /// Decodes or assembles a module.
    ///
    /// - Throws: `malformed`; `foreign` or `unsupported` for what is something else.
    public init(_ bytes: [UInt8]) throws(Diagnostic) {
        let kind = ContentKind(of: bytes)
        try Self.refuse(kind, bytes)
        guard kind == .text else {
            module = try decodeModule(bytes)
            return
        }
        do throws(Diagnostic) {
            let assembled = try assembleModule(text: bytes)
            module = try decodeModule(assembled.bytes)
            sourceMap = assembled.sourceMap
            text = bytes
        } catch { throw error.excerpted(from: bytes) }
    }

    /// Says what a file is that is no module, and what to do.
    private static func refuse(_ kind: ContentKind, _ bytes: [UInt8]) throws(Diagnostic) {
        switch kind {
        case .module, .text: return
        case .component:
            throw Diagnostic(
                .unsupported, "component",
                "this is a component, not a module, and the component model is not supported; "
                    + "build for WASI preview 1 instead, e.g. with cargo build --target wasm32-wasip1")
        case .script: throw Diagnostic(.foreign, "this is a test script", "run it with `wasmc wast`")
        case .empty: throw Diagnostic(.malformed, "unexpected end", "the file is empty")
        case .elf:
            let content = ELFContent(bytes)
            throw Diagnostic(.foreign, "this is \(content.name)", content.remedy)
        case .foreign(let content): throw Diagnostic(.foreign, "this is \(content.name)", content.remedy)
        case .unknown:
            // The specification's phrase.
            let head = bytes.prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            throw Diagnostic(
                .malformed, "magic header not detected",
                "a module begins with the bytes 00 61 73 6d, or is text; this file begins with "
                    + head.joined(separator: " "), at: .offset(0))
        }
    }

    /// Reads and decodes or assembles a module.
    ///
    /// - Parameter path: its file, or `-` for standard input.
    public init(reading path: String) throws(Diagnostic) { try self.init(Self.read(path)) }

    /// The same file, from which `module` was made: offsets up to its end are the same.
    func replacing(module: Module) -> ModuleInput {
        var result = self
        result.originalBytes = fileBytes
        result.module = module
        return result
    }

    /// An error of a later phase with a place in the text, when the input was text.
    public func located(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let sourceMap, let text else { return diagnostic }
        func located(_ location: Location) -> Location {
            if case .offset(let offset) = location { sourceMap.location(ofOffset: offset) } else { location }
        }
        var result = diagnostic
        result.location = located(result.location)
        for index in result.notes.indices { result.notes[index].location = located(result.notes[index].location) }
        return result.excerpted(from: text)
    }
}

// MARK: Modules that are not linked yet

extension ModuleInput {
    /// Refuses what only a linker or a loader makes a program of, unless everything that it lacks is provided.
    ///
    /// - Parameter provided: the names of the modules that are linked with it.
    /// - Throws: `unsupported`.
    public func refuseUnlinked(besides provided: Set<String>) throws(Diagnostic) {
        let sections = Set(module.customSections.map(\.name))
        let isLacking = module.imports.contains { entry in
            !provided.contains(entry.module) && !HostFunctionTable.all.hasModule(entry.module)
        }
        if sections.contains("dylink.0") || sections.contains("dylink"), isLacking {
            throw Diagnostic(
                .unsupported, "dynamic library",
                "this is a shared WebAssembly module that a loader has to link (section `dylink`); "
                    + "link the program statically, without -shared, -pie or -sMAIN_MODULE")
        }
        // A linked program has the section too when its relocations were kept (--emit-relocs).
        if sections.contains("linking"), isLacking || module.exports.isEmpty {
            throw Diagnostic(
                .unsupported, "object file",
                "this is a relocatable WebAssembly object, not a linked module (section `linking`); "
                    + "link it first, e.g. with clang --target=wasm32-wasip1 app.o -o app.wasm")
        }
    }
}

// What an executable says about itself: an ELF note in the section `.note.wasmc`, which `wasmc inspect` reads
// without running anything, and `readelf -n` shows.

import Diagnostics
import WasmInstructionTable
import WasmSpec

/// The facts of an executable that a reader may want to know before running it.
///
/// In the file it is a sequence of records `key=value`, each ended by a NUL, so that nothing has to be escaped;
/// keys may repeat. Readers pass over keys they do not know.
public struct ExecutableNote: Hashable, Sendable {
    /// The compiler's version.
    public var version = WasmcVersion.text
    public var moduleName = ""
    /// SHA-256 of the main module's file, in hexadecimal; empty when the compiler that made it was an older one.
    public var moduleHash = ""
    /// What made the main module, by its producers section: `language Rust 1.95.0`.
    public var producers: [String] = []
    public var target = ""
    public var processor = ""
    public var processorFeatures = ""
    public var optimization = ""
    public var bounds = ""
    public var traps = ""
    /// The export that was called when the program was made (`--init-func`); empty without.
    public var initializer = ""
    /// Names of the WebAssembly features that the module uses.
    public var features: [String] = []
    /// What the program can ask of the host: `module name`, in the module's order. Nothing else is linked in.
    public var imports: [String] = []
    /// The names of those whose sockets it imports; nothing when the compiler that made it knew none.
    public var socketABIs: [String] = []
    /// Types of the memories.
    public var memories: [String] = []
    /// Whether exports can be called by name (`--invoke`).
    public var hasInvoke = false
    /// The functions that can be called by name, with their types.
    public var exports: [String] = []
    /// The main module's grants that are baked in.
    public var grants: [String] = []
    /// Whether these, and those of the linked modules, are the most that the program ever has.
    public var isCeiling = false
    /// The modules that are linked with the main one, in instantiation order.
    public var linkedModules: [LinkedModule] = []

    /// A module that the main one, or another, imports from.
    public struct LinkedModule: Hashable, Sendable {
        /// What it is imported as.
        public var name: String
        /// As the main module's.
        public var moduleHash = ""
        public var imports: [String] = []
        public var socketABIs: [String] = []
        public var memories: [String] = []
        public var grants: [String] = []

        public init(name: String) { self.name = name }
    }

    public init() {}

    /// The owner's name in the note's header.
    static let owner = Array("wasmc\0".utf8)
    static let type: UInt32 = 1
    /// Most bytes of records that are read. Grants come from command lines and manifests, which are smaller.
    static let sizeLimit = 4 << 20
    /// Raised when the meaning of a key changes.
    static let format = "1"

    private var records: [(key: String, value: String)] {
        var records = [("format", Self.format), ("version", version), ("module", moduleName), ("target", target)]
        if !moduleHash.isEmpty { records += [("sha256", moduleHash)] }
        records += producers.map { ("producer", $0) }
        records += [("cpu", processor)]
        if !processorFeatures.isEmpty { records += [("cpu-features", processorFeatures)] }
        records += [("optimization", optimization), ("bounds", bounds), ("traps", traps)]
        if !initializer.isEmpty { records += [("init-func", initializer)] }
        records += features.map { ("feature", $0) }
        records += imports.map { ("import", $0) }
        records += socketABIs.map { ("socket-abi", $0) }
        records += memories.map { ("memory", $0) }
        if hasInvoke { records += [("invoke", "yes")] }
        records += exports.map { ("export", $0) }
        if isCeiling { records += [("ceiling", "yes")] }
        records += grants.map { ("grant", $0) }
        for module in linkedModules {
            // What follows is this module's, up to the next one.
            records += [("linked", module.name)]
            if !module.moduleHash.isEmpty { records += [("linked-sha256", module.moduleHash)] }
            records += module.imports.map { ("linked-import", $0) }
            records += module.socketABIs.map { ("linked-socket-abi", $0) }
            records += module.memories.map { ("linked-memory", $0) }
            records += module.grants.map { ("linked-grant", $0) }
        }
        return records
    }

    /// The complete contents of the section: header, owner, records, padding to four bytes.
    public func encode() -> [UInt8] {
        var description: [UInt8] = []
        for (key, value) in records {
            // A name of the guest's may hold a NUL, which would end the record.
            description += HostText.bytes("\(key)=\(value)").flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] } + [0]
        }
        var bytes: [UInt8] = []
        for field in [UInt32(Self.owner.count), UInt32(description.count), Self.type] {
            withUnsafeBytes(of: field.littleEndian) { bytes += $0 }
        }
        bytes += padded(Self.owner)
        bytes += padded(description)
        return bytes
    }

    private func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }

    /// Reads the records; nil when they are of another format.
    init?(description: ArraySlice<UInt8>) {
        var format: String?
        for record in description.split(separator: 0) {
            let parts = record.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let value = HostText.text(parts[1])
            switch String(decoding: parts[0], as: UTF8.self) {
            case "format": format = value
            case "version": version = value
            case "module": moduleName = value
            case "sha256": moduleHash = value
            case "producer": producers.append(value)
            case "export": exports.append(value)
            case "target": target = value
            case "cpu": processor = value
            case "cpu-features": processorFeatures = value
            case "optimization": optimization = value
            case "bounds": bounds = value
            case "traps": traps = value
            case "init-func": initializer = value
            case "feature": features.append(value)
            case "import": imports.append(value)
            case "socket-abi": socketABIs.append(value)
            case "memory": memories.append(value)
            case "invoke": hasInvoke = value == "yes"
            case "ceiling": isCeiling = value == "yes"
            case "grant": grants.append(value)
            case "linked": linkedModules.append(LinkedModule(name: value))
            case let key where key.hasPrefix("linked-"): addLinked(key, value)
            default: continue
            }
        }
        guard format == Self.format else { return nil }
    }

    /// A record of the module that was named last.
    private mutating func addLinked(_ key: String, _ value: String) {
        guard !linkedModules.isEmpty else { return }
        let last = linkedModules.count - 1
        switch key {
        case "linked-sha256": linkedModules[last].moduleHash = value
        case "linked-import": linkedModules[last].imports.append(value)
        case "linked-socket-abi": linkedModules[last].socketABIs.append(value)
        case "linked-memory": linkedModules[last].memories.append(value)
        case "linked-grant": linkedModules[last].grants.append(value)
        default: return
        }
    }

    /// The note of an executable that wasmc made.
    ///
    /// - Parameter elf: the bytes of the file; they may be anything.
    /// - Throws: `unsupported` when it is no 64-bit ELF file, has no such note, or one of another version.
    public static func read(from elf: [UInt8]) throws(Diagnostic) -> ExecutableNote {
        guard let file = ELFFile(elf) else {
            throw Diagnostic(.unsupported, "not an executable that wasmc made", "no 64-bit little-endian ELF file")
        }
        guard let note = file.firstNote(where: { $0.type == type && $0.owner.elementsEqual(owner) }) else {
            throw Diagnostic(.unsupported, "not an executable that wasmc made", "no note of owner `wasmc`")
        }
        guard note.description.count <= sizeLimit, let result = ExecutableNote(description: note.description) else {
            throw Diagnostic(.unsupported, "an executable of another version of wasmc")
        }
        return result
    }
}

extension Module {
    /// The functions that can be called by name, with their types; those of a valid module.
    var exportedFunctions: [String] {
        let imported = imports.compactMap { if case .function(let type) = $0.description { type } else { nil } }
        let types = imported + functions.map(\.type)
        return exports.compactMap { export in
            guard case .function(let index) = export.description,
                case .function(let type) = self.types[types[index.position].position].composite
            else { return nil }
            return "\(export.name): \(type)"
        }
    }
}

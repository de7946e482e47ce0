// wasmc.toml: which modules a program has and what each of them is granted.

import Diagnostics
import Support

/// A manifest as it was read. Grants have the words of the command line as keys.
///
///     file = "app.wasm"
///     dir = ["data::/data"]
///
///     [network]
///     isolation = true
///     forward = ["8080:3000"]
///
///     [module.store]
///     file = "store.wasm"
///     dir = ["cache::/cache"]
///     accept-from = ["main"]
///     allow-outbound = ["tcp://10.1.0.0/16:5432"]
public struct Manifest: Sendable {
    /// The main module's file, relative to this process's directory; nil when the manifest names none.
    public var mainFile: String?
    /// The main module's grants.
    public var grants: [Grant] = []
    /// Whether no start can go beyond the grants.
    public var isCeiling = false
    /// In the manifest's order.
    public var modules: [Module] = []

    /// A table `[module.NAME]`.
    public struct Module: Sendable {
        public var name: String
        /// As `mainFile`.
        public var file: String?
        public var grants: [Grant] = []
        /// Where the table begins.
        var location: Location
    }

    /// A manifest that says nothing.
    public init() {}

    /// Reads a manifest.
    ///
    /// - Throws: `environment` when it cannot be read; `manifest` with file and place when it is no TOML, has an unknown
    ///   or repeated key, or a value that is not what the key takes.
    public static func read(_ path: String) throws(Diagnostic) -> Manifest {
        let bytes = try Files.read(path, limit: sizeLimit)
        do throws(Diagnostic) {
            return try Manifest(bytes, directory: Paths.directory(path))
        } catch { throw error.located(in: path).excerpted(from: bytes) }
    }

    /// A manifest is written by hand.
    static let sizeLimit = 1 << 20

    /// - Parameter directory: what files are relative to.
    init(_ bytes: [UInt8], directory: String) throws(Diagnostic) {
        let main = ManifestTable(try TOMLReader.read(bytes))
        mainFile = try main.file(relativeTo: directory)
        isCeiling = try main.flag("ceiling")
        grants = try main.grants(isMain: true)
        modules = try Self.modules(main, directory)
    }

    private static func modules(_ main: ManifestTable, _ directory: String) throws(Diagnostic) -> [Module] {
        guard let tables = try main.table("module") else { return [] }
        var modules: [Module] = []
        for name in tables.keys {
            if let refusal = LinkedModule.refusal(ofName: name) { throw tables.error(at: name, "module name", refusal) }
            guard let table = try tables.table(name) else { continue }
            var module = Module(name: name, location: table.location)
            module.file = try table.file(relativeTo: directory)
            module.grants = try table.grants(isMain: false)
            modules.append(module)
        }
        return modules
    }

    /// The modules with their files.
    ///
    /// - Parameter preloads: further ones, and files of those that the manifest gives none.
    /// - Throws: `manifest` for a module without a file, or with two.
    public func linkedModules(adding preloads: [LinkedModule]) throws(Diagnostic) -> [LinkedModule] {
        var result: [LinkedModule] = []
        for module in modules {
            let preload = preloads.first { $0.name == module.name }
            switch (module.file, preload) {
            case (let file?, nil): result.append(LinkedModule(name: module.name, input: file, grants: module.grants))
            case (nil, let preload?):
                result.append(LinkedModule(name: module.name, input: preload.input, grants: module.grants))
            case (nil, nil):
                throw Diagnostic(
                    .manifest, "module `\(module.name)` has no file", "expected `file = \"PATH\"`, or --preload",
                    at: module.location)
            case (_?, _?):
                throw Diagnostic(
                    .manifest, "module `\(module.name)` has two files", "one here, one of --preload",
                    at: module.location)
            }
        }
        return result + preloads.filter { preload in !modules.contains { $0.name == preload.name } }
    }
}

// The modules that explain a trap of a program, found by what its executable says of them.

import Diagnostics
import Support

/// What explains traps of a program.
public struct ExplainedProgram {
    public var main: TrapExplanation
    /// The modules that are linked with it, by their names.
    public var linked: [String: TrapExplanation] = [:]

    /// Takes a module, or an executable that wasmc has made, also with `--strip`: then the modules are looked for beside it
    /// and in the current directory, under their names, and are those that it was made of.
    ///
    /// - Parameter linked: modules that need not be looked for.
    /// - Throws: what reading a module throws; `environment` when a module of an executable is not found.
    public init(_ file: String, linked: [String: TrapExplanation] = [:]) throws(Diagnostic) {
        self.linked = linked
        let bytes = try ModuleInput.read(file, acceptsExecutables: true)
        guard case .elf = ContentKind(of: bytes) else {
            main = TrapExplanation(try ModuleInput(bytes), file: file)
            return
        }
        let note = try ExecutableNote.read(from: bytes)
        let directories = file == "-" ? ["."] : [Paths.directory(file), "."]
        main = try Self.find(note.moduleName, note.moduleHash, in: directories)
        for module in note.linkedModules where linked[module.name] == nil {
            self.linked[module.name] = try Self.find(module.name, module.moduleHash, in: directories)
        }
    }

    private static func find(
        _ name: String, _ hash: String, in directories: [String]
    ) throws(Diagnostic) -> TrapExplanation {
        for directory in directories {
            for suffix in ["wasm", "wat"] {
                let path = (directory == "." ? "" : directory + "/") + "\(name).\(suffix)"
                guard let bytes = try? ModuleInput.read(path), SHA256.hexadecimal(bytes) == hash else { continue }
                return TrapExplanation(try ModuleInput(bytes), file: path)
            }
        }
        throw Diagnostic(
            .environment, "a module of the executable is not found",
            "`\(name).wasm`, with the SHA-256 \(hash), lies neither beside the executable nor in this directory",
            notes: [Note("name the module's file in place of the executable, and others with --preload NAME=FILE")])
    }
}

import Diagnostics
import Support
import WasmLowering

/// What `wasmc build` writes, under rustc's names.
public enum Artifact: String, CaseIterable, Sendable {
    case executable = "exe"
    case object = "obj"
    case assembly = "asm"
    case llvmIR = "llvm-ir"
    case llvmBitcode = "llvm-bc"
    /// A directory.
    case units

    /// Whether a terminal can show it.
    public var isText: Bool {
        switch self {
        case .assembly, .llvmIR: true
        case .executable, .object, .llvmBitcode, .units: false
        }
    }

    /// The last part of a derived file name; an executable has none.
    public var fileExtension: String {
        switch self {
        case .executable: ""
        case .object: ".o"
        case .assembly: ".s"
        case .llvmIR: ".ll"
        case .llvmBitcode: ".bc"
        case .units: ".units"
        }
    }
}

/// An artifact and where it goes.
public struct ArtifactPath: Hashable, Sendable {
    public var artifact: Artifact
    public var path: String

    public init(_ artifact: Artifact, path: String) {
        self.artifact = artifact
        self.path = path
    }

    /// Finds out before the long part what would keep the artifact from being written.
    ///
    /// - Throws: `environment`.
    public func check() throws(Diagnostic) {
        guard artifact == .units else { return try OutputFile.check(path, isText: artifact.isText) }
        if path == "-" { throw Diagnostic(.environment, "units are a directory", "name one with -o") }
        if Files.isFile(path) {
            throw Diagnostic(.environment, "`\(path)` is no directory", "units are several files; name one with -o")
        }
        if !Files.exists(path) { try OutputFile.check(path, isText: false) }
    }

    /// Where each artifact goes: to `name` when there is one only, else to `name` with the artifact's extension.
    ///
    /// Without a name it is the input's without `.wasm` or `.wat`, in the current directory.
    ///
    /// - Throws: `environment` when the input would be overwritten, or has no name to derive one from.
    public static func paths(
        for artifacts: [Artifact], named name: String?, input: String
    ) throws(Diagnostic) -> [ArtifactPath] {
        guard name != nil || input != "-" else {
            throw Diagnostic(.environment, "the output has no name", "standard input has none; give one with -o")
        }
        guard name != "-" || artifacts.count == 1 else {
            throw Diagnostic(.environment, "several kinds of output for standard output", "name a file with -o")
        }
        let stem = name ?? Paths.withoutModuleExtension(Paths.baseName(input))
        let outputs = artifacts.map { artifact in
            ArtifactPath(artifact, path: name != nil && artifacts.count == 1 ? stem : stem + artifact.fileExtension)
        }
        for output in outputs where Files.areSame(output.path, input) {
            throw Diagnostic(.environment, "the output would overwrite the input `\(input)`", "name it with -o")
        }
        return outputs
    }

    /// One file for each object. Of several, the object's name comes before the extension: `app.program.ll`.
    func files(for objects: [CompiledObject]) -> [ArtifactFile] {
        objects.map { object in
            ArtifactFile(path: objects.count == 1 ? path : inserting(object.name), bytes: object.bytes)
        }
    }

    private func inserting(_ name: String) -> String {
        guard path != "-" else { return path }
        let base = Paths.baseName(path)
        guard let dot = base.lastIndex(of: "."), dot != base.startIndex else { return "\(path).\(name)" }
        return "\(path.dropLast(base[dot...].count)).\(name)\(base[dot...])"
    }
}

/// A file that is ready to be written.
struct ArtifactFile: Equatable, Sendable {
    var path: String
    var bytes: [UInt8]
    var isExecutable = false

    func write() throws(Diagnostic) {
        let file = try OutputFile(path: path, isExecutable: isExecutable)
        try file.write(bytes)
        try file.commit()
    }
}

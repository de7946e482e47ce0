import ArgumentParser
import Diagnostics
import WasmDriver

/// Which modules a program has; `build` and `run` have these.
struct ModuleOptions: ParsableArguments {
    @Option(
        name: .customLong("preload"),
        help: ArgumentHelp(
            "Link another module: its exports are what the others import from <name>. It is granted nothing.",
            valueName: "name=file"))
    var preload: [String] = []

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("Read modules and their grants from a manifest, wasmc.toml.", valueName: "file"),
        completion: .file(extensions: ["toml"]))
    var configuration: String?

    /// The modules of `--preload`.
    var preloads: [LinkedModule] { get throws { try preload.map(Self.preload) } }

    mutating func validate() throws { _ = try preloads }

    private static func preload(_ text: String) throws -> LinkedModule {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw ValidationError("`--preload \(text)`: expected NAME=FILE")
        }
        return LinkedModule(name: String(parts[0]), input: String(parts[1]))
    }

    /// Modules and grants of a program.
    struct Program {
        /// The main module's file.
        var main: String
        var grants: [Grant]
        var isCeiling: Bool
        var linked: [LinkedModule]

        /// Warnings about values that are baked in and should not be.
        var secretWarnings: [String] {
            BakedSecrets.warnings(in: grants) + linked.flatMap { BakedSecrets.warnings(in: $0.grants, of: $0.name) }
        }

        /// Throws `usage` for forwards that lead nowhere: the program would not start. Below a ceiling its starter
        /// may isolate it.
        fileprivate func checkForwards() throws(Diagnostic) {
            guard !grants.isolateNetwork, !isCeiling, let forward = grants.first(where: { $0.kind == .forward }) else {
                return
            }
            throw Diagnostic(
                .usage, "`\(forward.word)` without `--isolate-network`",
                "it brings connections into a network of the program's own: add `--isolate-network`, or in a manifest "
                    + "`isolation = true`")
        }
    }

    /// Whether the manifest says which module is the main one.
    func namesMain() throws(Diagnostic) -> Bool {
        guard let configuration else { return false }
        return try Manifest.read(configuration).mainFile != nil
    }

    /// What the options and the manifest say together.
    ///
    /// - Parameters:
    ///   - main: the main module's file on the command line.
    ///   - grants: those of the command line, which come behind the manifest's.
    ///   - isCeiling: whether the command line makes the grants a ceiling.
    /// - Throws: errors of the manifest; `usage` for forwards without isolation; `manifest` when the main module's file is
    ///   named twice or nowhere.
    func program(main: String?, grants: [Grant], isCeiling: Bool = false) throws(Diagnostic) -> Program {
        // The words were checked when they were parsed.
        let preloads = (try? preloads) ?? []
        let manifest = try configuration.map { (path) throws(Diagnostic) in try Manifest.read(path) } ?? Manifest()
        do throws(Diagnostic) {
            let program = Program(
                main: try mainFile(main, manifest), grants: manifest.grants + grants,
                isCeiling: isCeiling || manifest.isCeiling, linked: try manifest.linkedModules(adding: preloads))
            try program.checkForwards()
            return program
        } catch { throw configuration.map { error.located(in: $0) } ?? error }
    }

    private func mainFile(_ main: String?, _ manifest: Manifest) throws(Diagnostic) -> String {
        switch (main, manifest.mainFile) {
        case (let file?, nil), (nil, let file?): return file
        case (nil, nil):
            throw Diagnostic(.manifest, "no main module", "expected `file = \"PATH\"`, or a file on the command line")
        case (let file?, let other?):
            throw Diagnostic(.manifest, "two main modules", "`\(other)` in the manifest, `\(file)` on the command line")
        }
    }
}

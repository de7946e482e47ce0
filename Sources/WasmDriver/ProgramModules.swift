// A program may consist of several modules: a main one, and others that it imports from.

import Diagnostics
import WasmHostTable
import WasmInstructionTable
import WasmLowering
import WasmSpec
import WasmValidation

/// The modules of a program, decoded and validated.
public struct ProgramModules: Sendable {
    /// A module with what is needed to speak about it.
    public struct Member: Sendable {
        public var program: ProgramModule
        /// The file to name in errors; nil for the main module, whose file is the command's own.
        var file: String?
        var input: ModuleInput
        public var grants: [Grant]

        public var name: String { program.name }
        public var module: ValidatedModule { program.module }

        /// SHA-256 of the file, in hexadecimal.
        var hash: String { SHA256.hexadecimal(input.fileBytes) }

        /// An error of this module's, with file and place.
        public func located(_ diagnostic: Diagnostic) -> Diagnostic {
            let located = input.located(diagnostic)
            return file.map { located.located(in: $0) } ?? located
        }
    }

    /// In instantiation order: whoever is imported from comes first, and the main module last.
    public let members: [Member]

    /// The program as the back end has it, if there are several modules and it has checked them.
    private let linker: ProgramLinker?

    public var main: Member { members[members.count - 1] }

    /// What has to be said to whoever builds or runs the program, if there is something: that nothing is called.
    public let remark: String?

    /// Reads, decodes, validates and orders all modules, and checks that there is something for each import.
    ///
    /// - Parameters:
    ///   - main: the main module's file.
    ///   - invoked: the export of the main module that is called in place of `_start`.
    ///   - isCompiled: whether the back end's rules for what can be linked apply.
    ///   - jobs: how many threads at most validate functions.
    /// - Throws: errors of any module, with its file; `unlinkable` for a linked command and for modules that import from
    ///   each other; `usage` when `invoked` cannot be.
    public init(
        main: ModuleInput, named name: String, grants: [Grant], linked: [LinkedModule], invoked: String? = nil,
        isCompiled: Bool = true, jobs: Int = 1
    ) throws(Diagnostic) {
        let names = Set(linked.map(\.name))
        var libraries: [Member] = []
        var seen: Set<String> = []
        for module in linked {
            if let refusal = LinkedModule.refusal(ofName: module.name) {
                throw Diagnostic(.unlinkable, "module name `\(module.name)`", refusal)
            }
            if !seen.insert(module.name).inserted {
                throw Diagnostic(.unlinkable, "duplicate module name `\(module.name)`")
            }
            let input: ModuleInput
            do throws(Diagnostic) {
                input = try ModuleInput(reading: module.input)
            } catch { throw error.phase == .environment ? error : error.located(in: module.input) }
            libraries.append(
                try Self.member(
                    input, name: module.name, file: module.input, grants: module.grants, linkedNames: names, jobs: jobs)
            )
        }
        let main = try Self.member(main, name: name, file: nil, grants: grants, linkedNames: names, jobs: jobs)
        members = Self.bound(try Self.ordered(libraries) + [main])
        remark = invoked == nil ? EntryPoint.remark(on: main.module) : nil
        try Self.checkImports(members)
        do throws(Diagnostic) {
            try EntryPoint.check(main.module, invoked: invoked)
        } catch { throw main.located(error) }
        if let invoked { try EntryPoint.checkInvoked(invoked, of: main.module) }
        linker = isCompiled && members.count > 1 ? try Self.linked(members) : nil
    }

    private static func member(
        _ input: ModuleInput, name: String, file: String?, grants: [Grant], linkedNames: Set<String>,
        jobs: Int
    ) throws(Diagnostic) -> Member {
        func located(_ diagnostic: Diagnostic) -> Diagnostic { file.map { diagnostic.located(in: $0) } ?? diagnostic }
        do throws(Diagnostic) {
            try input.refuseUnlinked(besides: linkedNames)
            let module = try validate(input.module, threads: jobs)
            // Each call of a command's export would be a run of its own, in a fresh instance.
            if file != nil, module.module.export(named: "_start") != nil {
                throw Diagnostic(
                    .unlinkable, "module `\(name)` is a command",
                    "a program has one, the main module: it exports `_start`")
            }
            if file != nil { try EntryPoint.check(module, invoked: nil) }
            return Member(
                program: ProgramModule(name: name, module: module), file: file, input: input, grants: grants)
        } catch { throw located(input.located(error)) }
    }

    /// Binds each import to the module of its name, or to the host where no earlier one has it.
    private static func bound(_ members: [Member]) -> [Member] {
        var earlier: [ExactName: Int] = [:]
        return members.enumerated().map { number, member in
            defer { earlier[ExactName(member.name)] = number }
            var member = member
            member.program = member.program.bound { entry in
                earlier[ExactName(entry.module)].map { .export(entry.name, of: $0) }
                    ?? (entry.isSharedMemory ? .sharedMemory : .host)
            }
            return member
        }
    }

    /// The modules with what their imports are bound to.
    public var modules: [ProgramModule] { members.map(\.program) }

    /// Checks the names of all imports of a module at once; types are left to whoever links.
    private static func checkImports(_ members: [Member]) throws(Diagnostic) {
        var exports: [Set<ExactName>] = []
        for member in members {
            var unresolved = UnresolvedImports(of: member.module)
            for (entry, binding) in zip(member.module.module.imports, member.program.bindings) {
                switch binding {
                case .host: unresolved.checkHost(entry)
                case .sharedMemory: break
                case .export(let name, let provider):
                    if !exports[provider].contains(ExactName(name)) { unresolved.addMissing(entry) }
                }
            }
            do throws(Diagnostic) { try unresolved.check() } catch { throw member.located(error) }
            exports.append(Set(member.module.module.exports.map { ExactName($0.name) }))
        }
        if let (number, error) = ThreadedProgram.refusal(of: members.map(\.program)) {
            throw members[number].located(error)
        }
    }

    /// The features that any of them uses.
    var features: [Feature] {
        members.reduce(into: FeatureSet([])) { $0.formUnion($1.module.features) }.features
    }

    /// The back end knows one module's offsets from another's no more; so each import is checked here first.
    private static func linked(_ members: [Member]) throws(Diagnostic) -> ProgramLinker {
        do throws(LinkError) {
            return try ProgramLinker(members.map(\.program))
        } catch { throw members[error.instance].located(error.diagnostic) }
    }

    /// The program for the back end.
    ///
    /// Throws `unlinkable` and `unsupported` when there is one module and it cannot be linked; of several that is known.
    func linked() throws(Diagnostic) -> ProgramLinker {
        if let linker { return linker }
        do throws(LinkError) { return try ProgramLinker(modules) } catch { throw error.diagnostic }
    }

    /// An error of the back end: its place is one of the main module only when there is no other.
    func located(_ diagnostic: Diagnostic) -> Diagnostic {
        guard members.count > 1 else { return main.located(diagnostic) }
        var result = diagnostic
        if case .offset = result.location { result.location = .none }
        for index in result.notes.indices { result.notes[index].location = .none }
        return result
    }

    /// All grants as words: the main module's, then those of each linked one behind its name.
    public var grantWords: [String] {
        main.grants.map(\.word)
            + members.dropLast().flatMap { member in
                member.grants.isEmpty ? [] : ["--module=\(member.name)"] + member.grants.map(\.word)
            }
    }
}

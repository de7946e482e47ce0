// A program may consist of several modules: a main one, and others that it imports from.

import Diagnostics
import WasmHostTable
import WasmInstructionTable
import WasmLowering
import WasmSpec
import WasmValidation

/// A module that is linked with the main one, with grants of its own.
public struct LinkedModule: Sendable {
    /// What other modules import it as.
    public var name: String
    /// A `.wasm` or `.wat` file.
    public var input: String
    public var grants: [Grant]

    /// What modules call the main one when they hand descriptors over.
    public static let mainName = "main"

    public init(name: String, input: String, grants: [Grant] = []) {
        self.name = name
        self.input = input
        self.grants = grants
    }

    /// Why `name` cannot be the name of a linked module, or nil.
    static func refusal(ofName name: String) -> String? {
        if name.isEmpty { return "a module's name is not empty" }
        if name == mainName { return "`\(mainName)` is the main module" }
        // Names end with a NUL in the runtime.
        return name.utf8.contains(0) ? "a module's name has no NUL" : nil
    }
}

/// The modules of a program, decoded and validated.
public struct ProgramModules: Sendable {
    /// A module with what is needed to speak about it.
    public struct Member: Sendable {
        public var name: String
        /// The file to name in errors; nil for the main module, whose file is the command's own.
        var file: String?
        var input: ModuleInput
        public var module: ValidatedModule
        public var grants: [Grant]

        /// SHA-256 of the file, in hexadecimal.
        var hash: String { SHA256.hexadecimal(input.fileBytes) }

        /// An error of this module's, with file and place.
        public func located(_ diagnostic: Diagnostic) -> Diagnostic {
            let located = input.located(diagnostic)
            return file.map { located.located(in: $0) } ?? located
        }
    }

    /// In instantiation order: whoever is imported from comes first, and the main module last.
    public private(set) var members: [Member]

    public var main: Member { members[members.count - 1] }

    /// What has to be said to whoever builds or runs the program, if there is something: that nothing is called.
    public let remark: String?

    /// Reads, decodes, validates and orders all modules, and checks that there is something for each import.
    ///
    /// - Parameters:
    ///   - main: the main module's file.
    ///   - invoked: the export of the main module that is called in place of `_start`.
    ///   - isCompiled: whether the back end's rules for what can be linked apply.
    /// - Throws: errors of any module, with its file; `unlinkable` for a linked command and for modules that import from
    ///   each other; `usage` when `invoked` cannot be.
    public init(
        main: ModuleInput, named name: String, grants: [Grant], linked: [LinkedModule], invoked: String? = nil,
        isCompiled: Bool = true
    ) throws(Diagnostic) {
        let names = linked.map(\.name)
        var libraries: [Member] = []
        for module in linked {
            if let refusal = LinkedModule.refusal(ofName: module.name) {
                throw Diagnostic(.unlinkable, "module name `\(module.name)`", refusal)
            }
            if libraries.contains(where: { $0.name == module.name }) {
                throw Diagnostic(.unlinkable, "duplicate module name `\(module.name)`")
            }
            let input: ModuleInput
            do throws(Diagnostic) {
                input = try ModuleInput(reading: module.input)
            } catch { throw error.phase == .environment ? error : error.located(in: module.input) }
            libraries.append(
                try Self.member(
                    input, name: module.name, file: module.input, grants: module.grants, linkedNames: names))
        }
        let main = try Self.member(main, name: name, file: nil, grants: grants, linkedNames: names)
        members = try Self.ordered(libraries) + [main]
        remark = invoked == nil ? EntryPoint.remark(on: main.module) : nil
        try checkImports()
        do throws(Diagnostic) {
            try EntryPoint.check(main.module, invoked: invoked)
        } catch { throw main.located(error) }
        if let invoked { try EntryPoint.checkInvoked(invoked, of: main.module) }
        if isCompiled { try checkLinks() }
    }

    private static func member(
        _ input: ModuleInput, name: String, file: String?, grants: [Grant], linkedNames: [String]
    ) throws(Diagnostic) -> Member {
        func located(_ diagnostic: Diagnostic) -> Diagnostic { file.map { diagnostic.located(in: $0) } ?? diagnostic }
        do throws(Diagnostic) {
            try input.refuseUnlinked(besides: linkedNames)
            let module = try validate(input.module)
            // Each call of a command's export would be a run of its own, in a fresh instance.
            if file != nil, module.module.export(named: "_start") != nil {
                throw Diagnostic(
                    .unlinkable, "module `\(name)` is a command",
                    "a program has one, the main module: it exports `_start`")
            }
            if file != nil { try EntryPoint.check(module, invoked: nil) }
            return Member(name: name, file: file, input: input, module: module, grants: grants)
        } catch { throw located(input.located(error)) }
    }

    /// Those that are imported from come first; else the order stays.
    private static func ordered(_ members: [Member]) throws(Diagnostic) -> [Member] {
        var result: [Member] = []
        var rest = members
        while !rest.isEmpty {
            let waiting = Set(rest.map(\.name))
            guard
                let next = rest.firstIndex(where: { member in
                    // What a module imports under its own name is the host's.
                    !member.module.module.imports.contains { $0.module != member.name && waiting.contains($0.module) }
                })
            else {
                let names = rest.map { "`\($0.name)`" }.joined(separator: ", ")
                throw Diagnostic(
                    .unlinkable, "modules import from each other", "no order of instantiation is possible for \(names)")
            }
            result.append(rest.remove(at: next))
        }
        return result
    }

    /// The instances for the back end.
    var instances: [ProgramInstance] {
        var earlier: [String: Int] = [:]
        return members.enumerated().map { number, member in
            defer { earlier[member.name] = number }
            return ProgramInstance(name: member.name, module: member.module, providers: earlier)
        }
    }

    /// The imports of a member that the host provides.
    func hostImports(of member: Member) -> [Import] {
        var names = Set(members.dropLast().map(\.name))
        if member.file != nil { names.remove(member.name) }
        return member.module.module.imports.filter { !names.contains($0.module) }
    }

    /// Checks the names of all imports of a module at once; types are left to whoever links.
    private func checkImports() throws(Diagnostic) {
        var exports: [String: Set<String>] = [:]
        for member in members {
            var unresolved = UnresolvedImports(of: member.module)
            for entry in member.module.module.imports {
                guard let names = exports[entry.module] else {
                    unresolved.checkHost(entry)
                    continue
                }
                if !names.contains(entry.name) { unresolved.addMissing(entry) }
            }
            do throws(Diagnostic) { try unresolved.check() } catch { throw member.located(error) }
            exports[member.name] = Set(member.module.module.exports.map(\.name))
        }
    }

    /// The features that any of them uses.
    var features: [Feature] {
        members.reduce(into: FeatureSet([])) { $0.formUnion($1.module.features) }.features
    }

    /// The back end knows one module's offsets from another's no more; so each import is checked here first.
    private func checkLinks() throws(Diagnostic) {
        guard members.count > 1 else { return }
        do throws(LinkError) {
            try WasmLowering.checkLinks(of: instances)
        } catch { throw members[error.instance].located(error.diagnostic) }
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

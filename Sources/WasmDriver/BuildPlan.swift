// From a file to an executable. `Build.run` reads as the table of contents.

import CWasmcABI
import Diagnostics
import LLVMBridge
import Support
import Synchronization
import WasmBinary
import WasmHostTable
import WasmInitialization
import WasmLowering
import WasmProfile
import WasmSpec
import WasmValidation

/// Everything that decides what a build makes.
public struct BuildPlan: Sendable {
    /// A `.wasm` or `.wat` file, or `-` for standard input.
    public var input: String
    /// What was read from there; nil when it is to be read.
    public var mainModule: ModuleInput?
    /// The export of the main module that is called when the program is made (`--init-func`).
    public var initializer: String?
    public var target = Target.host
    /// A level of the target's, or `native`.
    public var processor = Target.host.defaultProcessor
    /// Higher levels, ascending, for which hot functions are compiled as well.
    public var cloneProcessors: [String] = []
    /// LLVM's feature words, `+avx2,-bmi`.
    public var processorFeatures = ""
    public var optimization = OptimizationLevel.standard
    public var bounds = BoundsStrategy.guardPages
    /// `CompileOptions.stressesHeap`.
    public var stressesHeap = false
    /// nil for `strict`, and for `exact` in programs of several modules.
    public var traps: TrapStrictness?
    /// What the program did when it ran (`--profile-use`).
    public var profile: Profile?
    /// Threads of the compiler.
    public var jobs = 1
    /// Whether executables have symbols, and say where in the source their code comes from (`-g`).
    public var keepsSymbols = false
    /// Whether what messages of traps show of modules is left out: names, source, and places but where core dumps need
    /// them (`--strip`).
    public var isStripped = false
    /// The main module's grants, baked into the executable.
    public var grants: [Grant] = []
    /// Whether no start can go beyond what is baked in.
    public var isCeiling = false
    /// What the main module imports from besides the host.
    public var linkedModules: [LinkedModule] = []
    /// The export that whoever starts the program will invoke in place of `_start`; `--invoke` among `grants` says the
    /// same. Then exports can be called by name.
    public var invoked: String?
    /// Whether whoever starts the program will give it a network of its own; `--isolate-network` among `grants` says the
    /// same. Then it has one, or does not start, even when it imports nothing that could use a network.
    public var isIsolated = false
    /// Whether whoever starts the program may ask for a core dump of the guest; `--coredump` among `grants` says the same.
    public var savesCoredump = false
    /// Whether whoever starts the program may ask for an end by a signal; `--abort` among `grants` says the same.
    public var aborts = false
    /// Whether the program records its host calls and its end, for `wasmc diff`.
    public var recordsHostCalls = false
    /// Where the linker and the runtime are looked for.
    public var search = ToolchainSearch.current()
    /// Where what was compiled is kept for the next time; the result is the same without.
    public var cache: CompilationCache?
    /// Called from any thread while the compiler works.
    public var progress: (@Sendable (BuildProgress) -> Void)?
    /// Called with remarks for the user.
    public var remark: (@Sendable (String) -> Void)?

    public init(input: String) { self.input = input }

    /// Checks what the types leave open: the CPU, and the words of its features.
    ///
    /// - Throws: `unsupported`.
    public func check() throws(Diagnostic) {
        try target.checkProcessor(processor)
        if keepsSymbols, !cloneProcessors.isEmpty {
            throw Diagnostic(
                .unsupported, "`-g` for several CPUs", "debuggers know one version of a function: name one CPU")
        }
        try target.checkFeatures(processorFeatures)
    }

    /// Makes all artifacts and writes them. Nothing is written unless everything succeeded.
    ///
    /// - Returns: the paths of all files written.
    @discardableResult
    public func write(_ outputs: [ArtifactPath]) throws(Diagnostic) -> [String] {
        if outputs.map(\.artifact) == [.executable] {
            let file = ArtifactFile(path: outputs[0].path, bytes: try makeExecutable(), isExecutable: true)
            try file.write()
            return [file.path]
        }
        var build = Build(self)
        if let output = outputs.first, output.artifact == .units { return try build.writeUnits(to: output.path) }
        let files = try build.run(outputs)
        for file in files { try file.write() }
        return files.map(\.path)
    }

    /// Makes an executable and returns its bytes.
    public func makeExecutable() throws(Diagnostic) -> [UInt8] {
        try check()
        guard let cache else { return try compiledExecutable() }
        let main = if let mainModule { mainModule.fileBytes } else { try ModuleInput.read(input) }
        let key = try executableKey(cache, main)
        if let found = cache.executable(key) {
            for text in found.remarks { remark?(text) }
            return found.bytes
        }
        return try cachedExecutable(cache, main, key)
    }

    private func compiledExecutable() throws(Diagnostic) -> [UInt8] {
        var build = Build(self)
        return try build.run([ArtifactPath(.executable, path: "")]).first?.bytes ?? []
    }

    private func executableKey(_ cache: CompilationCache, _ main: [UInt8]) throws(Diagnostic) -> CacheKey {
        var linked: [[UInt8]] = []
        for module in linkedModules {
            do throws(Diagnostic) { linked.append(try ModuleInput.read(module.input)) } catch {
                throw error.phase == .environment ? error : error.located(in: module.input)
            }
        }
        return cache.key(
            ofExecutable: executableParts(main: main, linked: linked), try search.toolchain(for: target))
    }

    /// Compiles, and keeps what comes of it under the bytes that were compiled: files may change meanwhile.
    private func cachedExecutable(
        _ cache: CompilationCache, _ main: [UInt8], _ key: CacheKey
    ) throws(Diagnostic) -> [UInt8] {
        let remarks = Mutex<[String]>([])
        var plan = self
        if mainModule == nil { plan.mainModule = try ModuleInput(main) }
        plan.remark = { text in
            remarks.withLock { $0.append(text) }
            remark?(text)
        }
        let bytes = try plan.compiledExecutable()
        let isUnchanged = if linkedModules.isEmpty { true } else { try executableKey(cache, main) == key }
        if isUnchanged {
            cache.keep(BuiltExecutable(bytes: bytes, remarks: remarks.withLock { $0 }), key)
        }
        return bytes
    }
}

/// What a build is doing.
public enum BuildProgress: Hashable, Sendable {
    /// Reading, validating and planning.
    case reading
    /// So many parts are compiled, of all there are.
    case compiling(completed: Int, total: Int)
    case linking
}

/// One run of a plan.
struct Build {
    private let plan: BuildPlan
    /// By kind, since an executable and `obj` take the same.
    private var compiled: [EmittedKind: [CompiledObject]] = [:]

    init(_ plan: BuildPlan) { self.plan = plan }

    mutating func run(_ outputs: [ArtifactPath]) throws(Diagnostic) -> [ArtifactFile] {
        try plan.check()
        let main = try readMain()
        // What is missing on this machine is found before the long part.
        let toolchain = try outputs.contains { $0.artifact == .executable } ? findToolchain() : nil

        let modules = try readModules(try initialized(main))
        do throws(Diagnostic) {
            var files: [ArtifactFile] = []
            for output in outputs { files += try make(output, from: modules, toolchain) }
            return files
        } catch {
            throw modules.located(error)
        }
    }

    private func readModules(_ main: ModuleInput? = nil) throws(Diagnostic) -> ProgramModules {
        let main = if let main { main } else { try initialized(try readMain()) }
        let modules = try ProgramModules(
            main: main, named: plan.moduleName, grants: plan.grants, linked: plan.linkedModules,
            invoked: plan.invokedExport, jobs: plan.jobs)
        if let text = modules.remark { plan.remark?(text) }
        return modules
    }

    private func findToolchain() throws(Diagnostic) -> Toolchain { try plan.search.toolchain(for: plan.target) }

    private func readMain() throws(Diagnostic) -> ModuleInput {
        if let module = plan.mainModule { return module }
        return try ModuleInput(reading: plan.input)
    }

    /// The main module in the state in which the program begins.
    private func initialized(_ input: ModuleInput) throws(Diagnostic) -> ModuleInput {
        guard let initializer = plan.initializer else { return input }
        do throws(Diagnostic) {
            let module = try validate(input.module, threads: plan.jobs)
            return input.replacing(module: try ModuleInitializer(module, calling: initializer).initialized())
        } catch { throw input.located(error) }
    }

    private mutating func make(
        _ output: ArtifactPath, from program: ProgramModules, _ toolchain: Toolchain?
    ) throws(Diagnostic) -> [ArtifactFile] {
        switch output.artifact {
        case .executable:
            guard let toolchain else { throw Diagnostic(.internal, "no toolchain") }
            let bytes = try link(try compile(program, to: .object), of: program, with: toolchain)
            return [ArtifactFile(path: output.path, bytes: bytes, isExecutable: true)]
        case .object:
            let bytes = try combine(try compile(program, to: .object))
            return [ArtifactFile(path: output.path, bytes: bytes)]
        case .assembly: return output.files(for: try compile(program, to: .assembly))
        case .llvmIR: return output.files(for: try compile(program, to: .llvmIR))
        case .llvmBitcode: return output.files(for: try compile(program, to: .llvmBitcode))
        case .units: throw Diagnostic(.internal, "units are a directory")
        }
    }

    private mutating func compile(
        _ program: ProgramModules, to kind: EmittedKind
    ) throws(Diagnostic) -> [CompiledObject] {
        if let done = compiled[kind] { return done }
        let objects = try WasmLowering.compile(
            try program.linked(), options: plan.compileOptions(for: program, kind))
        compiled[kind] = objects
        return objects
    }

    /// Lowers the program, and writes its units with the commands that make an executable of them.
    ///
    /// - Returns: the paths of all files.
    mutating func writeUnits(to directory: String) throws(Diagnostic) -> [String] {
        try plan.check()
        let modules = try readModules()
        do throws(Diagnostic) {
            let lowered = try lowerUnits(try modules.linked(), options: plan.compileOptions(for: modules, .object))
            let units = lowered.units
            var link = try linkPlan(of: modules, isUnwound: units.contains(where: \.isUnwound))
            link.placements = units.map(\.placementText)
            link.hasSource = lowered.source != nil
            let files = UnitDirectory(
                units: units, source: lowered.source?.bytes, plan: link, name: plan.moduleName,
                compiler: plan.search.executable)
            return try files.write(to: directory)
        } catch { throw modules.located(error) }
    }

    private func link(
        _ objects: [CompiledObject], of program: ProgramModules, with toolchain: Toolchain
    ) throws(Diagnostic) -> [UInt8] {
        plan.progress?(.linking)
        return try linkPlan(of: program, isUnwound: objects.contains(where: \.isUnwound)).link(objects, toolchain)
    }

    private func linkPlan(of program: ProgramModules, isUnwound: Bool) throws(Diagnostic) -> UnitLinkPlan {
        var options = LinkJob.ExecutableOptions(libraryDirectory: "")
        options.keepsSymbols = plan.keepsSymbols
        options.hasExceptions = isUnwound
        options.includesInvoke = plan.hasInvoke
        options.includesModules = !plan.linkedModules.isEmpty
        options.includesCeiling = plan.isCeiling
        options.includesIsolation = plan.isIsolated || plan.grants.isolateNetwork
        options.includesRecording = plan.recordsHostCalls
        options.includesCoredump = plan.hasCoredump
        options.includesClones = !plan.cloneProcessors.isEmpty
        options.includesAbort = plan.aborts || plan.grants.contains { $0.kind == .abort }
        options.showsCodeOffsets = plan.isStripped && !plan.hasCoredump
        var link = UnitLinkPlan(target: plan.target, options: options)
        if plan.keepsSymbols { link.symbols = guestSymbols(try program.linked()) }
        return link
    }

    /// One object out of all partitions.
    private func combine(_ objects: [CompiledObject]) throws(Diagnostic) -> [UInt8] {
        if objects.count == 1 { return objects[0].bytes }
        plan.progress?(.linking)
        let directory = try TemporaryDirectory()
        let job = LinkJob(
            .relocatable, target: plan.target, linker: try plan.search.linker(),
            objects: try directory.write(objects), output: "\(directory.path)/object")
        try job.run()
        return try Files.read(job.output)
    }
}

extension BuildPlan {
    /// The name in messages and in the note.
    public var moduleName: String {
        input == "-" ? "module" : Paths.withoutModuleExtension(Paths.baseName(input))
    }

    /// What decides how code is made, without what belongs to one module.
    public var engineOptions: CompileOptions {
        var options = CompileOptions()
        options.optimization = optimization
        options.bounds = bounds
        options.stressesHeap = stressesHeap
        options.traps = traps ?? .strict
        options.architecture = target.architecture
        let machine = machine
        options.targetCPU = machine.processor
        options.targetFeatures = machine.features
        options.cloneCPUs = cloneProcessors
        options.profile = profile
        options.jobs = jobs
        return options
    }

    func compileOptions(for program: ProgramModules, _ kind: EmittedKind) -> CompileOptions {
        var options = engineOptions
        options.emit = kind
        options.traps = traps(of: program)
        options.grants = program.grantWords
        options.isCeiling = isCeiling
        options.moduleName = moduleName
        options.debugInfo = keepsSymbols
        options.includesNames = !isStripped
        options.includesInvoke = hasInvoke
        options.savesCoredump = hasCoredump
        options.recordsHostCalls = recordsHostCalls
        options.note = note(for: program).encode()
        if let progress {
            options.progress = { progress(.compiling(completed: $0.completed, total: $0.total)) }
        }
        options.remark = remark
        options.store = cache
        return options
    }

    private func traps(of program: ProgramModules) -> TrapStrictness { traps(memberCount: program.members.count) }

    /// In a program of several modules, others could look at what one has left behind, once a trap no longer ends them all.
    /// A core dump is looked at, too.
    func traps(memberCount: Int) -> TrapStrictness { traps ?? (memberCount > 1 || hasCoredump ? .exact : .strict) }

    /// Whether memories and globals are after a trap as the specification says.
    public var isStateExactAfterTraps: Bool { traps(memberCount: linkedModules.count + 1) == .exact }

    var hasCoredump: Bool { savesCoredump || grants.contains { $0.kind == .coredump } }

    var hasInvoke: Bool { invokedExport != nil }

    /// The last word counts.
    var invokedExport: String? { invoked ?? grants.invokedExport }

    /// The CPU and features for LLVM, which does not know `native`: its name alone would promise features that a
    /// virtual machine may hide, so they are listed.
    var machine: (processor: String, features: String) {
        guard processor == "native" else { return (processor, processorFeatures) }
        let features = [Host.cpuFeatures, processorFeatures].filter { !$0.isEmpty }.joined(separator: ",")
        return (Host.cpuName, features)
    }

    func note(for program: ProgramModules) -> ExecutableNote {
        func imports(_ member: ProgramModules.Member) -> [String] {
            member.program.hostImports.map { "\($0.module) \($0.name)" }
        }
        var note = ExecutableNote()
        note.moduleName = moduleName
        note.moduleHash = program.main.hash
        note.producers = ProducersSection(program.main.module.module).descriptions
        note.target = target.triple
        note.processor = ([machine.processor] + cloneProcessors).joined(separator: ",")
        note.processorFeatures = processorFeatures
        note.optimization = optimization.rawValue
        note.bounds = bounds.rawValue
        note.traps = traps(of: program).rawValue
        note.features = program.features.map(\.name)
        note.imports = imports(program.main)
        note.socketABIs = SocketABI.all(in: program.main.module.module).map(\.rawValue)
        note.memories = program.main.module.memories.map(\.description)
        note.initializer = initializer ?? ""
        note.hasInvoke = hasInvoke
        if hasInvoke { note.exports = program.main.module.module.exportedFunctions }
        note.isCeiling = isCeiling
        note.grants = grants.map(\.word)
        note.linkedModules = program.members.dropLast().map { member in
            var linked = ExecutableNote.LinkedModule(name: member.name)
            linked.moduleHash = member.hash
            linked.imports = imports(member)
            linked.socketABIs = SocketABI.all(in: member.module.module).map(\.rawValue)
            linked.memories = member.module.memories.map(\.description)
            linked.grants = member.grants.map(\.word)
            return linked
        }
        return note
    }
}

extension TemporaryDirectory {
    /// Writes objects and returns their paths. Their own names are not used: the linker sees contents and order.
    public borrowing func write(_ objects: [CompiledObject]) throws(Diagnostic) -> [String] {
        var paths: [String] = []
        for (index, object) in objects.enumerated() { paths.append(try write(object.bytes, name: "\(index).o")) }
        return paths
    }
}

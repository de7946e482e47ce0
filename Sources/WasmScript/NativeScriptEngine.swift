// Runs scripts as they would be shipped: all modules of a script become one executable, whose main takes
// commands on standard input (runtime-c/src/harness).

import CWasmcABI
import Diagnostics
import WasmDriver
import WasmHostTable
import WasmLowering
import WasmSpec
import WasmText
import WasmValidation

/// The native back end as an engine for scripts.
public final class NativeScriptEngine: ScriptEngine {
    public let name = "native"
    private let options: CompileOptions
    private let toolchain: Toolchain
    private let target: Target
    /// What the program's instances are for the script's main thread, or for another.
    private var part = Part()
    private var threads: [Part] = []
    private var process: HarnessProcess?
    /// Whether the program has a heap: then references take 32 bits.
    private var hasHeap = false
    /// Where this thread's commands go.
    private var session: HarnessSession?

    /// The instances of one thread of the script, by number.
    fileprivate struct Part {
        var modules: [ValidatedModule] = []
        /// Why an instance is not part of the program.
        var refusals: [Int: ScriptOutcome] = [:]
        /// The place of each instance in the program.
        var programNumbers: [Int: Int] = [:]
    }

    /// `options` decides level, bounds and CPU; exports are always callable.
    public init(options: CompileOptions, target: Target, toolchain: Toolchain) {
        self.options = options
        self.target = target
        self.toolchain = toolchain
    }

    /// The engine of a thread, whose instances are in the program already.
    public func makeThread(_ number: Int) -> any ScriptEngine {
        let engine = NativeScriptEngine(options: options, target: target, toolchain: toolchain)
        engine.part = threads[number]
        engine.hasHeap = hasHeap
        engine.process = process
        engine.session = process?.sessions[1 + number]
        return engine
    }

    // MARK: Preparation

    public func prepare(_ instances: [ProgramModule], threads: [ThreadInstances]) throws(Diagnostic) {
        guard process == nil else { return }
        var program = ProgramLinker()
        var count = 0
        for planned in instances { part.add(planned, to: &program, &count) }
        for thread in threads {
            var part = Part()
            for (number, planned) in thread.instances.enumerated() {
                if let original = thread.shared[number] {
                    part.add(planned.module, number: original, of: self.part)
                } else {
                    part.add(planned, to: &program, &count)
                }
            }
            self.threads.append(part)
        }
        try start(program)
    }

    private func start(_ program: ProgramLinker) throws(Diagnostic) {
        var options = options
        options.includesInvoke = true
        hasHeap = program.hasHeap
        let objects = try compile(program, options: options)
        let directory = try TemporaryDirectory()
        var linkOptions = LinkJob.ExecutableOptions(libraryDirectory: toolchain.libraryDirectory)
        linkOptions.isHarness = true
        linkOptions.includesClones = !options.cloneCPUs.isEmpty
        linkOptions.hasExceptions = objects.contains(where: \.isUnwound)
        let job = LinkJob(
            .executable(linkOptions), target: target, linker: toolchain.linker, objects: try directory.write(objects),
            output: "\(directory.path)/harness")
        try job.run()
        process = try HarnessProcess(executable: job.output, threadCount: threads.count)
        session = process?.sessions[0]
    }

    // MARK: Commands

    public func instantiate(_ instance: Int) -> ScriptOutcome {
        guard let number = part.programNumbers[instance] else { return part.refusal(instance) }
        return send("i \(number)", results: [])
    }

    public func invoke(_ instance: Int, _ export: String, _ arguments: [ScriptValue]) -> ScriptOutcome {
        guard let number = part.programNumbers[instance] else { return part.refusal(instance) }
        let module = part.modules[instance]
        guard let (index, type) = exportRecord(module, export), let type else {
            return .failure("no function is exported as \"\(export)\"")
        }
        var words: [UInt64] = []
        for argument in arguments { words += self.words(argument) }
        let text = words.map { String($0, radix: 16) }.joined(separator: " ")
        return send("c \(number) \(index) \(text)", results: type.results)
    }

    public func get(_ instance: Int, _ export: String) -> ScriptOutcome {
        guard let number = part.programNumbers[instance] else { return part.refusal(instance) }
        let module = part.modules[instance]
        guard let entry = module.module.export(named: export),
            case .global(let global) = entry.description, let (index, _) = exportRecord(module, export)
        else { return .failure("no global is exported as \"\(export)\"") }
        return send("c \(number) \(index)", results: [module.globals[global.position].value])
    }

    /// The index of an export among the records of the program: functions and globals, in export order.
    private func exportRecord(_ module: ValidatedModule, _ name: String) -> (index: Int, type: FunctionType?)? {
        var index = 0
        for export in module.module.exports {
            switch export.description {
            case .function(let function):
                if export.name.utf8.elementsEqual(name.utf8) { return (index, module.signature(of: function)) }
                index += 1
            case .global:
                if export.name.utf8.elementsEqual(name.utf8) { return (index, nil) }
                index += 1
            case .table, .memory, .tag: continue
            }
        }
        return nil
    }

    // MARK: Values

    private func words(_ value: ScriptValue) -> [UInt64] {
        switch value {
        case .i32(let bits), .f32(let bits): [UInt64(bits), 0]
        case .i64(let bits), .f64(let bits): [bits, 0]
        case .v128(let value): [value.low, value.high]
        case .refNull: [0, 0]
        // With a heap, bits say what it is (abi.h); else a host reference is any pointer but null.
        case .refExtern(let number), .refHost(let number): [hasHeap ? UInt64(number) << 2 | 2 : UInt64(number) + 1, 0]
        }
    }

    private func result(_ type: ValueType, _ low: UInt64, _ high: UInt64) -> ScriptResult {
        switch type {
        case .i32: .i32(UInt32(truncatingIfNeeded: low))
        case .i64: .i64(low)
        case .f32: .f32(UInt32(truncatingIfNeeded: low))
        case .f64: .f64(low)
        case .v128: .v128(V128(low: low, high: high))
        case .reference(let reference):
            if low == 0 {
                .null
            } else if hasHeap {
                heapResult(reference, low, high)
            } else {
                reference.heapType == .abstract(.extern) ? .extern(UInt32(truncatingIfNeeded: low - 1)) : .function
            }
        }
    }

    /// A reference of a program with a heap. The harness says in `kind` what a reference that is none to a function is.
    private func heapResult(_ type: ReferenceType, _ low: UInt64, _ kind: UInt64) -> ScriptResult {
        let isExternal = type.heapType == .abstract(.extern) || type.heapType == .abstract(.noextern)
        switch (kind, isExternal) {
        case (UInt64(WASMC_GC_HOST.rawValue), true): return .extern(UInt32(truncatingIfNeeded: low >> 2))
        case (UInt64(WASMC_GC_HOST.rawValue), false): return .host(UInt32(truncatingIfNeeded: low >> 2))
        case (UInt64(WASMC_GC_NONE.rawValue), _): return .function
        case (_, true): return .reference(.extern)
        case (UInt64(WASMC_GC_I31.rawValue), false): return .reference(.i31)
        case (UInt64(WASMC_GC_STRUCT.rawValue), false): return .reference(.struct)
        case (UInt64(WASMC_GC_EXCEPTION.rawValue), false): return .reference(.exn)
        default: return .reference(.array)
        }
    }

    private func send(_ command: String, results: [ValueType]) -> ScriptOutcome {
        guard let session else { return .failure("the program was not built") }
        guard let answer = session.ask(command) else { return .failure("the program ended during this command") }
        let words = answer.split(separator: " ")
        switch words.first {
        case "ok":
            let values = words.dropFirst().compactMap { UInt64($0.dropFirst(2), radix: 16) }
            let slots = Int(WASMC_SLOTS_PER_VALUE)
            guard values.count == slots * results.count else { return .failure("unexpected answer: \(answer)") }
            return .values(
                results.enumerated().map { result($1, values[slots * $0], values[slots * $0 + 1]) })
        case "trap":
            guard words.count > 1, let code = UInt32(words[1]), let phrase = wasmc_trap_phrase(code) else {
                return .failure("unexpected answer: \(answer)")
            }
            var text = String(cString: phrase)
            if words.count > 3 { text += " \(words[3])" }
            if code == TrapKind.unhandledException.rawValue { return .exception }
            return code == TrapKind.callStackExhausted.rawValue ? .exhaustion(text) : .trap(text)
        case "unlinkable":
            return .unlinkable(
                Diagnostic(.unlinkable, "incompatible import type", words.dropFirst().joined(separator: " ")))
        default: return .failure("unexpected answer: \(answer)")
        }
    }
}

extension NativeScriptEngine.Part {
    /// Adds the next instance, if possible to the program, which has `count`. Who imports from one that is refused is
    /// refused.
    mutating func add(_ planned: ProgramModule, to program: inout ProgramLinker, _ count: inout Int) {
        if let refusal = link(planned, into: &program) {
            refusals[modules.count] = refusal
        } else {
            programNumbers[modules.count] = count
            count += 1
        }
        modules.append(planned.module)
    }

    /// Adds as the next instance one that another part has.
    mutating func add(_ module: ValidatedModule, number: Int, of other: Self) {
        programNumbers[modules.count] = other.programNumbers[number]
        refusals[modules.count] = other.refusals[number]
        modules.append(module)
    }

    /// Why that is not possible, or nil.
    private func link(_ planned: ProgramModule, into program: inout ProgramLinker) -> ScriptOutcome? {
        for case .export(_, let provider) in planned.bindings where programNumbers[provider] == nil {
            return refusal(provider)
        }
        var bindings = planned.bindings.makeIterator()
        let candidate = planned.bound { _ in
            guard case .export(let name, let provider)? = bindings.next(), let position = programNumbers[provider]
            else {
                return .host
            }
            return .export(name, of: position)
        }
        do throws(LinkError) {
            try program.add(candidate)
            return nil
        } catch {
            let diagnostic = error.diagnostic
            return diagnostic.phase == .unsupported ? .unsupported(diagnostic.message) : .unlinkable(diagnostic)
        }
    }

    func refusal(_ instance: Int) -> ScriptOutcome {
        refusals[instance] ?? .failure("instance \(instance) was never made")
    }
}

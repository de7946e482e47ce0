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
    private var process: HarnessProcess?
    /// Why an instance is not part of the program.
    private var refusals: [Int: ScriptOutcome] = [:]
    /// The place of each instance in the program.
    private var programNumbers: [Int: Int] = [:]
    private var modules: [Int: ValidatedModule] = [:]

    /// `options` decides level, bounds and CPU; exports are always callable.
    public init(options: CompileOptions, target: Target, toolchain: Toolchain) {
        self.options = options
        self.target = target
        self.toolchain = toolchain
    }

    public func makeThread(sharing shared: [Int: Int]) -> (any ScriptEngine)? { nil }

    // MARK: Preparation

    public func prepare(_ instances: [ProgramModule]) throws(Diagnostic) {
        var program = ProgramLinker()
        for (number, planned) in instances.enumerated() {
            modules[number] = planned.module
            if let refusal = add(planned, to: &program) {
                refusals[number] = refusal
            } else {
                programNumbers[number] = programNumbers.count
            }
        }
        try start(program)
    }

    /// Adds an instance to the program; why that is not possible, or nil. Who imports from one that is refused is refused.
    private func add(_ planned: ProgramModule, to program: inout ProgramLinker) -> ScriptOutcome? {
        for case .export(_, let provider) in planned.bindings where programNumbers[provider] == nil {
            return refusal(provider)
        }
        let positions = programNumbers
        var bindings = planned.bindings.makeIterator()
        let candidate = planned.bound { _ in
            guard case .export(let name, let provider)? = bindings.next(), let position = positions[provider] else {
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

    private func start(_ program: ProgramLinker) throws(Diagnostic) {
        var options = options
        options.includesInvoke = true
        let objects = try compile(program, options: options)
        let directory = try TemporaryDirectory()
        var linkOptions = LinkJob.ExecutableOptions(libraryDirectory: toolchain.libraryDirectory)
        linkOptions.isHarness = true
        linkOptions.hasExceptions = objects.contains(where: \.isUnwound)
        let job = LinkJob(
            .executable(linkOptions), target: target, linker: toolchain.linker, objects: try directory.write(objects),
            output: "\(directory.path)/harness")
        try job.run()
        process = try HarnessProcess(executable: job.output)
    }

    // MARK: Commands

    public func instantiate(_ instance: Int) -> ScriptOutcome {
        guard let number = programNumbers[instance] else { return refusal(instance) }
        return send("i \(number)", results: [])
    }

    public func invoke(_ instance: Int, _ export: String, _ arguments: [ScriptValue]) -> ScriptOutcome {
        guard let number = programNumbers[instance], let module = modules[instance] else { return refusal(instance) }
        guard let (index, type) = exportRecord(module, export), let type else {
            return .failure("no function is exported as \"\(export)\"")
        }
        var words: [UInt64] = []
        for argument in arguments { words += Self.words(argument) }
        let text = words.map { String($0, radix: 16) }.joined(separator: " ")
        return send("c \(number) \(index) \(text)", results: type.results)
    }

    public func get(_ instance: Int, _ export: String) -> ScriptOutcome {
        guard let number = programNumbers[instance], let module = modules[instance] else { return refusal(instance) }
        guard let entry = module.module.export(named: export),
            case .global(let global) = entry.description, let (index, _) = exportRecord(module, export)
        else { return .failure("no global is exported as \"\(export)\"") }
        return send("c \(number) \(index)", results: [module.globals[global.position].value])
    }

    private func refusal(_ instance: Int) -> ScriptOutcome {
        refusals[instance] ?? .failure("instance \(instance) was never made")
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

    private static func words(_ value: ScriptValue) -> [UInt64] {
        switch value {
        case .i32(let bits), .f32(let bits): [UInt64(bits), 0]
        case .i64(let bits), .f64(let bits): [bits, 0]
        case .v128(let value): [value.low, value.high]
        case .refNull: [0, 0]
        // A host reference is any pointer but null.
        case .refExtern(let number), .refHost(let number): [UInt64(number) + 1, 0]
        }
    }

    private static func result(_ type: ValueType, _ low: UInt64, _ high: UInt64) -> ScriptResult {
        switch type {
        case .i32: .i32(UInt32(truncatingIfNeeded: low))
        case .i64: .i64(low)
        case .f32: .f32(UInt32(truncatingIfNeeded: low))
        case .f64: .f64(low)
        case .v128: .v128(V128(low: low, high: high))
        case .reference(let reference):
            low == 0
                ? .null
                : reference.heapType == .abstract(.extern) ? .extern(UInt32(truncatingIfNeeded: low - 1)) : .function
        }
    }

    private func send(_ command: String, results: [ValueType]) -> ScriptOutcome {
        guard let process else { return .failure("the program was not built") }
        guard let answer = process.ask(command) else { return .failure("the program ended during this command") }
        let words = answer.split(separator: " ")
        switch words.first {
        case "ok":
            let values = words.dropFirst().compactMap { UInt64($0.dropFirst(2), radix: 16) }
            let slots = Int(WASMC_SLOTS_PER_VALUE)
            guard values.count == slots * results.count else { return .failure("unexpected answer: \(answer)") }
            return .values(
                results.enumerated().map { Self.result($1, values[slots * $0], values[slots * $0 + 1]) })
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

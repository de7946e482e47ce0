// An interpreted program that does what a compiled one has recorded, and the comparison of their ends.

import CWasmcABI
import CWasmcRuntime
import Diagnostics
import Glibc
import WasmInterpreter

/// What the two had in common.
public struct ReplayOutcome: Sendable {
    /// The first difference, if there is one.
    public var divergence: Divergence?
    /// How many host calls were compared.
    public var hostCalls: Int
    /// How both have ended, `exit status 0`.
    public var end: String
    /// Whether memories and globals were compared.
    public var comparesState: Bool
}

/// How the interpreter has ended.
private enum InterpretedEnd {
    case exited(Int32)
    case trapped(code: UInt32, message: String, place: CodePlace?)
    /// In a host call that was recorded.
    case trappedInHostCall(code: UInt32)
    /// The compiled program was ended before.
    case stopped
    case diverged(Divergence)

    var summary: String {
        switch self {
        case .exited(let status): "ends with status \(status)"
        case .trapped(_, let message, _): "traps: \(message)"
        case .trappedInHostCall(let code): "traps: \(TrapKind.phrase(ofCode: code))"
        case .stopped, .diverged: ""
        }
    }
}

extension InterpretedProgram {
    /// Runs the program with the host calls in `record`, and compares it with the one that has recorded them. Nothing of
    /// the host is touched, and nothing is printed.
    ///
    /// - Parameters:
    ///   - record: a file as `record.h` describes it, whose bytes stay.
    ///   - comparesStateAfterTraps: whether memories and globals have to be equal after a trap.
    /// - Throws: A link error, or what the interpreter cannot provide.
    public func replay(
        _ record: UnsafeRawBufferPointer, comparesStateAfterTraps: Bool
    ) throws(Diagnostic) -> ReplayOutcome {
        try checkImports()
        let replay = Replay(HostRecord(record))
        var instances: [ModuleInstance] = []
        let end = try end(with: replay, &instances)
        var comparison = EndComparison(
            replay: replay, instances: instances, names: modules.map(\.name),
            comparesStateAfterTraps: comparesStateAfterTraps)
        return comparison.outcome(of: end)
    }

    private func end(with replay: Replay, _ instances: inout [ModuleInstance]) throws(Diagnostic) -> InterpretedEnd {
        do throws(ExecutionError) {
            let hosts = try makeHosts(for: replay)
            let limits = hosts[hosts.count - 1].limits
            var configuration = Store.Configuration()
            configuration.memoryBytes = limits.max_memory_bytes
            configuration.limitHeap(limits)
            // Frames are larger than compiled ones; who has a stack of such a size must not end before.
            configuration.stackBytes = 32 * Int(min(max(limits.max_stack_bytes, 16 << 20), 1 << 32))
            let store = Store(configuration)
            try start(hosts, in: store, &instances)
            guard let invoked = limits.invoke, let main = instances.last else { return .exited(0) }
            let status = try Invocation(instance: main, store: store, compare: replay.compareResults)
                .run(HostText.text(cString: invoked), Array(arguments.dropFirst()))
            return .exited(status)
        } catch {
            return try interpretedEnd(after: error)
        }
    }

    private func interpretedEnd(after error: ExecutionError) throws(Diagnostic) -> InterpretedEnd {
        switch error {
        case .diagnostic(let diagnostic): throw diagnostic
        case .trap(let trap):
            let place = trap.backtrace.first.map {
                CodePlace(instance: $0.instance, function: $0.function, offset: $0.offset)
            }
            return .trapped(code: trap.kind.rawValue, message: trap.message, place: place)
        case .exception:
            let kind = TrapKind.unhandledException
            return .trapped(code: kind.rawValue, message: kind.phrase, place: nil)
        case .host(HostEnd.exit(let status)): return .exited(status)
        case .host(HostEnd.trap(let code, _)): return .trappedInHostCall(code: code)
        case .host(ReplayEnd.diverged(let divergence)): return .diverged(divergence)
        case .host(ReplayEnd.recordEnds): return .stopped
        case .outOfFuel, .host: throw Diagnostic(.internal, "unexpected end of a replayed program", "\(error)")
        }
    }

    private func makeHosts(for replay: Replay) throws(ExecutionError) -> [HostModule] {
        do throws(HostEnd) {
            let main = try HostModule(
                grants: grants, arguments: arguments, environment: environment,
                replay: (replay, modules.count - 1))
            var hosts: [HostModule] = []
            for (number, module) in modules.dropLast().enumerated() {
                hosts.append(try HostModule(linkedAs: module.name, with: main, number: number))
            }
            return hosts + [main]
        } catch { throw .host(error) }
    }
}

extension Replay {
    /// Compares the results of `--invoke`, in slots as `wasmc_export` has them.
    func compareResults(_ slots: UnsafeBufferPointer<UInt64>) -> ReplayEnd? {
        guard let native = take(WASMC_RECORD_RESULTS) else { return record.next == nil ? .recordEnds : nil }
        let words = native.words
        // Of a record that nobody has changed, there are as many.
        guard words.count == slots.count else { return .recordEnds }
        for (index, (word, own)) in zip(words, slots).enumerated() where word != own {
            return .diverged(
                Divergence(
                    message: "result \(index / Int(WASMC_SLOTS_PER_VALUE)) differs", native: hexadecimal(word),
                    interpreted: hexadecimal(own)))
        }
        return nil
    }
}

/// What follows the last host call.
private struct EndComparison {
    let replay: Replay
    let instances: [ModuleInstance]
    let names: [String]
    let comparesStateAfterTraps: Bool

    mutating func outcome(of end: InterpretedEnd) -> ReplayOutcome {
        var outcome = ReplayOutcome(hostCalls: replay.hostCalls, end: "", comparesState: false)
        do throws(Divergence) {
            try compare(end, &outcome)
        } catch { outcome.divergence = error }
        return outcome
    }

    private func compare(_ end: InterpretedEnd, _ outcome: inout ReplayOutcome) throws(Divergence) {
        switch end {
        case .diverged(let divergence): throw divergence
        case .stopped:
            outcome.end = "ended from outside"
        case .exited(let status):
            guard isNext(WASMC_RECORD_EXIT, UInt32(status & 0xFF)) else { return try differ(end, &outcome) }
            _ = replay.take(WASMC_RECORD_EXIT)
            outcome.end = "exit status \(status)"
            outcome.comparesState = true
            try compareState()
        case .trappedInHostCall(let code):
            outcome.end = "trap: \(TrapKind.phrase(ofCode: code))"
            try compareStateAfterTrap(code, &outcome)
        case .trapped(let code, let message, let place):
            guard isNext(WASMC_RECORD_TRAP, code), let entry = replay.take(WASMC_RECORD_TRAP) else {
                return try differ(end, &outcome)
            }
            try compare(place, entry, message)
            outcome.end = "trap: \(message)"
            try compareStateAfterTrap(code, &outcome)
        }
    }

    private func isNext(_ kind: wasmc_record_kind, _ number: UInt32) -> Bool {
        replay.record.next.map { $0.kind == kind && $0.number == number } ?? false
    }

    /// The engines have ended in different ways, or one of them has not.
    private func differ(_ end: InterpretedEnd, _ outcome: inout ReplayOutcome) throws(Divergence) {
        guard let entry = replay.record.next, !entry.isTimeout else {
            outcome.end = "ended from outside"
            return
        }
        var divergence = Divergence(message: "ends differ", native: entry.summary, interpreted: end.summary)
        if entry.kind == WASMC_RECORD_TRAP, let offset = entry.offset {
            divergence.native += " at module offset \(hexadecimal(UInt64(offset)))"
        }
        if case .trapped(_, _, let place?) = end {
            (divergence.instance, divergence.place) = (place.instance, place)
        } else if entry.kind == WASMC_RECORD_TRAP, let offset = entry.offset, let onlyInstance {
            divergence.instance = onlyInstance
            divergence.place = place(ofOffset: offset, in: onlyInstance)
        }
        throw divergence
    }

    /// An offset does not tell which module's it is.
    private var onlyInstance: Int? { instances.count == 1 ? 0 : nil }

    private func place(ofOffset offset: Int, in instance: Int) -> CodePlace? {
        let module = instances[instance].module
        guard let position = module.module.functions.lastIndex(where: { $0.offset <= offset }) else { return nil }
        return CodePlace(function: UInt32(module.importedFunctionCount + position), offset: offset)
    }

    private func compare(_ place: CodePlace?, _ entry: HostRecord.Entry, _ message: String) throws(Divergence) {
        // How deep calls can be is each engine's own affair.
        guard entry.number != TrapKind.callStackExhausted.rawValue, let place, let native = entry.offset,
            native != place.offset
        else { return }
        throw Divergence(
            message: "places of the trap differ: \(message)",
            native: "module offset \(hexadecimal(UInt64(native)))",
            interpreted: "module offset \(hexadecimal(UInt64(place.offset)))", instance: place.instance, place: place)
    }

    // MARK: Memories and globals

    private func compareStateAfterTrap(_ code: UInt32, _ outcome: inout ReplayOutcome) throws(Divergence) {
        guard comparesStateAfterTraps, code != TrapKind.callStackExhausted.rawValue,
            let entry = replay.take(WASMC_RECORD_EXIT)
        else { return }
        guard entry.number == WASMC_EXIT_TRAP.rawValue else { return }
        outcome.comparesState = true
        try compareState()
    }

    private func compareState() throws(Divergence) {
        var differences: [Divergence] = []
        while let entry = replay.take(WASMC_RECORD_MEMORY) {
            if let difference = compareMemory(entry) { differences.append(difference) }
        }
        while let entry = replay.take(WASMC_RECORD_GLOBAL) {
            if let difference = compareGlobal(entry) { differences.append(difference) }
        }
        // A program that was ended meanwhile has not written all of it.
        if replay.take(WASMC_RECORD_END) != nil, let first = differences.first { throw first }
    }

    private func name(_ kind: String, _ number: Int, of instance: Int) -> String {
        "\(kind) \(number)" + (instances.count > 1 && instance < names.count - 1 ? " of module \(names[instance])" : "")
    }

    private func compareMemory(_ entry: HostRecord.Entry) -> Divergence? {
        let (number, instance) = (Int(entry.number), Int(clamping: entry.place))
        guard instances.indices.contains(instance), let size = entry.words.first else { return nil }
        let memories = instances[instance].ownMemories
        guard number < memories.count else { return nil }
        let own = UnsafeRawBufferPointer(memories[memories.startIndex + number].bytes)
        let name = name("memory", number, of: instance)
        guard size == UInt64(own.count) else {
            skipBlocks()
            return Divergence(
                message: "\(name) differs in size at the end", native: "\(size) bytes",
                interpreted: "\(own.count) bytes")
        }
        var position = 0
        var first: (address: Int, native: [UInt8], own: [UInt8])?
        var count = 0
        func compare(_ native: UnsafeRawBufferPointer?, _ range: Range<Int>) {
            let part = UnsafeRawBufferPointer(rebasing: own[range])
            if let native, memcmp(native.baseAddress!, part.baseAddress!, part.count) == 0 { return }
            for index in part.indices where (native?[index] ?? 0) != part[index] {
                count += 1
                if first == nil {
                    let end = min(index + 8, part.count)
                    first = (
                        range.lowerBound + index, (index..<end).map { native?[$0] ?? 0 }, Array(part[index..<end])
                    )
                }
            }
        }
        while let block = replay.take(WASMC_RECORD_BLOCK) {
            let start = Int(clamping: block.place)
            guard start >= position, block.data.count > 0, start <= own.count, block.data.count <= own.count - start
            else { continue }
            compare(nil, position..<start)
            compare(block.data, start..<start + block.data.count)
            position = start + block.data.count
        }
        compare(nil, position..<own.count)
        guard let first else { return nil }
        return Divergence(
            message: "\(name) differs at the end in \(count) byte\(count == 1 ? "" : "s"), first at address "
                + hexadecimal(UInt64(first.address)),
            native: hexadecimal(first.native), interpreted: hexadecimal(first.own))
    }

    private func skipBlocks() {
        while replay.take(WASMC_RECORD_BLOCK) != nil {}
    }

    private func compareGlobal(_ entry: HostRecord.Entry) -> Divergence? {
        let (number, instance) = (Int(entry.number), Int(clamping: entry.place))
        guard instances.indices.contains(instance) else { return nil }
        let globals = instances[instance].ownGlobals
        guard number < globals.count else { return nil }
        let own = globals[globals.startIndex + number].value.bytes
        guard !own.elementsEqual(entry.data) else { return nil }
        return Divergence(
            message: "\(name("global", number + instances[instance].module.importedGlobalCount, of: instance)) "
                + "differs at the end",
            native: hexadecimal(entry.data.reversed()), interpreted: hexadecimal(own.reversed()))
    }
}

extension Value {
    /// A number as it lies in memory; nothing of a reference.
    fileprivate var bytes: [UInt8] {
        func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
            withUnsafeBytes(of: number.littleEndian) { Array($0) }
        }
        switch self {
        case .i32(let value): return bytes(value)
        case .i64(let value): return bytes(value)
        case .f32(let bits): return bytes(bits)
        case .f64(let bits): return bytes(bits)
        case .v128(let vector): return bytes(vector.low) + bytes(vector.high)
        case .reference: return []
        }
    }
}

// Host calls of an interpreted program, answered with what a compiled one has recorded.

import CWasmcABI
import WasmHostTable
import WasmInterpreter
import WasmSpec

/// Where a compiled program and an interpreted one did not do the same.
public struct Divergence: Error, Hashable, Sendable {
    /// What differs.
    public var message: String
    /// What each engine has done.
    public var native: String
    public var interpreted: String
    /// Where: the number of the module in the program, if it is known, and a place in it.
    public var instance: Int?
    public var place: CodePlace?
}

/// Why an interpretation with recorded host calls ends in one of them.
enum ReplayEnd: Error {
    /// As the compiled program has ended there.
    case host(HostEnd)
    case diverged(Divergence)
    /// The compiled program has not come further: something else than itself has ended it.
    case recordEnds
}

/// Answers host calls from a record, and compares each with it.
final class Replay {
    private(set) var record: HostRecord
    /// How many there were.
    private(set) var hostCalls = 0

    init(_ record: HostRecord) { self.record = record }

    /// Takes the next entry if it is of this kind.
    func take(_ kind: wasmc_record_kind) -> HostRecord.Entry? { record.take(kind) }

    /// Compares a call with the recorded one, and does what that has done.
    func call(
        _ function: WasmHostTable.HostFunction, instance: Int, _ call: HostCall,
        _ memory: UnsafeMutableRawBufferPointer?
    ) throws(ReplayEnd) {
        let current = ReplayedCall(function: function, instance: instance, number: hostCalls + 1, call: call)
        guard let entry = record.next else { throw .recordEnds }
        guard entry.kind == WASMC_RECORD_CALL else {
            // Whatever the program was doing then.
            if entry.isTimeout { throw .recordEnds }
            throw current.diverged("host calls differ", native: entry.summary, "calls \(function.name)")
        }
        _ = record.take()
        hostCalls += 1
        try current.compare(entry)
        var ranges: [HostRecord.Entry] = []
        let memory = memory ?? UnsafeMutableRawBufferPointer(start: nil, count: 0)
        while let range = record.take(WASMC_RECORD_RANGE) {
            try current.compare(range, memory, earlier: ranges)
            ranges.append(range)
        }
        while let change = record.take(WASMC_RECORD_CHANGE) { try current.apply(change, memory) }
        try finish(current)
    }

    /// What the call gives: its result, or the program's end.
    private func finish(_ current: ReplayedCall) throws(ReplayEnd) {
        guard let entry = record.next, !entry.isTimeout else { throw .recordEnds }
        switch entry.kind {
        case WASMC_RECORD_RETURN:
            _ = record.take()
            if !current.function.type.results.isEmpty { current.call.slots[0] = entry.place }
        case WASMC_RECORD_TRAP:
            _ = record.take()
            throw .host(.trap(code: entry.number, call: current.function.name))
        case WASMC_RECORD_EXIT: throw .host(.exit(status: Int32(entry.number & 0xFF)))
        default: throw .recordEnds
        }
    }
}

/// One host call of the interpreter's, to be compared.
private struct ReplayedCall {
    let function: WasmHostTable.HostFunction
    let instance: Int
    /// Counted from 1.
    let number: Int
    let call: HostCall

    func diverged(_ message: String, native: String, _ interpreted: String) -> ReplayEnd {
        let place = call.place
        return .diverged(
            Divergence(
                message: "host call \(number): \(message)", native: native, interpreted: interpreted,
                instance: place?.instance, place: place?.place))
    }

    /// Name, module and arguments.
    func compare(_ entry: HostRecord.Entry) throws(ReplayEnd) {
        guard entry.number == function.number, entry.place == UInt64(instance) else {
            let name = entry.number == function.number ? "\(function.name) of another module" : entry.functionName
            throw diverged("host calls differ", native: "calls \(name)", "calls \(function.name)")
        }
        for (index, (native, type)) in zip(entry.words, function.type.parameters).enumerated() {
            let mask: UInt64 = type == .i64 ? .max : 0xFFFF_FFFF
            let own = call.slots[index] & mask
            guard native & mask != own else { continue }
            throw diverged(
                "argument \(index) of \(function.name) differs", native: hexadecimal(native & mask), hexadecimal(own))
        }
    }

    /// What the call finds in memory. What it had itself written there by then was recorded, too, and is not compared.
    func compare(
        _ range: HostRecord.Entry, _ memory: UnsafeMutableRawBufferPointer, earlier: [HostRecord.Entry]
    ) throws(ReplayEnd) {
        guard range.place <= UInt64(memory.count), range.data.count <= memory.count - Int(range.place) else {
            throw diverged(
                "the memory that \(function.name) works on differs in size",
                native: "\(range.data.count) bytes at \(hexadecimal(range.place))", "\(memory.count) bytes")
        }
        let own = memory[Int(range.place)..<Int(range.place) + range.data.count]
        guard !own.elementsEqual(range.data) else { return }
        for (index, (native, byte)) in zip(range.data, own).enumerated() where native != byte {
            let address = range.place + UInt64(index)
            if earlier.contains(where: { $0.place <= address && address - $0.place < UInt64($0.data.count) }) {
                continue
            }
            throw diverged(
                "memory that \(function.name) works on differs at address \(hexadecimal(address))",
                native: hexadecimal(range.data.dropFirst(index)), hexadecimal(own.dropFirst(index)))
        }
    }

    func apply(_ change: HostRecord.Entry, _ memory: UnsafeMutableRawBufferPointer) throws(ReplayEnd) {
        // Within what was compared, of a record that nobody has changed.
        guard change.place <= UInt64(memory.count), change.data.count <= memory.count - Int(change.place) else {
            throw .recordEnds
        }
        UnsafeMutableRawBufferPointer(rebasing: memory[Int(change.place)..<Int(change.place) + change.data.count])
            .copyMemory(from: change.data)
    }
}

extension HostRecord.Entry {
    /// Whether the program was ended by `--timeout`.
    var isTimeout: Bool { kind == WASMC_RECORD_TRAP && number == TrapKind.timeout.rawValue }

    /// The host function of a call.
    var functionName: String {
        let functions = HostFunctionTable.all.byNumber
        return functions.indices.contains(Int(number)) ? functions[Int(number)].name : "host function \(number)"
    }

    /// What the program has done.
    var summary: String {
        switch kind {
        case WASMC_RECORD_CALL: "calls \(functionName)"
        case WASMC_RECORD_TRAP: "traps: \(TrapKind.phrase(ofCode: number))"
        case WASMC_RECORD_EXIT: "ends with status \(number)"
        case WASMC_RECORD_RESULTS: "returns"
        default: "does something else"
        }
    }

    /// The module offset of a trap, if it is known.
    var offset: Int? { place >= UInt64(UInt32.max) ? nil : Int(place) }
}

extension TrapKind {
    static func phrase(ofCode code: UInt32) -> String {
        wasmc_trap_phrase(code).map { String(cString: $0) } ?? "unknown trap \(code)"
    }
}

func hexadecimal(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

/// Some bytes as they lie in memory.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
}

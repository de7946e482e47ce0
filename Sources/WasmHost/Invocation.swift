// `--invoke`: arguments and results are the runtime's business (runtime-c/src/invoke.c), the call is the interpreter's.

import CWasmcRuntime
import Diagnostics
import WasmInterpreter
import WasmSpec

/// Calls exports of an instance with arguments from the command line.
struct Invocation {
    let instance: ModuleInstance
    let store: Store
    /// Gets the slots of the results in place of standard output, and says why they are not the right ones.
    var compare: ((UnsafeBufferPointer<UInt64>) -> ReplayEnd?)?

    /// Calls the function, or reads the global, that is exported as `name` and prints the results.
    ///
    /// Returns the exit status: 0, or 125 after a line that says what is wrong with the arguments.
    func run(_ name: String, _ arguments: [String]) throws(ExecutionError) -> Int32 {
        let call = Call(instance.export(name), store, compare)
        let strings = CStrings(arguments)
        let status = wasmc_host_invoke(
            HostText.cString(name), call.signature, Int32(arguments.count), strings.pointers,
            { context, slots in
                guard let context, let slots else { return false }
                return Unmanaged<Call>.fromOpaque(context).takeUnretainedValue().run(slots)
            }, Unmanaged.passUnretained(call).toOpaque())
        if let error = call.error { throw error }
        return call.isCompared ? 0 : status
    }

    /// What is called, and why it failed.
    private final class Call {
        let callee: ExternalValue?
        let store: Store
        var error: ExecutionError?
        let compare: ((UnsafeBufferPointer<UInt64>) -> ReplayEnd?)?
        var isCompared = false

        init(
            _ callee: ExternalValue?, _ store: Store, _ compare: ((UnsafeBufferPointer<UInt64>) -> ReplayEnd?)?
        ) {
            self.compare = compare
            self.callee = callee
            self.store = store
        }

        /// As in `wasmc_export`: a global has no parameters. Nil when there is nothing to call.
        var signature: String? {
            switch callee {
            case .function(let function):
                ValueSlots.letters(function.type.parameters, function.hierarchy) + ":"
                    + ValueSlots.letters(function.type.results, function.hierarchy)
            case .global(let global): ":" + ValueSlots.letters([global.type.value]) { _ in global.hierarchy }
            case .table, .memory, .tag, nil: nil
            }
        }

        /// Whether the call returned; its results are then in the slots, two for each.
        func run(_ slots: UnsafeMutablePointer<UInt64>) -> Bool {
            do throws(ExecutionError) {
                let values = try results(slots)
                for (index, value) in values.enumerated() { ValueSlots.write(value, to: slots + 2 * index) }
                guard let compare else { return true }
                // Nothing is printed of what does not return.
                isCompared = true
                error = compare(UnsafeBufferPointer(start: slots, count: 2 * values.count)).map { .host($0) }
                return false
            } catch {
                self.error = error
                return false
            }
        }

        private func results(_ slots: UnsafeMutablePointer<UInt64>) throws(ExecutionError) -> [Value] {
            switch callee {
            case .function(let function):
                let arguments = function.type.parameters.enumerated().map { Self.read($1, from: slots + 2 * $0) }
                return try store.invoke(function, arguments)
            case .global(let global): return [global.value]
            case .table, .memory, .tag, nil: return []
            }
        }

        private static func read(_ type: ValueType, from slot: UnsafeMutablePointer<UInt64>) -> Value {
            switch type {
            case .i32: .i32(Int32(truncatingIfNeeded: slot[0]))
            case .i64: .i64(Int64(bitPattern: slot[0]))
            case .f32: .f32(UInt32(truncatingIfNeeded: slot[0]))
            case .f64: .f64(slot[0])
            case .v128: .v128(V128(low: slot[0], high: slot[1]))
            // Refused on the command line.
            case .reference: .reference(.null)
            }
        }
    }
}

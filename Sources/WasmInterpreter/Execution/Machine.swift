// How register code runs.
//
// An instruction is a sequence of 64-bit words: the address of its handler, then operands. A handler does its work
// and calls the next instruction's handler as its last act. All handlers have one signature, that of a C function
// whose five arguments travel in registers, so that the optimizer turns this last call into a jump: the interpreter
// keeps its state in machine registers and its dispatch is one load and one indirect jump at each handler's end.
// The price: a handler must have nothing left to do after the call. Whatever needs storage on the native stack or
// reference counting stands in a function that is never inlined (`slow`). Every execution checks at its end that the
// native stack is as it was (`Store.execute`), so that every test that runs an instruction proves its handler.

import WasmInstructionTable

typealias Handler =
    @convention(c) (
        UnsafePointer<UInt64>, UnsafeMutablePointer<UInt64>, UnsafeMutableRawPointer, UInt64, UnsafeMutableRawPointer
    ) -> Void

/// The registers, as a handler receives them.
struct Machine {
    /// The handler's own instruction.
    let pc: UnsafePointer<UInt64>
    /// The frame: parameters and results, header, locals, operands (`FrameHeader`).
    let fp: UnsafeMutablePointer<UInt64>
    /// The first byte of the running instance's memory 0.
    let memory: UnsafeMutableRawPointer
    /// Its size in bytes. A shared memory may have grown meanwhile.
    let memorySize: UInt64
    let context: UnsafeMutablePointer<ExecutionContext>

    @inline(__always)
    init(
        _ pc: UnsafePointer<UInt64>, _ fp: UnsafeMutablePointer<UInt64>, _ memory: UnsafeMutableRawPointer,
        _ memorySize: UInt64, _ context: UnsafeMutableRawPointer
    ) {
        self.pc = pc
        self.fp = fp
        self.memory = memory
        self.memorySize = memorySize
        self.context = context.assumingMemoryBound(to: ExecutionContext.self)
    }
}

// MARK: Dispatch

extension Machine {
    @inline(__always)
    func dispatch(_ pc: UnsafePointer<UInt64>, _ fp: UnsafeMutablePointer<UInt64>) {
        let handler = unsafeBitCast(UInt(pc.pointee), to: Handler.self)
        handler(pc, fp, memory, memorySize, UnsafeMutableRawPointer(context))
    }

    /// Goes on behind this instruction of `words` words.
    @inline(__always) func next(_ words: Int) { dispatch(pc + words, fp) }

    /// Goes on at a distance in words from this instruction.
    @inline(__always) func jump(_ displacement: Int32) { dispatch(pc + Int(displacement), fp) }

    /// Goes on elsewhere, where memory 0 may be another one or may have changed its size.
    @inline(__always)
    func dispatchReloadingMemory(_ pc: UnsafePointer<UInt64>, _ fp: UnsafeMutablePointer<UInt64>) {
        let memory = context.pointee.memory
        let handler = unsafeBitCast(UInt(pc.pointee), to: Handler.self)
        handler(pc, fp, memory.pointee.base, memory.pointee.size, UnsafeMutableRawPointer(context))
    }

    @inline(__always)
    func nextReloadingMemory(_ words: Int) { dispatchReloadingMemory(pc + words, fp) }

    /// Ends the execution with a trap at this instruction.
    @inline(__always) func trap(_ kind: TrapKind) { stop(pc, fp, .trap(kind), context) }

    /// An instruction whose operands are a `layout` and whose work is done by a function that may trap.
    @inline(__always)
    func slow<Operands: OperandLayout>(_ layout: Operands.Type, _ body: (Machine) throws(TrapKind) -> Void) {
        do throws(TrapKind) { try body(self) } catch { return trap(error) }
        next(behind: layout)
    }
}

/// Notes how and where an execution ends. Not a method: the machine would be passed on the native stack. The
/// parameters are where a handler has them, so that it need not make room for this call before it knows of a trap.
@inline(never)
private func stop(
    _ pc: UnsafePointer<UInt64>, _ fp: UnsafeMutablePointer<UInt64>, _ outcome: Outcome,
    _ context: UnsafeMutablePointer<ExecutionContext>
) {
    context.pointee.outcome = outcome
    context.pointee.pc = pc
    context.pointee.fp = fp
}

/// How an execution ended.
enum Outcome {
    case halted
    case trap(TrapKind)
    /// The store holds the error.
    case failed
}

/// State of an execution that does not fit into registers; one for each store.
struct ExecutionContext {
    /// The memory 0 of the running instance.
    var memory: UnsafeMutablePointer<MemoryRecord>
    /// The end of the frames; behind it lie `FrameStack.slack` more slots.
    var stackEnd: UnsafeMutablePointer<UInt64>
    var outcome = Outcome.halted
    /// Where execution ended, or where it shall go on.
    var pc: UnsafePointer<UInt64>
    var fp: UnsafeMutablePointer<UInt64>
    /// The address of a variable of `halt`.
    var haltAddress: UInt = 0
    let store: Unmanaged<Store>
}

/// Words behind a frame's parameters and results.
///
/// A call returns to `returnAddress` with `callerFrame`. When it changes memory 0, these are instead the
/// code `crossReturn` and the address of this header, where `crossReturn` finds the rest.
enum FrameHeader {
    static let returnAddress = 0
    static let callerFrame = 1
    static let crossReturnAddress = 2
    static let crossCallerFrame = 3
    static let crossMemory = 4
    static let slots = 5
}

/// The word for a handler in code.
func codeWord(_ handler: Handler) -> UInt64 {
    var address = unsafeBitCast(handler, to: UnsafePointer<UInt8>.self)
    #if arch(x86_64)
        // The compiler often makes the C entry point a jump to the closure's body: take the body at once.
        while address.pointee == 0xE9 {
            address += 5 + Int(UnsafeRawPointer(address + 1).loadUnaligned(as: Int32.self))
        }
    #endif
    return UInt64(UInt(bitPattern: address))
}

// Handlers of throwing instructions. Their last word is the running function's record, as in calls.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#exec-throw-ref

import Glibc
import WasmInstructionTable

enum ExceptionHandlers {
    /// `base, top` of the values, then the tag and the running function's record.
    static var `throw`: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            switch throwNew(machine) {
            case .handled, .proceed:
                machine.dispatchReloadingMemory(machine.context.pointee.pc, machine.context.pointee.fp)
            case .stop: return
            }
        }
    }

    /// The exception's slot, then the running function's record.
    static var throwReference: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let exception = machine.fp[machine.half(0)]
            if exception == ReferenceBits.null { return machine.trap(.nullExceptionReference) }
            switch throwAgain(machine, exception) {
            case .handled, .proceed:
                machine.dispatchReloadingMemory(machine.context.pointee.pc, machine.context.pointee.fp)
            case .stop: return
            }
        }
    }
}

@inline(never)
private func throwNew(_ machine: Machine) -> Continuation {
    let tag = machine.pointer(2, to: TagRecord.self)
    let store = machine.context.pointee.store.takeUnretainedValue()
    let exception: HeapObject
    do throws(TrapKind) {
        exception = try store.makeObject(
            tag.pointee.type, bytes: tag.pointee.payloadBytes, info: UInt64(UInt(bitPattern: tag)),
            frameTop: machine.fp + machine.half(1))
    } catch {
        machine.trap(error)
        return .stop
    }
    // Values lie in an exception as they lie in slots.
    memcpy(exception.body, machine.fp + machine.half(0), tag.pointee.payloadBytes)
    return store.unwind(
        exception, pc: machine.pc, fp: machine.fp, function: machine.pointer(3, to: FunctionRecord.self))
}

@inline(never)
private func throwAgain(_ machine: Machine, _ exception: UInt64) -> Continuation {
    machine.context.pointee.store.takeUnretainedValue().unwind(
        HeapObject(exception), pc: machine.pc, fp: machine.fp, function: machine.pointer(2, to: FunctionRecord.self))
}

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
            let exception = machine.place(machine.read(Layout.ThrowReference.self).exception).pointee
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
    let layout = machine.read(Layout.Throw.self)
    let tag = layout.tag
    let store = machine.context.pointee.store.takeUnretainedValue()
    let exception: HeapObject
    do throws(TrapKind) {
        exception = try store.makeObject(
            tag.pointee.type, bytes: tag.pointee.payloadBytes, info: UInt64(UInt(bitPattern: tag)),
            frameTop: machine.place(layout.operands.end))
    } catch {
        machine.trap(error)
        return .stop
    }
    // Values lie in an exception as they lie in slots.
    memcpy(exception.body, machine.place(layout.operands.start), tag.pointee.payloadBytes)
    return store.unwind(exception, pc: machine.pc, fp: machine.fp, function: layout.function)
}

@inline(never)
private func throwAgain(_ machine: Machine, _ exception: UInt64) -> Continuation {
    machine.context.pointee.store.takeUnretainedValue().unwind(
        HeapObject(exception), pc: machine.pc, fp: machine.fp,
        function: machine.read(Layout.ThrowReference.self).function)
}

// Handlers of branches and calls.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#control-instructions

import WasmInstructionTable

enum ControlHandlers {
    static var unreachable: Handler { { Machine($0, $1, $2, $3, $4).trap(.unreachable) } }

    /// `-, -, displacement`.
    static var branch: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.jump(machine.immediate)
        }
    }

    /// `condition, -, displacement`.
    static var branchIfTrue: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.value(0).i32 != 0 { return machine.jump(machine.immediate) }
            machine.next(2)
        }
    }

    /// `condition, -, displacement`.
    static var branchIfFalse: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.value(0).i32 == 0 { return machine.jump(machine.immediate) }
            machine.next(2)
        }
    }

    /// For references: `reference, -, displacement`.
    static var branchIfNull: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.value(0) == 0 { return machine.jump(machine.immediate) }
            machine.next(2)
        }
    }

    static var branchIfNonNull: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.value(0) != 0 { return machine.jump(machine.immediate) }
            machine.next(2)
        }
    }

    /// `index, -, label count`, then 32-bit displacements, the last one for indices beyond.
    static var branchTable: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let count = UInt32(bitPattern: machine.immediate)
            let index = min(machine.value(0).i32, count)
            let displacement = UnsafeRawPointer(machine.pc + 2)
                .load(fromByteOffset: 4 &* Int(truncatingIfNeeded: index), as: Int32.self)
            machine.jump(displacement)
        }
    }

    /// Uses up one unit of fuel; at the head of each loop and function when the store limits execution. The word is
    /// its address.
    static var consumeFuel: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let fuel = machine.pointer(1, to: UInt64.self)
            if fuel.pointee == 0 { return outOfFuel(machine) }
            fuel.pointee &-= 1
            machine.next(2)
        }
    }

    /// Ends an execution that the host has begun.
    static var halt: Handler { { leaveInterpreter(Machine($0, $1, $2, $3, $4)) } }
}

@inline(never)
private func outOfFuel(_ machine: Machine) {
    machine.context.pointee.outcome = .failed
    machine.context.pointee.store.takeUnretainedValue().pendingError = .outOfFuel
}

@inline(never)
private func leaveInterpreter(_ machine: Machine) {
    machine.context.pointee.outcome = .halted
    var marker: UInt8 = 0
    withUnsafeMutablePointer(to: &marker) { machine.context.pointee.haltAddress = UInt(bitPattern: $0) }
}

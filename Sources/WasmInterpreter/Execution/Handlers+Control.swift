// Handlers of branches and calls.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#control-instructions

import WasmInstructionTable

enum ControlHandlers {
    static var unreachable: Handler { { Machine($0, $1, $2, $3, $4).trap(.unreachable) } }

    static var branch: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.jump(machine.read(Layout.Branch.self).displacement)
        }
    }

    static var branchIfTrue: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Branch.self)
            if machine.value(in: operands.first).i32 != 0 { return machine.jump(operands.displacement) }
            machine.next(behind: Layout.Branch.self)
        }
    }

    static var branchIfFalse: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Branch.self)
            if machine.value(in: operands.first).i32 == 0 { return machine.jump(operands.displacement) }
            machine.next(behind: Layout.Branch.self)
        }
    }

    /// For references.
    static var branchIfNull: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Branch.self)
            if machine.value(in: operands.first) == 0 { return machine.jump(operands.displacement) }
            machine.next(behind: Layout.Branch.self)
        }
    }

    static var branchIfNonNull: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Branch.self)
            if machine.value(in: operands.first) != 0 { return machine.jump(operands.displacement) }
            machine.next(behind: Layout.Branch.self)
        }
    }

    /// Behind the operands lie 32-bit displacements, the last one for indices beyond.
    static var branchTable: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.BranchTable.self)
            let index = min(machine.value(in: operands.index).i32, operands.labels)
            let displacement = UnsafeRawPointer(machine.pc + Layout.BranchTable.instructionWords)
                .load(fromByteOffset: 4 &* Int(truncatingIfNeeded: index), as: Int32.self)
            machine.jump(displacement)
        }
    }

    /// Uses up one unit of fuel; at the head of each loop and function when the store limits execution.
    static var consumeFuel: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let fuel = machine.read(Layout.Reference<UInt64>.self).object
            if fuel.pointee == 0 { return outOfFuel(machine) }
            fuel.pointee &-= 1
            machine.next(behind: Layout.Reference<UInt64>.self)
        }
    }

    /// Traps when somebody has asked for it; at the head of each loop and function when the store can be asked.
    static var checkInterruption: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.read(Layout.Reference<UInt64>.self).object.pointee != 0 { return machine.trap(.timeout) }
            machine.next(behind: Layout.Reference<UInt64>.self)
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

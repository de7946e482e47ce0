// Handlers of reference instructions.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#reference-instructions

import WasmInstructionTable

enum ReferenceHandlers {
    static var asNonNull: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.value(in: machine.slots.first) == ReferenceBits.null { return machine.trap(.nullReference) }
            machine.next(behind: Layout.Slots.self)
        }
    }

    /// Result, reference and flags; the word is the type.
    static var test: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.SlotsAndWord.self)
            machine.setValue(
                in: operands.slots.first,
                matches(machine, operands.slots.second, flags: operands.slots.third, operands.word) ? 1 : 0)
            machine.next(behind: Layout.SlotsAndWord.self)
        }
    }

    /// Reference and flags; the word is the type.
    static var cast: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.SlotsAndWord.self)
            if !matches(machine, operands.slots.first, flags: operands.slots.second, operands.word) {
                return machine.trap(.castFailure)
            }
            machine.next(behind: Layout.SlotsAndWord.self)
        }
    }

    /// Reference and flags; the word is the type.
    static var branchIfMatches: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.WordBranch.self)
            if matches(machine, operands.branch.first, flags: operands.branch.second, operands.word) {
                return machine.jump(operands.branch.displacement)
            }
            machine.next(behind: Layout.WordBranch.self)
        }
    }

    static var branchUnlessMatches: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.WordBranch.self)
            if !matches(machine, operands.branch.first, flags: operands.branch.second, operands.word) {
                return machine.jump(operands.branch.displacement)
            }
            machine.next(behind: Layout.WordBranch.self)
        }
    }

    static var i31: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.setValue(in: machine.slots.first, ReferenceBits.i31(machine.value(in: machine.slots.second)))
            machine.next(behind: Layout.Slots.self)
        }
    }

    static var i31GetS: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let reference = machine.value(in: machine.slots.second)
            if reference == ReferenceBits.null { return machine.trap(.nullI31Reference) }
            machine.setValue(in: machine.slots.first, ReferenceBits.signedI31(reference))
            machine.next(behind: Layout.Slots.self)
        }
    }

    static var i31GetU: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let reference = machine.value(in: machine.slots.second)
            if reference == ReferenceBits.null { return machine.trap(.nullI31Reference) }
            machine.setValue(in: machine.slots.first, ReferenceBits.unsignedI31(reference))
            machine.next(behind: Layout.Slots.self)
        }
    }
}

/// Whether the reference in a slot has the type with these flags; `type` is the word for its defined type.
@inline(never)
private func matches(_ machine: Machine, _ slot: NarrowSlot, flags: UInt16, _ type: UInt64) -> Bool {
    ReferenceTest(flags: Int(flags), type: UnsafeMutablePointer(bitPattern: UInt(type))).matches(
        machine.value(in: slot))
}

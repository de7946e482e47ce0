// Handlers of reference instructions.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#reference-instructions

import WasmInstructionTable

extension Machine {
    /// The reference type whose flags are operand `flags` and whose defined type is operand word 2.
    @inline(__always)
    fileprivate func referenceTest(flags: Int) -> ReferenceTest {
        ReferenceTest(flags: operand(flags), type: UnsafeMutablePointer(bitPattern: UInt(word(2))))
    }
}

enum ReferenceHandlers {
    /// `reference`.
    static var asNonNull: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.value(0) == ReferenceBits.null { return machine.trap(.nullReference) }
            machine.next(2)
        }
    }

    /// `result, reference, flags`, then the type.
    static var test: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.setValue(0, matches(machine, operand: 1, flags: 2) ? 1 : 0)
            machine.next(3)
        }
    }

    /// `reference, flags`, then the type.
    static var cast: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if !matches(machine, operand: 0, flags: 1) { return machine.trap(.castFailure) }
            machine.next(3)
        }
    }

    /// `reference, flags, displacement`, then the type.
    static var branchIfMatches: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if matches(machine, operand: 0, flags: 1) { return machine.jump(machine.immediate) }
            machine.next(3)
        }
    }

    static var branchUnlessMatches: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if !matches(machine, operand: 0, flags: 1) { return machine.jump(machine.immediate) }
            machine.next(3)
        }
    }

    /// `result, number`.
    static var i31: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.setValue(0, ReferenceBits.i31(machine.value(1)))
            machine.next(2)
        }
    }

    /// `result, reference`.
    static var i31GetS: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let reference = machine.value(1)
            if reference == ReferenceBits.null { return machine.trap(.nullI31Reference) }
            machine.setValue(0, ReferenceBits.signedI31(reference))
            machine.next(2)
        }
    }

    static var i31GetU: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let reference = machine.value(1)
            if reference == ReferenceBits.null { return machine.trap(.nullI31Reference) }
            machine.setValue(0, ReferenceBits.unsignedI31(reference))
            machine.next(2)
        }
    }
}

@inline(never)
private func matches(_ machine: Machine, operand: Int, flags: Int) -> Bool {
    machine.referenceTest(flags: flags).matches(machine.value(operand))
}

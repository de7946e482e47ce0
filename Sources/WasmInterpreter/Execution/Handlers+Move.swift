// Handlers that move values between slots and globals. Slots have 32 bits here, for frames of any size.

enum MoveHandlers {
    /// `destination, source`.
    static var copy: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.fp[machine.half(0)] = machine.fp[machine.half(1)]
            machine.next(2)
        }
    }

    /// Two neighbouring slots.
    static var copyWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let source = machine.fp + machine.half(1), destination = machine.fp + machine.half(0)
            let (low, high) = (source[0], source[1])
            destination[0] = low
            destination[1] = high
            machine.next(2)
        }
    }

    /// `destination`, then the value.
    static var constant: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.fp[machine.half(0)] = machine.word(2)
            machine.next(3)
        }
    }

    /// `destination`, then the low and the high half.
    static var constantWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let destination = machine.fp + machine.half(0)
            destination[0] = machine.word(2)
            destination[1] = machine.word(3)
            machine.next(4)
        }
    }

    /// `result`, then the global's cell.
    static var globalGet: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.setValue(0, machine.pointer(2, to: UInt64.self).pointee)
            machine.next(3)
        }
    }

    static var globalGetWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let cell = machine.pointer(2, to: UInt64.self)
            machine.setVector(0, machine.vector(at: cell))
            machine.next(3)
        }
    }

    /// `value`, then the global's cell.
    static var globalSet: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.pointer(2, to: UInt64.self).pointee = machine.value(0)
            machine.next(3)
        }
    }

    static var globalSetWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let value = machine.vector(0)
            let cell = machine.pointer(2, to: UInt64.self)
            cell[0] = value.low
            cell[1] = value.high
            machine.next(3)
        }
    }

    /// `result, first, second, condition`.
    static var select: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let first = machine.value(1), second = machine.value(2)
            machine.setValue(0, machine.value(3).i32 != 0 ? first : second)
            machine.next(2)
        }
    }

    static var selectWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let source = machine.fp + (machine.value(3).i32 != 0 ? machine.operand(1) : machine.operand(2))
            machine.setVector(0, machine.vector(at: source))
            machine.next(2)
        }
    }
}

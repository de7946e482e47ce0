// Handlers that move values between slots and globals. Slots have 32 bits here, for frames of any size.

enum MoveHandlers {
    static var copy: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Copy.self)
            machine.place(operands.destination).pointee = machine.place(operands.source).pointee
            machine.next(behind: Layout.Copy.self)
        }
    }

    /// Two neighbouring slots.
    static var copyWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Copy.self)
            let source = machine.place(operands.source), destination = machine.place(operands.destination)
            let (low, high) = (source[0], source[1])
            destination[0] = low
            destination[1] = high
            machine.next(behind: Layout.Copy.self)
        }
    }

    static var constant: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Constant.self)
            machine.place(operands.destination).pointee = operands.value
            machine.next(behind: Layout.Constant.self)
        }
    }

    static var constantWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.WideConstant.self)
            let destination = machine.place(operands.destination)
            destination[0] = operands.low
            destination[1] = operands.high
            machine.next(behind: Layout.WideConstant.self)
        }
    }

    static var globalGet: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Object<UInt64>.self)
            machine.setValue(in: operands.first, operands.object.pointee)
            machine.next(behind: Layout.Object<UInt64>.self)
        }
    }

    static var globalGetWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Object<UInt64>.self)
            machine.setVector(in: operands.first, machine.vector(at: operands.object))
            machine.next(behind: Layout.Object<UInt64>.self)
        }
    }

    static var globalSet: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Object<UInt64>.self)
            operands.object.pointee = machine.value(in: operands.first)
            machine.next(behind: Layout.Object<UInt64>.self)
        }
    }

    static var globalSetWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Object<UInt64>.self)
            let value = machine.vector(in: operands.first)
            operands.object[0] = value.low
            operands.object[1] = value.high
            machine.next(behind: Layout.Object<UInt64>.self)
        }
    }

    /// `result, first, second, condition`.
    static var select: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Slots.self)
            let first = machine.value(in: operands.second), second = machine.value(in: operands.third)
            machine.setValue(in: operands.first, machine.value(in: operands.fourth).i32 != 0 ? first : second)
            machine.next(behind: Layout.Slots.self)
        }
    }

    static var selectWide: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Slots.self)
            let isFirst = machine.value(in: operands.fourth).i32 != 0
            machine.setVector(in: operands.first, machine.vector(in: isFirst ? operands.second : operands.third))
            machine.next(behind: Layout.Slots.self)
        }
    }
}

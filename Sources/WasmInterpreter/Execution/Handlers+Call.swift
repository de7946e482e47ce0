// Handlers of calls. Frames lie on the store's frame stack: a call does not recurse on the native stack.
//
// The caller has put the arguments side by side into its operand slots; the callee's frame begins there, so that
// results appear where the arguments were. A call instruction's last word is the calling function's own record:
// who unwinds finds it in front of each return address.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#exec-invoke

extension Machine {
    /// Enters `callee` with a frame at `frame`; it returns to `returnAddress` with `callerFrame`.
    @inline(__always)
    fileprivate func enter(
        _ callee: UnsafeMutablePointer<FunctionRecord>, frame: UnsafeMutablePointer<UInt64>,
        header: UnsafeMutablePointer<UInt64>, returnTo returnAddress: UnsafePointer<UInt64>
    ) {
        header[FrameHeader.returnAddress] = UInt64(UInt(bitPattern: returnAddress))
        header[FrameHeader.callerFrame] = UInt64(UInt(bitPattern: fp))
        dispatch(callee.pointee.entry, frame)
    }

    /// As `enter`, for a callee that may belong to an instance with another memory 0.
    @inline(__always)
    fileprivate func enterForeign(
        _ callee: UnsafeMutablePointer<FunctionRecord>, frame: UnsafeMutablePointer<UInt64>,
        header: UnsafeMutablePointer<UInt64>, returnTo returnAddress: UnsafePointer<UInt64>
    ) {
        let memory = context.pointee.memory
        // Host functions have no memory: they run with the caller's.
        guard let calleeMemory = callee.pointee.memory, calleeMemory != memory else {
            return enter(callee, frame: frame, header: header, returnTo: returnAddress)
        }
        header[FrameHeader.returnAddress] = UInt64(UInt(bitPattern: callee.pointee.crossReturnCode))
        header[FrameHeader.callerFrame] = UInt64(UInt(bitPattern: header))
        header[FrameHeader.crossReturnAddress] = UInt64(UInt(bitPattern: returnAddress))
        header[FrameHeader.crossCallerFrame] = UInt64(UInt(bitPattern: fp))
        header[FrameHeader.crossMemory] = UInt64(UInt(bitPattern: memory))
        context.pointee.memory = calleeMemory
        dispatchReloadingMemory(callee.pointee.entry, frame)
    }

    /// Replaces the running frame, whose header lies at slot `header`, by one of `callee` with `count` argument
    /// slots from `arguments`.
    @inline(__always)
    fileprivate func enterTail(
        _ callee: UnsafeMutablePointer<FunctionRecord>, header: Int, newHeader: Int, arguments: Int, count: Int
    ) {
        var (returnAddress, callerFrame, crossAddress, crossFrame, crossMemory) = frameHeader(at: header)
        for slot in 0..<count { fp[slot] = fp[arguments &+ slot] }
        let target = fp + newHeader
        let targetAddress = UInt64(UInt(bitPattern: target))
        let crossReturn = UInt64(UInt(bitPattern: callee.pointee.crossReturnCode))
        let memory = context.pointee.memory
        if returnAddress == crossReturn {
            callerFrame = targetAddress
        } else if let calleeMemory = callee.pointee.memory, calleeMemory != memory {
            crossAddress = returnAddress
            crossFrame = callerFrame
            crossMemory = UInt64(UInt(bitPattern: memory))
            returnAddress = crossReturn
            callerFrame = targetAddress
        }
        target[FrameHeader.returnAddress] = returnAddress
        target[FrameHeader.callerFrame] = callerFrame
        target[FrameHeader.crossReturnAddress] = crossAddress
        target[FrameHeader.crossCallerFrame] = crossFrame
        target[FrameHeader.crossMemory] = crossMemory
        if let calleeMemory = callee.pointee.memory { context.pointee.memory = calleeMemory }
        dispatchReloadingMemory(callee.pointee.entry, fp)
    }

    @inline(__always)
    private func frameHeader(at slot: Int) -> (UInt64, UInt64, UInt64, UInt64, UInt64) {
        let header = fp + slot
        return (header[0], header[1], header[2], header[3], header[4])
    }

    /// Leaves the frame with the header at `slot`.
    @inline(__always)
    func leave(header slot: Int) {
        let header = fp + slot
        let returnAddress = UnsafePointer<UInt64>(bitPattern: UInt(header[FrameHeader.returnAddress]))
        let callerFrame = UnsafeMutablePointer<UInt64>(bitPattern: UInt(header[FrameHeader.callerFrame]))
        dispatch(returnAddress.unsafelyUnwrapped, callerFrame.unsafelyUnwrapped)
    }

    /// Calls `body` with the function at the index in slot `slot` of the table in operand word 2, which must have the
    /// type in word 3.
    ///
    /// Traps: `undefinedElement` beyond the table's end, `uninitializedElement`, `indirectCallTypeMismatch`.
    @inline(__always)
    fileprivate func indirectCallee(_ slot: Int, _ body: (UnsafeMutablePointer<FunctionRecord>) -> Void) {
        let table = pointer(2, to: TableRecord.self)
        let index = fp[slot]
        guard index < table.pointee.count else { return trap(.undefinedElement) }
        let element = table.pointee.elements[Int(truncatingIfNeeded: index)]
        guard let callee = UnsafeMutablePointer<FunctionRecord>(bitPattern: UInt(element)) else {
            return trap(.uninitializedElement)
        }
        let expected = pointer(3, to: RuntimeType.self)
        if callee.pointee.type != expected, !callee.pointee.type.pointee.isSubtype(of: expected) {
            return trap(.indirectCallTypeMismatch)
        }
        body(callee)
    }

    /// Calls `body` with the function of the reference in slot `slot`. Its type, which is in word `type`, is known by
    /// validation; it is compared all the same, as in compiled programs of several modules.
    ///
    /// Traps: `nullFunctionReference`; `indirectCallTypeMismatch` would be a mistake in the matching of imports.
    @inline(__always)
    fileprivate func referencedCallee(
        _ slot: Int, type: Int, _ body: (UnsafeMutablePointer<FunctionRecord>) -> Void
    ) {
        guard let callee = UnsafeMutablePointer<FunctionRecord>(bitPattern: UInt(fp[slot])) else {
            return trap(.nullFunctionReference)
        }
        let expected = pointer(type, to: RuntimeType.self)
        if callee.pointee.type != expected, !callee.pointee.type.pointee.isSubtype(of: expected) {
            return trap(.indirectCallTypeMismatch)
        }
        body(callee)
    }
}

enum CallHandlers {
    /// `frame, header` (32 bits each), then the callee's and the caller's record. Same memory 0.
    static var call: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.enter(
                machine.pointer(2, to: FunctionRecord.self), frame: machine.fp + machine.half(0),
                header: machine.fp + machine.half(1), returnTo: machine.pc + 4)
        }
    }

    /// As `call`, across instances.
    static var callForeign: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.enterForeign(
                machine.pointer(2, to: FunctionRecord.self), frame: machine.fp + machine.half(0),
                header: machine.fp + machine.half(1), returnTo: machine.pc + 4)
        }
    }

    /// `frame, header`, then table, type, index slot and the caller's record.
    static var callIndirect: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.indirectCallee(Int(truncatingIfNeeded: machine.word(4))) { callee in
                machine.enterForeign(
                    callee, frame: machine.fp + machine.half(0), header: machine.fp + machine.half(1),
                    returnTo: machine.pc + 6)
            }
        }
    }

    /// `frame, header`, then the reference's slot, its type and the caller's record.
    static var callReference: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.referencedCallee(Int(truncatingIfNeeded: machine.word(2)), type: 3) { callee in
                machine.enterForeign(
                    callee, frame: machine.fp + machine.half(0), header: machine.fp + machine.half(1),
                    returnTo: machine.pc + 5)
            }
        }
    }

    /// `arguments, count`, then `header, new header` and the callee's record.
    static var tailCall: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.enterTail(
                machine.pointer(3, to: FunctionRecord.self), header: machine.half(2), newHeader: machine.half(3),
                arguments: machine.half(0), count: machine.half(1))
        }
    }

    /// `arguments, count`, then table, type, index slot, and `header, new header`.
    static var tailCallIndirect: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.indirectCallee(Int(truncatingIfNeeded: machine.word(4))) { callee in
                machine.enterTail(
                    callee, header: machine.half(8), newHeader: machine.half(9), arguments: machine.half(0),
                    count: machine.half(1))
            }
        }
    }

    /// `arguments, count`, then `header, new header`, the reference's slot and its type.
    static var tailCallReference: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.referencedCallee(Int(truncatingIfNeeded: machine.word(3)), type: 4) { callee in
                machine.enterTail(
                    callee, header: machine.half(2), newHeader: machine.half(3), arguments: machine.half(0),
                    count: machine.half(1))
            }
        }
    }

    /// The index that an indirect call (or tail call) at `pc` uses.
    static func element(_ pc: UnsafePointer<UInt64>, _ fp: UnsafeMutablePointer<UInt64>) -> UInt64 {
        fp[Int(truncatingIfNeeded: pc[4])]
    }

    // MARK: Entry

    /// `frame slots`: the first instruction of each function. The variants set locals to zero; a few at once may
    /// write beyond the locals, where nothing lives yet.
    static var enter: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.fp + machine.half(0) > machine.context.pointee.stackEnd {
                return machine.trap(.callStackExhausted)
            }
            machine.next(2)
        }
    }

    /// `frame slots, first local`.
    static var enterClearing4: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.fp + machine.half(0) > machine.context.pointee.stackEnd {
                return machine.trap(.callStackExhausted)
            }
            let locals = UnsafeMutableRawPointer(machine.fp + machine.half(1))
            locals.storeBytes(of: SIMD4<UInt64>(), as: SIMD4<UInt64>.self)
            machine.next(2)
        }
    }

    static var enterClearing8: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.fp + machine.half(0) > machine.context.pointee.stackEnd {
                return machine.trap(.callStackExhausted)
            }
            let locals = UnsafeMutableRawPointer(machine.fp + machine.half(1))
            locals.storeBytes(of: SIMD8<UInt64>(), as: SIMD8<UInt64>.self)
            machine.next(2)
        }
    }

    /// `frame slots, first local`, then the number of slots.
    static var enterClearing: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            if machine.fp + machine.half(0) > machine.context.pointee.stackEnd {
                return machine.trap(.callStackExhausted)
            }
            (machine.fp + machine.half(1)).update(repeating: 0, count: machine.half(2))
            machine.next(3)
        }
    }

    // MARK: Return

    /// `header`: the results are in place.
    static var `return`: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.leave(header: machine.half(0))
        }
    }

    /// `header, source`: one result of one slot.
    static var returnSlot: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.fp[0] = machine.fp[machine.half(1)]
            machine.leave(header: machine.half(0))
        }
    }

    /// `header`, then the one result.
    static var returnConstant: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.fp[0] = machine.word(2)
            machine.leave(header: machine.half(0))
        }
    }

    /// Returns to an instance with another memory 0: the frame is the header of the call that changed it.
    static var crossReturn: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let header = machine.fp
            machine.context.pointee.memory =
                UnsafeMutablePointer(bitPattern: UInt(header[FrameHeader.crossMemory])).unsafelyUnwrapped
            let address = UnsafePointer<UInt64>(bitPattern: UInt(header[FrameHeader.crossReturnAddress]))
            let frame = UnsafeMutablePointer<UInt64>(bitPattern: UInt(header[FrameHeader.crossCallerFrame]))
            machine.dispatchReloadingMemory(address.unsafelyUnwrapped, frame.unsafelyUnwrapped)
        }
    }

    // MARK: Functions without code

    /// The entry of a function that has not been translated: the word is its record.
    static var translate: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let function = machine.pointer(1, to: FunctionRecord.self)
            guard translateFunction(machine) else { return }
            machine.dispatch(function.pointee.entry, machine.fp)
        }
    }

    /// The entry of a host function: the word is its record.
    static var host: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let function = machine.pointer(1, to: FunctionRecord.self)
            switch callHost(machine) {
            case .proceed: break
            case .handled:
                return machine.dispatchReloadingMemory(machine.context.pointee.pc, machine.context.pointee.fp)
            case .stop: return
            }
            let header = machine.fp + Int(function.pointee.headerSlot)
            let returnAddress = UnsafePointer<UInt64>(bitPattern: UInt(header[FrameHeader.returnAddress]))
            let callerFrame = UnsafeMutablePointer<UInt64>(bitPattern: UInt(header[FrameHeader.callerFrame]))
            machine.dispatchReloadingMemory(returnAddress.unsafelyUnwrapped, callerFrame.unsafelyUnwrapped)
        }
    }
}

/// How a function called by a handler ended.
enum Continuation {
    /// Go on behind the instruction.
    case proceed
    /// An exception was caught: go on where the context says.
    case handled
    /// Leave the interpreter; the context says why.
    case stop
}

@inline(never)
private func translateFunction(_ machine: Machine) -> Bool {
    let store = machine.context.pointee.store.takeUnretainedValue()
    do throws(ExecutionError) {
        try store.translate(machine.pointer(1, to: FunctionRecord.self))
        return true
    } catch {
        store.pendingError = error
        machine.context.pointee.outcome = .failed
        return false
    }
}

@inline(never)
private func callHost(_ machine: Machine) -> Continuation {
    let store = machine.context.pointee.store.takeUnretainedValue()
    return store.callHost(machine.pointer(1, to: FunctionRecord.self), machine)
}

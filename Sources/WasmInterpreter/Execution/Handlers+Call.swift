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

    /// Replaces the running frame by one of `callee`.
    @inline(__always)
    fileprivate func enterTail(
        _ callee: UnsafeMutablePointer<FunctionRecord>, _ arguments: Layout.Arguments, _ headers: Layout.Headers
    ) {
        var (returnAddress, callerFrame, crossAddress, crossFrame, crossMemory) = frameHeader(at: Int(headers.old))
        let first = Int(arguments.first)
        for slot in 0..<Int(arguments.slots) { fp[slot] = fp[first &+ slot] }
        let target = place(headers.new)
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

    /// Whether the frames have room for one that begins like this.
    @inline(__always)
    fileprivate func hasRoom(for enter: Layout.Enter) -> Bool { place(enter.frameSlots) <= context.pointee.stackEnd }

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

    /// Calls `body` with the function at an index of a table, which must have a type.
    ///
    /// Traps: `undefinedElement` beyond the table's end, `uninitializedElement`, `indirectCallTypeMismatch`.
    @inline(__always)
    fileprivate func indirectCallee(_ entry: Layout.TableEntry, _ body: (UnsafeMutablePointer<FunctionRecord>) -> Void)
    {
        let table = entry.table
        let index = fp[Int(truncatingIfNeeded: entry.index)]
        guard index < table.pointee.count else { return trap(.undefinedElement) }
        let element = table.pointee.elements[Int(truncatingIfNeeded: index)]
        guard let callee = UnsafeMutablePointer<FunctionRecord>(bitPattern: UInt(element)) else {
            return trap(.uninitializedElement)
        }
        let expected = entry.type
        if callee.pointee.type != expected, !callee.pointee.type.pointee.isSubtype(of: expected) {
            return trap(.indirectCallTypeMismatch)
        }
        body(callee)
    }

    /// Calls `body` with the function of a reference. Its type is known by validation; it is compared all the same, as in
    /// compiled programs of several modules.
    ///
    /// Traps: `nullFunctionReference`; `indirectCallTypeMismatch` would be a mistake in the matching of imports.
    @inline(__always)
    fileprivate func referencedCallee(
        _ reference: Layout.TypedReference, _ body: (UnsafeMutablePointer<FunctionRecord>) -> Void
    ) {
        let bits = fp[Int(truncatingIfNeeded: reference.slot)]
        guard let callee = UnsafeMutablePointer<FunctionRecord>(bitPattern: UInt(bits)) else {
            return trap(.nullFunctionReference)
        }
        let expected = reference.type
        if callee.pointee.type != expected, !callee.pointee.type.pointee.isSubtype(of: expected) {
            return trap(.indirectCallTypeMismatch)
        }
        body(callee)
    }
}

enum CallHandlers {
    /// To a function with the same memory 0.
    static var call: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Call.self)
            machine.enter(
                operands.callee, frame: machine.place(operands.frame.frame),
                header: machine.place(operands.frame.header), returnTo: machine.pc + Layout.Call.instructionWords)
        }
    }

    /// As `call`, across instances.
    static var callForeign: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Call.self)
            machine.enterForeign(
                operands.callee, frame: machine.place(operands.frame.frame),
                header: machine.place(operands.frame.header), returnTo: machine.pc + Layout.Call.instructionWords)
        }
    }

    static var callIndirect: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.CallIndirect.self)
            machine.indirectCallee(operands.callee) { callee in
                machine.enterForeign(
                    callee, frame: machine.place(operands.frame.frame), header: machine.place(operands.frame.header),
                    returnTo: machine.pc + Layout.CallIndirect.instructionWords)
            }
        }
    }

    static var callReference: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.CallReference.self)
            machine.referencedCallee(operands.callee) { callee in
                machine.enterForeign(
                    callee, frame: machine.place(operands.frame.frame), header: machine.place(operands.frame.header),
                    returnTo: machine.pc + Layout.CallReference.instructionWords)
            }
        }
    }

    static var tailCall: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.TailCall.self)
            machine.enterTail(operands.callee, operands.arguments, operands.headers)
        }
    }

    static var tailCallIndirect: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.TailCallIndirect.self)
            machine.indirectCallee(operands.callee) { machine.enterTail($0, operands.arguments, operands.headers) }
        }
    }

    static var tailCallReference: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.TailCallReference.self)
            machine.referencedCallee(operands.callee) { machine.enterTail($0, operands.arguments, operands.headers) }
        }
    }

    /// The index that an indirect call (or tail call) at `pc` uses.
    static func element(_ pc: UnsafePointer<UInt64>, _ fp: UnsafeMutablePointer<UInt64>) -> UInt64 {
        fp[Int(truncatingIfNeeded: Layout.AnyCallIndirect(at: pc).callee.index)]
    }

    // MARK: Entry

    /// The first instruction of each function. The variants set locals to zero; a few at once may
    /// write beyond the locals, where nothing lives yet.
    static var enter: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            guard machine.hasRoom(for: machine.read(Layout.Enter.self)) else {
                return machine.trap(.callStackExhausted)
            }
            machine.next(behind: Layout.Enter.self)
        }
    }

    static var enterClearing4: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Enter.self)
            guard machine.hasRoom(for: operands) else { return machine.trap(.callStackExhausted) }
            let locals = UnsafeMutableRawPointer(machine.place(operands.firstLocal))
            locals.storeBytes(of: SIMD4<UInt64>(), as: SIMD4<UInt64>.self)
            machine.next(behind: Layout.Enter.self)
        }
    }

    static var enterClearing8: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Enter.self)
            guard machine.hasRoom(for: operands) else { return machine.trap(.callStackExhausted) }
            let locals = UnsafeMutableRawPointer(machine.place(operands.firstLocal))
            locals.storeBytes(of: SIMD8<UInt64>(), as: SIMD8<UInt64>.self)
            machine.next(behind: Layout.Enter.self)
        }
    }

    static var enterClearing: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.EnterClearing.self)
            guard machine.hasRoom(for: operands.enter) else { return machine.trap(.callStackExhausted) }
            let count = Int(truncatingIfNeeded: operands.clearedSlots)
            machine.place(operands.enter.firstLocal).update(repeating: 0, count: count)
            machine.next(behind: Layout.EnterClearing.self)
        }
    }

    // MARK: Return

    /// The results are in place.
    static var `return`: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.leave(header: Int(machine.read(Layout.Return.self).header))
        }
    }

    /// One result of one slot.
    static var returnSlot: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Return.self)
            machine.fp[0] = machine.place(operands.source).pointee
            machine.leave(header: Int(operands.header))
        }
    }

    /// One result, which is known.
    static var returnConstant: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.ReturnConstant.self)
            machine.fp[0] = operands.value
            machine.leave(header: Int(operands.header))
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
            let function = machine.read(Layout.Reference<FunctionRecord>.self).object
            guard translateFunction(machine) else { return }
            machine.dispatch(function.pointee.entry, machine.fp)
        }
    }

    /// The entry of a host function: the word is its record.
    static var host: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let function = machine.read(Layout.Reference<FunctionRecord>.self).object
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
        try store.translate(machine.read(Layout.Reference<FunctionRecord>.self).object)
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
    return store.callHost(machine.read(Layout.Reference<FunctionRecord>.self).object, machine)
}

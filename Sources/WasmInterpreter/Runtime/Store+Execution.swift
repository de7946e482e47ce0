// Invocations, calls of host functions, exceptions and the heap.
// Spec: https://webassembly.github.io/spec/core/exec/modules.html#invocation

import Diagnostics
import WasmInstructionTable
import WasmSpec

extension Store {
    /// Calls a function of this store.
    ///
    /// Throws `diagnostic` when the arguments are not those that the function's type says, and else how the
    /// execution failed.
    public func invoke(_ function: FunctionInstance, _ arguments: [Value] = []) throws(ExecutionError) -> [Value] {
        let type = function.type
        let types = function.record.pointee.instance?.takeUnretainedValue().types ?? []
        guard type.parameters.count == arguments.count,
            zip(arguments, type.parameters).allSatisfy({ isValue($0, of: RuntimeValueType($1, types: types)) })
        else { throw .diagnostic(Diagnostic(.environment, "arguments do not match the function's type", "\(type)")) }
        let parameters = type.parameters.slots
        let slots = try run(function.record, parameters: parameters) { slots in
            var slot = slots
            for argument in arguments { slot += write(argument, to: slot) }
        }
        var slot = slots
        return type.results.map { type in
            defer { slot += type.slots }
            return read(type, from: slot, hierarchy: function.hierarchy(of: type))
        }
    }

    /// Runs a function with a frame above all others. `setParameters` writes the arguments. The results are at the
    /// frame's begin, until the next execution.
    func run(
        _ function: UnsafeMutablePointer<FunctionRecord>, parameters: Int,
        _ setParameters: (UnsafeMutablePointer<UInt64>) -> Void
    ) throws(ExecutionError) -> UnsafeMutablePointer<UInt64> {
        guard nesting < Self.maximumNesting, frameTop + parameters <= frames.end else {
            throw .trap(Trap(.callStackExhausted))
        }
        nesting += 1
        let memory = context.pointee.memory
        defer {
            nesting -= 1
            context.pointee.memory = memory
        }
        let fp = frameTop
        setParameters(fp)
        let header = fp + Int(function.pointee.headerSlot)
        header[FrameHeader.returnAddress] = UInt64(UInt(bitPattern: haltCode + 1))
        header[FrameHeader.callerFrame] = UInt64(UInt(bitPattern: fp))
        context.pointee.memory = function.pointee.memory ?? noMemory
        let usedStack = execute(function.pointee.entry, fp)
        try checkOutcome()
        guard usedStack == emptyExecutionStack else {
            throw .diagnostic(Diagnostic(.internal, "a handler does not end in a jump"))
        }
        return fp
    }

    /// Runs from `entry` until something ends the execution. How much native stack was in use when it halted is the
    /// result: always the same, because no handler but the last is called.
    @inline(never)
    func execute(_ entry: UnsafePointer<UInt64>, _ fp: UnsafeMutablePointer<UInt64>) -> UInt {
        let memory = context.pointee.memory
        context.pointee.outcome = .halted
        var marker: UInt8 = 0
        return withUnsafeMutablePointer(to: &marker) { marker in
            Machine(entry, fp, memory.pointee.base, memory.pointee.size, UnsafeMutableRawPointer(context))
                .dispatch(entry, fp)
            return UInt(bitPattern: marker) &- context.pointee.haltAddress
        }
    }

    private func checkOutcome() throws(ExecutionError) {
        switch context.pointee.outcome {
        case .halted: return
        case .trap(let kind):
            throw .trap(
                Trap(kind, message: message(kind), backtrace: backtrace(from: context.pointee.pc, context.pointee.fp)))
        case .failed:
            let error = pendingError ?? .trap(Trap(.unreachable))
            pendingError = nil
            throw error
        }
    }

    /// The phrase, and of indirect calls which element it was.
    private func message(_ kind: TrapKind) -> String {
        guard kind == .undefinedElement || kind == .uninitializedElement else { return kind.phrase }
        return "\(kind.phrase) \(CallHandlers.element(context.pointee.pc, context.pointee.fp))"
    }

    /// Translates a function at its first call.
    func translate(_ function: UnsafeMutablePointer<FunctionRecord>) throws(ExecutionError) {
        // Only functions with an instance have this entry.
        guard let instance = function.pointee.instance?.takeUnretainedValue() else { return }
        do throws(Diagnostic) { try instance.translate(function) } catch { throw .diagnostic(error) }
    }

    // MARK: Host functions

    /// Calls a host function whose frame is the machine's.
    func callHost(_ function: UnsafeMutablePointer<FunctionRecord>, _ machine: Machine) -> Continuation {
        let host = hostFunctions[Int(function.pointee.index)]
        let header = machine.fp + Int(function.pointee.headerSlot)
        let previousTop = frameTop
        frameTop = header + FrameHeader.slots
        defer { frameTop = previousTop }
        let memory = context.pointee.memory
        var call = HostCall(
            store: self, type: host.type, slots: machine.fp,
            memory: memory == noMemory ? nil : memory.pointee.instance.takeUnretainedValue(), header: header)
        do throws(ExecutionError) {
            try host.body(&call)
            return .proceed
        } catch {
            if case .exception(let exception) = error {
                return unwindCaller(HeapObject(exception.reference.bits), header: header, origin: nil)
            }
            let caller = callerFrame(header)
            hostCallBacktrace = backtrace(from: caller.returnAddress - 1, caller.fp)
            return fail(error)
        }
    }

    private func fail(_ error: ExecutionError) -> Continuation {
        pendingError = error
        context.pointee.outcome = .failed
        return .stop
    }

    // MARK: Exceptions

    /// Looks for a handler from `pc` in `function` outwards. Where execution goes on is in the context.
    func unwind(
        _ exception: HeapObject, pc: UnsafePointer<UInt64>, fp: UnsafeMutablePointer<UInt64>,
        function: UnsafeMutablePointer<FunctionRecord>
    ) -> Continuation {
        guard let instance = function.pointee.instance?.takeUnretainedValue(),
            let code = instance.code(of: function)
        else { return failUncaught(exception, origin: nil) }
        if catches(exception, pc: pc, fp: fp, code) { return .handled }
        return unwindCaller(exception, header: fp + code.headerSlot, origin: (pc, fp))
    }

    /// - Parameter origin: the place and the frame that it was thrown in.
    private func failUncaught(
        _ exception: HeapObject, origin: (pc: UnsafePointer<UInt64>, fp: UnsafeMutablePointer<UInt64>)?
    ) -> Continuation {
        var uncaught = UncaughtException(HeapReference(exception.bits, in: self))
        if let origin {
            uncaught.backtrace = backtrace(from: origin.pc, origin.fp)
        }
        return fail(.exception(uncaught))
    }

    /// The tag of an exception, and its values.
    func contents(of exception: HeapReference) -> (tag: TagInstance, values: [Value]) {
        let object = HeapObject(exception.bits)
        let record = UnsafePointer<TagRecord>(bitPattern: UInt(object.info)).unsafelyUnwrapped
        let tag = record.pointee.definition.takeUnretainedValue()
        var slot = object.body.assumingMemoryBound(to: UInt64.self)
        let values = tag.type.parameters.map { type in
            defer { slot += type == .v128 ? 2 : 1 }
            return read(type, from: slot, hierarchy: tag.hierarchy(of: type))
        }
        return (tag, values)
    }

    /// As `unwind`, in the caller of the frame with this header.
    private func unwindCaller(
        _ exception: HeapObject, header: UnsafeMutablePointer<UInt64>,
        origin: (pc: UnsafePointer<UInt64>, fp: UnsafeMutablePointer<UInt64>)?
    ) -> Continuation {
        var header = header
        while true {
            let caller = callerFrame(header)
            if let memory = caller.memory { context.pointee.memory = memory }
            guard let function = caller.function, let instance = function.pointee.instance?.takeUnretainedValue(),
                let code = instance.code(of: function)
            else { return failUncaught(exception, origin: origin) }
            // The return address may be where a region ends already; the call is before it.
            if catches(exception, pc: caller.returnAddress - 1, fp: caller.fp, code) { return .handled }
            header = caller.fp + code.headerSlot
        }
    }

    /// Lets the innermost handler around `pc` catch the exception, if there is one.
    private func catches(
        _ exception: HeapObject, pc: UnsafePointer<UInt64>, fp: UnsafeMutablePointer<UInt64>, _ code: FunctionCode
    ) -> Bool {
        let regions = code.tryRegions
        var region = regions.region(at: pc - UnsafePointer(code.words))
        while region >= 0 {
            for clause in regions.regions[region].clauses {
                if let tag = clause.tag, UInt64(UInt(bitPattern: tag)) != exception.info { continue }
                if let tag = clause.tag, let slot = clause.payloadSlot {
                    UnsafeMutableRawPointer(fp + slot)
                        .copyMemory(from: exception.body, byteCount: tag.pointee.payloadBytes)
                }
                if let slot = clause.referenceSlot { fp[slot] = exception.bits }
                context.pointee.pc = UnsafePointer(code.words + clause.target)
                context.pointee.fp = fp
                return true
            }
            region = regions.regions[region].parent
        }
        return false
    }

    /// A frame as its callee's header describes it.
    struct CallerFrame {
        let returnAddress: UnsafePointer<UInt64>
        let fp: UnsafeMutablePointer<UInt64>
        /// Its memory 0, if it is another one than the callee's.
        let memory: UnsafeMutablePointer<MemoryRecord>?
        /// Nil when the host is the caller.
        let function: UnsafeMutablePointer<FunctionRecord>?
    }

    func callerFrame(_ header: UnsafeMutablePointer<UInt64>) -> CallerFrame {
        var address = header[FrameHeader.returnAddress]
        var frame = header[FrameHeader.callerFrame]
        var memory: UnsafeMutablePointer<MemoryRecord>?
        if address == UInt64(UInt(bitPattern: crossReturnCode)) {
            address = header[FrameHeader.crossReturnAddress]
            frame = header[FrameHeader.crossCallerFrame]
            memory = UnsafeMutablePointer(bitPattern: UInt(header[FrameHeader.crossMemory]))
        }
        let returnAddress = UnsafePointer<UInt64>(bitPattern: UInt(address)).unsafelyUnwrapped
        return CallerFrame(
            returnAddress: returnAddress,
            fp: UnsafeMutablePointer(bitPattern: UInt(frame)).unsafelyUnwrapped, memory: memory,
            function: UnsafeMutablePointer(bitPattern: UInt(returnAddress[-1])))
    }

    // MARK: Heap

    /// A new object, behind its header zeroed.
    ///
    /// Traps: `gcHeapExhausted` when the heap is full.
    func makeObject(
        _ type: UnsafeMutablePointer<RuntimeType>, bytes: Int, info: UInt64, frameTop: UnsafeMutablePointer<UInt64>
    ) throws(TrapKind) -> HeapObject {
        let total = HeapObject.headerBytes + bytes
        if heap.shouldCollect(total) { collect(frameTop: frameTop) }
        var address = heap.allocate(total)
        if address == nil {
            repeat {
                collect(frameTop: frameTop)
                address = heap.allocate(total)
            } while address == nil && heap.askOthers(total)
        }
        guard let address else { throw .gcHeapExhausted }
        let object = HeapObject(address)
        object.base[0] = UInt64(UInt(bitPattern: type))
        object.base[1] = info
        return object
    }

    /// Frees objects that nothing refers to. Frames end at `frameTop`.
    private func collect(frameTop: UnsafeMutablePointer<UInt64>) {
        let number = heap.space.nextCollection()
        guard let onCollection else { return collectObjects(frameTop: frameTop) }
        let before = heap.allocatedBytes
        let duration = ContinuousClock().measure { collectObjects(frameTop: frameTop) }
        onCollection(
            Collection(
                number: number, beforeBytes: before, aliveBytes: heap.allocatedBytes,
                heapBytes: heap.blockBytes, duration: duration))
    }

    private func collectObjects(frameTop: UnsafeMutablePointer<UInt64>) {
        heap.collect { visit in
            visit(UnsafeBufferPointer(start: frames.base, count: frameTop - frames.base))
            for global in globals where global.type.value.isReference {
                visit(UnsafeBufferPointer(start: global.cell, count: 1))
            }
            for table in tables {
                visit(
                    UnsafeBufferPointer(
                        start: table.record.pointee.elements, count: Int(table.record.pointee.count)))
            }
            for instance in instances {
                for index in instance.module.module.elementSegments.indices {
                    let segment = instance.elementRecords[index]
                    visit(UnsafeBufferPointer(start: segment.base, count: Int(segment.count)))
                }
            }
            Array(heapRoots.keys).withUnsafeBufferPointer { visit($0) }
        }
    }

    /// Frees objects that nothing refers to, between executions.
    public func collectGarbage() { collect(frameTop: frameTop) }

    /// Bytes of objects in the heap, including those that nothing refers to any more.
    public var heapBytes: Int { heap.allocatedBytes }
}

extension ModuleState {
    /// The code of one of this instance's functions, if it has been translated.
    func code(of record: UnsafeMutablePointer<FunctionRecord>) -> FunctionCode? {
        let position = Int(record.pointee.index) - module.importedFunctionCount
        return code.indices.contains(position) ? code[position] : nil
    }
}

// MARK: Backtraces

extension Store {
    /// Where an execution is, innermost call first.
    private func backtrace(
        from pc: UnsafePointer<UInt64>, _ fp: UnsafeMutablePointer<UInt64>
    ) -> [CodePlace] {
        var places = BacktracePlaces()
        calls.removeAll()
        callLocals.removeAll()
        var known: [UnsafePointer<UInt64>: KnownCall] = [:]
        var (pc, fp) = (pc, fp)
        while true {
            if known[pc] == nil, let call = call(at: pc) { known[pc] = call }
            guard let call = known[pc] else { break }
            if let place = call.place {
                places.append(place)
                if calls.count < keptCalls {
                    calls.append(place)
                    callLocals.append(call.localSlots.map { fp[$0] })
                }
            }
            let caller = callerFrame(fp + call.headerSlot)
            (pc, fp) = (caller.returnAddress - 1, caller.fp)
        }
        return places.all
    }

    /// What a backtrace needs to know about a place in translated code.
    private struct KnownCall {
        var place: CodePlace?
        var headerSlot: Int
        /// Of calls that are kept.
        var localSlots: [Int]
    }

    private func call(at pc: UnsafePointer<UInt64>) -> KnownCall? {
        guard let code = function(at: pc) else { return nil }
        let instructions = (try? code.instance.places(code.function)) ?? []
        let position = pc - UnsafePointer(code.code.words)
        // Positions ascend; of instructions that became no code the last one at a position is meant.
        let place = instructions.last { $0.position <= position }.map { place in
            CodePlace(
                instance: instances.firstIndex { $0 === code.instance } ?? 0, function: code.function.rawValue,
                offset: place.offset)
        }
        let localSlots = keptCalls == 0 ? [] : (try? code.instance.localSlots(code.function)) ?? []
        return KnownCall(place: place, headerSlot: code.code.headerSlot, localSlots: localSlots)
    }

    /// The call that a frame with this header belongs to; nil when the host is the caller.
    fileprivate func place(ofCallerOf header: UnsafeMutablePointer<UInt64>) -> (instance: Int, place: CodePlace)? {
        let pc = callerFrame(header).returnAddress - 1
        guard let code = function(at: pc), let instance = instances.firstIndex(where: { $0 === code.instance }) else {
            return nil
        }
        let position = pc - UnsafePointer(code.code.words)
        let instructions = (try? code.instance.places(code.function)) ?? []
        guard let place = instructions.last(where: { $0.position <= position }) else { return nil }
        return (instance, CodePlace(instance: instance, function: code.function.rawValue, offset: place.offset))
    }

    /// The translated function that `pc` points into.
    private func function(
        at pc: UnsafePointer<UInt64>
    ) -> (instance: ModuleState, code: FunctionCode, function: FunctionIndex)? {
        for instance in instances {
            for (position, code) in instance.code.enumerated() {
                if let code, code.contains(pc) {
                    return (instance, code, FunctionIndex(instance.module.importedFunctionCount + position))
                }
            }
        }
        return nil
    }
}

extension HostCall {
    /// Where guest code makes the call, and the number of its instance in the store; nil when the host makes it. A tail
    /// call is made by whoever called the function that it is in.
    public var place: (instance: Int, place: CodePlace)? { store.place(ofCallerOf: header) }
}

/// The calls of a backtrace: those of one place are counted, and in the middle of a deep stack they are left out, as
/// compiled programs do (runtime-c/src/backtrace.c).
private struct BacktracePlaces {
    private var first: [CodePlace] = []
    /// A ring of the last ones behind `first`.
    private var last: [CodePlace] = []
    private var behind = 0

    mutating func append(_ place: CodePlace) {
        if behind == 0, let index = first.indices.last, first[index].isSamePlace(as: place) {
            first[index].repetitions += 1
        } else if first.count < Trap.firstPlaces {
            first.append(place)
        } else {
            if last.count < Trap.lastPlaces { last.append(place) } else { last[behind % Trap.lastPlaces] = place }
            behind += 1
        }
    }

    var all: [CodePlace] {
        let start = last.count < Trap.lastPlaces ? 0 : behind % Trap.lastPlaces
        var ends: [CodePlace] = []
        for place in last[start...] + last[..<start] {
            if let index = ends.indices.last, ends[index].isSamePlace(as: place) {
                ends[index].repetitions += 1
            } else {
                ends.append(place)
            }
        }
        if !ends.isEmpty { ends[0].omitted = behind - last.count }
        return first + ends
    }
}

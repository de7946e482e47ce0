import LLVMBridge

/// What the functions of a module mean to each other: that a callee does nothing but compute, that it does not need an
/// argument, that nobody needs what it returns. LLVM finds that out, too, removes calls, arguments and results, and
/// lets the code of inlined functions wander like any other.
final class StrictLoadsCalls {
    /// A function, and what is known about it.
    struct Function {
        let value: IRFunction
        /// Guest loads, in order, without those that are volatile.
        var guestLoads: [IRValue] = []
        /// The calls in it of functions that may return what a guest load gave.
        var loadingCalls: [IRValue] = []
        /// The blocks that hold effects, perhaps several times.
        var effectBlocks: [BasicBlock] = []
        /// Whether calls can make a difference besides their result.
        var isEffective: Bool
        /// Whether all calls that the module shows need the result, as far as is known.
        var isResultNeeded = true
        /// Which parameters it needs whenever it is called, as far as is known; empty when no call is shown.
        var isParameterNeeded: [Bool] = []
    }

    private(set) var functions: [Function]
    private(set) var folding = StrictLoadsFolding([])
    private(set) var classification = StrictLoadsClassification([], [], calleesFirst: [])
    private(set) var ends = StrictLoadsEnds()
    private let numbers: ReferenceNumbers<IRFunction>
    /// The functions that call each function.
    private var callers = NumberLists()
    private let tagKind: MetadataKind
    private let memoryTag: Metadata

    init(_ module: IRModule, memoryTag: Metadata) {
        tagKind = module.context.metadataKind("tbaa")
        self.memoryTag = memoryTag
        let all = module.functions
        functions = all.map { Function(value: $0, isEffective: $0.isDeclaration && !Self.isDeclaredPure($0)) }
        var numbers = ReferenceNumbers<IRFunction>(capacity: all.count)
        for (number, function) in all.enumerated() { numbers.insert(function, number) }
        self.numbers = numbers
        let calls = readFunctions()
        callers = NumberLists(count: all.count, calls.map { ($0.callee, $0.caller) })
        ends = StrictLoadsEnds(all, callers: callers) { callee(of: $0) }
        folding = StrictLoadsFolding(
            calls.filter { !all[$0.callee].isDeclaration }.map { (all[$0.callee], $0.call) })
        let isEffective = callersToo(functions.map(\.isEffective))
        let returnsLoads = callersToo(functions.map { !$0.guestLoads.isEmpty })
        for number in functions.indices { functions[number].isEffective = isEffective[number] }
        for (callee, caller, call) in calls {
            if returnsLoads[callee], call.type != module.context.void { functions[caller].loadingCalls.append(call) }
            if isEffective[callee], let block = call.parentBlock { functions[caller].effectBlocks.append(block) }
            if functions[callee].isParameterNeeded.isEmpty, !all[callee].isDeclaration {
                functions[callee].isParameterNeeded = Array(repeating: true, count: all[callee].parameterCount)
            }
        }
        classification = StrictLoadsClassification(
            functions, calls.filter { !all[$0.callee].isDeclaration }, calleesFirst: calleesFirst())
    }

    /// Notes guest loads and effects, and gives the calls of functions of the module.
    private func readFunctions() -> [(callee: Int, caller: Int, call: IRValue)] {
        var calls: [(callee: Int, caller: Int, call: IRValue)] = []
        for number in functions.indices {
            forEachBlock(of: functions[number].value) { block in
                var hasEffect = false
                forEachInstruction(of: block) { instruction in
                    switch instruction.opcode {
                    case .call, .invoke:
                        if let callee = callee(of: instruction) {
                            calls.append((callee, number, instruction))
                        } else {
                            hasEffect = true
                        }
                    case .load where isGuestLoad(instruction): functions[number].guestLoads.append(instruction)
                    default: if isEffectByItself(instruction) { hasEffect = true }
                    }
                }
                if hasEffect {
                    functions[number].isEffective = true
                    functions[number].effectBlocks.append(block)
                }
            }
        }
        return calls
    }

    /// The functions that have a property, or call one that has it, and so on.
    private func callersToo(_ property: [Bool]) -> [Bool] {
        var result = property
        var pending = property.indices.filter { property[$0] }
        while let number = pending.popLast() {
            for caller in callers[number] where !result[caller] {
                result[caller] = true
                pending.append(caller)
            }
        }
        return result
    }

    private func isGuestLoad(_ load: IRValue) -> Bool { !load.isVolatile && load.metadata(tagKind) == memoryTag }

    /// Intrinsics say by their attributes that they compute a result and nothing else.
    private static func isDeclaredPure(_ function: IRFunction) -> Bool {
        function.memoryEffects == MemoryEffects.none && function.hasAttribute(.willReturn)
            && function.hasAttribute(.noUnwind)
    }

    /// The number of the function that an instruction calls; nil when the address is computed.
    func callee(of call: IRValue) -> Int? {
        let callee = call.calledValue
        return callee.isFunction ? numbers[IRFunction(callee.ref)] : nil
    }

    /// The number of the function that `instruction` calls; nil when it is no call, or the address is computed.
    func callee(ofPossibleCall instruction: IRValue) -> Int? {
        switch instruction.opcode {
        case .call, .invoke: callee(of: instruction)
        default: nil
        }
    }

    /// Whether an instruction other than a call makes a difference besides its result. A guest load does not: whether
    /// it stays is the question.
    private func isEffectByItself(_ instruction: IRValue) -> Bool {
        switch instruction.opcode {
        case .atomicRMW, .atomicCmpXchg, .fence, .resume: true
        case .store: !isSlot(instruction.operand(1))
        case .load: instruction.isVolatile
        default: false
        }
    }

    func isSlot(_ address: IRValue) -> Bool { address.isInstruction && address.opcode == .alloca }

    /// Whether an instruction makes a difference besides its result.
    func isEffect(_ instruction: IRValue) -> Bool {
        switch instruction.opcode {
        case .call, .invoke: callee(of: instruction).map { functions[$0].isEffective } ?? true
        default: isEffectByItself(instruction)
        }
    }

    /// Whether a store keeps what it stores. LLVM keeps the last of several stores to a global or a slot, but cannot
    /// tell that of guest memory, which any load may read.
    func keeps(_ store: IRValue) -> Bool {
        !isSlot(store.operand(1)) && store.metadata(tagKind) == memoryTag
    }

    /// Whether a call is of a function that the module defines.
    func isShown(_ call: IRValue) -> Bool { callee(of: call).map { !functions[$0].value.isDeclaration } ?? false }

    /// Whether a call passes `value` on to somebody who needs it.
    func passes(_ call: IRValue, _ value: IRValue) -> Bool {
        guard let number = callee(of: call) else { return true }
        let needed = functions[number].isParameterNeeded
        return needed.isEmpty || needed.indices.contains { needed[$0] && call.operand($0) == value }
    }

    // MARK: What has been found

    /// Notes that a call does not need the result. Gives the callee if that is news.
    func ignoreResult(of call: IRValue) -> Int? {
        guard let callee = callee(of: call), functions[callee].isResultNeeded else { return nil }
        functions[callee].isResultNeeded = false
        return callee
    }

    /// Notes that a function does not need parameters. Gives its callers if that is news.
    func ignoreParameters(_ parameters: [Int], of number: Int) -> ArraySlice<Int> {
        let news = parameters.filter { functions[number].isParameterNeeded[$0] }
        for parameter in news { functions[number].isParameterNeeded[parameter] = false }
        return news.isEmpty ? [] : callers[number]
    }

    /// The functions, callees before their callers as far as they do not call each other in a circle.
    func calleesFirst() -> [Int] {
        let callees = callers.reversed()
        var isSeen = [Bool](repeating: false, count: functions.count)
        var order: [Int] = []
        for root in functions.indices where !isSeen[root] {
            isSeen[root] = true
            var stack = [(number: root, next: callees.range(root).lowerBound)]
            while let top = stack.last {
                if top.next == callees.range(top.number).upperBound {
                    order.append(top.number)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let callee = callees[top.number][top.next]
                if !isSeen[callee] {
                    isSeen[callee] = true
                    stack.append((callee, callees.range(callee).lowerBound))
                }
            }
        }
        return order
    }
}

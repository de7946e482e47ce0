import LLVMBridge

/// What LLVM can find out about the calls of a module: that a callee does nothing but compute, that it does not use
/// an argument, that nobody uses what it returns. It removes such calls, arguments and results.
final class StrictLoadsCalls {
    private let numbers: ReferenceNumbers<IRFunction>
    /// Whether calls of a function can make a difference besides their result.
    private var isEffective: [Bool] = []
    private let storeTag: (kind: MetadataKind, guestMemory: Metadata)

    init(_ module: IRModule, memoryTag: Metadata) {
        storeTag = (module.context.metadataKind("tbaa"), memoryTag)
        let functions = module.functions
        var numbers = ReferenceNumbers<IRFunction>(capacity: functions.count)
        for (number, function) in functions.enumerated() { numbers.insert(function, number) }
        self.numbers = numbers
        isEffective = functions.map { $0.isDeclaration && !Self.isDeclaredPure($0) }
        var pairs: [(Int, Int)] = []
        for (caller, function) in functions.enumerated() {
            forEachInstruction(of: function) { instruction in
                switch instruction.opcode {
                case .call, .invoke:
                    if let callee = callee(of: instruction).flatMap({ numbers[$0] }) {
                        pairs.append((callee, caller))
                    } else {
                        isEffective[caller] = true
                    }
                default: if isEffectByItself(instruction) { isEffective[caller] = true }
                }
            }
        }
        let callers = NumberLists(count: functions.count, pairs)
        var pending = functions.indices.filter { isEffective[$0] }
        while let number = pending.popLast() {
            for caller in callers[number] where !isEffective[caller] {
                isEffective[caller] = true
                pending.append(caller)
            }
        }
    }

    /// Intrinsics say by their attributes that they compute a result and nothing else.
    private static func isDeclaredPure(_ function: IRFunction) -> Bool {
        function.memoryEffects == MemoryEffects.none && function.hasAttribute(.willReturn)
            && function.hasAttribute(.noUnwind)
    }

    private func callee(of call: IRValue) -> IRFunction? {
        let callee = call.calledValue
        return callee.isFunction ? IRFunction(callee.ref) : nil
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
        case .call, .invoke: callee(of: instruction).flatMap { numbers[$0] }.map { isEffective[$0] } ?? true
        default: isEffectByItself(instruction)
        }
    }

    /// Whether a store keeps what it stores. LLVM keeps the last of several stores to a global or a slot, but cannot
    /// tell that of guest memory, which any load may read.
    func keeps(_ store: IRValue) -> Bool {
        !isSlot(store.operand(1)) && store.metadata(storeTag.kind) == storeTag.guestMemory
    }

    /// Whether a call passes `value` on to somebody who uses it.
    func passes(_ call: IRValue, _ value: IRValue) -> Bool {
        guard let callee = callee(of: call), !callee.isDeclaration else { return true }
        for index in 0..<callee.parameterCount
        where call.operand(index) == value && callee.parameter(index).hasUses {
            return true
        }
        return false
    }

    /// Whether all calls that the module shows use the result of a function.
    func isResultUsed(_ function: IRFunction) -> Bool {
        var use = function.value.firstUse
        while let current = use {
            let user = current.user
            if user.isInstruction, user.opcode == .call || user.opcode == .invoke, user.calledValue == function.value,
                !user.hasUses
            {
                return false
            }
            use = current.next
        }
        return true
    }
}

/// Calls `body` with each instruction of a function.
func forEachInstruction(of function: IRFunction, _ body: (IRValue) -> Void) {
    var block = function.entryBlock
    while let current = block {
        forEachInstruction(of: current, body)
        block = current.next
    }
}

func forEachInstruction(of block: BasicBlock, _ body: (IRValue) -> Void) {
    var instruction = block.firstInstruction
    while let current = instruction {
        body(current)
        instruction = current.nextInstruction
    }
}

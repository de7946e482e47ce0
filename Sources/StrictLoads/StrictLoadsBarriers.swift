import LLVMBridge

extension StrictLoads {
    /// Keeps code generation from making volatile loads conditional or smaller; the end of `prepareForSelection`.
    ///
    /// LLVM 22 for x86-64 makes a volatile load the memory operand of a conditional move, and then a branch of that
    /// (https://github.com/llvm/llvm-project/issues/219814), of a masked AVX-512 instruction, which does not fault
    /// (https://github.com/llvm/llvm-project/pull/205103), or of a `pmovzx`, which reads half a vector. Inline assembly
    /// that does nothing with the value in a register stands between.
    static func addBarriers(in module: IRModule) {
        guard module.architecture == .x86_64 else { return }
        let builder = IRBuilder(module)
        for function in module.functions {
            var loads: [IRValue] = []
            forEachInstruction(of: function) { instruction in
                if instruction.opcode == .load, instruction.isVolatile,
                    isSelected(instruction) || isShortened(instruction)
                {
                    loads.append(instruction)
                }
            }
            for load in loads { addBarrier(after: load, builder) }
        }
    }

    private static func isShortened(_ load: IRValue) -> Bool {
        load.type.kind == .vector && !StrictLoadsWidths.asksForLastByte(of: load)
    }

    /// Whether a `select` uses the value, or what is computed from it and constants: the computation may come second.
    private static func isSelected(_ value: IRValue) -> Bool {
        var pending = [value]
        var budget = Self.usersToLookAt
        while let next = pending.popLast() {
            var use = next.firstUse
            while let current = use {
                let user = current.user
                budget -= 1
                if user.opcode == .select || budget == 0 { return true }
                if user.opcode.isCast || isComputed(user, from: next) { pending.append(user) }
                use = current.next
            }
        }
        return false
    }

    /// Beyond, a barrier is what costs least.
    private static let usersToLookAt = 64

    private static func isComputed(_ user: IRValue, from value: IRValue) -> Bool {
        guard user.opcode.isPure else { return false }
        return (0..<user.operandCount).allSatisfy { user.operand($0) == value || user.operand($0).isConstant }
    }

    private static func addBarrier(after load: IRValue, _ builder: IRBuilder) {
        let type = load.type
        guard let next = load.nextInstruction, let (passed, constraint) = register(for: type, builder.context) else {
            return
        }
        let functionType = builder.context.functionType([passed], returning: passed)
        let pass = builder.context.inlineAsm(functionType, "", constraints: constraint, hasSideEffects: false)
        builder.positionBefore(next)
        let input = passed == type ? nil : builder.bitCast(load, passed)
        let output = builder.call(functionType, pass, [input ?? load])
        load.replaceAllUses(with: passed == type ? output : builder.bitCast(output, type))
        (input ?? output).setOperand(0, load)
    }

    /// The type that inline assembly passes a value as, and the constraint; nil for what fits no register of every CPU:
    /// LLVM makes such vectors of several loads, and reads all of them.
    private static func register(for type: IRType, _ context: LLVMContext) -> (type: IRType, constraint: String)? {
        switch type.kind {
        case .integer where type.integerWidth <= 64, .pointer: return (type, "=r,0")
        case .float, .double: return (type, "=x,0")
        case .vector:
            // What the narrow vector loads give has no vector register of its size.
            let width = type.vectorCount * bitWidth(ofLane: type.elementType)
            switch width {
            case 8, 16, 32, 64: return (context.integer(width: width), "=r,0")
            case 128: return (type, "=x,0")
            default: return nil
            }
        default: return nil
        }
    }

    private static func bitWidth(ofLane type: IRType) -> Int {
        switch type.kind {
        case .integer: type.integerWidth
        case .half: 16
        case .float: 32
        default: 64
        }
    }
}

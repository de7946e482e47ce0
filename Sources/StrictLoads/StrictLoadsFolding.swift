import LLVMBridge

/// Which computations may come to the same whatever one of their operands is, once LLVM knows the others.
///
/// What is the same already has been folded when the analysis starts. Inlining and the unrolling of loops make constants
/// of parameters, of results and of counters later: `x * i` needs no `x` in a first round of its own, where `i` is 0.
struct StrictLoadsFolding {
    /// Parameters that a call gives a constant for.
    private var parameters = ReferenceNumbers<IRValue>(capacity: 0)

    /// Most instructions to look at for one answer. Beyond, it is yes, which costs speed and nothing else.
    private static let budget = 30

    /// - Parameter calls: calls of functions that the module defines.
    init(_ calls: [(callee: IRFunction, call: IRValue)]) {
        // A parameter that is passed on may be a constant for the next callee, too.
        var passedOn: [IRValue] = []
        var pairs: [(Int, Int)] = []
        var numbers = ReferenceNumbers<IRValue>(capacity: 0)
        func number(_ parameter: IRValue) -> Int {
            if let known = numbers[parameter] { return known }
            numbers.insert(parameter, passedOn.count)
            passedOn.append(parameter)
            return passedOn.count - 1
        }
        var pending: [Int] = []
        for (callee, call) in calls {
            for index in 0..<callee.parameterCount {
                let parameter = callee.parameter(index)
                let operand = call.operand(index)
                if operand.isParameter {
                    pairs.append((number(operand), number(parameter)))
                } else if parameters[parameter] == nil, mayBecomeConstant(operand) {
                    parameters.insert(parameter, 0)
                    pending.append(number(parameter))
                }
            }
        }
        let next = NumberLists(count: passedOn.count, pairs)
        while let source = pending.popLast() {
            for target in next[source] where parameters[passedOn[target]] == nil {
                parameters.insert(passedOn[target], 0)
                pending.append(target)
            }
        }
    }

    /// Whether `user`, a computation that has `value` as an operand, may turn out not to depend on it.
    func mayIgnore(_ value: IRValue, in user: IRValue) -> Bool {
        switch user.opcode {
        case .and, .or, .mul, .uDiv, .sDiv, .uRem, .sRem, .shl, .lShr, .aShr:
            let other = user.operand(user.operand(0) == value ? 1 : 0)
            return other != value && !other.isConstant && mayBecomeConstant(other)
        case .icmp:
            let isFirst = user.operand(0) == value
            let other = user.operand(isFirst ? 1 : 0)
            guard other != value, !other.isConstant, let predicate = user.intPredicate else { return false }
            return mayDecide(isFirst ? predicate : predicate.swapped, hasLimitedRange(value), other)
        case .select where user.operand(0) == value: return mayBecomeEqual([user.operand(1), user.operand(2)])
        default: return false
        }
    }

    /// Whether values that are not all the same may become so.
    func mayBecomeEqual(_ values: [IRValue]) -> Bool {
        let constants = values.filter(\.isConstant)
        return constants.allSatisfy { $0 == constants[0] } && values.allSatisfy(mayBecomeConstant)
    }

    // MARK: Comparisons

    /// Whether any value compares alike with what `other` may turn out to be.
    private func mayDecide(_ predicate: IntPredicate, _ isLimited: Bool, _ other: IRValue) -> Bool {
        // Any number may be met by one of the whole range.
        if !isLimited, predicate == .eq || predicate == .ne { return false }
        guard other.opcode == .phi else { return mayBecomeConstant(other) }
        // A counter starts with a number that is known, and goes on with numbers close to it.
        return (0..<other.incomingCount).contains { index in
            let incoming = other.incoming(index).value
            if incoming.isConstant { return isDecisive(incoming, predicate, isLimited) }
            let opcode = incoming.opcode
            return (incoming.isParameter || opcode == .call || opcode == .invoke) && mayBecomeConstant(incoming)
        }
    }

    private func isDecisive(_ constant: IRValue, _ predicate: IntPredicate, _ isLimited: Bool) -> Bool {
        let bits = constant.type.kind == .integer ? constant.type.integerWidth : 0
        guard bits > 1, let number = constant.constantSExtValue else { return true }
        // Every type that is widened has these numbers, and smaller and larger ones.
        if isLimited, !(1...126).contains(number) { return true }
        let largest = Int64.max >> (64 - Int64(bits))
        switch predicate {
        case .ult, .uge: return number == 0
        case .ugt, .ule: return number == -1
        case .slt, .sge: return number == -largest - 1
        case .sgt, .sle: return number == largest
        case .eq, .ne: return false
        }
    }

    /// Whether a value may be known to have fewer numbers than its type, by the instruction that makes it.
    private func hasLimitedRange(_ value: IRValue) -> Bool {
        switch value.opcode {
        case .load, .add, .sub, .xor, .trunc, .bitCast: false
        default: true
        }
    }

    // MARK: Constants

    private func mayBecomeConstant(_ value: IRValue) -> Bool {
        var budget = Self.budget
        return mayBecomeConstant(value, &budget)
    }

    private func mayBecomeConstant(_ value: IRValue, _ budget: inout Int) -> Bool {
        if value.isConstant { return true }
        if value.isParameter { return parameters[value] != nil }
        budget -= 1
        guard budget > 0 else { return true }
        switch value.opcode {
        case .phi:
            for index in 0..<value.incomingCount where mayBecomeConstant(value.incoming(index).value, &budget) {
                return true
            }
            return false
        case .call:
            let callee = value.calledValue
            guard callee.isFunction else { return false }
            if !IRFunction(callee.ref).isDeclaration { return true }
            guard value.isIntrinsicCall else { return false }
            for index in 0..<value.operandCount - 1 where !mayBecomeConstant(value.operand(index), &budget) {
                return false
            }
            return true
        case let opcode where opcode.isPure:
            for index in 0..<value.operandCount where !mayBecomeConstant(value.operand(index), &budget) {
                return false
            }
            return true
        default: return false
        }
    }
}

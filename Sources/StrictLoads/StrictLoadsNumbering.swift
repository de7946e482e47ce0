import LLVMBridge

/// Numbers for what values are computed as, the same for values that LLVM may find to be equal, also of two functions
/// that become one.
///
/// A load is what it loads from: a store between two loads is not looked for, which may say of two that they are equal
/// when they are not, but not the reverse. What an address has that is constant is apart (`Address`).
struct StrictLoadsNumbering {
    /// Where something lies: `offset` bytes behind what has number `root`.
    struct Address: Hashable {
        var root: Int
        var offset: Int
    }

    private enum Operation: Hashable {
        /// A value of its own.
        case leaf(Int)
        case constant(Int)
        case computation(IROpcode, type: IRType, extra: Int)
        /// An index in the memory at a constant address.
        case indexed(start: Int)
        /// What lies so many bytes behind something else.
        case displaced(Int)
        case load(offset: Int, type: IRType)
        case call(callee: Int)
        /// An argument and those before it.
        case arguments
    }

    private struct Node: Hashable {
        let operation: Operation
        var operands: [Int] = []
    }

    private var nodes: [Node] = []
    /// Whether what is computed may change while a loop runs.
    private var isVarying: [Bool] = []
    private var known: [Node: Int] = [:]
    private var numbers = ReferenceNumbers<IRValue>(capacity: 64)
    /// What a number may be one of, for those that a branch or a condition chooses.
    private var alternatives: [Int: [Int]] = [:]

    /// How deep to look into a computation, and how many numbers to put others in for.
    private static let depth = 40
    private static let budget = 64
    /// Most addresses to distinguish of one load.
    private static let choices = 8

    private mutating func number(_ operation: Operation, _ operands: [Int] = [], isVarying: Bool? = nil) -> Int {
        let node = Node(operation: operation, operands: operands)
        if let number = known[node] { return number }
        self.isVarying.append(isVarying ?? operands.contains { self.isVarying[$0] })
        nodes.append(node)
        known[node] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func leaf(isVarying: Bool) -> Int { number(.leaf(nodes.count), isVarying: isVarying) }

    // MARK: Addresses

    /// Whether what lies there is found elsewhere in each round of a loop.
    func isVarying(_ address: Address) -> Bool { isVarying[address.root] }

    /// Where a pointer points; if it is chosen from several, where those do.
    mutating func addresses(_ pointer: IRValue) -> [Address] {
        var result: [Address] = []
        var pending = [address(pointer, Self.depth)]
        while let address = pending.popLast() {
            guard result.count + pending.count < Self.choices, let others = choices(address), !others.isEmpty else {
                if !result.contains(address) { result.append(address) }
                continue
            }
            pending += others
        }
        return result
    }

    private mutating func choices(_ address: Address) -> [Address]? {
        guard case .indexed(let start) = nodes[address.root].operation else {
            return alternatives[address.root]?.map { self.address($0, address.offset) }
        }
        return alternatives[nodes[address.root].operands[0]]?.map { indexed(start, $0, address.offset) }
    }

    private mutating func address(_ pointer: IRValue, _ depth: Int) -> Address {
        var offset = 0
        var current = pointer
        while current.isInstruction, current.opcode == .getElementPtr {
            guard current.operandCount == 2, current.countsBytes else {
                let operands = (0..<current.operandCount).map { number(of: current.operand($0), depth - 1) }
                let root = number(.computation(.getElementPtr, type: current.type, extra: 0), operands)
                return Address(root: root, offset: offset)
            }
            let (base, index) = (current.operand(0), current.operand(1))
            if let constant = index.constantSExtValue {
                offset &+= Int(constant)
                current = base
            } else if let start = Self.absolute(base) {
                return indexed(start, number(of: index, depth - 1), offset)
            } else {
                let operands = [number(of: base, depth - 1), number(of: index, depth - 1)]
                let root = number(.computation(.getElementPtr, type: current.type, extra: 0), operands)
                return Address(root: root, offset: offset)
            }
        }
        if let start = Self.absolute(current) { return Address(root: number(.constant(0)), offset: offset &+ start) }
        let root = number(of: current, depth - 1)
        return address(root, offset)
    }

    /// Where `offset` bytes behind what has a number lie.
    private func address(_ number: Int, _ offset: Int) -> Address {
        guard case .displaced(let more) = nodes[number].operation else { return Address(root: number, offset: offset) }
        return Address(root: nodes[number].operands[0], offset: offset &+ more)
    }

    /// The number that a constant address is made of.
    private static func absolute(_ pointer: IRValue) -> Int? {
        guard pointer.isConstant, !pointer.isFunction, pointer.operandCount == 1 else { return nil }
        return pointer.operand(0).constantSExtValue.map { Int($0) }
    }

    /// An index in the memory at `start`, without the constants that it is a sum of.
    private mutating func indexed(_ start: Int, _ index: Int, _ offset: Int) -> Address {
        var (index, offset) = (index, offset)
        while true {
            switch nodes[index].operation {
            case .constant(let constant):
                return Address(root: number(.constant(0)), offset: offset &+ start &+ constant)
            case .computation(.zext, _, _), .computation(.sext, _, _): index = nodes[index].operands[0]
            case .computation(.add, _, _), .computation(.or, _, _):
                guard let (rest, constant) = split(nodes[index].operands) else { fallthrough }
                (index, offset) = (rest, offset &+ constant)
            default: return Address(root: number(.indexed(start: start), [index]), offset: offset)
            }
        }
    }

    /// Of the operands of a sum, one that is not constant and one that is.
    private func split(_ operands: [Int]) -> (rest: Int, constant: Int)? {
        if case .constant(let constant) = nodes[operands[1]].operation { return (operands[0], constant) }
        if case .constant(let constant) = nodes[operands[0]].operation { return (operands[1], constant) }
        return nil
    }

    // MARK: Values

    mutating func number(of value: IRValue) -> Int { number(of: value, Self.depth) }

    /// Lets a value have another's number.
    mutating func unite(_ value: IRValue, with number: Int) { numbers.insert(value, number) }

    private mutating func number(of value: IRValue, _ depth: Int) -> Int {
        if let known = numbers[value] { return known }
        let result = depth > 0 ? newNumber(of: value, depth - 1) : leaf(isVarying: true)
        numbers.insert(value, result)
        return result
    }

    private mutating func newNumber(of value: IRValue, _ depth: Int) -> Int {
        if value.isConstant, let constant = value.constantSExtValue { return number(.constant(Int(constant))) }
        guard value.isInstruction else { return leaf(isVarying: false) }
        switch value.opcode {
        case .load:
            let address = address(value.operand(0), depth)
            return number(.load(offset: address.offset, type: value.type), [address.root])
        case .getElementPtr:
            let address = address(value, depth)
            return address.offset == 0 ? address.root : number(.displaced(address.offset), [address.root])
        case .phi: return number(ofPhi: value, depth)
        case .call: return number(ofCall: value, depth)
        case let opcode where opcode.isPure && value.operandCount <= 3:
            var operands = (0..<value.operandCount).map { number(of: value.operand($0), depth) }
            if opcode == .select, operands[1] == operands[2] { return operands[1] }
            if opcode.isCommutative { operands.sort() }
            let result = number(.computation(opcode, type: value.type, extra: Self.extra(value)), operands)
            if opcode == .select { alternatives[result] = [operands[1], operands[2]] }
            return result
        default: return leaf(isVarying: true)
        }
    }

    /// What an operation is besides its opcode.
    private static func extra(_ value: IRValue) -> Int {
        switch value.opcode {
        case .icmp: Int(value.intPredicate?.rawValue ?? 0)
        case .extractValue, .insertValue: value.elementIndex
        default: 0
        }
    }

    private mutating func number(ofPhi phi: IRValue, _ depth: Int) -> Int {
        let own = leaf(isVarying: true)
        numbers.insert(phi, own)
        var incoming: [Int] = []
        for index in 0..<phi.incomingCount {
            let number = number(of: phi.incoming(index).value, depth)
            if number != own, !incoming.contains(number) { incoming.append(number) }
            if incoming.count > Self.choices { return own }
        }
        if incoming.count == 1 { return incoming[0] }
        // What a loop counts is none of several numbers.
        if !incoming.contains(where: { depends($0, on: own) }) { alternatives[own] = incoming }
        return own
    }

    private func depends(_ number: Int, on other: Int) -> Bool {
        var pending = [number]
        var budget = Self.budget
        while let next = pending.popLast() {
            budget -= 1
            if next == other || budget == 0 { return true }
            pending += nodes[next].operands + (alternatives[next] ?? [])
        }
        return false
    }

    private mutating func number(ofCall call: IRValue, _ depth: Int) -> Int {
        let callee = call.calledValue
        guard callee.isFunction, !IRFunction(callee.ref).isDeclaration else { return leaf(isVarying: true) }
        var arguments = number(.constant(0))
        for index in 0..<call.operandCount - 1 {
            arguments = number(.arguments, [number(of: call.operand(index), depth), arguments])
        }
        return number(.call(callee: number(of: callee, depth)), [arguments])
    }

    // MARK: Calls

    /// What an address of a callee is in its caller, which has `arguments` in the place of numbers of the callee's
    /// parameters; nil when that takes too long.
    mutating func substitute(_ arguments: [Int: Int], in address: Address) -> Address? {
        var budget = Self.budget
        guard let root = substitute(arguments, in: address.root, &budget) else { return nil }
        guard case .indexed(let start) = nodes[root].operation else { return self.address(root, address.offset) }
        return indexed(start, nodes[root].operands[0], address.offset)
    }

    private mutating func substitute(_ arguments: [Int: Int], in number: Int, _ budget: inout Int) -> Int? {
        if let argument = arguments[number] { return argument }
        budget -= 1
        guard budget > 0 else { return nil }
        let node = nodes[number]
        var operands: [Int] = []
        for operand in node.operands {
            guard let result = substitute(arguments, in: operand, &budget) else { return nil }
            operands.append(result)
        }
        return self.number(node.operation, operands, isVarying: isVarying[number])
    }
}

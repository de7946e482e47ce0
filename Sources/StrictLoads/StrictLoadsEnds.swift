import LLVMBridge

/// Calls that do not return, because their callee traps or throws whatever it is given.
///
/// LLVM finds that out, too, and leaves out what stands behind such a call: a use there keeps no load.
struct StrictLoadsEnds {
    /// The blocks that end at a call.
    private var blocks: Set<BasicBlock> = []
    /// What stands behind one in its block.
    private var behind: Set<IRValue> = []
    /// Invokes that go on where they unwind to, always.
    private var invokes: Set<IRValue> = []

    /// No calls.
    init() {}

    /// - Parameters:
    ///   - number: of a function that an instruction calls, if it is known.
    ///   - callers: the functions that call each function.
    init(_ functions: [IRFunction], callers: NumberLists, callee number: (IRValue) -> Int?) {
        let neverReturns = Self.neverReturning(functions, callers, number)
        var isCaller = [Bool](repeating: false, count: functions.count)
        for callee in neverReturns.indices where neverReturns[callee] {
            for caller in callers[callee] { isCaller[caller] = true }
        }
        for caller in isCaller.indices where isCaller[caller] {
            noteEnds(in: functions[caller]) { number($0).map { neverReturns[$0] } ?? false }
        }
    }

    private mutating func noteEnds(in function: IRFunction, _ isEnd: (IRValue) -> Bool) {
        forEachBlock(of: function) { block in
            var hasEnded = false
            forEachInstruction(of: block) { instruction in
                if hasEnded { behind.insert(instruction) }
                switch instruction.opcode {
                case .call: if isEnd(instruction) { hasEnded = true }
                case .invoke: if isEnd(instruction) { invokes.insert(instruction) }
                default: break
                }
            }
            if hasEnded { blocks.insert(block) }
        }
    }

    /// Whether an instruction is never reached, because of a call before it in its block.
    func isBehind(_ instruction: IRValue) -> Bool { !behind.isEmpty && behind.contains(instruction) }

    /// The successors of a block that it may go on to, as numbers of its terminator's.
    func successors(of block: BasicBlock) -> Range<Int> {
        guard let terminator = block.terminator, !blocks.contains(block) else { return 0..<0 }
        return (invokes.contains(terminator) ? 1 : 0)..<terminator.successorCount
    }

    // MARK: Functions

    /// How often to look at a function. What is not found then counts as returning.
    private static let rounds = 8

    private static func neverReturning(
        _ functions: [IRFunction], _ callers: NumberLists, _ number: (IRValue) -> Int?
    ) -> [Bool] {
        var neverReturns = functions.map { $0.isDeclaration && $0.hasAttribute(.noReturn) }
        // Of a function that another one may take the place of, LLVM knows nothing.
        let isKnown = functions.map { !$0.isDeclaration && !$0.mayBeReplaced }
        var pending = functions.indices.filter { isKnown[$0] }
        var isPending = isKnown
        var looks = [Int](repeating: 0, count: functions.count)
        while let next = pending.popLast() {
            isPending[next] = false
            looks[next] += 1
            guard !canReturn(functions[next], { number($0).map { neverReturns[$0] } ?? false }) else { continue }
            neverReturns[next] = true
            for caller in callers[next] where isKnown[caller] && !neverReturns[caller] && !isPending[caller] {
                if looks[caller] == rounds { continue }
                isPending[caller] = true
                pending.append(caller)
            }
        }
        // Calls of those that are declared so are followed by nothing.
        return neverReturns.indices.map { neverReturns[$0] && !functions[$0].isDeclaration }
    }

    /// Whether a path leads from the beginning to a `ret` without a call that ends it.
    private static func canReturn(_ function: IRFunction, _ isEnd: (IRValue) -> Bool) -> Bool {
        guard let entry = function.entryBlock else { return true }
        var seen: Set<BasicBlock> = [entry]
        var pending = [entry]
        while let block = pending.popLast() {
            guard let terminator = terminator(reachedIn: block, isEnd) else { continue }
            if terminator.opcode == .ret { return true }
            let first = terminator.opcode == .invoke && isEnd(terminator) ? 1 : 0
            for index in first..<max(first, terminator.successorCount) {
                let next = terminator.successor(index)
                if seen.insert(next).inserted { pending.append(next) }
            }
        }
        return false
    }

    /// The terminator of a block; nil if a call before it does not return.
    private static func terminator(reachedIn block: BasicBlock, _ isEnd: (IRValue) -> Bool) -> IRValue? {
        var instruction = block.firstInstruction
        while let current = instruction {
            if current.opcode == .call, isEnd(current) { return nil }
            instruction = current.nextInstruction
        }
        return block.terminator
    }
}

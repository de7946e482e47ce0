// The operand stack at translation time. Each operand owns a slot of the frame, but its value is put there only
// when something needs it there: until then it may be a constant, or the same as a local.

/// An operand of the code that has been translated.
struct Operand {
    enum Source {
        /// In its own slot.
        case slot
        /// The value that the local has now: it is copied to the slot before the local changes.
        case local(Int)
        case constant(UInt64)
    }

    var source: Source
    /// The slot it owns, of two if it is wide.
    let slot: Int
    /// A v128.
    let isWide: Bool
    /// Next operand below that is the same local, or -1.
    var nextAlias = -1
}

/// The operands, and which of them are the same as a local.
struct OperandStack {
    private(set) var operands: [Operand] = []
    /// The first free slot.
    private(set) var height: Int
    private(set) var maximumHeight: Int
    /// By local: the topmost operand that is the same, or -1.
    private var aliases: [Int]
    /// Operands below this one are not the same as any local.
    private var flushed = 0
    private let base: Int

    init(base: Int, locals: Int) {
        self.base = base
        height = base
        maximumHeight = base
        aliases = Array(repeating: -1, count: locals)
    }

    var count: Int { operands.count }

    subscript(index: Int) -> Operand { operands[index] }

    /// The operand at `depth` from the top.
    func top(_ depth: Int = 0) -> Operand { operands[operands.count - 1 - depth] }

    mutating func push(_ source: Operand.Source, isWide: Bool) {
        var operand = Operand(source: source, slot: height, isWide: isWide)
        if case .local(let local) = source {
            operand.nextAlias = aliases[local]
            aliases[local] = operands.count
        }
        operands.append(operand)
        height += isWide ? 2 : 1
        maximumHeight = max(maximumHeight, height)
    }

    @discardableResult
    mutating func pop() -> Operand {
        let operand = operands.removeLast()
        // The operand is its local's topmost alias.
        if case .local(let local) = operand.source { aliases[local] = operand.nextAlias }
        height = operand.slot
        flushed = min(flushed, operands.count)
        return operand
    }

    mutating func truncate(to count: Int) {
        while operands.count > count { pop() }
    }

    func hasAliases(of local: Int) -> Bool { aliases[local] >= 0 }

    /// Makes all operands that are the same as `local` own their value, and calls `body` with each.
    mutating func detach(_ local: Int, _ body: (Operand) -> Void) {
        var index = aliases[local]
        while index >= 0 {
            operands[index].source = .slot
            body(operands[index])
            index = operands[index].nextAlias
        }
        aliases[local] = -1
    }

    /// Makes all operands that are the same as a local own their value, and calls `body` with each as it was.
    mutating func detachAll(_ body: (Operand) -> Void) {
        for index in flushed..<operands.count {
            guard case .local(let local) = operands[index].source else { continue }
            body(operands[index])
            operands[index].source = .slot
            aliases[local] = -1
        }
        flushed = operands.count
    }

    /// Says that operand `index`, a constant or a local, is in its slot now.
    mutating func markInSlot(_ index: Int) {
        if case .local(let local) = operands[index].source { unlink(index, from: local) }
        operands[index].source = .slot
    }

    private mutating func unlink(_ index: Int, from local: Int) {
        if aliases[local] == index {
            aliases[local] = operands[index].nextAlias
            return
        }
        var above = aliases[local]
        while operands[above].nextAlias != index { above = operands[above].nextAlias }
        operands[above].nextAlias = operands[index].nextAlias
    }
}

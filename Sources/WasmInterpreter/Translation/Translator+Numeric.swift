// Locals, globals, numeric instructions and the choice between operands in slots and constants in the code.

import Diagnostics
import WasmSpec

extension UInt64 {
    /// The value as a 32-bit immediate that sign extension restores: of an i32 its bits, of an i64 those alone
    /// that fit.
    fileprivate func immediate(isI64: Bool) -> UInt32? {
        if !isI64 { return UInt32(truncatingIfNeeded: self) }
        guard let value = Int32(exactly: Int64(bitPattern: self)) else { return nil }
        return UInt32(bitPattern: value)
    }
}

// MARK: Variables

extension Translator {
    mutating func translateLocalSet(_ local: Int) {
        let operand = operands.pop()
        if case .local(local) = operand.source { return }
        setLocal(local, to: operand)
    }

    mutating func translateLocalTee(_ local: Int) {
        let operand = operands.pop()
        if case .local(local) = operand.source {
            operands.push(.local(local), isWide: operand.isWide)
            return
        }
        let isRetargeted = setLocal(local, to: operand)
        operands.push(isRetargeted ? .local(local) : operand.source, isWide: operand.isWide)
    }

    /// Sets a local to an operand that has been popped. The instruction that has just computed the operand is made
    /// to compute the local; whether this was so is the result.
    @discardableResult
    private mutating func setLocal(_ local: Int, to operand: Operand) -> Bool {
        if operands.hasAliases(of: local) {
            var aliases: [Operand] = []
            operands.detach(local) { aliases.append($0) }
            for alias in aliases {
                emit(alias.isWide ? MoveHandlers.copyWide : MoveHandlers.copy)
                code.append(Layout.Copy(alias.slot, from: localSlots[local]))
            }
        } else if case .slot = operand.source, let last, last.slot == operand.slot, localSlots[local] < 0x1_0000 {
            code.setResult(localSlots[local], of: last.position)
            self.last = nil
            return true
        }
        emitMove(operand, to: localSlots[local])
        return false
    }

    mutating func translateGlobalGet(_ index: GlobalIndex) {
        let global = instance.globals[index.position]
        let isWide = global.type.value.isWide
        if !global.type.isMutable, !global.type.value.isReference, !isWide {
            operands.push(.constant(global.cell[0]), isWide: false)
            return
        }
        emitResult(isWide: isWide, isWide ? MoveHandlers.globalGetWide : MoveHandlers.globalGet) {
            Layout.Object(global.cell, $0)
        }
    }

    mutating func translateGlobalSet(_ index: GlobalIndex) {
        let global = instance.globals[index.position]
        let value = popSource(0)
        emit(global.type.value.isWide ? MoveHandlers.globalSetWide : MoveHandlers.globalSet)
        code.append(Layout.Object(global.cell, value))
    }

    mutating func translateSelect() {
        let condition = popSource(2)
        let second = operands.pop(), first = operands.pop()
        let secondSlot = source(second, 1), firstSlot = source(first, 0)
        let handler = first.isWide ? MoveHandlers.selectWide : MoveHandlers.select
        emitResult(handler, isWide: first.isWide, firstSlot, secondSlot, condition)
    }
}

// MARK: Numbers

extension Translator {
    mutating func translateUnary(_ handler: Handler) {
        let operand = popSource(0)
        emitResult(handler, operand)
    }

    mutating func translateTest(_ operation: IntegerTestOperation) {
        // Of a comparison that has just been made: the opposite comparison.
        if case .slot = operands.top().source, let last, last.slot == operands.top().slot,
            let negated = last.kind.negatedComparison
        {
            operands.pop()
            code.truncate(to: last.position)
            switch negated {
            case .integerCompare(let operation, let lhs, let rhs): emitCompare(operation, lhs, rhs)
            case .integerCompareImmediate(let operation, let lhs, let rhs): emitCompare(operation, lhs, immediate: rhs)
            case .other, .integerTest, .floatCompare: break
            }
            return
        }
        let operand = popSource(0)
        switch operation {
        case .i32Eqz:
            emitResult(IntegerCompareOperation.i32Eq.immediateHandler, kind: .integerTest(.i32Eqz, operand)) {
                Layout.Immediate($0, operand, 0)
            }
        case .i64Eqz:
            emitResult(IntegerCompareOperation.i64Eq.immediateHandler, kind: .integerTest(.i64Eqz, operand)) {
                Layout.Immediate($0, operand, 0)
            }
        }
    }

    private mutating func emitCompare(_ operation: IntegerCompareOperation, _ lhs: Int, _ rhs: Int) {
        emitResult(operation.slotsHandler, lhs, rhs, kind: .integerCompare(operation, lhs, rhs))
    }

    private mutating func emitCompare(_ operation: IntegerCompareOperation, _ lhs: Int, immediate: UInt64) {
        let kind = LastInstruction.Kind.integerCompareImmediate(operation, lhs, immediate)
        emitResult(operation.immediateHandler, kind: kind) {
            Layout.Immediate($0, lhs, UInt32(truncatingIfNeeded: immediate))
        }
    }

    mutating func translateCompare(_ operation: IntegerCompareOperation) {
        let rhs = operands.pop(), lhs = operands.pop()
        if case .constant(let bits) = rhs.source, bits.immediate(isI64: operation.isI64) != nil {
            let left = source(lhs, 0)
            return emitCompare(operation, left, immediate: bits)
        }
        if case .constant(let bits) = lhs.source, bits.immediate(isI64: operation.isI64) != nil {
            let right = source(rhs, 0)
            return emitCompare(operation.swapped, right, immediate: bits)
        }
        let right = source(rhs, 1), left = source(lhs, 0)
        emitCompare(operation, left, right)
    }

    mutating func translateBinary(_ operation: IntegerBinaryOperation) {
        var rhs = operands.pop(), lhs = operands.pop()
        if operation.isCommutative, case .constant = lhs.source { swap(&lhs, &rhs) }
        if case .constant(let bits) = rhs.source, let immediate = bits.immediate(isI64: operation.isI64) {
            let left = source(lhs, 0)
            if let division = ConstantDivisor.Operation(operation),
                let divisor = ConstantDivisor(division, divisor: immediate)
            {
                return emitResult(division.handler) {
                    Layout.ConstantDivision(
                        operands: Layout.Immediate($0, left, immediate), reciprocal: divisor.reciprocal)
                }
            }
            return emitResult(operation.immediateHandler) { Layout.Immediate($0, left, immediate) }
        }
        let right = source(rhs, 1), left = source(lhs, 0)
        emitResult(operation.slotsHandler, left, right)
    }

    mutating func translateWide(_ operation: WideArithmeticOperation) {
        let isMultiplication = operation == .i64MulWideS || operation == .i64MulWideU
        var sources = [0, 0, 0, 0]
        for index in (0..<(isMultiplication ? 2 : 4)).reversed() { sources[index] = popSource(index) }
        // Of a multiplication only the low halves count.
        let (lhs, rhs) =
            isMultiplication ? ((sources[0], 0), (sources[1], 0)) : ((sources[0], sources[1]), (sources[2], sources[3]))
        push(.i64)
        push(.i64)
        let high = operands.top().slot, low = operands.top(1).slot
        emit(operation.handler)
        func layout(_ low: Int, _ high: Int) -> Layout.Wide {
            Layout.Wide(
                lowResult: NarrowSlot(low), highResult: NarrowSlot(high), lhs: NarrowSlot(lhs.0),
                rhs: NarrowSlot(rhs.0), lhsHigh: NarrowSlot(lhs.1), rhsHigh: NarrowSlot(rhs.1))
        }
        if let scratchSlot, high >= 0x1_0000 {
            code.append(layout(scratchSlot, scratchSlot + 1))
            emit(MoveHandlers.copyWide)
            code.append(Layout.Copy(low, from: scratchSlot))
        } else {
            code.append(layout(low, high))
        }
    }

    mutating func translateFloatCompare(_ operation: FloatCompareOperation) {
        let right = popSource(1), left = popSource(0)
        emitResult(operation.handler, left, right, kind: .floatCompare(operation, left, right))
    }

    mutating func translateFloatBinary(_ operation: FloatBinaryOperation) {
        let right = popSource(1), left = popSource(0)
        emitResult(operation.handler, left, right)
    }
}

extension LastInstruction.Kind {
    /// The opposite of an integer comparison; nil for anything else, a float comparison included.
    fileprivate var negatedComparison: LastInstruction.Kind? {
        switch self {
        case .integerCompare(let operation, let lhs, let rhs): .integerCompare(operation.negated, lhs, rhs)
        case .integerCompareImmediate(let operation, let lhs, let rhs):
            .integerCompareImmediate(operation.negated, lhs, rhs)
        case .integerTest(.i32Eqz, let slot): .integerCompareImmediate(.i32Ne, slot, 0)
        case .integerTest(.i64Eqz, let slot): .integerCompareImmediate(.i64Ne, slot, 0)
        case .other, .floatCompare: nil
        }
    }
}

extension IntegerCompareOperation {
    fileprivate var isI64: Bool {
        switch self {
        case .i32Eq, .i32Ne, .i32LtS, .i32LtU, .i32GtS, .i32GtU, .i32LeS, .i32LeU, .i32GeS, .i32GeU: false
        case .i64Eq, .i64Ne, .i64LtS, .i64LtU, .i64GtS, .i64GtU, .i64LeS, .i64LeU, .i64GeS, .i64GeU: true
        }
    }

    /// The comparison with its operands exchanged.
    fileprivate var swapped: IntegerCompareOperation {
        switch self {
        case .i32Eq, .i32Ne, .i64Eq, .i64Ne: self
        case .i32LtS: .i32GtS
        case .i32LtU: .i32GtU
        case .i32GtS: .i32LtS
        case .i32GtU: .i32LtU
        case .i32LeS: .i32GeS
        case .i32LeU: .i32GeU
        case .i32GeS: .i32LeS
        case .i32GeU: .i32LeU
        case .i64LtS: .i64GtS
        case .i64LtU: .i64GtU
        case .i64GtS: .i64LtS
        case .i64GtU: .i64LtU
        case .i64LeS: .i64GeS
        case .i64LeU: .i64GeU
        case .i64GeS: .i64LeS
        case .i64GeU: .i64LeU
        }
    }
}

extension IntegerBinaryOperation {
    fileprivate var isI64: Bool { rawValue >= IntegerBinaryOperation.i64Add.rawValue }

    fileprivate var isCommutative: Bool {
        switch self {
        case .i32Add, .i32Mul, .i32And, .i32Or, .i32Xor, .i64Add, .i64Mul, .i64And, .i64Or, .i64Xor: true
        case .i32Sub, .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i32Shl, .i32ShrS, .i32ShrU, .i32Rotl, .i32Rotr,
            .i64Sub, .i64DivS, .i64DivU, .i64RemS, .i64RemU, .i64Shl, .i64ShrS, .i64ShrU, .i64Rotl, .i64Rotr:
            false
        }
    }
}

// Instructions that their row of the table describes: numbers, vectors, loads and stores.

import WasmBinary
import WasmInstructionTable
import WasmSpec

extension FunctionGenerator {
    /// An instruction whose first result is of `type`.
    mutating func plain(_ type: ValueType) {
        let rows = plan.memories.isEmpty ? catalog.pureProducers[type] : catalog.producers[type]
        guard let rows, !rows.isEmpty else { return leaf(type) }
        let row = choices.pick(rows)
        plain(row)
        if let signature = row.signature { reduce(signature.results.map { $0.valueType(address: .i32) }) }
    }

    /// A store of any kind.
    mutating func store() {
        guard !plan.memories.isEmpty, !catalog.stores.isEmpty else { return }
        plain(choices.pick(catalog.stores))
    }

    /// The instruction behind its operands; what it results in stays on the stack.
    private mutating func plain(_ row: InstructionRow) {
        guard let signature = row.signature else { return }
        let memory = signature.parameters.contains(.address) ? choices.number(below: plan.memories.count) : 0
        for (position, parameter) in signature.parameters.enumerated() {
            if parameter == .address {
                address(memory, isAligned: row.form.family == .atomic, bytes: row.accessBytes ?? 1)
            } else {
                let isLast = position == signature.parameters.count - 1
                operand(parameter.valueType(address: .i32), of: row, isLast: isLast)
            }
        }
        code.append(row.opcode.bytes)
        immediates(row, memory)
        if let type = row.undeterminedNaN {
            makeCanonical(type, isVector: signature.results.first == .v128)
        }
    }

    /// An operand that mostly is none that `row` traps on.
    private mutating func operand(_ type: ValueType, of row: InstructionRow, isLast: Bool) {
        // Nobody notifies: a wait ends with its time, which is in nanoseconds.
        if row.form == .atomicWait, isLast { return code.i64Const(Int64(choices.number(below: 1000))) }
        let isSafe = !choices.chance(32)
        if isSafe, isLast, row.traps.contains(.integerDivideByZero) {
            value(type)
            code.constant(type, one)
            return code.operation(type == .i32 ? "i32.or" : "i64.or")
        }
        if isSafe, row.traps.contains(.invalidConversionToInteger) || row.form == .conversion && !row.traps.isEmpty {
            value(.i32)
            code.i32Const(0x7FFF_FF00)
            code.operation("i32.and")
            return code.operation(type == .f32 ? "f32.convert_i32_s" : "f64.convert_i32_s")
        }
        value(type)
    }

    /// An address of a memory that mostly lies inside.
    mutating func address(_ memory: Int, isAligned: Bool = false, bytes: Int = 1) {
        let type = plan.memories[memory].addressType
        let size = Int64(plan.bytes(ofMemory: memory))
        switch choices.number(below: 24) {
        case 22: return code.addressConst(type, max(0, size - Int64(choices.number(below: 20))))
        case 23: return value(type.valueType)
        default: break
        }
        value(type.valueType)
        let alignment = isAligned ? Int64(bytes) : 1
        code.addressConst(type, max(0, size / 2 - 1) & -alignment)
        code.operation(type == .i32 ? "i32.and" : "i64.and")
    }

    private mutating func immediates(_ row: InstructionRow, _ memory: Int) {
        for immediate in row.form.immediates {
            switch immediate {
            case .memArg: memArg(row, memory)
            case .lane: code.byte(UInt8(choices.number(below: row.laneCount)))
            case .lanes16: for _ in 0..<16 { code.byte(UInt8(choices.number(below: 32))) }
            case .i32: code.s32(Int32(truncatingIfNeeded: choices.integer(bytes: 4)))
            case .i64: code.s64(Int64(bitPattern: choices.integer(bytes: 8)))
            case .f32: code.fixed32(choices.f32())
            case .f64: code.fixed64(choices.f64())
            case .v128: for _ in 0..<16 { code.byte(choices.byte()) }
            case .blockType, .label, .branchTable, .branchOnCast, .catchClauses, .function, .type, .table, .memory,
                .global, .local, .tag, .data, .element, .field, .heapType, .valueTypes, .count, .zeroByte:
                preconditionFailure("`\(row.mnemonic)` is not in the catalog")
            }
        }
    }

    private mutating func memArg(_ row: InstructionRow, _ memory: Int) {
        let bytes = row.accessBytes ?? 1
        let natural = bytes.trailingZeroBitCount
        let isAtomic = row.form.family == .atomic
        let align = isAtomic ? natural : choices.number(below: natural + 1)
        code.u32(UInt32(align | (memory > 0 ? 0x40 : 0)))
        if memory > 0 { code.u32(UInt32(memory)) }
        let is64 = plan.memories[memory].addressType == .i64
        var offset: UInt64
        switch choices.number(below: 24) {
        case 0...15: offset = UInt64(choices.byte() & 0x1F)
        case 16...21: offset = choices.word(2) >> 2
        case 22: offset = choices.word(is64 ? 8 : 4)
        default: offset = choices.pick([is64 ? .max : 0xFFFF_FFFF, 0x7FFF_FFFF, 0x8000_0000, 65_535])
        }
        if isAtomic { offset &= ~UInt64(bytes - 1) }
        code.u64(offset)
    }

    /// The choices whose constant is 1.
    private var one: [UInt8] { [0, 1] }
}

extension ByteWriter {
    /// The constant that `choices` decide.
    fileprivate mutating func constant(_ type: ValueType, _ choices: [UInt8]) {
        var sequence = ChoiceSequence(choices)
        constant(type, &sequence)
    }
}

// Instructions without instructions inside: opcode and immediates, as the table says.
// Spec: https://webassembly.github.io/spec/core/text/instructions.html

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec

extension ModuleAssembler {
    /// Reads the immediates of an instruction, whose mnemonic is behind the cursor, and appends its encoding to
    /// `pending`.
    mutating func plainInstruction(_ mnemonic: Mnemonic) throws(Diagnostic) {
        switch mnemonic.form {
        case .select: try select(mnemonic)
        case .refTest: try referenceTypeInstruction(mnemonic, nullable: .refTestNull)
        case .refCast: try referenceTypeInstruction(mnemonic, nullable: .refCastNull)
        case .callIndirect, .returnCallIndirect:
            pending.append(mnemonic.opcode)
            let table = try optionalIndex(.table)
            pending.u32(try typeUse(.refused))
            pending.u32(table)
        case .tableInit: try segmentInstruction(mnemonic, .table, .element)
        case .memoryInit: try segmentInstruction(mnemonic, .memory, .data)
        case .tableCopy: try copyInstruction(mnemonic, .table)
        case .memoryCopy: try copyInstruction(mnemonic, .memory)
        case .structGet, .structSet:
            pending.append(mnemonic.opcode)
            let type = try index(.type)
            pending.u32(type)
            pending.u32(try fieldIndex(of: type))
        case .vectorLoadLane, .vectorStoreLane:
            pending.append(mnemonic.opcode)
            try memArg(mnemonic, isFollowedByLane: true)
            try lane()
        default:
            pending.append(mnemonic.opcode)
            for immediate in mnemonic.immediates { try self.immediate(immediate, mnemonic) }
        }
    }

    private mutating func immediate(_ immediate: Immediate, _ mnemonic: Mnemonic) throws(Diagnostic) {
        switch immediate {
        case .local: pending.u32(try localIndex())
        case .label: pending.u32(try labelIndex())
        case .function: pending.u32(try index(.function))
        case .type: pending.u32(try index(.type))
        case .global: pending.u32(try index(.global))
        case .tag: pending.u32(try index(.tag))
        case .table: pending.u32(try optionalIndex(.table))
        case .memory: pending.u32(try optionalIndex(.memory))
        case .element: pending.u32(try index(.element))
        case .data:
            usesDataCount = true
            pending.u32(try index(.data))
        case .i32: pending.s32(Int32(truncatingIfNeeded: try cursor.integer(width: 32)))
        case .i64: pending.s64(Int64(bitPattern: try cursor.integer(width: 64)))
        case .f32: pending.fixed32(UInt32(truncatingIfNeeded: try cursor.float(.f32)))
        case .f64: pending.fixed64(try cursor.float(.f64))
        case .v128: pending.append(try cursor.vector())
        case .memArg: try memArg(mnemonic, isFollowedByLane: false)
        case .lane: try lane()
        case .lanes16: try shuffleLanes()
        case .branchTable: try branchTable()
        case .branchOnCast: try branchOnCast()
        case .heapType: pending.heapType(try heapType())
        case .count: pending.u32(try cursor.u32())
        case .zeroByte: pending.byte(0)
        case .blockType, .catchClauses, .field, .valueTypes:
            // Instructions with these have a function of their own.
            throw Diagnostic(.internal, "immediate \(immediate.rawValue) of \(mnemonic.row.mnemonic)")
        }
    }

    /// An index that is 0 when it is not there.
    private mutating func optionalIndex(_ space: Space) throws(Diagnostic) -> UInt32 {
        isAtIndex ? try index(space) : 0
    }

    private var hasTwoIndices: Bool {
        let next = cursor.peek(1).kind
        return isAtIndex && (next == .natural || next == .identifier)
    }

    /// `table.init $table? $segment`: the binary format has the segment first.
    private mutating func segmentInstruction(
        _ mnemonic: Mnemonic, _ target: Space, _ segment: Space
    ) throws(Diagnostic) {
        pending.append(mnemonic.opcode)
        let targetIndex = hasTwoIndices ? try index(target) : 0
        pending.u32(try index(segment))
        pending.u32(targetIndex)
        if segment == .data { usesDataCount = true }
    }

    /// `memory.copy ($to $from)?`
    private mutating func copyInstruction(_ mnemonic: Mnemonic, _ space: Space) throws(Diagnostic) {
        pending.append(mnemonic.opcode)
        guard isAtIndex else { return pending.append([0, 0]) }
        pending.u32(try index(space))
        pending.u32(try index(space))
    }

    /// `select (result t*)*`: another opcode when there is any result.
    private mutating func select(_ mnemonic: Mnemonic) throws(Diagnostic) {
        guard cursor.openKeyword == .result else { return pending.append(mnemonic.opcode) }
        pending.append(Mnemonic.opcode(.selectTyped))
        var types: [ValueType] = []
        while cursor.openIf(.result) {
            while !cursor.isAtClose { types.append(try valueType()) }
            try cursor.close()
        }
        pending.vector(types) { $0.valueType($1) }
    }

    /// `ref.test` and `ref.cast`: another opcode when the type is nullable.
    private mutating func referenceTypeInstruction(
        _ mnemonic: Mnemonic, nullable form: InstructionForm
    ) throws(Diagnostic) {
        let type = try referenceType()
        pending.append(type.isNullable ? Mnemonic.opcode(form) : mnemonic.opcode)
        pending.heapType(type.heapType)
    }

    private mutating func branchTable() throws(Diagnostic) {
        var labels = ByteWriter()
        var count = 0
        repeat {
            labels.u32(try labelIndex())
            count += 1
        } while isAtIndex
        // The last one is the default, which is not counted.
        pending.length(count - 1)
        pending.append(labels.bytes)
    }

    private mutating func branchOnCast() throws(Diagnostic) {
        let label = try labelIndex()
        let source = try referenceType()
        let target = try referenceType()
        pending.byte((source.isNullable ? 1 : 0) | (target.isNullable ? 2 : 0))
        pending.u32(label)
        pending.heapType(source.heapType)
        pending.heapType(target.heapType)
    }

    // MARK: - Memory and lanes

    /// `$memory? offset=N? align=N?`. A number in front of a lane is the memory only if another number follows.
    private mutating func memArg(_ mnemonic: Mnemonic, isFollowedByLane: Bool) throws(Diagnostic) {
        var memory: UInt32 = 0
        if cursor.token.kind == .identifier || (cursor.token.kind == .natural && !(isFollowedByLane && isAtLane)) {
            memory = try index(.memory)
        }
        var offset: UInt64 = 0
        if cursor.token.kind == .offsetEquals {
            guard let value = cursor.assignedNumber(cursor.token) else {
                throw cursor.error("i64 constant out of range", "offset")
            }
            offset = value
            cursor.index += 1
        }
        let alignmentLog2 = try alignmentLog2() ?? mnemonic.naturalAlignmentLog2
        pending.u32(alignmentLog2 | (memory != 0 ? 0x40 : 0))
        if memory != 0 { pending.u32(memory) }
        pending.u64(offset)
    }

    /// Whether the number here is the last of the instruction's.
    private var isAtLane: Bool {
        switch cursor.peek(1).kind {
        case .natural, .offsetEquals, .alignEquals: false
        default: true
        }
    }

    private mutating func alignmentLog2() throws(Diagnostic) -> UInt32? {
        let token = cursor.token
        guard token.kind == .alignEquals else { return nil }
        guard let alignment = cursor.assignedNumber(token), alignment.nonzeroBitCount == 1 else {
            throw cursor.error("alignment must be a power of two", source.spelling(token))
        }
        cursor.index += 1
        return UInt32(alignment.trailingZeroBitCount)
    }

    private mutating func lane() throws(Diagnostic) {
        pending.byte(UInt8(truncatingIfNeeded: try cursor.natural(width: 8, laneOutOfRange)))
    }

    private var laneOutOfRange: String { "i8 constant out of range" }

    private mutating func shuffleLanes() throws(Diagnostic) {
        let count = cursor.numberCount
        guard count == 16 else { throw cursor.error("invalid lane length", "\(count) lanes, expected 16") }
        for _ in 0..<16 {
            // Numbers of other kinds count as lanes, too.
            guard cursor.token.kind == .natural else { throw cursor.error(laneOutOfRange) }
            try lane()
        }
    }
}

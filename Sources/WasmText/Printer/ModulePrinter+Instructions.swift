// One instruction as text. Spec: https://webassembly.github.io/spec/core/text/instructions.html

import Diagnostics
import WasmBinary
import WasmSpec

extension ModulePrinter {
    /// An instruction with its immediates; a block is open afterwards.
    mutating func write(_ instruction: Instruction, _ scope: inout ExpressionScope) throws(Diagnostic) {
        switch instruction {
        case .selectTyped(let types):
            out.write("select (result")
            for type in types { try listedWord(text(type)) }
            out.write(")")
        case .refTestNull(let type): out.write("ref.test (ref null \(text(type)))")
        case .refCastNull(let type): out.write("ref.cast (ref null \(text(type)))")
        default:
            out.write(instruction.mnemonic)
            try writeImmediates(instruction, &scope)
        }
    }

    /// Table 0 and memory 0 are not said, unless another one in the same instruction is.
    private mutating func writeImmediates(
        _ instruction: Instruction, _ scope: inout ExpressionScope
    ) throws(Diagnostic) {
        switch instruction {
        case .block(let type), .loop(let type): open(.block, type, &scope)
        case .if(let type): open(.then, type, &scope)
        case .legacyTry(let type): open(.attempt, type, &scope)
        case .tryTable(let type, let clauses): try openTryTable(type, clauses, &scope)
        case .br(let label), .brIf(let label), .brOnNull(let label), .brOnNonNull(let label),
            .legacyRethrow(let label), .legacyDelegate(let label):
            out.word(scope.reference(label))
        case .brTable(let table):
            for label in table.labels { try listedWord(scope.reference(label)) }
            out.word(scope.reference(table.defaultLabel))
        case .brOnCast(let branch), .brOnCastFail(let branch):
            out.word("\(scope.reference(branch.label)) \(text(branch.source)) \(text(branch.target))")
        case .call(let function), .returnCall(let function), .refFunc(let function):
            out.word(names.functions[function])
        case .callIndirect(let type, let table), .returnCallIndirect(let type, let table):
            if table != 0 { out.word(names.tables[table]) }
            out.write(typeUse(type))
        case .callRef(let type), .returnCallRef(let type), .structNew(let type), .structNewDefault(let type),
            .arrayNew(let type), .arrayNewDefault(let type), .arrayGet(_, let type), .arraySet(let type),
            .arrayFill(let type):
            out.word(names.types[type])
        case .throw(let tag), .legacyCatch(let tag): out.word(names.tags[tag])
        case .localGet(let local), .localSet(let local), .localTee(let local): out.word(scope.locals[local])
        case .globalGet(let global), .globalSet(let global): out.word(names.globals[global])
        case .refNull(let type): out.word(text(type))
        case .refTest(let type), .refCast(let type): out.word("(ref \(text(type)))")
        case .structGet(_, let type, let field), .structSet(let type, let field):
            out.word("\(names.types[type]) \(names.field(type, field) ?? field.description)")
        case .arrayNewFixed(let type, let count): out.word("\(names.types[type]) \(count)")
        case .arrayNewData(let type, let data), .arrayInitData(let type, let data):
            out.word("\(names.types[type]) \(names.data[data])")
        case .arrayNewElem(let type, let element), .arrayInitElem(let type, let element):
            out.word("\(names.types[type]) \(names.elements[element])")
        case .arrayCopy(let destination, let source):
            out.word("\(names.types[destination]) \(names.types[source])")
        case .i32Const(let value): out.word(String(value))
        case .i64Const(let value): out.word(String(value))
        case .f32Const(let bits): out.word(floatLiteral(f32: bits))
        case .f64Const(let bits): out.word(floatLiteral(f64: bits))
        case .tableGet(let table), .tableSet(let table), .tableGrow(let table), .tableSize(let table),
            .tableFill(let table):
            if table != 0 { out.word(names.tables[table]) }
        case .tableInit(let element, let table):
            if table != 0 { out.word(names.tables[table]) }
            out.word(names.elements[element])
        case .elemDrop(let element): out.word(names.elements[element])
        case .tableCopy(let destination, let source):
            if destination != 0 || source != 0 { out.word("\(names.tables[destination]) \(names.tables[source])") }
        case .memorySize(let memory), .memoryGrow(let memory), .memoryFill(let memory): memoryUse(memory)
        case .memoryInit(let data, let memory):
            memoryUse(memory)
            out.word(names.data[data])
        case .dataDrop(let data): out.word(names.data[data])
        case .memoryCopy(let destination, let source):
            if destination != 0 || source != 0 {
                out.word("\(names.memories[destination]) \(names.memories[source])")
            }
        case .load(let operation, let memArg): write(memArg, operation.accessBytes)
        case .store(let operation, let memArg): write(memArg, operation.accessBytes)
        case .vectorLoad(let operation, let memArg): write(memArg, operation.accessBytes)
        case .vectorStore(let memArg): write(memArg, 16)
        case .vectorLoadLane(let operation, let memArg, let lane):
            write(memArg, operation.accessBytes)
            out.word(String(lane))
        case .vectorStoreLane(let operation, let memArg, let lane):
            write(memArg, operation.accessBytes)
            out.word(String(lane))
        case .atomicNotify(let memArg): write(memArg, 4)
        case .atomicWait(let operation, let memArg): write(memArg, operation.accessBytes)
        case .atomicLoad(let operation, let memArg): write(memArg, operation.accessBytes)
        case .atomicStore(let operation, let memArg): write(memArg, operation.accessBytes)
        case .atomicReadModifyWrite(let operation, let memArg): write(memArg, operation.accessBytes)
        case .atomicCompareExchange(let operation, let memArg): write(memArg, operation.accessBytes)
        case .v128Const(let vector):
            out.word("i32x4")
            for lane in stride(from: 0, to: 16, by: 4) { out.word(lane32(vector, lane)) }
        case .vectorShuffle(let lanes):
            for lane in 0..<16 { out.word(String(lanes[lane])) }
        case .vectorExtractLane(_, let lane), .vectorReplaceLane(_, let lane): out.word(String(lane))
        case .unreachable, .nop, .else, .end, .return, .throwRef, .legacyCatchAll, .drop, .select, .selectTyped,
            .integerTest, .integerCompare, .integerUnary, .integerBinary, .wideArithmetic, .floatCompare,
            .floatUnary, .floatBinary, .conversion, .refIsNull, .refEq, .refAsNonNull, .refTestNull, .refCastNull,
            .arrayLen, .anyConvertExtern, .externConvertAny, .refI31, .i31Get, .vectorSplat, .vectorCompare,
            .vectorUnary, .vectorBinary, .vectorTernary, .vectorShift, .vectorTest, .atomicFence:
            break
        }
    }

    // MARK: - Blocks

    private mutating func open(_ kind: ExpressionScope.Block.Kind, _ type: BlockType, _ scope: inout ExpressionScope) {
        if let identifier = scope.open(kind) { out.word(identifier) }
        blockType(type)
    }

    private mutating func openTryTable(
        _ type: BlockType, _ clauses: [CatchClause], _ scope: inout ExpressionScope
    ) throws(Diagnostic) {
        // The labels of the clauses do not see the block's own.
        let labels = clauses.map { scope.reference($0.label) }
        open(.block, type, &scope)
        for (clause, label) in zip(clauses, labels) {
            switch clause {
            case .catchTag(let tag, _): try listedWord("(catch \(names.tags[tag]) \(label))")
            case .catchTagRef(let tag, _): try listedWord("(catch_ref \(names.tags[tag]) \(label))")
            case .catchAll: try listedWord("(catch_all \(label))")
            case .catchAllRef: try listedWord("(catch_all_ref \(label))")
            }
        }
    }

    /// A word of a list that only the body's length bounds.
    private mutating func listedWord(_ text: String) throws(Diagnostic) {
        out.word(text)
        try checkLength()
    }

    private mutating func blockType(_ type: BlockType) {
        switch type {
        case .empty: break
        case .result(let type): out.word("(result \(text(type)))")
        case .type(let index): out.write(typeUse(index))
        }
    }

    // MARK: - Memories

    /// Memory 0 is not said.
    private mutating func memoryUse(_ memory: MemoryIndex) {
        if memory != 0 { out.word(names.memories[memory]) }
    }

    private mutating func write(_ memArg: MemArg, _ accessBytes: UInt32) {
        memoryUse(memArg.memory)
        if memArg.offset != 0 { out.word("offset=\(memArg.offset)") }
        let alignment = UInt64(1) << UInt64(memArg.alignLog2)
        if alignment != accessBytes { out.word("align=\(alignment)") }
    }

    private func lane32(_ vector: V128, _ first: Int) -> String {
        let value = (0..<4).reduce(UInt32(0)) { $0 | UInt32(vector[first + $1]) << UInt32(8 * $1) }
        let digits = String(value, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}

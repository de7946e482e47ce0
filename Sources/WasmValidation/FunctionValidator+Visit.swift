// From an instruction to what validates it.

import Diagnostics
import WasmSpec

extension FunctionValidator {
    /// Validates one instruction: exhaustive, so that a new form does not compile without a rule.
    @inline(__always) mutating func visit(_ instruction: Instruction) throws(Diagnostic) {
        switch instruction {
        case .unreachable: markUnreachable()
        case .nop: break
        case .block(let type): try visitBlock(.block, type)
        case .loop(let type): try visitBlock(.loop, type)
        case .if(let type): try visitIf(type)
        case .else: try visitElse()
        case .end: try visitEnd()
        case .br(let label): try visitBr(label)
        case .brIf(let label): try visitBrIf(label)
        case .brTable(let table): try visitBrTable(table)
        case .return: try visitReturn()
        case .call(let function): try visitCall(function)
        case .callIndirect(let type, let table): try visitCallIndirect(type, table)
        case .returnCall(let function): try visitReturnCall(function)
        case .returnCallIndirect(let type, let table): try visitReturnCallIndirect(type, table)
        case .callRef(let type): try visitCallRef(type)
        case .returnCallRef(let type): try visitReturnCallRef(type)
        case .brOnNull(let label): try visitBrOnNull(label)
        case .brOnNonNull(let label): try visitBrOnNonNull(label)
        case .brOnCast(let branch): try visitBrOnCast(branch)
        case .brOnCastFail(let branch): try visitBrOnCastFail(branch)

        case .throw(let tag): try visitThrow(tag)
        case .throwRef: try visitThrowRef()
        case .tryTable(let type, let clauses): try visitTryTable(type, clauses)
        case .legacyTry(let type): try visitBlock(.legacyTry, type)
        case .legacyCatch(let tag): try visitLegacyCatch(tag)
        case .legacyCatchAll: try visitLegacyCatchAll()
        case .legacyRethrow(let label): try visitLegacyRethrow(label)
        case .legacyDelegate(let label): try visitLegacyDelegate(label)

        case .drop: _ = try popOperand()
        case .select: try visitSelect()
        case .selectTyped(let types): try visitSelectTyped(types)

        case .localGet(let local): try visitLocalGet(local)
        case .localSet(let local): try visitLocalSet(local)
        case .localTee(let local): try visitLocalTee(local)
        case .globalGet(let global): try visitGlobalGet(global)
        case .globalSet(let global): try visitGlobalSet(global)

        case .tableGet(let table): try visitTableGet(table)
        case .tableSet(let table): try visitTableSet(table)
        case .tableInit(let element, let table): try visitTableInit(element, table)
        case .elemDrop(let element): _ = try context.element(element)
        case .tableCopy(let destination, let source): try visitTableCopy(destination, source)
        case .tableGrow(let table): try visitTableGrow(table)
        case .tableSize(let table): try visitTableSize(table)
        case .tableFill(let table): try visitTableFill(table)

        case .load(let operation, let memArg):
            try visitAccess(operation.signature, memArg, bytes: operation.accessBytes)
        case .store(let operation, let memArg):
            try visitAccess(operation.signature, memArg, bytes: operation.accessBytes)
        case .memorySize(let memory): try visitMemorySize(memory)
        case .memoryGrow(let memory): try visitMemoryGrow(memory)
        case .memoryInit(let data, let memory): try visitMemoryInit(data, memory)
        case .dataDrop(let data): try context.checkData(data)
        case .memoryCopy(let destination, let source): try visitMemoryCopy(destination, source)
        case .memoryFill(let memory): try visitMemoryFill(memory)

        case .i32Const: pushOperand(.i32)
        case .i64Const: pushOperand(.i64)
        case .integerTest(let operation): try apply(operation.signature)
        case .integerCompare(let operation): try apply(operation.signature)
        case .integerUnary(let operation): try apply(operation.signature)
        case .integerBinary(let operation): try apply(operation.signature)
        case .wideArithmetic(let operation): try apply(operation.signature)
        case .f32Const: pushOperand(.f32)
        case .f64Const: pushOperand(.f64)
        case .floatCompare(let operation): try apply(operation.signature)
        case .floatUnary(let operation): try apply(operation.signature)
        case .floatBinary(let operation): try apply(operation.signature)
        case .conversion(let operation): try apply(operation.signature)

        case .refNull(let type): try visitRefNull(type)
        case .refIsNull: try visitRefIsNull()
        case .refFunc(let function): try visitRefFunc(function)
        case .refEq: try visitRefEq()
        case .refAsNonNull: try visitRefAsNonNull()
        case .refTest(let type), .refTestNull(let type): try visitRefTest(type)
        case .refCast(let type): try visitRefCast(isNullable: false, type)
        case .refCastNull(let type): try visitRefCast(isNullable: true, type)

        case .structNew(let type): try visitStructNew(type)
        case .structNewDefault(let type): try visitStructNewDefault(type)
        case .structGet(let operation, let type, let field): try visitStructGet(operation, type, field)
        case .structSet(let type, let field): try visitStructSet(type, field)
        case .arrayNew(let type): try visitArrayNew(type)
        case .arrayNewDefault(let type): try visitArrayNewDefault(type)
        case .arrayNewFixed(let type, let count): try visitArrayNewFixed(type, count)
        case .arrayNewData(let type, let data): try visitArrayNewData(type, data)
        case .arrayNewElem(let type, let element): try visitArrayNewElem(type, element)
        case .arrayGet(let operation, let type): try visitArrayGet(operation, type)
        case .arraySet(let type): try visitArraySet(type)
        case .arrayLen: try visitArrayLen()
        case .arrayFill(let type): try visitArrayFill(type)
        case .arrayCopy(let destination, let source): try visitArrayCopy(destination, source)
        case .arrayInitData(let type, let data): try visitArrayInitData(type, data)
        case .arrayInitElem(let type, let element): try visitArrayInitElem(type, element)
        case .anyConvertExtern: try visitConversion(from: .extern, to: .any)
        case .externConvertAny: try visitConversion(from: .any, to: .extern)
        case .refI31: try visitRefI31()
        case .i31Get: try visitI31Get()

        case .v128Const: pushOperand(.v128)
        case .vectorLoad(let operation, let memArg):
            try visitAccess(operation.signature, memArg, bytes: operation.accessBytes)
        case .vectorStore(let memArg): try visitVectorStore(memArg)
        case .vectorLoadLane(let operation, let memArg, let lane):
            try visitLaneAccess(operation.signature, memArg, bytes: operation.accessBytes, lane)
        case .vectorStoreLane(let operation, let memArg, let lane):
            try visitLaneAccess(operation.signature, memArg, bytes: operation.accessBytes, lane)
        case .vectorShuffle(let lanes): try visitVectorShuffle(lanes)
        case .vectorSplat(let operation): try apply(operation.signature)
        case .vectorExtractLane(let operation, let lane):
            try checkLane(lane, operation.laneCount)
            try apply(operation.signature)
        case .vectorReplaceLane(let operation, let lane):
            try checkLane(lane, operation.laneCount)
            try apply(operation.signature)
        case .vectorCompare(let operation): try apply(operation.signature)
        case .vectorUnary(let operation): try apply(operation.signature)
        case .vectorBinary(let operation): try apply(operation.signature)
        case .vectorTernary(let operation): try apply(operation.signature)
        case .vectorShift(let operation): try apply(operation.signature)
        case .vectorTest(let operation): try apply(operation.signature)

        case .atomicNotify(let memArg): try visitAtomicNotify(memArg)
        case .atomicWait(let operation, let memArg):
            try visitAtomicAccess(operation.signature, memArg, bytes: operation.accessBytes)
        case .atomicFence: break
        case .atomicLoad(let operation, let memArg):
            try visitAtomicAccess(operation.signature, memArg, bytes: operation.accessBytes)
        case .atomicStore(let operation, let memArg):
            try visitAtomicAccess(operation.signature, memArg, bytes: operation.accessBytes)
        case .atomicReadModifyWrite(let operation, let memArg):
            try visitAtomicAccess(operation.signature, memArg, bytes: operation.accessBytes)
        case .atomicCompareExchange(let operation, let memArg):
            try visitAtomicAccess(operation.signature, memArg, bytes: operation.accessBytes)
        }
    }
}

// The shapes of instructions: what the decoder produces, one case of `Instruction` each.

/// A family of instructions. The same name is the file in the table, the validator, the interpreter, the
/// lowering and the golden tests.
public enum InstructionFamily: String, CaseIterable, Sendable {
    case control, exception, parametric, variable, table, memory, integer, float, conversion, reference
    case aggregate, vector, atomic
}

/// An immediate operand's shape, in encoding order.
public enum Immediate: String, Sendable {
    case blockType, label, branchTable, branchOnCast, catchClauses, function, type, table, memory, global, local
    case tag, data, element, field, memArg, i32, i64, f32, f64, v128, lane, lanes16, heapType, valueTypes, count
    /// A reserved byte that must be zero.
    case zeroByte
}

/// The shape of an instruction: family and immediates. A form with `hasOperation` stands for several
/// instructions that differ in their operation alone (`integerBinary`: `i32.add`, `i64.sub`, ...).
public enum InstructionForm: String, CaseIterable, Sendable {
    case unreachable, nop, block, loop, `if`, `else`, end, br, brIf, brTable, `return`, call, callIndirect, returnCall
    case returnCallIndirect, callRef, returnCallRef, brOnNull, brOnNonNull, brOnCast, brOnCastFail
    case `throw`, throwRef, tryTable, legacyTry, legacyCatch, legacyRethrow, legacyDelegate, legacyCatchAll
    case drop, select, selectTyped
    case localGet, localSet, localTee, globalGet, globalSet
    case tableGet, tableSet, tableInit, elemDrop, tableCopy, tableGrow, tableSize, tableFill
    case load, store, memorySize, memoryGrow, memoryInit, dataDrop, memoryCopy, memoryFill
    case i32Const, i64Const, integerTest, integerCompare, integerUnary, integerBinary, wideArithmetic
    case f32Const, f64Const, floatCompare, floatUnary, floatBinary
    case conversion
    case refNull, refIsNull, refFunc, refEq, refAsNonNull, refTest, refTestNull, refCast, refCastNull
    case structNew, structNewDefault, structGet, structSet, arrayNew, arrayNewDefault, arrayNewFixed, arrayNewData
    case arrayNewElem, arrayGet, arraySet, arrayLen, arrayFill, arrayCopy, arrayInitData, arrayInitElem
    case anyConvertExtern, externConvertAny, refI31, i31Get
    case v128Const, vectorLoad, vectorStore, vectorLoadLane, vectorStoreLane, vectorShuffle, vectorSplat
    case vectorExtractLane, vectorReplaceLane, vectorCompare, vectorUnary, vectorBinary, vectorTernary, vectorShift
    case vectorTest
    case atomicNotify, atomicWait, atomicFence, atomicLoad, atomicStore, atomicReadModifyWrite, atomicCompareExchange

    /// The family the form belongs to.
    public var family: InstructionFamily {
        switch self {
        case .unreachable, .nop, .block, .loop, .if, .else, .end, .br, .brIf, .brTable, .return, .call, .callIndirect,
            .returnCall, .returnCallIndirect, .callRef, .returnCallRef, .brOnNull, .brOnNonNull, .brOnCast,
            .brOnCastFail:
            .control
        case .throw, .throwRef, .tryTable, .legacyTry, .legacyCatch, .legacyRethrow, .legacyDelegate, .legacyCatchAll:
            .exception
        case .drop, .select, .selectTyped:
            .parametric
        case .localGet, .localSet, .localTee, .globalGet, .globalSet:
            .variable
        case .tableGet, .tableSet, .tableInit, .elemDrop, .tableCopy, .tableGrow, .tableSize, .tableFill:
            .table
        case .load, .store, .memorySize, .memoryGrow, .memoryInit, .dataDrop, .memoryCopy, .memoryFill:
            .memory
        case .i32Const, .i64Const, .integerTest, .integerCompare, .integerUnary, .integerBinary, .wideArithmetic:
            .integer
        case .f32Const, .f64Const, .floatCompare, .floatUnary, .floatBinary:
            .float
        case .conversion:
            .conversion
        case .refNull, .refIsNull, .refFunc, .refEq, .refAsNonNull, .refTest, .refTestNull, .refCast, .refCastNull:
            .reference
        case .structNew, .structNewDefault, .structGet, .structSet, .arrayNew, .arrayNewDefault, .arrayNewFixed,
            .arrayNewData, .arrayNewElem, .arrayGet, .arraySet, .arrayLen, .arrayFill, .arrayCopy, .arrayInitData,
            .arrayInitElem, .anyConvertExtern, .externConvertAny, .refI31, .i31Get:
            .aggregate
        case .v128Const, .vectorLoad, .vectorStore, .vectorLoadLane, .vectorStoreLane, .vectorShuffle, .vectorSplat,
            .vectorExtractLane, .vectorReplaceLane, .vectorCompare, .vectorUnary, .vectorBinary, .vectorTernary,
            .vectorShift, .vectorTest:
            .vector
        case .atomicNotify, .atomicWait, .atomicFence, .atomicLoad, .atomicStore, .atomicReadModifyWrite,
            .atomicCompareExchange:
            .atomic
        }
    }

    /// Whether an operation distinguishes several instructions of this form.
    public var hasOperation: Bool {
        switch self {
        case .load, .store, .integerTest, .integerCompare, .integerUnary, .integerBinary, .wideArithmetic,
            .floatCompare, .floatUnary, .floatBinary, .conversion, .structGet, .arrayGet, .i31Get, .vectorLoad,
            .vectorLoadLane, .vectorStoreLane, .vectorSplat, .vectorExtractLane, .vectorReplaceLane, .vectorCompare,
            .vectorUnary, .vectorBinary, .vectorTernary, .vectorShift, .vectorTest, .atomicWait, .atomicLoad,
            .atomicStore, .atomicReadModifyWrite, .atomicCompareExchange:
            true
        case .unreachable, .nop, .block, .loop, .if, .else, .end, .br, .brIf, .brTable, .return, .call, .callIndirect,
            .returnCall, .returnCallIndirect, .callRef, .returnCallRef, .brOnNull, .brOnNonNull, .brOnCast,
            .brOnCastFail, .throw, .throwRef, .tryTable, .legacyTry, .legacyCatch, .legacyRethrow, .legacyDelegate,
            .legacyCatchAll, .drop, .select, .selectTyped, .localGet, .localSet, .localTee, .globalGet, .globalSet,
            .tableGet, .tableSet, .tableInit, .elemDrop, .tableCopy, .tableGrow, .tableSize, .tableFill, .memorySize,
            .memoryGrow, .memoryInit, .dataDrop, .memoryCopy, .memoryFill, .i32Const, .i64Const, .f32Const, .f64Const,
            .refNull, .refIsNull, .refFunc, .refEq, .refAsNonNull, .refTest, .refTestNull, .refCast, .refCastNull,
            .structNew, .structNewDefault, .structSet, .arrayNew, .arrayNewDefault, .arrayNewFixed, .arrayNewData,
            .arrayNewElem, .arraySet, .arrayLen, .arrayFill, .arrayCopy, .arrayInitData, .arrayInitElem,
            .anyConvertExtern, .externConvertAny, .refI31, .v128Const, .vectorStore, .vectorShuffle, .atomicNotify,
            .atomicFence:
            false
        }
    }

    /// The immediates that follow the opcode, in encoding order.
    public var immediates: [Immediate] {
        switch self {
        case .unreachable, .nop, .else, .end, .return, .throwRef, .legacyCatchAll, .drop, .select, .integerTest,
            .integerCompare, .integerUnary, .integerBinary, .wideArithmetic, .floatCompare, .floatUnary, .floatBinary,
            .conversion, .refIsNull, .refEq, .refAsNonNull, .arrayLen, .anyConvertExtern, .externConvertAny, .refI31,
            .i31Get, .vectorSplat, .vectorCompare, .vectorUnary, .vectorBinary, .vectorTernary, .vectorShift,
            .vectorTest:
            []
        case .block, .loop, .if, .legacyTry:
            [.blockType]
        case .br, .brIf, .brOnNull, .brOnNonNull, .legacyRethrow, .legacyDelegate:
            [.label]
        case .brTable:
            [.branchTable]
        case .call, .returnCall, .refFunc:
            [.function]
        case .callIndirect, .returnCallIndirect:
            [.type, .table]
        case .callRef, .returnCallRef, .structNew, .structNewDefault, .arrayNew, .arrayNewDefault, .arrayGet,
            .arraySet, .arrayFill:
            [.type]
        case .brOnCast, .brOnCastFail:
            [.branchOnCast]
        case .throw, .legacyCatch:
            [.tag]
        case .tryTable:
            [.blockType, .catchClauses]
        case .selectTyped:
            [.valueTypes]
        case .localGet, .localSet, .localTee:
            [.local]
        case .globalGet, .globalSet:
            [.global]
        case .tableGet, .tableSet, .tableGrow, .tableSize, .tableFill:
            [.table]
        case .tableInit:
            [.element, .table]
        case .elemDrop:
            [.element]
        case .tableCopy:
            [.table, .table]
        case .load, .store, .vectorLoad, .vectorStore, .atomicNotify, .atomicWait, .atomicLoad, .atomicStore,
            .atomicReadModifyWrite, .atomicCompareExchange:
            [.memArg]
        case .memorySize, .memoryGrow, .memoryFill:
            [.memory]
        case .memoryInit:
            [.data, .memory]
        case .dataDrop:
            [.data]
        case .memoryCopy:
            [.memory, .memory]
        case .i32Const:
            [.i32]
        case .i64Const:
            [.i64]
        case .f32Const:
            [.f32]
        case .f64Const:
            [.f64]
        case .refNull, .refTest, .refTestNull, .refCast, .refCastNull:
            [.heapType]
        case .structGet, .structSet:
            [.type, .field]
        case .arrayNewFixed:
            [.type, .count]
        case .arrayNewData, .arrayInitData:
            [.type, .data]
        case .arrayNewElem, .arrayInitElem:
            [.type, .element]
        case .arrayCopy:
            [.type, .type]
        case .v128Const:
            [.v128]
        case .vectorLoadLane, .vectorStoreLane:
            [.memArg, .lane]
        case .vectorShuffle:
            [.lanes16]
        case .vectorExtractLane, .vectorReplaceLane:
            [.lane]
        case .atomicFence:
            [.zeroByte]
        }
    }
}

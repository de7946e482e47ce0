import WasmInstructionTable
import WasmSpec

extension Instruction {
    /// About how many instructions of an x86-64-v2 machine the instruction becomes; 0 for what is a mere name for a value.
    ///
    /// Calls and branches count without the values that they pass (`FunctionCost.passedValues`).
    var expansion: Int {
        switch self {
        case .nop, .block, .loop, .end, .else, .drop, .localGet, .localSet, .localTee, .i32Const, .i64Const, .f32Const,
            .f64Const, .refNull, .unreachable:
            0
        case .integerBinary(let operation): operation.expansion
        case .integerUnary, .select, .selectTyped, .globalGet, .globalSet, .brIf, .if, .wideArithmetic: 2
        case .conversion(let operation): operation.expansion
        case .floatBinary(let operation): operation.expansion
        case .vectorUnary(let operation): operation.expansion
        case .vectorBinary(let operation): operation.expansion
        case .vectorTernary(let operation): operation.expansion
        case .vectorShift(let operation): operation.expansion
        case .vectorCompare, .vectorShuffle, .vectorTest: 4
        case .vectorSplat, .vectorExtractLane, .vectorReplaceLane, .vectorLoadLane, .vectorStoreLane: 2
        case .call, .returnCall: 3
        case .callIndirect, .returnCallIndirect, .callRef, .returnCallRef: 12
        case .tableGet, .tableSet, .tableInit, .tableCopy, .tableGrow, .tableSize, .tableFill, .memoryGrow, .memoryInit,
            .memoryCopy, .memoryFill, .elemDrop, .dataDrop:
            8
        case .brTable(let table): 4 + table.labels.count
        case .refTest, .refTestNull, .refCast, .refCastNull, .brOnCast, .brOnCastFail: 8
        case .structNew, .structNewDefault, .arrayNew, .arrayNewDefault, .arrayNewFixed: 6
        case .arrayNewData, .arrayNewElem, .arrayFill, .arrayCopy, .arrayInitData, .arrayInitElem: 20
        case .structGet, .structSet: 4
        case .arrayGet, .arraySet: 7
        // One instruction, or two.
        default: 1
        }
    }
}

extension Instruction {
    /// Branches that lowering makes of the instruction: those to traps, and those inside of what it becomes. What almost
    /// every function has, and what is often left out (division, conversion, guarded access), does not count.
    var checks: Int {
        switch self {
        case .refTest, .refTestNull, .refCast, .refCastNull, .arrayGet, .arraySet, .arrayNewData, .arrayNewElem,
            .arrayFill,
            .arrayInitData, .arrayInitElem, .callRef, .returnCallRef:
            2
        case .arrayCopy: 4
        case .brOnCast, .brOnCastFail, .structGet, .structSet, .arrayLen, .refAsNonNull, .i31Get, .tableGet, .tableSet,
            .throwRef, .atomicLoad, .atomicStore:
            1
        // What the machine has no instruction for is a loop.
        case .atomicReadModifyWrite, .atomicCompareExchange: 4
        default: 0
        }
    }
}

extension IntegerBinaryOperation {
    var expansion: Int {
        switch self {
        case .i32DivS, .i64DivS, .i32RemS, .i64RemS, .i32DivU, .i64DivU, .i32RemU, .i64RemU: 8
        default: 1
        }
    }
}

extension ConversionOperation {
    var expansion: Int {
        switch self {
        case .i32TruncF32S, .i32TruncF32U, .i32TruncF64S, .i32TruncF64U, .i64TruncF32S, .i64TruncF32U, .i64TruncF64S,
            .i64TruncF64U:
            8
        case .i32TruncSatF32S, .i32TruncSatF32U, .i32TruncSatF64S, .i32TruncSatF64U, .i64TruncSatF32S, .i64TruncSatF32U,
            .i64TruncSatF64S, .i64TruncSatF64U, .f32ConvertI64U, .f64ConvertI64U:
            10
        case .f32DemoteF64, .f64PromoteF32: 4
        default: 1
        }
    }
}

extension FloatBinaryOperation {
    var expansion: Int {
        switch self {
        case .f32Min, .f32Max, .f64Min, .f64Max: 10
        case .f32Copysign, .f64Copysign: 4
        default: 1
        }
    }
}

extension VectorUnaryOperation {
    var expansion: Int {
        switch self {
        case .i8x16Popcnt: 16
        case .i32x4TruncSatF32x4S, .i32x4TruncSatF32x4U, .i32x4RelaxedTruncF32x4S, .i32x4RelaxedTruncF32x4U,
            .i32x4TruncSatF64x2SZero, .i32x4TruncSatF64x2UZero, .i32x4RelaxedTruncF64x2SZero,
            .i32x4RelaxedTruncF64x2UZero:
            20
        case .i16x8ExtaddPairwiseI8x16S, .i16x8ExtaddPairwiseI8x16U, .i32x4ExtaddPairwiseI16x8S,
            .i32x4ExtaddPairwiseI16x8U, .f32x4DemoteF64x2Zero, .f64x2PromoteLowF32x4:
            10
        case .f32x4ConvertI32x4U, .f64x2ConvertLowI32x4U: 8
        case .i64x2Abs, .i16x8ExtendHighI8x16S, .i16x8ExtendHighI8x16U, .i32x4ExtendHighI16x8S, .i32x4ExtendHighI16x8U,
            .i64x2ExtendHighI32x4S, .i64x2ExtendHighI32x4U:
            4
        default: 2
        }
    }
}

extension VectorBinaryOperation {
    var expansion: Int {
        switch self {
        case .i16x8Q15mulrSatS, .i16x8RelaxedQ15mulrS: 24
        case .i64x2Mul, .f32x4Min, .f32x4Max, .f64x2Min, .f64x2Max, .i32x4DotI16x8S, .i16x8RelaxedDotI8x16I7x16S: 10
        case .i16x8ExtmulLowI8x16S, .i16x8ExtmulHighI8x16S, .i16x8ExtmulLowI8x16U, .i16x8ExtmulHighI8x16U,
            .i32x4ExtmulLowI16x8S, .i32x4ExtmulHighI16x8S, .i32x4ExtmulLowI16x8U, .i32x4ExtmulHighI16x8U,
            .i64x2ExtmulLowI32x4S, .i64x2ExtmulHighI32x4S, .i64x2ExtmulLowI32x4U, .i64x2ExtmulHighI32x4U,
            .i8x16NarrowI16x8U, .i16x8NarrowI32x4U, .i8x16NarrowI16x8S, .i16x8NarrowI32x4S:
            6
        case .i8x16Swizzle: 3
        default: 1
        }
    }
}

extension VectorTernaryOperation {
    var expansion: Int {
        switch self {
        case .i32x4RelaxedDotI8x16I7x16AddS: 24
        case .i8x16RelaxedLaneselect, .i16x8RelaxedLaneselect, .i32x4RelaxedLaneselect, .i64x2RelaxedLaneselect,
            .v128Bitselect:
            3
        default: 2
        }
    }
}

extension VectorShiftOperation {
    var expansion: Int {
        switch self {
        case .i8x16Shl, .i8x16ShrS, .i8x16ShrU: 16
        case .i64x2ShrS: 8
        default: 4
        }
    }
}

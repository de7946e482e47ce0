import CWasmcABI

/// Traps by their code in traps.def.
struct TrapCode: Hashable {
    let code: UInt32

    private init(_ code: wasmc_trap_code) { self.code = code.rawValue }

    static let unreachable = TrapCode(WASMC_TRAP_UNREACHABLE)
    static let integerDivideByZero = TrapCode(WASMC_TRAP_INTEGER_DIVIDE_BY_ZERO)
    static let integerOverflow = TrapCode(WASMC_TRAP_INTEGER_OVERFLOW)
    static let invalidConversionToInteger = TrapCode(WASMC_TRAP_INVALID_CONVERSION_TO_INTEGER)
    static let outOfBoundsMemory = TrapCode(WASMC_TRAP_OUT_OF_BOUNDS_MEMORY)
    static let outOfBoundsTable = TrapCode(WASMC_TRAP_OUT_OF_BOUNDS_TABLE)
    static let undefinedElement = TrapCode(WASMC_TRAP_UNDEFINED_ELEMENT)
    static let uninitializedElement = TrapCode(WASMC_TRAP_UNINITIALIZED_ELEMENT)
    static let nullReference = TrapCode(WASMC_TRAP_NULL_REFERENCE)
    static let nullFunctionReference = TrapCode(WASMC_TRAP_NULL_FUNCTION_REFERENCE)
    static let indirectCallTypeMismatch = TrapCode(WASMC_TRAP_INDIRECT_CALL_TYPE_MISMATCH)
}

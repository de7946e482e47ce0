import CWasmcABI

/// What execution can end in: `enum wasmc_trap_code` of the runtime, which Swift sees under this name. Its cases are the
/// rows of `traps.def`; nothing lists them here.
public typealias TrapKind = CWasmcABI.TrapKind

extension CWasmcABI.TrapKind: @retroactive Error {
    /// The spec's phrase; scripts compare their expectation with its beginning.
    public var phrase: String { wasmc_trap_phrase(rawValue).map { String(cString: $0) } ?? "" }
}

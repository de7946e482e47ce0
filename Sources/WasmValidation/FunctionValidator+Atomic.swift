// Atomic memory instructions.
// Spec: https://webassembly.github.io/threads/core/valid/instructions.html#atomic-memory-instructions

import Diagnostics
import WasmSpec

extension FunctionValidator {
    mutating func visitAtomicAccess(
        _ signature: PlainSignature, _ memArg: MemArg, bytes: UInt32
    ) throws(Diagnostic) {
        let address = try checkAtomicMemArg(memArg, bytes: bytes)
        try apply(signature, address: address)
    }

    mutating func visitAtomicNotify(_ memArg: MemArg) throws(Diagnostic) {
        let address = try checkAtomicMemArg(memArg, bytes: 4)
        try popOperand(expecting: .i32)
        try popOperand(expecting: address)
        pushOperand(.i32)
    }

    /// Other than for plain accesses the alignment is no hint: it must be the natural one.
    private func checkAtomicMemArg(_ memArg: MemArg, bytes: UInt32) throws(Diagnostic) -> StackType {
        let address = try checkMemArg(memArg, bytes: bytes)
        guard UInt32(1) << memArg.alignLog2 == bytes else {
            throw Diagnostic(
                .invalid, "atomic alignment must be natural",
                "2^\(memArg.alignLog2) bytes for an access of \(bytes)")
        }
        return address
    }
}

// Memory instructions. Spec: https://webassembly.github.io/spec/core/valid/instructions.html#memory-instructions

import Diagnostics
import WasmSpec

extension FunctionValidator {
    /// A load or store of `bytes` bytes.
    @inline(__always) mutating func visitAccess(
        _ signature: PlainSignature, _ memArg: MemArg, bytes: UInt32
    ) throws(Diagnostic) {
        let address = try checkMemArg(memArg, bytes: bytes)
        try apply(signature, address: address)
    }

    /// Checks memory, alignment and offset of an access.
    ///
    /// Returns the memory's address type.
    func checkMemArg(_ memArg: MemArg, bytes: UInt32) throws(Diagnostic) -> StackType {
        let address = try context.memory(memArg.memory)
        guard memArg.alignLog2 < 32, UInt32(1) << memArg.alignLog2 <= bytes else {
            throw Diagnostic(
                .invalid, "alignment must not be larger than natural",
                "2^\(memArg.alignLog2) bytes for an access of \(bytes)")
        }
        guard address == .i64 || memArg.offset <= UInt64(UInt32.max) else {
            throw Diagnostic(
                .invalid, "offset out of range", "\(memArg.offset) in a memory of 32-bit addresses")
        }
        return address
    }

    mutating func visitMemorySize(_ memory: MemoryIndex) throws(Diagnostic) {
        pushOperand(try context.memory(memory))
    }

    mutating func visitMemoryGrow(_ memory: MemoryIndex) throws(Diagnostic) {
        let address = try context.memory(memory)
        try popOperand(expecting: address)
        pushOperand(address)
    }

    mutating func visitMemoryFill(_ memory: MemoryIndex) throws(Diagnostic) {
        let address = try context.memory(memory)
        try popOperand(expecting: address)
        try popOperand(expecting: .i32)
        try popOperand(expecting: address)
    }

    mutating func visitMemoryCopy(_ destination: MemoryIndex, _ source: MemoryIndex) throws(Diagnostic) {
        let (target, origin) = (try context.memory(destination), try context.memory(source))
        try popOperand(expecting: lengthType(target, origin))
        try popOperand(expecting: origin)
        try popOperand(expecting: target)
    }

    mutating func visitMemoryInit(_ data: DataIndex, _ memory: MemoryIndex) throws(Diagnostic) {
        let address = try context.memory(memory)
        try context.checkData(data)
        try popOperand(expecting: .i32)
        try popOperand(expecting: .i32)
        try popOperand(expecting: address)
    }
}

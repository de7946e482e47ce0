// Reference instructions. A function reference is the address of a constant `wasmc_func_ref`.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#reference-instructions

import LLVMBridge

extension FunctionLowering {
    /// The value stays; only the trap is new.
    func lowerRefAsNonNull() { trapIf(builder.isNull(operands[operands.count - 1]), .nullReference) }

    func lowerRefIsNull() { push(builder.zext(builder.isNull(pop()), context.i32)) }
}

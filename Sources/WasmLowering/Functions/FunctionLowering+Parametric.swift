// Parametric instructions.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#parametric-instructions

import LLVMBridge

extension FunctionLowering {
    func lowerDrop() { _ = pop() }

    func lowerSelect() {
        let condition = isNonZero(pop())
        let otherwise = pop()
        let then = pop()
        push(builder.select(condition, then, otherwise))
    }
}

// Variable instructions: globals. Locals are slots of the frame (FunctionLowering.swift).
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#variable-instructions

import LLVMBridge
import WasmSpec

extension FunctionLowering {
    func lowerLocalGet(_ index: LocalIndex) {
        let value = readLocal(index)
        boundsChecks.read(index, value)
        push(value)
    }

    func lowerLocalSet(_ index: LocalIndex, _ value: IRValue) {
        writeLocal(index, value)
        boundsChecks.assign(index, value)
    }

    /// A global that cannot change is its value, unless the instance's initialisation computes it; others are LLVM
    /// globals, one each.
    func lowerGlobalGet(_ index: GlobalIndex) {
        let global = module.globals[index.position]
        guard global.isMutable || instance.constants[index.position] == .computed else {
            push(owner.constant(instance.constants[index.position]))
            return
        }
        let value = builder.load(types.type(global.value), owner.storage.global(instance.globals[index.position]))
        tag(value, owner.aliasTags.global(instance.globals[index.position]))
        push(value)
    }

    func lowerGlobalSet(_ index: GlobalIndex) {
        let address = owner.storage.global(instance.globals[index.position])
        let store = builder.store(pop(), address, isVolatile: owner.isStateExact)
        tag(store, owner.aliasTags.global(instance.globals[index.position]))
    }

    /// Marks a load or store with what it may alias.
    func tag(_ access: IRValue, _ node: Metadata) {
        if access.isInstruction { access.setMetadata(owner.aliasTags.kind, node) }
    }
}

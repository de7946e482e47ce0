// Variables of the source, for debuggers.

import LLVMBridge
import WasmSpec

/// Operations of DWARF expressions.
private enum DebugOperation {
    static let dereference: UInt64 = 0x06
    static let constant: UInt64 = 0x10
    static let plus: UInt64 = 0x22
    static let plusConstant: UInt64 = 0x23

    /// Adds a number to what is there.
    static func add(_ offset: Int64) -> [UInt64] {
        if offset == 0 { return [] }
        return offset > 0
            ? [plusConstant, UInt64(offset)] : [constant, UInt64(bitPattern: offset), plus]
    }
}

extension FunctionLowering {
    /// Keeps the host address of the function's frame where a debugger finds it, whatever becomes of the local that has
    /// the guest's.
    func noteFrame(_ frame: IRValue, _ source: FunctionSource) {
        guard let address = hostAddress(ofGuestAddress: frame), let block = builder.insertBlock else { return }
        guard owner.optimization == .none else {
            source.forEachFrameVariable { variable, offset, location in
                owner.debugInfo.setValue(
                    of: variable, to: address,
                    owner.debugInfo.expression(DebugOperation.add(offset) + [DebugOperation.dereference]), location,
                    in: block)
            }
            return
        }
        let slot = source.frameSlot ?? inEntry { builder.alloca(context.i64, name: "frame") }
        source.frameSlot = slot
        builder.store(address, slot, isVolatile: true)
    }

    /// Says where variables are that have one place in all of the function; at the end of the entry block.
    func declareVariables() {
        guard let source, let slot = source.frameSlot, let block = builder.insertBlock else { return }
        source.forEachFrameVariable { variable, offset, location in
            owner.debugInfo.declare(
                variable, at: slot,
                owner.debugInfo.expression([DebugOperation.dereference] + DebugOperation.add(offset)), location,
                in: block)
        }
    }
}

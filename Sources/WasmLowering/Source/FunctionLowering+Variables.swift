// Variables of the source, for debuggers.

import LLVMBridge
import WasmDebugInfo
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

    /// What is in memory, so many bytes from a guest address.
    static func memory(_ base: UInt64, _ offset: Int64) -> [UInt64] {
        add(Int64(bitPattern: base) &+ offset) + [dereference]
    }
}

extension FunctionLowering {
    /// Keeps the host address of the function's frame where a debugger finds it, whatever becomes of the local that has
    /// the guest's.
    func noteFrame(_ frame: IRValue, _ source: FunctionSource) {
        // Whatever the module says of the local, it may be of any type.
        guard let (address, base) = debuggerAddress(frame), let block = builder.insertBlock else { return }
        guard owner.optimization == .none else {
            source.forEachFrameVariable { variable, offset, location in
                owner.debugInfo.setValue(
                    of: variable, to: address,
                    owner.debugInfo.expression(DebugOperation.memory(base, offset)), location, in: block)
            }
            return
        }
        let slot = source.frameSlot ?? inEntry { builder.alloca(context.i64, name: "frame") }
        source.frameSlot = slot
        builder.store(builder.add(context.constI64(base), address), slot, isVolatile: true)
    }

    // MARK: Along the code

    /// Says which variables begin and end to be somewhere, before the instruction that comes next is lowered.
    func followVariables() {
        guard let source, isReachable, !source.spans.isEmpty else { return }
        let (ended, begun) = source.spans.advance(to: instructionOffset)
        for variable in ended { forget(variable, source) }
        for span in begun { say(span, source) }
    }

    /// Says again where variables are, in a block to which several lead.
    func repeatVariables() {
        // Behind the last `end` the function has returned.
        guard let source, isReachable, !controls.isEmpty, !source.spans.isEmpty else { return }
        for span in source.spans.repeated { say(span, source) }
    }

    /// Says that the variables that are a local have another value.
    func noteLocal(_ local: LocalIndex, _ value: IRValue, _ source: FunctionSource) {
        for variable in source.spans.variables(ofLocal: local.rawValue) { setValue(of: variable, to: value, source) }
    }

    private func say(_ span: VariableSpans.Span, _ source: FunctionSource) {
        switch span.kind {
        case .local(let local):
            guard Int(local) < localCount else { return }
            setValue(of: span.variable, to: readLocal(LocalIndex(rawValue: local)), source)
        case .operand(let index):
            guard Int(index) < operands.count else { return }
            setValue(of: span.variable, to: operands[Int(index)], source)
        case .constant(let value):
            setValue(of: span.variable, to: context.constI64(UInt64(bitPattern: value)), source)
        case .frame(let offset):
            guard let local = source.frameBase, local.position < localCount else { return }
            guard let (address, base) = debuggerAddress(readLocal(local)) else { return }
            setValue(of: span.variable, to: address, source, DebugOperation.memory(base, offset))
        }
    }

    private func setValue(
        of variable: Int, to value: IRValue, _ source: FunctionSource, _ operations: [UInt64] = []
    ) {
        guard let block = builder.insertBlock else { return }
        let (node, location) = source.variable(variable)
        owner.debugInfo.setValue(of: node, to: value, owner.debugInfo.expression(operations), location, in: block)
        for variable in source.spans.countRecord() { forget(variable, source) }
    }

    /// Says that a variable is nowhere.
    private func forget(_ variable: Int, _ source: FunctionSource) {
        guard let block = builder.insertBlock else { return }
        let (node, location) = source.variable(variable)
        owner.debugInfo.setValue(
            of: node, to: context.i32.poison(), owner.debugInfo.expression([]), location, in: block)
    }

    // MARK: In one place

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

extension Instruction {
    /// Whether control may come to what is behind it from elsewhere.
    var isLabel: Bool {
        switch self {
        case .loop, .else, .end: true
        default: false
        }
    }
}

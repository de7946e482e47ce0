// Generates the body of a function as trees: a value of a type is an instruction behind values of its operands'
// types, so that every body is valid; behind a branch everything is. What each family generates is in
// FunctionGenerator+<Family>.swift.

import WasmBinary
import WasmInstructionTable
import WasmSpec

/// The state of generating one body.
struct FunctionGenerator {
    let plan: ModulePlan
    let catalog: InstructionCatalog
    let features: FeatureSet
    let type: FunctionType
    /// Also those of generated declared locals; the last three are `scratch`.
    let locals: [ValueType]
    let parameterCount: Int
    var choices: ChoiceSequence
    var code = ByteWriter()
    /// What a branch to each label takes, the function's own first.
    var labels: [[ValueType]]
    /// The labels of `catch` parts, as indices of `labels`.
    var catchLabels: [Int] = []
    var depth = 0

    /// Depth of trees, at most.
    static let maximumDepth = 9
    /// Locals for making NaNs canonical.
    private static let scratch: [ValueType] = [.f32, .f64, .v128]

    init(
        plan: ModulePlan, catalog: InstructionCatalog, features: FeatureSet, type: FunctionType,
        choices: ChoiceSequence
    ) {
        var choices = choices
        self.plan = plan
        self.catalog = catalog
        self.features = features
        self.type = type
        let declared = (0..<choices.number(below: 8)).map { _ in choices.pick(plan.storedTypes) }
        let scratch = Self.scratch.filter { plan.valueTypes.contains($0) }
        parameterCount = type.parameters.count
        locals = type.parameters + declared + scratch
        labels = [type.results]
        self.choices = choices
    }

    /// The body: locals, code and `end`.
    mutating func body() -> [UInt8] {
        code.vector(locals.dropFirst(parameterCount)) {
            $0.u32(1)
            $0.valueType($1)
        }
        enter()
        statements()
        values(type.results)
        code.operation("end")
        return code.bytes
    }

    /// Returns zeros when there is no fuel for a call, else consumes it.
    private mutating func enter() {
        let cost: Int32 = 10
        fuelGet()
        code.i32Const(cost)
        code.operation("i32.lt_u")
        code.operation("if")
        code.blockType(.empty)
        for type in type.results { code.zero(type) }
        code.operation("return")
        code.operation("end")
        consumeFuel(cost)
    }

    mutating func fuelGet() {
        code.operation("global.get")
        code.u32(UInt32(ModulePlan.fuelGlobal))
    }

    mutating func consumeFuel(_ amount: Int32) {
        fuelGet()
        code.i32Const(amount)
        code.operation("i32.sub")
        code.operation("global.set")
        code.u32(UInt32(ModulePlan.fuelGlobal))
    }

    // MARK: Values

    mutating func values(_ types: [ValueType]) {
        for type in types { value(type) }
    }

    /// Code that leaves one value of `type` on the stack.
    mutating func value(_ type: ValueType) {
        depth += 1
        defer { depth -= 1 }
        if case .reference(let reference) = type, !reference.isNullable, case .concrete(let index) = reference.heapType
        {
            return nonNull(index.position)
        }
        guard depth < Self.maximumDepth, !choices.isExhausted else { return leaf(type) }
        switch choices.number(below: 32) {
        case 0...6: leaf(type)
        case 7...21: instruction(type)
        case 22: selection(type)
        case 23: block(producing: type)
        case 24: tryBlock(producing: type)
        case 25: conditional(producing: type)
        case 26: loop(producing: type)
        case 27: call(producing: type)
        case 28: indirectCall(producing: type)
        case 29: size(producing: type)
        case 30: teeLocal(type)
        default: branchValue(type)
        }
    }

    /// Any instruction that is neither a constant nor control.
    mutating func instruction(_ type: ValueType) {
        if features.contains(.gc), choices.chance(64), readAggregate(type) { return }
        if type.isReference { reference(type) } else { plain(type) }
    }

    /// A constant, a local or a global.
    mutating func leaf(_ type: ValueType) {
        let kind = choices.number(below: 8)
        if kind > 1, let local = pickLocal(type) { return variable("local.get", local) }
        if kind > 5, let global = pickGlobal(type, isMutable: nil) { return variable("global.get", global) }
        if type == .funcref, kind > 3 {
            code.operation("ref.func")
            return code.u32(UInt32(choices.number(below: plan.functionTypes.count)))
        }
        code.constant(type, &choices)
    }

    mutating func variable(_ mnemonic: String, _ index: Int) {
        code.operation(mnemonic)
        code.u32(UInt32(index))
    }

    /// A local of `type` that is no scratch.
    mutating func pickLocal(_ type: ValueType) -> Int? {
        let own = locals.count - locals.suffix(3).filter { Self.scratch.contains($0) }.count
        let candidates = locals.indices.filter { $0 < own && locals[$0] == type }
        return candidates.isEmpty ? nil : choices.pick(candidates)
    }

    mutating func pickGlobal(_ type: ValueType, isMutable: Bool?) -> Int? {
        let candidates = plan.globals.indices.filter {
            $0 != ModulePlan.fuelGlobal && plan.globals[$0].type.value == type
                && (isMutable == nil || plan.globals[$0].type.isMutable == isMutable)
        }
        return candidates.isEmpty ? nil : choices.pick(candidates)
    }

    private mutating func teeLocal(_ type: ValueType) {
        guard let local = pickLocal(type) else { return leaf(type) }
        value(type)
        variable("local.tee", local)
    }

    /// Leaves the first of `types`, which are on the stack; two integers are combined.
    mutating func reduce(_ types: [ValueType]) {
        guard types.count > 1 else { return }
        if types == [.i64, .i64] { return code.operation("i64.xor") }
        if types == [.i32, .i32] { return code.operation("i32.xor") }
        for _ in 1..<types.count { code.operation("drop") }
    }

    /// Replaces a NaN on the stack by the canonical one. `isVector` says that `type` is that of lanes.
    mutating func makeCanonical(_ type: ValueType, isVector: Bool) {
        let stackType = isVector ? .v128 : type
        guard let scratch = locals.lastIndex(of: stackType) else { return }
        variable("local.tee", scratch)
        switch (type, isVector) {
        case (.f32, false):
            code.operation("f32.const")
            code.fixed32(0x7FC0_0000)
        case (_, false):
            code.operation("f64.const")
            code.fixed64(0x7FF8 << 48)
        case (.f32, true):
            code.operation("v128.const")
            for _ in 0..<4 { code.fixed32(0x7FC0_0000) }
        default:
            code.operation("v128.const")
            for _ in 0..<2 { code.fixed64(0x7FF8 << 48) }
        }
        for _ in 0..<2 { variable("local.get", scratch) }
        let shape = isVector ? (type == .f32 ? "f32x4" : "f64x2") : type == .f32 ? "f32" : "f64"
        code.operation("\(shape).eq")
        code.operation(isVector ? "v128.bitselect" : "select")
    }
}

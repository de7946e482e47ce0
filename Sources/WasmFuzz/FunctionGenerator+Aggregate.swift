// Structures, arrays, 31-bit integers and casts.

import WasmBinary
import WasmInstructionTable
import WasmSpec

extension FunctionGenerator {
    private static let any = ValueType.reference(ReferenceType(isNullable: true, .abstract(.any)))

    private func typeIndex(_ aggregate: Int) -> Int { plan.types.count + aggregate }

    private func isArray(_ aggregate: Int) -> Bool {
        if case .array = plan.aggregates[aggregate].composite { true } else { false }
    }

    // MARK: References

    /// A reference of the hierarchy of `any`, or an external one.
    mutating func internalReference(_ heapType: AbstractHeapType) {
        let aggregates = plan.aggregates.indices.filter {
            heapType == .struct ? !isArray($0) : heapType == .array ? isArray($0) : heapType != .i31
        }
        switch (heapType, choices.number(below: 8)) {
        case (.extern, _) where features.contains(.gc):
            value(Self.any)
            code.operation("extern.convert_any")
        case (.extern, _): code.zero(.externref)
        case (.i31, _), (.any, 0), (.eq, 0):
            value(.i32)
            code.operation("ref.i31")
        case (.any, 1):
            value(.externref)
            code.operation("any.convert_extern")
        case _ where aggregates.isEmpty: code.zero(.reference(ReferenceType(isNullable: true, .abstract(heapType))))
        default: value(ModulePlan.reference(typeIndex(choices.pick(aggregates))))
        }
    }

    /// A new object of `aggregate` or of what extends it.
    mutating func construct(_ aggregate: Int) {
        let aggregate = choices.pick(plan.subtypes(ofAggregate: aggregate))
        let isSimple = depth >= Self.maximumDepth || choices.isExhausted
        switch plan.aggregates[aggregate].composite {
        case .structure(let fields):
            if isSimple || choices.chance(64) { return variable("struct.new_default", typeIndex(aggregate)) }
            values(fields.map(\.storage.unpacked))
            variable("struct.new", typeIndex(aggregate))
        case .array(let field):
            if isSimple {
                code.i32Const(4)
                return variable("array.new_default", typeIndex(aggregate))
            }
            array(aggregate, field.storage)
        case .function: preconditionFailure("an aggregate is no function")
        }
    }

    private mutating func array(_ aggregate: Int, _ element: StorageType) {
        let segments = segments(of: element)
        switch choices.number(below: 5) {
        case 0:
            value(element.unpacked)
            length()
            variable("array.new", typeIndex(aggregate))
        case 1:
            let count = 1 + choices.number(below: 5)
            values(Array(repeating: element.unpacked, count: count))
            variable("array.new_fixed", typeIndex(aggregate))
            code.u32(UInt32(count))
        case 2, 3:
            guard !segments.isEmpty else { fallthrough }
            small(mask: 3)
            masked(3)
            variable(isReference(element) ? "array.new_elem" : "array.new_data", typeIndex(aggregate))
            code.u32(UInt32(choices.pick(segments)))
        default:
            length()
            variable("array.new_default", typeIndex(aggregate))
        }
    }

    private func isReference(_ element: StorageType) -> Bool { !element.isPacked && element.unpacked.isReference }

    /// Segments that arrays of such elements begin with: of data, or of references of that very type.
    private func segments(of element: StorageType) -> [Int] {
        guard isReference(element) else {
            return features.contains(.bulkMemory) ? Array(plan.data.indices) : []
        }
        return plan.elements.indices.filter { .reference(plan.elements[$0].type) == element.unpacked }
    }

    /// 4 to 11, so that most indices lie inside.
    private mutating func length() {
        masked(7)
        code.i32Const(4)
        code.operation("i32.add")
    }

    /// A number from 0 to `mask`, rarely any.
    private mutating func small(mask: Int32) {
        if choices.chance(8) { value(.i32) } else { masked(mask) }
    }

    /// Always for lengths of new arrays: how long one may be depends on the engine.
    private mutating func masked(_ mask: Int32) {
        value(.i32)
        code.i32Const(mask)
        code.operation("i32.and")
    }

    // MARK: Casts

    /// A non-null reference to `type`: any that is one, else a new one.
    mutating func castOrMake(_ type: Int) {
        let target = ReferenceType(isNullable: false, .concrete(TypeIndex(type)))
        code.operation("block")
        code.blockType(.result(.reference(target)))
        labels.append([.reference(target)])
        value(Self.any)
        branchOnCast("br_on_cast", to: target)
        code.operation("drop")
        construct(type - plan.types.count)
        labels.removeLast()
        code.operation("end")
    }

    /// From `anyref`, to the innermost label.
    private mutating func branchOnCast(_ mnemonic: String, to target: ReferenceType) {
        code.operation(mnemonic)
        code.byte(target.isNullable ? 3 : 1)
        code.u32(0)
        code.heapType(.abstract(.any))
        code.heapType(target.heapType)
    }

    /// A type for tests: of the module or abstract.
    private mutating func castTarget() -> ReferenceType {
        let isNullable = choices.chance(100)
        if plan.aggregates.isEmpty || choices.chance(80) {
            return ReferenceType(isNullable: isNullable, .abstract(choices.pick([.i31, .eq, .struct, .array, .none])))
        }
        let aggregate = choices.number(below: plan.aggregates.count)
        return ReferenceType(isNullable: isNullable, .concrete(TypeIndex(typeIndex(aggregate))))
    }

    /// A branch that is taken unless a cast is possible, or a cast that may trap.
    private mutating func castStatement() {
        let target = castTarget()
        if choices.chance(48) {
            value(Self.any)
            code.operation(target.isNullable ? "ref.cast null" : "ref.cast")
            code.heapType(target.heapType)
            return code.operation("drop")
        }
        code.operation("block")
        code.blockType(.result(Self.any))
        labels.append([Self.any])
        value(Self.any)
        branchOnCast("br_on_cast_fail", to: target)
        labels.removeLast()
        code.operation("end")
        code.operation("drop")
    }

    // MARK: Reading and writing

    /// A number from an object, or about references. False if there is none of `type`.
    mutating func readAggregate(_ type: ValueType) -> Bool {
        if type == .i32, choices.chance(128) {
            askReference()
            return true
        }
        var candidates: [(aggregate: Int, field: Int, storage: StorageType)] = []
        for (aggregate, sub) in plan.aggregates.enumerated() {
            switch sub.composite {
            case .structure(let fields):
                for (position, field) in fields.enumerated() where field.storage.unpacked == type {
                    candidates.append((aggregate, position, field.storage))
                }
            case .array(let field) where field.storage.unpacked == type:
                candidates.append((aggregate, 0, field.storage))
            case .array, .function: break
            }
        }
        guard !candidates.isEmpty else { return false }
        let (aggregate, field, storage) = choices.pick(candidates)
        object(aggregate)
        let suffix = storage.isPacked ? choices.pick(["_s", "_u"]) : ""
        if isArray(aggregate) {
            small(mask: 3)
            variable("array.get\(suffix)", typeIndex(aggregate))
        } else {
            variable("struct.get\(suffix)", typeIndex(aggregate))
            code.u32(UInt32(field))
        }
        return true
    }

    /// A reference to an object, rarely null.
    private mutating func object(_ aggregate: Int) {
        if choices.chance(8) { return value(ModulePlan.reference(typeIndex(aggregate))) }
        nonNull(typeIndex(aggregate))
    }

    /// An i32 that says something about a reference.
    private mutating func askReference() {
        let eq = ValueType.reference(ReferenceType(isNullable: true, .abstract(.eq)))
        switch choices.number(below: 4) {
        case 0:
            value(eq)
            value(eq)
            code.operation("ref.eq")
        case 1:
            let target = castTarget()
            value(Self.any)
            code.operation(target.isNullable ? "ref.test null" : "ref.test")
            code.heapType(target.heapType)
        case 2:
            let arrays = plan.aggregates.indices.filter(isArray)
            guard !arrays.isEmpty else { return code.zero(.i32) }
            object(choices.pick(arrays))
            code.operation("array.len")
        default:
            value(.reference(ReferenceType(isNullable: true, .abstract(.i31))))
            code.operation(choices.pick(["i31.get_s", "i31.get_u"]))
        }
    }

    /// A change of an object.
    mutating func aggregateStatement() {
        guard !plan.aggregates.isEmpty, !choices.chance(48) else { return castStatement() }
        let aggregate = choices.number(below: plan.aggregates.count)
        switch plan.aggregates[aggregate].composite {
        case .structure(let fields):
            let mutable = fields.indices.filter { fields[$0].isMutable }
            guard !mutable.isEmpty else { return castStatement() }
            let field = choices.pick(mutable)
            object(aggregate)
            value(fields[field].storage.unpacked)
            variable("struct.set", typeIndex(aggregate))
            code.u32(UInt32(field))
        case .array(let field):
            guard field.isMutable else { return castStatement() }
            change(array: aggregate, field.storage)
        case .function: preconditionFailure("an aggregate is no function")
        }
    }

    private mutating func change(array: Int, _ element: StorageType) {
        let type = typeIndex(array)
        object(array)
        small(mask: 3)
        switch choices.number(below: 4) {
        case 0:
            value(element.unpacked)
            variable("array.set", type)
        case 1:
            value(element.unpacked)
            small(mask: 1)
            variable("array.fill", type)
        case 2:
            object(array)
            small(mask: 1)
            small(mask: 3)
            variable("array.copy", type)
            code.u32(UInt32(type))
        default:
            let segments = segments(of: element)
            guard !segments.isEmpty else {
                value(element.unpacked)
                return variable("array.set", type)
            }
            small(mask: 1)
            small(mask: 1)
            variable(isReference(element) ? "array.init_elem" : "array.init_data", type)
            code.u32(UInt32(choices.pick(segments)))
        }
    }
}

// Reference and aggregate instructions.

import Diagnostics
import WasmSpec

// MARK: References

extension Translator {
    mutating func translateReferenceIsNull() {
        let operand = popSource(0)
        emitResult(IntegerCompareOperation.i64Eq.immediateHandler, kind: .integerTest(.i64Eqz, operand)) {
            Layout.Immediate($0, operand, 0)
        }
    }

    mutating func translateReferenceEquality() {
        let right = popSource(1), left = popSource(0)
        let operation = IntegerCompareOperation.i64Eq
        emitResult(operation.slotsHandler, left, right, kind: .integerCompare(operation, left, right))
    }

    mutating func translateReferenceToFunction(_ function: FunctionIndex) {
        operands.push(.constant(word(instance.functions[function.position])), isWide: false)
    }

    mutating func translateAsNonNull() {
        let operand = operands.top()
        let slot = sourceOfTop(operand)
        emit(ReferenceHandlers.asNonNull)
        code.append(Layout.Slots(slot))
    }

    /// The slot of the topmost operand, which stays on the stack.
    private mutating func sourceOfTop(_ operand: Operand) -> Int {
        if case .constant = operand.source { settle(1) }
        return source(operands.top(), 0)
    }

    private func test(_ type: ReferenceType) -> ReferenceTest { ReferenceTest(type, types: instance.types) }

    private func word(_ type: UnsafeMutablePointer<RuntimeType>?) -> UInt64 { UInt64(UInt(bitPattern: type)) }

    mutating func translateTest(_ type: ReferenceType) {
        let operand = popSource(0)
        let test = test(type), type = word(test.type)
        emitResult(ReferenceHandlers.test) {
            Layout.SlotsAndWord(Layout.Slots($0, operand, test.flags), type)
        }
    }

    mutating func translateCast(_ type: ReferenceType) {
        let slot = sourceOfTop(operands.top())
        let test = test(type)
        emit(ReferenceHandlers.cast)
        code.append(Layout.SlotsAndWord(Layout.Slots(slot, test.flags), word(test.type)))
    }

    mutating func translateI31() {
        let operand = popSource(0)
        emitResult(ReferenceHandlers.i31, operand)
    }

    mutating func translateI31Get(_ operation: I31GetOperation) {
        let operand = popSource(0)
        switch operation {
        case .i31GetS: emitResult(ReferenceHandlers.i31GetS, operand)
        case .i31GetU: emitResult(ReferenceHandlers.i31GetU, operand)
        }
    }
}

// MARK: Branches on references

extension Translator {
    /// The label takes the operands below the reference; behind the branch the reference is on the stack again.
    mutating func translateBranchOnNull(_ label: LabelDepth) {
        let slot = sourceOfTop(operands.top())
        let reference = operands.pop()
        emitConditionalBranch(.isNull(slot), to: frameIndex(label))
        operands.push(reference.source, isWide: false)
    }

    /// The label takes the reference too; behind the branch it is gone.
    mutating func translateBranchOnNonNull(_ label: LabelDepth) {
        let slot = sourceOfTop(operands.top())
        emitConditionalBranch(.isNonNull(slot), to: frameIndex(label))
        operands.pop()
    }

    mutating func translateBranchOnCast(_ branch: BranchOnCast, onFailure: Bool) {
        let slot = sourceOfTop(operands.top())
        let test = test(branch.target)
        let condition = Condition.matches(slot, test.flags, word(test.type))
        emitConditionalBranch(onFailure ? condition.negated : condition, to: frameIndex(branch.label))
    }
}

// MARK: Structures

extension Translator {
    private func fieldTypes(_ type: TypeIndex) -> [FieldType] {
        guard case .structure(let fields) = module.module.types[type.position].composite else { return [] }
        return fields
    }

    private func elementType(_ type: TypeIndex) -> StorageType {
        guard case .array(let field) = module.module.types[type.position].composite else { return .i8 }
        return field.storage
    }

    /// An instruction that finds its topmost `count` operands side by side and puts its result, if any, there.
    private mutating func emitAggregate<Operands: OperandLayout>(
        _ handler: Handler, _ type: TypeIndex, operands count: Int, hasResult: Bool,
        _ layout: (Layout.Aggregate) -> Operands
    ) {
        settle(count)
        let end = operands.height
        operands.truncate(to: operands.count - count)
        emit(handler)
        let run = Layout.Run(start: Slot(operands.height), end: Slot(end))
        code.append(layout(Layout.Aggregate(operands: run, type: instance.types[type.position])))
        if hasResult { operands.push(.slot, isWide: false) }
    }

    private mutating func emitAggregate(_ handler: Handler, _ type: TypeIndex, operands count: Int, hasResult: Bool) {
        emitAggregate(handler, type, operands: count, hasResult: hasResult) { $0 }
    }

    mutating func translateStructNew(_ type: TypeIndex) {
        emitAggregate(AggregateHandlers.structNew, type, operands: fieldTypes(type).count, hasResult: true)
    }

    mutating func translateStructNewDefault(_ type: TypeIndex) {
        emitAggregate(AggregateHandlers.structNewDefault, type, operands: 0, hasResult: true)
    }

    private func fieldOffset(_ type: TypeIndex, _ field: FieldIndex) -> UInt64 {
        // Structure types have offsets for all fields.
        UInt64(instance.types[type.position].pointee.layout.fieldOffsets.unsafelyUnwrapped[field.position])
    }

    mutating func translateStructGet(_ operation: StructGetOperation, _ type: TypeIndex, _ field: FieldIndex) {
        let reference = popSource(0)
        let storage = fieldTypes(type)[field.position].storage
        let handler =
            switch (storage, operation) {
            case (.value(.v128), _): StructGetHandlers.wide
            case (.i8, .structGetS): StructGetHandlers.signed8
            case (.i8, _): StructGetHandlers.unsigned8
            case (.i16, .structGetS): StructGetHandlers.signed16
            case (.i16, _): StructGetHandlers.unsigned16
            case (.value, _): StructGetHandlers.plain
            }
        let offset = fieldOffset(type, field)
        emitResult(isWide: storage.unpacked.isWide, handler) {
            Layout.SlotsAndWord(Layout.Slots($0, reference), offset)
        }
    }

    mutating func translateStructSet(_ type: TypeIndex, _ field: FieldIndex) {
        let isWide = fieldTypes(type)[field.position].storage.unpacked.isWide
        let value = popSource(1), reference = popSource(0)
        emit(isWide ? StructSetHandlers.wide : StructSetHandlers.plain)
        code.append(Layout.SlotsAndWord(Layout.Slots(reference, value), fieldOffset(type, field)))
    }
}

// MARK: Arrays

extension Translator {
    mutating func translateArrayNew(_ type: TypeIndex) {
        emitAggregate(AggregateHandlers.arrayNew, type, operands: 2, hasResult: true)
    }

    mutating func translateArrayNewDefault(_ type: TypeIndex) {
        emitAggregate(AggregateHandlers.arrayNewDefault, type, operands: 1, hasResult: true)
    }

    mutating func translateArrayNewFixed(_ type: TypeIndex, _ count: UInt32) {
        emitAggregate(
            AggregateHandlers.arrayNewFixed, type, operands: Int(count), hasResult: true
        ) { Layout.FixedArray(aggregate: $0, count: UInt64(count)) }
    }

    mutating func translateArrayNewData(_ type: TypeIndex, _ data: DataIndex) {
        let records = instance.dataRecords
        emitAggregate(
            AggregateHandlers.arrayNewData, type, operands: 2, hasResult: true
        ) { Layout.AggregateFrom(aggregate: $0, segment: records + data.position) }
    }

    mutating func translateArrayNewElem(_ type: TypeIndex, _ element: ElementIndex) {
        let records = instance.elementRecords
        emitAggregate(
            AggregateHandlers.arrayNewElem, type, operands: 2, hasResult: true
        ) { Layout.AggregateFrom(aggregate: $0, segment: records + element.position) }
    }

    mutating func translateArrayGet(_ operation: ArrayGetOperation, _ type: TypeIndex) {
        let index = popSource(1), reference = popSource(0)
        let storage = elementType(type)
        let handler =
            switch (storage, operation) {
            case (.i8, .arrayGetS): ArrayGetHandlers.signed8
            case (.i8, _): ArrayGetHandlers.unsigned8
            case (.i16, .arrayGetS): ArrayGetHandlers.signed16
            case (.i16, _): ArrayGetHandlers.unsigned16
            case (.value(.i32), _), (.value(.f32), _): ArrayGetHandlers.bits32
            case (.value(.i64), _), (.value(.f64), _), (.value(.reference), _): ArrayGetHandlers.bits64
            case (.value(.v128), _): ArrayGetHandlers.wide
            }
        emitResult(handler, isWide: storage.unpacked.isWide, reference, index)
    }

    mutating func translateArraySet(_ type: TypeIndex) {
        let value = popSource(2), index = popSource(1), reference = popSource(0)
        let handler =
            switch elementType(type) {
            case .i8: ArraySetHandlers.bits8
            case .i16: ArraySetHandlers.bits16
            case .value(.i32), .value(.f32): ArraySetHandlers.bits32
            case .value(.i64), .value(.f64), .value(.reference): ArraySetHandlers.bits64
            case .value(.v128): ArraySetHandlers.wide
            }
        emit(handler)
        code.append(Layout.Slots(reference, index, value))
    }

    mutating func translateArrayLen() {
        let reference = popSource(0)
        emitResult(AggregateHandlers.arrayLen, reference)
    }

    mutating func translateArrayFill(_ type: TypeIndex) {
        emitAggregate(AggregateHandlers.arrayFill, type, operands: 4, hasResult: false)
    }

    mutating func translateArrayCopy(_ destination: TypeIndex, _ source: TypeIndex) {
        emitAggregate(AggregateHandlers.arrayCopy, destination, operands: 5, hasResult: false)
    }

    mutating func translateArrayInitData(_ type: TypeIndex, _ data: DataIndex) {
        let records = instance.dataRecords
        emitAggregate(
            AggregateHandlers.arrayInitData, type, operands: 4, hasResult: false
        ) { Layout.AggregateFrom(aggregate: $0, segment: records + data.position) }
    }

    mutating func translateArrayInitElem(_ type: TypeIndex, _ element: ElementIndex) {
        let records = instance.elementRecords
        emitAggregate(
            AggregateHandlers.arrayInitElem, type, operands: 4, hasResult: false
        ) { Layout.AggregateFrom(aggregate: $0, segment: records + element.position) }
    }
}

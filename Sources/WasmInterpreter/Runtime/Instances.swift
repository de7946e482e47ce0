// Instances. A store owns all of its instances and frees them together; shared memories live as long as anyone
// uses them. Spec: https://webassembly.github.io/spec/core/exec/runtime.html

import Diagnostics
import Glibc
import WasmSpec
import WasmValidation

/// An instance of a module. It keeps its store.
public final class ModuleInstance {
    public let store: Store
    private let state: ModuleState

    init(_ state: ModuleState) {
        self.state = state
        store = state.store
    }

    public var module: ValidatedModule { state.module }

    /// The memories that the module defines, in its order.
    public var definedMemories: [MemoryInstance] { state.memories.suffix(module.module.memories.count) }

    /// The memories and the globals of the module's indices, imported ones too.
    public var memories: [MemoryInstance] { state.memories }
    public var globals: [GlobalInstance] { state.globals }

    /// What is exported under `name`, or nil.
    public func export(_ name: String) -> ExternalValue? { state.export(name) }

    /// The memories and the globals that the module defines, in their order.
    public var ownMemories: ArraySlice<MemoryInstance> { state.memories.dropFirst(module.importedMemoryCount) }
    public var ownGlobals: ArraySlice<GlobalInstance> { state.globals.dropFirst(module.importedGlobalCount) }

    /// What is in the tables that the module defines, in their order.
    public var ownTables: [TableContents] {
        state.tables.dropFirst(module.importedTableCount).map { table in
            let hierarchy = RuntimeValueType(.reference(table.type.element), types: state.types).hierarchy
            let elements = UnsafeBufferPointer(
                start: table.record.pointee.elements, count: Int(table.record.pointee.count))
            return TableContents(
                type: table.type, hierarchy: hierarchy,
                references: elements.map { store.reference($0, hierarchy: hierarchy) })
        }
    }

    /// Whether nothing can be taken from a segment any more, which is so of active ones.
    public func isDropped(elementSegment index: Int) -> Bool { state.elementRecords[index].count == 0 }
    public func isDropped(dataSegment index: Int) -> Bool { state.dataRecords[index].count == 0 }
}

/// A table at some time. Objects that it refers to stay for as long as this does.
public struct TableContents {
    /// The minimum is the number of elements.
    public let type: TableType
    /// The top of the hierarchy of the elements' type.
    public let hierarchy: AbstractHeapType
    public let references: [Reference]
}

/// A function of a store, with or without Wasm code. It keeps the store.
public struct FunctionInstance: Hashable, @unchecked Sendable {
    public let store: Store
    let record: UnsafeMutablePointer<FunctionRecord>

    public var type: FunctionType { store.type(of: record) }

    /// The index in the module that defines it; nil for a function of the host.
    public var index: UInt32? { record.pointee.instance == nil ? nil : record.pointee.index }

    /// The top of the hierarchy of a reference type that occurs in the function's type; `any` for other types.
    public func hierarchy(of type: ValueType) -> AbstractHeapType {
        let types = record.pointee.instance?.takeUnretainedValue().types ?? []
        return RuntimeValueType(type, types: types).hierarchy
    }

    public static func == (lhs: FunctionInstance, rhs: FunctionInstance) -> Bool { lhs.record == rhs.record }
    public func hash(into hasher: inout Hasher) { hasher.combine(record) }
}

/// A global. Its store must outlive every use of it.
public final class GlobalInstance {
    public let type: GlobalType
    let matchedType: RuntimeValueType
    /// The value's slots.
    let cell: UnsafeMutablePointer<UInt64>
    unowned let store: Store

    init(_ type: GlobalType, matchedType: RuntimeValueType, in store: Store) {
        self.type = type
        self.matchedType = matchedType
        self.store = store
        cell = .allocate(capacity: 2)
        cell.initialize(repeating: 0, count: 2)
    }

    deinit { cell.deallocate() }

    /// The top of the hierarchy of the global's reference type; `any` for other types.
    public var hierarchy: AbstractHeapType { matchedType.hierarchy }

    public var value: Value { store.read(type.value, from: cell, hierarchy: matchedType.hierarchy) }

    /// Changes the value, of an immutable global too. Throws `diagnostic` when it is of another type.
    public func set(_ value: Value) throws(ExecutionError) {
        guard store.isValue(value, of: matchedType) else {
            throw .diagnostic(Diagnostic(.environment, "the value does not match the global's type", "\(type)"))
        }
        store.write(value, to: cell)
    }
}

/// A tag of exceptions.
public final class TagInstance {
    /// What messages call it.
    public let name: String
    public let type: FunctionType
    private let types: [UnsafeMutablePointer<RuntimeType>]
    let functionType: UnsafeMutablePointer<RuntimeType>
    let payloadType: UnsafeMutablePointer<RuntimeType>
    let record: UnsafeMutablePointer<TagRecord>

    /// - Parameter types: those of the module that defines it.
    init(
        _ type: FunctionType, _ functionType: UnsafeMutablePointer<RuntimeType>, name: String,
        types: [UnsafeMutablePointer<RuntimeType>]
    ) {
        self.name = name
        self.types = types
        self.type = type
        self.functionType = functionType
        let layout = HeapLayout.structure(type.parameters.map { .value($0) })
        payloadType = .allocate(capacity: 1)
        payloadType.initialize(
            to: RuntimeType(
                number: .max, depth: 0, kind: .structure, ancestors: .allocate(capacity: 1), layout: layout))
        payloadType.pointee.ancestors.initialize(to: payloadType)
        record = .allocate(capacity: 1)
        record.initialize(
            to: TagRecord(
                type: payloadType, payloadBytes: Int(layout.bytes), definition: Unmanaged.passUnretained(self)))
    }

    /// The top of the hierarchy of a reference type that occurs in the tag's type; `any` for other types.
    public func hierarchy(of type: ValueType) -> AbstractHeapType {
        RuntimeValueType(type, types: types).hierarchy
    }

    deinit {
        payloadType.pointee.layout.deallocate()
        payloadType.pointee.ancestors.deallocate()
        payloadType.deallocate()
        record.deallocate()
    }
}

/// A table.
public final class TableInstance {
    /// Its type; the minimum is the number of elements now.
    public var type: TableType {
        TableType(
            addressType: declaredType.addressType,
            limits: Limits(minimum: record.pointee.count, maximum: declaredType.limits.maximum),
            element: declaredType.element)
    }

    private let declaredType: TableType
    let matchedElement: CanonicalReferenceType
    private(set) var record: UnsafeMutablePointer<TableRecord>
    private var capacity: Int
    private let budget: ByteBudget?

    /// As browsers; the memory for elements is committed at once.
    static let maximumElements: UInt64 = 10_000_000

    /// Nil if there are too many elements, or more than `budget` pays for.
    init?(_ type: TableType, matchedElement: CanonicalReferenceType, value: UInt64, budget: ByteBudget? = nil) {
        let count = type.limits.minimum
        guard count <= Self.maximumElements, budget?.takeStartTable(elements: count) ?? true else { return nil }
        self.budget = budget
        declaredType = type
        self.matchedElement = matchedElement
        capacity = Int(type.limits.minimum)
        let elements = UnsafeMutablePointer<UInt64>.allocate(capacity: max(capacity, 1))
        elements.initialize(repeating: value, count: capacity)
        record = .allocate(capacity: 1)
        record.initialize(
            to: TableRecord(
                elements: elements, count: type.limits.minimum, instance: Unmanaged.passUnretained(self)))
    }

    deinit {
        record.pointee.elements.deallocate()
        record.deallocate()
    }

    /// The number of elements before, or nil if there cannot be so many.
    func grow(by count: UInt64, value: UInt64) -> UInt64? {
        let previous = record.pointee.count
        let (total, overflow) = previous.addingReportingOverflow(count)
        let maximum = min(declaredType.limits.maximum ?? .max, Self.maximumElements)
        if overflow || total > maximum { return nil }
        if let budget, !budget.take(count * ByteBudget.bytesPerElement) { return nil }
        if Int(total) > capacity { reserve(max(Int(total), min(2 * capacity, Int(maximum)))) }
        (record.pointee.elements + Int(previous)).initialize(repeating: value, count: Int(count))
        record.pointee.count = total
        return previous
    }

    private func reserve(_ newCapacity: Int) {
        let elements = UnsafeMutablePointer<UInt64>.allocate(capacity: newCapacity)
        elements.initialize(from: record.pointee.elements, count: Int(record.pointee.count))
        record.pointee.elements.deallocate()
        record.pointee.elements = elements
        capacity = newCapacity
    }
}

/// What a module imports or exports.
public enum ExternalValue {
    case function(FunctionInstance)
    case table(TableInstance)
    case memory(MemoryInstance)
    case global(GlobalInstance)
    case tag(TagInstance)
}

extension ExternalValue {
    /// Its type now: the minima of limits are current sizes.
    var canonicalType: CanonicalExternalType {
        switch self {
        case .function(let function): .function(function.record.pointee.type.pointee.number)
        case .table(let table): .table(table.type.addressType, table.type.limits, table.matchedElement)
        case .memory(let memory): .memory(memory.type)
        case .global(let global): .global(global.matchedType.canonical, isMutable: global.type.isMutable)
        case .tag(let tag): .tag(tag.functionType.pointee.number)
        }
    }

    /// Its type for a message, in the indices of the module that defines it.
    var typeDescription: String {
        switch self {
        case .function(let function): "function \(function.type)"
        case .table(let table): "table \(table.type)"
        case .memory(let memory): "memory \(memory.type)"
        case .global(let global): "global \(global.type)"
        case .tag(let tag): "tag \(tag.type)"
        }
    }
}

// Structures that compiled code shares with the runtime. Their fields, offsets and widths are those of the C headers
// (CWasmcABI): this side writes none of them down.

import Diagnostics
import LLVMBridge
import Synchronization

/// How a structure of the runtime's lies in memory, as its declaration in C says.
struct StructureLayout {
    struct Field {
        let name: String
        let offset: Int
        /// 1, 2, 4 or 8.
        let bytes: Int
        let isPointer: Bool

        func type(in context: LLVMContext) -> IRType {
            isPointer ? context.ptr : context.integer(width: 8 * bytes)
        }
    }

    let name: String
    /// In their order in memory.
    let fields: [Field]

    /// Reads the declaration of `structure`, which is one of integers and pointers.
    ///
    /// Throws `.internal` for fields of other types, and for padding: without it, all that LLVM lays out in the same order
    /// lies where C has it, on every target.
    init<Structure: BitwiseCopyable>(_ structure: Structure.Type) throws(Diagnostic) {
        name = "\(structure)"
        var fields: [Field] = []
        var end = 0
        for child in Mirror(reflecting: Self.zeroed(structure)).children {
            let field = try Self.field(child.label ?? "?", child.value, at: end, of: name)
            guard end % field.bytes == 0 else { throw Self.refusal(name, "is padded before `\(field.name)`") }
            fields.append(field)
            end += field.bytes
        }
        guard end == MemoryLayout<Structure>.stride else {
            throw Self.refusal(name, "has \(MemoryLayout<Structure>.stride) bytes, and fields of \(end)")
        }
        self.fields = fields
    }

    private static func zeroed<Structure: BitwiseCopyable>(_ type: Structure.Type) -> Structure {
        withUnsafeTemporaryAllocation(of: Structure.self, capacity: 1) { buffer in
            UnsafeMutableRawBufferPointer(buffer).initializeMemory(as: UInt8.self, repeating: 0)
            return buffer[0]
        }
    }

    private static func field(
        _ name: String, _ value: Any, at offset: Int, of structure: String
    ) throws(Diagnostic) -> Field {
        func bytes<Value>(_ value: Value) -> Int { MemoryLayout<Value>.size }
        // Swift sees each pointer of C's as an optional, that to a function too, and nothing else as one.
        let isPointer = Swift.type(of: value) is any OptionalType.Type
        guard isPointer || value is any FixedWidthInteger else {
            throw refusal(structure, "has a field `\(name)` that is neither an integer nor a pointer")
        }
        return Field(name: name, offset: offset, bytes: bytes(value), isPointer: isPointer)
    }

    private static func refusal(_ structure: String, _ detail: String) -> Diagnostic {
        Diagnostic(.internal, "the layout of `\(structure)`", "the structure \(detail)")
    }

    /// As LLVM's type.
    func type(in context: LLVMContext) -> IRType { context.structure(fields.map { $0.type(in: context) }) }

    /// Where a field lies, in bytes.
    static func offset<Structure>(of field: PartialKeyPath<Structure>) -> Int64 {
        guard let offset = MemoryLayout<Structure>.offset(of: field) else {
            preconditionFailure("internal error: \(field) is no stored field")
        }
        return Int64(offset)
    }

    // MARK: Records

    /// A constant of the structure.
    ///
    /// Throws `.internal` unless `entries` are one for each field, with the field's type.
    func record(_ entries: [(offset: Int?, value: IRValue)], in context: LLVMContext) throws(Diagnostic) -> IRValue {
        var values: [IRValue?] = Array(repeating: nil, count: fields.count)
        for entry in entries {
            guard let position = fields.firstIndex(where: { $0.offset == entry.offset }) else {
                throw recordRefusal("an entry is for no field")
            }
            let (field, actual) = (fields[position], entry.value.type)
            guard values[position] == nil else { throw recordRefusal("`\(field.name)` has two entries") }
            guard actual == field.type(in: context) else {
                let expected = field.type(in: context).print()
                throw recordRefusal("`\(field.name)` is expected to be \(expected), found \(actual.print())")
            }
            values[position] = entry.value
        }
        let missing = zip(fields, values).filter { $0.1 == nil }.map { "`\($0.0.name)`" }
        guard missing.isEmpty else { throw recordRefusal("no entry for \(missing.joined(separator: ", "))") }
        return context.constStructure(values.compactMap { $0 })
    }

    private func recordRefusal(_ detail: String) -> Diagnostic {
        Diagnostic(.internal, "a record of `\(name)`", detail)
    }
}

private protocol OptionalType {}
extension Optional: OptionalType {}

extension StructureLayout {
    /// What has been read, for all threads: a program may have thousands of LLVM modules.
    private static let known = Mutex<[ObjectIdentifier: StructureLayout]>([:])

    /// The layout of `structure`, read once.
    static func of<Structure: BitwiseCopyable>(_ structure: Structure.Type) throws(Diagnostic) -> StructureLayout {
        if let layout = known.withLock({ $0[ObjectIdentifier(structure)] }) { return layout }
        let layout = try StructureLayout(structure)
        known.withLock { $0[ObjectIdentifier(structure)] = layout }
        return layout
    }
}

/// The runtime's structures in one LLVM context.
struct RuntimeStructures {
    private let context: LLVMContext

    init(_ context: LLVMContext) { self.context = context }

    /// As LLVM's type.
    ///
    /// Throws `.internal` as `StructureLayout.init` does.
    func type<Structure: BitwiseCopyable>(_ structure: Structure.Type) throws(Diagnostic) -> IRType {
        try StructureLayout.of(structure).type(in: context)
    }

    /// A constant of `structure`, with an entry for each field, in any order.
    ///
    /// Throws `.internal` when an entry is missing, is there twice or has another width than its field.
    func record<Structure: BitwiseCopyable>(
        _ structure: Structure.Type, _ entries: KeyValuePairs<PartialKeyPath<Structure>, IRValue>
    ) throws(Diagnostic) -> IRValue {
        let entries = entries.map { (offset: MemoryLayout<Structure>.offset(of: $0.key), value: $0.value) }
        return try StructureLayout.of(structure).record(entries, in: context)
    }
}

// MARK: Access to fields

extension LLVMContext {
    /// The address of a field of the structure that begins at `structure`, as a constant.
    func constFieldAddress<Structure>(_ structure: IRValue, _ field: PartialKeyPath<Structure>) -> IRValue {
        constPointer(structure, offset: StructureLayout.offset(of: field))
    }
}

extension IRBuilder {
    private func fieldAddress<Structure>(_ structure: IRValue, _ field: PartialKeyPath<Structure>) -> IRValue {
        let offset = StructureLayout.offset(of: field)
        return offset == 0 ? structure : gep(structure, offset: offset)
    }

    /// Reads an integer of the structure that begins at `structure`.
    func loadField<Structure, Value: FixedWidthInteger>(
        _ structure: IRValue, _ field: KeyPath<Structure, Value>, ordering: AtomicOrdering = .notAtomic, name: String
    ) -> IRValue {
        load(
            context.integer(width: Value.bitWidth), fieldAddress(structure, field),
            alignment: MemoryLayout<Value>.alignment, ordering: ordering, name: name)
    }

    /// Reads a pointer of the structure that begins at `structure`.
    func loadField<Structure, Pointer>(
        _ structure: IRValue, _ field: KeyPath<Structure, Pointer?>, name: String
    ) -> IRValue {
        load(context.ptr, fieldAddress(structure, field), alignment: MemoryLayout<Pointer?>.alignment, name: name)
    }

    /// Writes a value of the field's width.
    func storeField<Structure, Value: FixedWidthInteger>(
        _ value: IRValue, _ structure: IRValue, _ field: KeyPath<Structure, Value>
    ) {
        store(value, fieldAddress(structure, field), alignment: MemoryLayout<Value>.alignment)
    }

    /// Writes a pointer of the structure that begins at `structure`.
    func storeField<Structure, Pointer>(
        _ value: IRValue, _ structure: IRValue, _ field: KeyPath<Structure, Pointer?>
    ) {
        store(value, fieldAddress(structure, field), alignment: MemoryLayout<Pointer?>.alignment)
    }

    /// Writes an integer of the structure that begins at `structure`.
    func storeField<Structure, Value: FixedWidthInteger>(
        _ value: Value, _ structure: IRValue, _ field: KeyPath<Structure, Value>, isVolatile: Bool
    ) {
        store(
            context.integer(width: Value.bitWidth).constInt(UInt64(truncatingIfNeeded: value)),
            fieldAddress(structure, field), alignment: MemoryLayout<Value>.alignment, isVolatile: isVolatile)
    }
}

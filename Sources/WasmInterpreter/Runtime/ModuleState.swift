// Module instances. Spec: https://webassembly.github.io/spec/core/exec/runtime.html#module-instances

import Diagnostics
import WasmBinary
import WasmSpec
import WasmValidation

/// An instance of a module, as the store keeps it.
final class ModuleState {
    let module: ValidatedModule
    unowned let store: Store
    /// Its position among the instances of the store.
    let number: Int
    /// By type index.
    let types: [UnsafeMutablePointer<RuntimeType>]

    // Index spaces, imports first.
    var functions: [UnsafeMutablePointer<FunctionRecord>] = []
    var tables: [TableInstance] = []
    var memories: [MemoryInstance] = []
    var globals: [GlobalInstance] = []
    var tags: [TagInstance] = []

    let dataRecords: UnsafeMutablePointer<DataRecord>
    /// The contents of passive data segments.
    private let dataBytes: UnsafeMutableRawPointer
    let elementRecords: UnsafeMutablePointer<ElementRecord>
    /// Records of the functions that the module defines, and what they run once translated.
    private let definedRecords: UnsafeMutablePointer<FunctionRecord>
    private(set) var code: [FunctionCode?]
    /// By the bytes of the name: equality of strings would be that of what they look like.
    private var exportsByName: [[UInt8]: ExternalIndex] = [:]

    /// Slots that an instruction of one byte can push, at most.
    let maximumPushedSlots: Int

    init(_ module: ValidatedModule, in store: Store) {
        self.module = module
        self.store = store
        number = store.instanceCount
        types = store.types.add(module)
        let defined = module.module.functions.count
        definedRecords = .allocate(capacity: max(defined, 1))
        code = Array(repeating: nil, count: defined)
        dataRecords = .allocate(capacity: max(module.module.dataSegments.count, 1))
        elementRecords = .allocate(capacity: max(module.module.elementSegments.count, 1))
        dataBytes = Self.copyPassiveData(module.module, to: dataRecords)
        for index in module.module.elementSegments.indices {
            (elementRecords + index).initialize(
                to: ElementRecord(base: .allocate(capacity: 1), count: 0))
        }
        var pushed = 2
        for case .function(let type) in module.module.types.lazy.map(\.composite) {
            pushed = max(pushed, type.results.slots)
        }
        maximumPushedSlots = pushed
        for export in module.module.exports { exportsByName[Array(export.name.utf8)] = export.description }
    }

    /// An active segment is read at instantiation only, from the module, and counts as dropped.
    private static func copyPassiveData(
        _ module: Module, to records: UnsafeMutablePointer<DataRecord>
    ) -> UnsafeMutableRawPointer {
        let passive = module.dataSegments.filter { if case .passive = $0.mode { true } else { false } }
        let count = passive.reduce(0) { $0 + $1.contents.count }
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 16)
        var next = bytes
        for (index, segment) in module.dataSegments.enumerated() {
            var record = DataRecord(base: next, count: 0)
            if case .passive = segment.mode {
                record.count = UInt64(segment.contents.count)
                module.source.copy(segment.contents, to: next)
                next += segment.contents.count
            }
            (records + index).initialize(to: record)
        }
        return bytes
    }

    deinit {
        dataBytes.deallocate()
        definedRecords.deallocate()
        dataRecords.deallocate()
        for index in module.module.elementSegments.indices { elementRecords[index].base.deallocate() }
        elementRecords.deallocate()
    }

    // MARK: Exports

    func export(_ name: String) -> ExternalValue? { exportsByName[Array(name.utf8)].map { external($0) } }

    func external(_ index: ExternalIndex) -> ExternalValue {
        switch index {
        case .function(let index): .function(function(index))
        case .table(let index): .table(tables[index.position])
        case .memory(let index): .memory(memories[index.position])
        case .global(let index): .global(globals[index.position])
        case .tag(let index): .tag(tags[index.position])
        }
    }

    func function(_ index: FunctionIndex) -> FunctionInstance {
        FunctionInstance(store: store, record: functions[index.position])
    }

    // MARK: Code

    /// Memory 0, or a memory of size 0.
    var firstMemory: UnsafeMutablePointer<MemoryRecord> { memories.first?.record ?? store.noMemory }

    /// Makes the records of the functions that the module defines. Memories must be there.
    func addDefinedFunctions() {
        for position in module.module.functions.indices {
            let index = FunctionIndex(module.importedFunctionCount + position)
            let record = definedRecords + position
            record.initialize(
                to: makeRecord(types[module.functionTypes[index.position].position], module.signature(of: index), index)
            )
            record.setStub(CallHandlers.translate)
            functions.append(record)
        }
    }

    private func makeRecord(
        _ type: UnsafeMutablePointer<RuntimeType>, _ signature: FunctionType, _ index: FunctionIndex
    ) -> FunctionRecord {
        FunctionRecord(
            entry: UnsafePointer(store.haltCode), memory: firstMemory, type: type,
            headerSlot: UInt32(signature.headerSlot), index: index.rawValue,
            instance: Unmanaged.passUnretained(self), crossReturnCode: UnsafePointer(store.crossReturnCode),
            stub: (0, 0))
    }

    /// Translates a function and makes the code its entry.
    func translate(_ record: UnsafeMutablePointer<FunctionRecord>) throws(Diagnostic) {
        let index = FunctionIndex(rawValue: record.pointee.index)
        let code = try translator(index).translated
        self.code[index.position - module.importedFunctionCount] = code
        record.pointee.entry = UnsafePointer(code.words)
    }

    /// The code of a function as `translate` makes it, with the module offsets of its instructions.
    func places(_ index: FunctionIndex) throws(Diagnostic) -> [(position: Int, offset: Int)] {
        try translator(index, recordingPlaces: true).places
    }

    /// By local, parameters first: its first slot in the function's frame.
    func localSlots(_ index: FunctionIndex) throws(Diagnostic) -> [Int] { try translator(index).localSlots }

    private func translator(
        _ index: FunctionIndex, recordingPlaces: Bool = false
    ) throws(Diagnostic) -> (translated: FunctionCode, places: [(position: Int, offset: Int)], localSlots: [Int]) {
        let function = module.module.functions[index.position - module.importedFunctionCount]
        var translator = Translator(
            self, functions[index.position], type: module.signature(of: index), locals: function.locals,
            bodyBytes: function.body.count, recordingPlaces: recordingPlaces)
        translator.counters = store.counters?.counters(instance: number, function: index, at: function.offset)
        let code = try module.module.source.withReader(function.body) { (reader) throws(Diagnostic) in
            var instructions = InstructionReader(reader)
            return try translator.translate(&instructions)
        }
        return (code, translator.places ?? [], translator.localSlots)
    }

    /// Runs a constant expression as the body of a function without parameters.
    func evaluate(_ expression: ConstantExpression, _ type: ValueType) throws(ExecutionError) -> (UInt64, UInt64) {
        if let simple = simpleValue(expression) { return (simple, 0) }
        let signature = FunctionType(parameters: [], results: [type])
        let record = UnsafeMutablePointer<FunctionRecord>.allocate(capacity: 1)
        defer { record.deallocate() }
        // Nothing refers to this function, so that any type is right.
        let noType = store.types.add(FunctionType(parameters: [], results: []))
        record.initialize(to: makeRecord(noType, signature, .max))
        var translator = Translator(
            self, record, type: signature, locals: [], bodyBytes: expression.body.count)
        let code: FunctionCode
        do throws(Diagnostic) {
            code = try module.module.source.withReader(expression.body) { (reader) throws(Diagnostic) in
                var instructions = InstructionReader(reader)
                return try translator.translate(&instructions)
            }
        } catch {
            throw .diagnostic(error)
        }
        record.pointee.entry = UnsafePointer(code.words)
        let slots = try store.run(record, parameters: 0) { _ in }
        return (slots[0], type.isWide ? slots[1] : 0)
    }

    /// The value of an expression of one instruction, the most frequent by far; nil for others.
    private func simpleValue(_ expression: ConstantExpression) -> UInt64? {
        try? module.module.source.withReader(expression.body) { (reader) throws(Diagnostic) -> UInt64? in
            var instructions = InstructionReader(reader)
            let value: UInt64
            switch try instructions.next() {
            case .i32Const(let number): value = UInt64(i32: number)
            case .i64Const(let number): value = UInt64(i64: number)
            case .refFunc(let index): value = UInt64(UInt(bitPattern: functions[index.position]))
            case .refNull: value = ReferenceBits.null
            default: return nil
            }
            guard case .end = try instructions.next() else { return nil }
            return value
        }
    }
}

extension ModuleBytes {
    /// Copies bytes of the module.
    func copy(_ range: Range<Int>, to target: UnsafeMutableRawPointer) {
        bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            target.copyMemory(from: base + range.lowerBound, byteCount: range.count)
        }
    }
}

extension FunctionIndex {
    /// The index of no function.
    fileprivate static let max = FunctionIndex(rawValue: .max)
}

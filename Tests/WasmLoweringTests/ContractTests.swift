import CWasmcABI
import Diagnostics
import LLVMBridge
import Testing
import WasmInstructionTable

@testable import WasmLowering

/// A structure as one of the runtime's might be.
private struct Sample {
    var pointer: UnsafeRawPointer?
    var size: UInt64
    var count: UInt32
    var flags: UInt32
}

/// The same, with its fields moved.
private struct MovedSample {
    var flags: UInt32
    var count: UInt32
    var size: UInt64
    var pointer: UnsafeRawPointer?
}

private struct PaddedSample {
    var count: UInt32
    var size: UInt64
}

private struct TailPaddedSample {
    var size: UInt64
    var count: UInt32
}

private struct FloatSample {
    var value: Double
}

/// What compiled code and the runtime have in common comes from the C headers. Each contract is broken on purpose here.
@Suite struct ContractTests {
    private let context = LLVMContext()

    private func refusal(_ body: () throws -> Void) -> String? {
        do { try body() } catch let error as Diagnostic where error.phase == .internal { return error.detail } catch {}
        return nil
    }

    // MARK: Layouts

    /// The layout read from the declaration, against what Swift knows of each field.
    private func check<Structure: BitwiseCopyable>(_ fields: KeyValuePairs<String, PartialKeyPath<Structure>>) throws {
        let layout = try StructureLayout(Structure.self)
        #expect(layout.fields.map(\.name) == fields.map(\.key))
        #expect(layout.fields.map(\.offset) == fields.map { MemoryLayout<Structure>.offset(of: $0.value) })
    }

    @Test func layoutsAreThoseOfTheHeader() throws {
        try check([
            "base": \wasmc_memory.base, "size_bytes": \.size_bytes, "size_pages": \.size_pages,
            "max_pages": \.max_pages, "reserved_bytes": \.reserved_bytes, "page_log2": \.page_log2, "flags": \.flags,
        ])
        try check([
            "elements": \wasmc_table.elements, "size": \.size, "max": \.max, "capacity": \.capacity,
            "instance": \.instance,
        ])
        try check([
            "type_id": \wasmc_func_ref.type_id, "func_index": \.func_index, "code": \.code, "invoke": \.invoke,
        ])
        try check([
            "text_start_rel": \wasmc_pcmap_header.text_start_rel, "instance": \.instance,
            "place_bytes": \.place_bytes, "inlined_bytes": \.inlined_bytes, "frame_bytes": \.frame_bytes,
        ])
    }

    @Test func allStructuresOfTheContractHaveNoPadding() throws {
        #expect(try StructureLayout(wasmc_program.self).fields.count == 7)
        #expect(try StructureLayout(wasmc_instance.self).fields.count == 22)
        _ = try StructureLayout(wasmc_memory_desc.self)
        _ = try StructureLayout(wasmc_data_segment.self)
        _ = try StructureLayout(wasmc_elem_segment.self)
        _ = try StructureLayout(wasmc_size_check.self)
        _ = try StructureLayout(wasmc_data_instance.self)
        _ = try StructureLayout(wasmc_elem_instance.self)
        _ = try StructureLayout(wasmc_export.self)
        _ = try StructureLayout(wasmc_func_info.self)
    }

    @Test func paddingIsRefused() {
        #expect(refusal { _ = try StructureLayout(PaddedSample.self) } == "the structure is padded before `size`")
        #expect(
            refusal { _ = try StructureLayout(TailPaddedSample.self) }
                == "the structure has 16 bytes, and fields of 12")
    }

    @Test func fieldsOfOtherTypesAreRefused() {
        #expect(
            refusal { _ = try StructureLayout(FloatSample.self) }
                == "the structure has a field `value` that is neither an integer nor a pointer")
    }

    // MARK: Records

    private func record(
        _ entries: KeyValuePairs<PartialKeyPath<Sample>, IRValue>
    ) throws -> String {
        try RuntimeStructures(context).record(Sample.self, entries).print()
    }

    private var null: IRValue { context.ptr.constNull() }
    private var five: IRValue { context.constI64(5) }
    private var two: IRValue { context.constI32(2) }
    private var one: IRValue { context.constI32(1) }

    @Test func entriesComeInAnyOrder() throws {
        let expected = "{ ptr, i64, i32, i32 } { ptr null, i64 5, i32 2, i32 1 }"
        #expect(try record([\.pointer: null, \.size: five, \.count: two, \.flags: one]) == expected)
        #expect(try record([\.flags: one, \.size: five, \.pointer: null, \.count: two]) == expected)
    }

    /// A field that has moved in the header has moved in the record, and in code that reads it.
    @Test func recordsFollowMovedFields() throws {
        let moved = try RuntimeStructures(context).record(
            MovedSample.self, [\.pointer: null, \.size: five, \.count: two, \.flags: one])
        #expect(moved.print() == "{ i32, i32, i64, ptr } { i32 1, i32 2, i64 5, ptr null }")
        #expect(StructureLayout.offset(of: \Sample.count) == 16)
        #expect(StructureLayout.offset(of: \MovedSample.count) == 4)
    }

    @Test func aMissingEntryIsRefused() {
        #expect(
            refusal { _ = try record([\.pointer: null, \.flags: one]) } == "no entry for `size`, `count`")
        #expect(
            refusal { _ = try record([\.pointer: null, \.size: five, \.count: two]) } == "no entry for `flags`")
    }

    @Test func aSecondEntryIsRefused() {
        #expect(
            refusal { _ = try record([\.pointer: null, \.size: five, \.count: two, \.count: one]) }
                == "`count` has two entries")
    }

    @Test func anotherWidthIsRefused() {
        #expect(
            refusal { _ = try record([\.pointer: null, \.size: two, \.count: two, \.flags: one]) }
                == "`size` is expected to be i64, found i32")
        #expect(
            refusal { _ = try record([\.pointer: five, \.size: five, \.count: two, \.flags: one]) }
                == "`pointer` is expected to be ptr, found i64")
    }

    // MARK: Access

    @Test func accessesHaveTheFieldsOffsetAndWidth() throws {
        let module = IRModule("test", in: context)
        let builder = IRBuilder(module)
        let function = module.addFunction("f", context.functionType([context.ptr], returning: context.void))
        builder.positionAtEnd(function.appendBlock("entry"))
        let structure = function.parameter(0)
        _ = builder.loadField(structure, \MovedSample.flags, name: "flags")
        _ = builder.loadField(structure, \MovedSample.pointer, name: "pointer")
        builder.storeField(3, structure, \MovedSample.count, isVolatile: false)
        builder.retVoid()
        try module.verify()
        let text = module.print()
        #expect(text.contains("%flags = load i32, ptr %0, align 4"))
        #expect(text.contains("getelementptr i8, ptr %0, i64 16"))
        #expect(text.contains("%pointer = load ptr, ptr %1, align 8"))
        #expect(text.contains("getelementptr i8, ptr %0, i64 4"))
        #expect(text.contains("store i32 3, ptr %2, align 4"))
    }

    // MARK: Builtins and traps

    @Test func builtinsAreThoseOfTheirTable() throws {
        let all = try BuiltinDeclaration.all()
        func declaration(_ builtin: RuntimeBuiltin) -> BuiltinDeclaration { all[Int(builtin.rawValue)] }
        #expect(declaration(.wasmc_trap).name == "wasmc_trap")
        #expect(declaration(.wasmc_trap).isNoReturn)
        #expect(declaration(.wasmc_trap).type(in: context).print() == "void (i32, i32)")
        #expect(declaration(.wasmc_memory_grow).type(in: context).print() == "i64 (ptr, i64)")
        #expect(!declaration(.wasmc_memory_grow).isNoReturn)
        #expect(declaration(.wasmc_table_fill).type(in: context).print() == "void (ptr, i64, ptr, i64, i32)")
        #expect(declaration(.wasmc_table_init).name == "wasmc_table_init")
        #expect(Int(RuntimeBuiltin.wasmc_record_return.rawValue) == all.count - 1)
    }

    @Test func aBuiltinThatCodeCannotCallIsRefused() {
        #expect(
            refusal {
                _ = try BuiltinDeclaration(
                    name: "wasmc_x", result: "void", parameters: "(uint32_t a, double b)", isNoReturn: false)
            } == "expected a pointer or an integer of 32 or 64 bits, found ` double b`")
        #expect(
            refusal {
                _ = try BuiltinDeclaration(name: "wasmc_x", result: "uint8_t", parameters: "(void)", isNoReturn: false)
            } == "expected a pointer or an integer of 32 or 64 bits, found `uint8_t`")
    }

    @Test func trapsHaveTheCodesAndPhrasesOfTheirTable() {
        #expect(TrapKind.integerDivideByZero.rawValue == 2)
        #expect(TrapKind.integerDivideByZero.phrase == "integer divide by zero")
        #expect(TrapKind.outOfMemory.phrase == "out of memory")
        #expect(TrapKind.noTrap.rawValue == 0)
    }
}

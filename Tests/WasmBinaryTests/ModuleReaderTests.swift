import Diagnostics
import Testing
import WasmBinary
import WasmInstructionTable
import WasmSpec

@Suite struct ModuleReaderTests {
    @Test func emptyModule() throws {
        let module = try decodeModule(Assembly.header)
        #expect(module.sections.isEmpty && module.types.isEmpty && module.functions.isEmpty)
    }

    @Test(
        arguments: [
            ([], "unexpected end"), ([0, 0x61, 0x73], "unexpected end"),
            ([1, 2, 3, 4, 1, 0, 0, 0], "magic header not"),
            ([0, 0x61, 0x73, 0x6D, 2, 0, 0, 0], "unknown binary version"),
            ([0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0], "unknown binary version"),
            (Assembly.header + [14, 1, 0], "malformed section id"),
            (Assembly.header + [1, 5, 0], "length out of bounds"),
            (Assembly.module(Assembly.section(.type, [0, 0])), "section size mismatch"),
        ] as [([UInt8], String)])
    func frameErrors(_ bytes: [UInt8], _ message: String) {
        let error = decodingError(bytes)
        #expect(error?.phase == .malformed)
        #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error))")
    }

    /// Each pair of sections in the wrong order, and each one twice.
    @Test func sectionOrder() {
        let ids: [SectionID] = [
            .type, .import, .function, .table, .memory, .tag, .global, .export, .element, .dataCount, .code, .data,
        ]
        for (position, id) in ids.enumerated() {
            for earlier in ids[...position] {
                let bytes = Assembly.module(Assembly.section(id, [0]), Assembly.section(earlier, [0]))
                #expect(decodingError(bytes)?.message == "unexpected content after last section")
            }
            for later in ids[(position + 1)...] {
                let bytes = Assembly.module(Assembly.section(id, [0]), Assembly.section(later, [0]))
                #expect(decodingError(bytes) == nil)
            }
        }
    }

    @Test func recursiveGroupsAndSubtypes() throws {
        let module = try decodeModule(
            Assembly.module(
                Assembly.section(
                    .type,
                    entries: [
                        [0x4E, 2, 0x50, 0, 0x5F, 1, 0x63, 1, 1, 0x4F, 1, 0, 0x5F, 1, 0x63, 1, 1],
                        [0x5E, 0x78, 0],
                        [0x60, 1, 0x64, 0x6E, 2, 0x7B, 0x70],
                    ])))
        #expect(module.recursiveGroups == [0..<2, 2..<3, 3..<4])
        let link = FieldType(storage: .value(.reference(.init(isNullable: true, .concrete(1)))), isMutable: true)
        #expect(module.types[0] == SubType(isFinal: false, .structure([link])))
        #expect(module.types[1] == SubType(isFinal: true, supertypes: [0], .structure([link])))
        #expect(module.types[2] == SubType(.array(FieldType(storage: .i8, isMutable: false))))
        let anyref = ValueType.reference(ReferenceType(isNullable: false, .abstract(.any)))
        #expect(
            module.types[3] == SubType(.function(FunctionType(parameters: [anyref], results: [.v128, .funcref]))))
    }

    @Test func memoryLimits() throws {
        let module = try decodeModule(
            Assembly.module(
                Assembly.section(
                    .memory,
                    entries: [
                        [0, 1], [1, 1, 2], [3, 1, 2], [4, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], [0x0D, 1, 2, 0],
                    ])))
        #expect(
            module.memories.map(\.type) == [
                MemoryType(addressType: .i32, limits: Limits(minimum: 1)),
                MemoryType(addressType: .i32, limits: Limits(minimum: 1, maximum: 2)),
                MemoryType(addressType: .i32, limits: Limits(minimum: 1, maximum: 2), isShared: true),
                MemoryType(addressType: .i64, limits: Limits(minimum: 1 << 35)),
                MemoryType(addressType: .i64, limits: Limits(minimum: 1, maximum: 2), pageSizeLog2: 0),
            ])
    }

    /// Where a flag is a proposal's, the format without it reserves the flag.
    @Test func customPageSizeFlagNeedsItsFeature() {
        let bytes = Assembly.module(Assembly.section(.memory, entries: [[8, 0, 0]]))
        let others = FeatureSet(Feature.allCases.filter { $0 != .customPageSizes })
        #expect(throws: Diagnostic(.malformed, "malformed limits flags", "byte 0x8", at: .offset(11))) {
            try decodeModule(bytes, features: others)
        }
        #expect(decodingError(bytes) == nil)
    }

    /// The eight encodings of element segments, and how they are kept.
    @Test func elementSegments() throws {
        let offset: [UInt8] = [0x41, 0, 0x0B]
        let null: [UInt8] = [0xD0, 0x70, 0x0B]
        let module = try decodeModule(
            Assembly.module(
                Assembly.section(
                    .element,
                    entries: [
                        [0] + offset + [1, 7], [1, 0, 1, 7], [2, 3] + offset + [0, 1, 7], [3, 0, 1, 7],
                        [4] + offset + [1] + null, [5, 0x6F, 1] + null, [6, 3] + offset + [0x6F, 1] + null,
                        [7, 0x70, 1] + null,
                    ])))
        let nonNull = ReferenceType(isNullable: false, .abstract(.func))
        #expect(
            module.elementSegments.map(\.type) == [
                nonNull, nonNull, nonNull, nonNull, .funcref, .externref, .externref, .funcref,
            ])
        let modes = module.elementSegments.map { segment in
            switch segment.mode {
            case .active(let table, _): "active \(table)"
            case .passive: "passive"
            case .declarative: "declarative"
            }
        }
        #expect(
            modes == [
                "active 0", "passive", "active 3", "declarative", "active 0", "passive", "active 3", "declarative",
            ])
        for segment in module.elementSegments { #expect(segment.elements.count == 1) }
    }

    @Test(
        arguments: [
            (SectionID.element, [8, 0], "malformed elements segment kind"),
            (.element, [1, 1, 0], "malformed element kind"),
            (.data, [3, 0], "malformed data segment kind"), (.import, [0, 0, 5, 0], "malformed import kind"),
            (.export, [0, 5, 0], "malformed export kind"), (.global, [0x7F, 2, 0x41, 0, 0x0B], "malformed mutability"),
            (.table, [0x7F, 0, 0], "malformed reference type"), (.table, [0x40, 1, 0x70, 0, 0], "zero byte expected"),
            (.table, [0x70, 2, 0], "malformed limits flags"), (.tag, [1, 0], "malformed tag attribute"),
            (.type, [0x61], "malformed type definition"), (.type, [0x60, 1, 0x40, 0], "malformed value type"),
            (.type, [0x5F, 1, 0x63, 0x40, 0], "malformed heap type"),
            (.type, [0xE0, 0x7F], "integer representation too"),
        ] as [(SectionID, [UInt8], String)])
    func entryErrors(_ id: SectionID, _ entry: [UInt8], _ message: String) {
        let error = decodingError(Assembly.module(Assembly.section(id, entries: [entry])))
        #expect(error?.phase == .malformed)
        #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error))")
    }

    @Test func functionBodies() throws {
        let bytes = Assembly.functions([0x01, 0x0B], [0x0B])
        let module = try decodeModule(bytes)
        #expect(module.functions.map { Array(bytes[$0.body]) } == [[0x01, 0x0B], [0x0B]])
        #expect(bytes[module.functions[1].offset] == 0, "the entry begins with its locals")
    }

    /// A body without `end` is reported as by who reads on behind it.
    @Test func bodiesWithoutEnd() {
        #expect(decodingError(Assembly.functions([0x01]))?.message == "unexpected end of section or function")
        #expect(decodingError(Assembly.functions([0x01], [0x01, 0x01, 0x01, 0x0B]))?.message == "END opcode expected")
        let data = Assembly.functions([0x01]) + Assembly.section(.data, entries: [[1, 0]])
        #expect(decodingError(data)?.message == "section size mismatch")
    }

    @Test func localsAreCountedInFull() {
        func module(_ locals: [UInt8]) -> [UInt8] {
            Assembly.module(
                Assembly.section(.type, entries: [[0x60, 0, 0]]), Assembly.section(.function, entries: [[0]]),
                Assembly.section(.code, entries: [Assembly.sized(locals + [0x0B])]))
        }
        let half: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x08, 0x7F]
        #expect(decodingError(module([2] + half + half))?.phase == .malformed)
        let million = decodingError(module([1] + Assembly.leb(1_000_000) + [0x7F]))
        #expect(million?.phase == .unsupported)
        #expect(million?.message == "too many locals")
        #expect(decodingError(module([1] + Assembly.leb(50_000) + [0x7F])) == nil)
    }

    @Test func dataCountMustAgree() {
        let message = "data count and data section have inconsistent lengths"
        let count = Assembly.section(.dataCount, [2])
        #expect(decodingError(Assembly.module(count))?.message == message)
        #expect(
            decodingError(Assembly.module(count, Assembly.section(.data, entries: [[1, 0]])))?.message == message)
    }

    @Test func customSectionsKeepTheirPlace() throws {
        let module = try decodeModule(
            Assembly.module(
                Assembly.custom("a", [1, 2]), Assembly.section(.type, [0]), Assembly.custom("b", []),
                Assembly.custom("a", [3])))
        #expect(module.customSections.map(\.name) == ["a", "b", "a"])
        #expect(module.customSections.map(\.afterSection) == [0, 1, 1])
        #expect(module.customSections.map { Array(module.source.bytes[$0.contents]) } == [[1, 2], [], [3]])
        #expect(module.sections.map(\.id) == [0, 1, 0, 0])
    }
}

import Diagnostics
import Testing
import WasmBinary
import WasmSpec

@Suite struct HostileInputTests {
    /// Every section with a count of 2^32-1 and nothing behind it.
    @Test(arguments: SectionID.allCases.filter { ![.start, .dataCount].contains($0) })
    func hugeCounts(_ id: SectionID) {
        let bytes = Assembly.module(Assembly.section(id, [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]))
        #expect(decodingError(bytes)?.message == "length out of bounds")
    }

    @Test func hugeCountsInside() {
        let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]
        let offset: [UInt8] = [0x41, 0, 0x0B]
        let entries: [(SectionID, [UInt8])] = [
            (.type, [0x4E] + huge), (.type, [0x60] + huge), (.type, [0x60, 0] + huge), (.type, [0x5F] + huge),
            (.type, [0x50] + huge), (.import, huge), (.export, huge), (.element, [0] + offset + huge),
            (.element, [5, 0x70] + huge), (.data, [1] + huge), (.code, huge), (.code, [9] + huge),
            (.global, [0x7F, 0, 0x0E] + huge), (.global, [0x7F, 0, 0x1C] + huge),
            (.global, [0x7F, 0, 0x1F, 0x40] + huge),
        ]
        for (id, entry) in entries {
            let error = decodingError(Assembly.module(Assembly.section(id, entries: [entry])))
            #expect(error?.message == "length out of bounds", "\(id) \(entry)")
        }
    }

    /// Counts that the bytes could hold, were there no limit.
    @Test func countsBeyondLimits() {
        let many = [UInt8](repeating: 0, count: 1_000_001)
        let count = Assembly.leb(many.count)
        for (id, message) in [(SectionID.function, "too many functions"), (.memory, "too many memories")] {
            let error = decodingError(Assembly.module(Assembly.section(id, count + many)))
            #expect(error?.phase == .unsupported)
            #expect(error?.message == message)
        }
        let parameters = decodingError(Assembly.module(Assembly.section(.type, [1, 0x60] + count + many)))
        #expect(parameters?.message == "too many parameters or results")
        let fields = decodingError(Assembly.module(Assembly.section(.type, [1, 0x5F] + count + many)))
        #expect(fields?.message == "too many fields")
    }

    /// Blocks in a constant expression nest as deep as the module is long; nothing recurses.
    @Test func deepNesting() {
        let depth = 1_000_000
        let blocks = (0..<depth).flatMap { _ in [0x02, 0x40] as [UInt8] }
        let ends = [UInt8](repeating: 0x0B, count: depth + 1)
        #expect(decodingError(Assembly.module(Assembly.section(.global, [1, 0x7F, 0] + blocks + ends))) == nil)
        #expect(decodingError(Assembly.module(Assembly.section(.global, [1, 0x7F, 0] + blocks)))?.phase == .malformed)
    }

    /// Modules cut off anywhere, or with any bit flipped, are decoded or refused.
    @Test func truncationsAndBitFlips() {
        for seed in 0..<20 as Range<UInt64> {
            var random = RandomModule(seed: seed)
            let bytes = random.bytes()
            for count in bytes.indices { survive(Array(bytes[..<count])) }
            for position in bytes.indices {
                for bit in 0..<8 as Range<UInt8> {
                    var flipped = bytes
                    flipped[position] ^= 1 << bit
                    survive(flipped)
                }
            }
        }
    }

    /// Decodes, and where that works reads and encodes all there is.
    private func survive(_ bytes: [UInt8]) {
        guard let module = try? decodeModule(bytes) else { return }
        _ = NameSection(module)
        _ = ProducersSection(module)
        _ = TargetFeaturesSection(module)
        _ = BranchHintSection(module)
        let encoded = encodeModule(module)
        #expect(throws: Never.self) { try decodeModule(encoded) }
    }

    /// Garbage in the sections that tools write is no error.
    @Test func garbageInKnownCustomSections() throws {
        var random = SplitMix64(state: 7)
        for _ in 0..<2000 {
            let garbage = (0..<(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next() >> 3) & 0x8F }
            for name in ["name", "producers", "target_features", BranchHintSection.name] {
                let module = try decodeModule(Assembly.module(Assembly.custom(name, garbage)))
                _ = NameSection(module)
                _ = ProducersSection(module)
                _ = TargetFeaturesSection(module)
                _ = BranchHintSection(module)
            }
        }
    }
}

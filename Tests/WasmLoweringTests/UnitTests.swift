import Diagnostics
import Testing

@testable import WasmLowering

/// What is between lowering and optimising.
@Suite struct UnitTests {
    private var unusualSettings: UnitSettings {
        var settings = UnitSettings()
        settings.triple = "aarch64-unknown-linux-musl"
        settings.processor = "x86-64-v3"
        settings.processorFeatures = "+avx2,-bmi"
        settings.optimization = .smallest
        settings.tier = .excessive(promotesLocals: false)
        settings.keepsLoads = true
        settings.isStateExact = true
        settings.comparesAccesses = true
        settings.sourcePlaces = [1, 4_000_000_000]
        return settings
    }

    /// Each setting is in the text, by which units are found again: one that was forgotten there would be a wrong object.
    @Test func settingsAreTheirText() throws {
        let (usual, unusual) = (UnitSettings(), unusualSettings)
        #expect(UnitSettings(text: usual.text) == usual)
        #expect(UnitSettings(text: unusual.text) == unusual)
        #expect(usual.text.split(separator: "\n").count == Mirror(reflecting: usual).children.count)
        for (one, other) in zip(usual.text.split(separator: "\n"), unusual.text.split(separator: "\n")) {
            #expect(one != other)
        }
        var none = usual
        none.sourcePlaces = []
        #expect(UnitSettings(text: none.text) == none)
        for tier in Tier.all { #expect(Tier(name: tier.name) == tier) }
        #expect(UnitSettings(text: "") == nil)
        #expect(
            UnitSettings(
                text: unusual.text.replacing("smallest", with: "x").replacing("optimization z", with: "optimization y"))
                == nil)
    }

    @Test func numbersOfPlaces() {
        let numbering = PlaceNumbering([100..<110, 110..<120, 500..<501])
        #expect(numbering.line(ofOffset: 100) == 1)
        // Behind a body is not the next one's beginning.
        #expect(numbering.offset(ofLine: numbering.line(ofOffset: 109)) == 109)
        let offsets = [UInt32](100..<120) + [500, 501]
        #expect(offsets.map { numbering.offset(ofLine: numbering.line(ofOffset: $0)) } == offsets)
        #expect(Set(offsets.map(numbering.line)).count == offsets.count)
        // The same functions elsewhere, with others between them.
        let moved = PlaceNumbering([1000..<1010, 2000..<2010, 2011..<2012])
        #expect(moved.line(ofOffset: 2003) == numbering.line(ofOffset: 113))
        #expect(numbering.line(ofOffset: 0) == 0 && numbering.offset(ofLine: 0) == 0)
        #expect(PlaceNumbering.offsets.line(ofOffset: 77) == 77 && PlaceNumbering.offsets.offset(ofLine: 77) == 77)
    }

    @Test func objectsKeepTheirPlaces() throws {
        let places = InlinedPlaces(
            places: [.init(offset: 7, inlined: 1), .init(offset: 0, inlined: 0)], calls: [.init(offset: 9, inlined: 0)])
        let unit = UnitObject([1, 2, 3], places)
        let read = try UnitObject(unit.bytes)
        #expect(read.object == [1, 2, 3])
        #expect(read.inlinedPlaces.places == places.places && read.inlinedPlaces.calls == places.calls)
        let moved = read.inlinedPlaces.numbered(by: PlaceNumbering([100..<120]))
        #expect(moved.places == [.init(offset: 106, inlined: 1), .init(offset: 0, inlined: 0)])
        #expect(moved.calls == [.init(offset: 108, inlined: 0)])
        #expect(moved.place(ofLine: 3) == .init(offset: 102, inlined: 0))
        #expect(moved.place(ofLine: InlinedPlaces.firstLine) == .init(offset: 106, inlined: 1))
        let huge = Array(repeating: UInt8(255), count: 8) + Array("wasmcio1".utf8)
        for bytes in [[], [1, 2, 3], Array(unit.bytes.dropLast()), huge] {
            #expect(throws: Diagnostic.self) { try UnitObject(bytes) }
        }
    }
}

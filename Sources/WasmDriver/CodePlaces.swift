// From offsets in an executable's code to places in its modules, as the runtime finds them: the tables of
// `runtime-c/include/wasmc/pcmap.h`, whose format this reads.

import CWasmcABI

/// The tables of an executable. Malformed ones are what is not known.
struct CodePlaces {
    /// A call of the module's.
    struct Call: Equatable {
        /// The number of the instance in the program.
        var instance: Int
        /// In the module; nil when it is not known.
        var offset: Int?
        /// The function's index, when the offset is not known.
        var function: Int?
    }

    private struct Table {
        /// Where its code begins.
        var start: Int
        var instance: Int
        var places: ArraySlice<UInt8>
        var inlined: ArraySlice<UInt8>
        var frames: ArraySlice<UInt8>
    }

    private struct Place {
        var offset: UInt64 = 0
        var inlined: UInt64 = 0
        var isKnown: Bool { offset != 0 && offset < UInt64(WASMC_MODULE_OFFSET_UNKNOWN) }
    }

    private var tables: [Table] = []
    /// How many calls that were inlined into each other are looked at, as in the runtime.
    private static let inlinedLimit = 64

    /// Nil when the file has no code of a guest's.
    init?(_ file: ELFFile) {
        guard let text = file.placedSection(named: WASMC_TEXT_SECTION),
            let section = file.placedSection(named: WASMC_PCMAP_SECTION)
        else { return nil }
        var rest = section.contents
        let headerSize = MemoryLayout<wasmc_pcmap_header>.size
        while rest.count >= headerSize {
            let header = rest.withUnsafeBytes { $0.loadUnaligned(as: wasmc_pcmap_header.self) }
            let field = section.address &+ UInt64(rest.startIndex - section.contents.startIndex)
            let start = field &+ UInt64(bitPattern: header.text_start_rel) &- text.address
            rest = rest.dropFirst(headerSize)
            let sizes = [header.place_bytes, header.inlined_bytes, header.frame_bytes].map { Int($0) }
            let size = sizes.reduce(0, +)
            guard size <= rest.count, let start = Int(exactly: start) else { return nil }
            tables.append(
                Table(
                    start: start, instance: Int(header.instance), places: rest.prefix(sizes[0]),
                    inlined: rest.dropFirst(sizes[0]).prefix(sizes[1]),
                    frames: rest.dropFirst(sizes[0] + sizes[1]).prefix(sizes[2])))
            rest = rest.dropFirst((size + 7) & ~7)
        }
    }

    /// Whether there are places, and not only frames.
    var hasPlaces: Bool { tables.contains { !$0.places.isEmpty } }

    /// Whether both are of the same code, as far as its frames say.
    func isOfSameCode(as other: CodePlaces) -> Bool {
        tables.count == other.tables.count
            && zip(tables, other.tables).allSatisfy { $0.start == $1.start && $0.frames.elementsEqual($1.frames) }
    }

    /// The calls that the code at an offset belongs to, innermost first; nothing where it is the compiler's own.
    func calls(at code: Int) -> [Call] {
        guard let table = tables.filter({ $0.start <= code }).max(by: { $0.start < $1.start }) else { return [] }
        var place = Self.place(UInt64(code - table.start), in: table.places)
        var calls: [Call] = []
        while place.inlined != 0, calls.count < Self.inlinedLimit {
            calls.append(Call(instance: table.instance, offset: place.isKnown ? Int(place.offset) : nil))
            place = Self.inlinedCall(place.inlined, in: table.inlined)
        }
        if place.isKnown {
            calls.append(Call(instance: table.instance, offset: Int(place.offset)))
        } else if let function = Self.function(UInt64(code - table.start), in: table.frames) {
            calls.append(Call(instance: table.instance, function: function))
        }
        return calls
    }

    private static func place(_ target: UInt64, in bytes: ArraySlice<UInt8>) -> Place {
        var numbers = Numbers(bytes)
        var at: UInt64 = 0
        var (last, next) = (Place(), Place())
        var isKnown = false
        while let head = numbers.unsigned(), numbers.add(to: &next.offset) {
            let isOther = head & 1 == 1
            if isOther, !numbers.add(to: &next.inlined) { break }
            if head >> 1 > target - at { break }
            at += head >> 1
            isKnown = isOther || next.offset != last.offset || !isKnown
            last = next
        }
        return isKnown ? last : Place()
    }

    private static func inlinedCall(_ number: UInt64, in bytes: ArraySlice<UInt8>) -> Place {
        var numbers = Numbers(bytes)
        var place = Place()
        var distance: UInt64 = 0
        for _ in 0..<number {
            guard let found = numbers.unsigned(), numbers.add(to: &place.offset) else { return Place() }
            distance = found
        }
        place.inlined = distance != 0 && distance < number ? number - distance : 0
        return place
    }

    /// The index of the function around `target`; nil for the compiler's own.
    private static func function(_ target: UInt64, in bytes: ArraySlice<UInt8>) -> Int? {
        var numbers = Numbers(bytes)
        var (at, next, found): (UInt64, UInt64, UInt64) = (0, 0, 0)
        while let delta = numbers.unsigned(), delta <= target - at, numbers.add(to: &next),
            let head = numbers.unsigned()
        {
            at += delta
            found = next
            if head & 1 == 1 { _ = numbers.unsigned() }
            for _ in 0..<head >> 1 where numbers.unsigned() == nil || numbers.unsigned() == nil { break }
        }
        return found == 0 ? nil : Int(exactly: found - 1)
    }

    /// LEB128 numbers of 64 bits, as `runtime-c/src/leb128.c` reads them.
    private struct Numbers {
        private var bytes: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

        mutating func unsigned() -> UInt64? { number()?.value }

        /// Adds a signed number; false when there is none.
        mutating func add(to sum: inout UInt64) -> Bool {
            guard let (value, bits, isNegative) = number() else { return false }
            sum &+= isNegative && bits < 64 ? value | UInt64.max << UInt64(bits) : value
            return true
        }

        private mutating func number() -> (value: UInt64, bits: Int, isNegative: Bool)? {
            var (value, bits): (UInt64, Int) = (0, 0)
            while let byte = bytes.popFirst() {
                if bits < 64 { value |= UInt64(byte & 0x7F) << UInt64(bits) }
                bits += 7
                if byte & 0x80 == 0 { return (value, bits, byte & 0x40 != 0) }
            }
            return nil
        }
    }
}

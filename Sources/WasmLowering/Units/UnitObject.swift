// What comes of a unit: an object as LLVM writes it, with the places of inlined code behind it, where no linker looks.

import Diagnostics
import LLVMBridge

/// The object of a unit, before it has a place in a program.
struct UnitObject {
    var object: [UInt8]
    /// With the numbers of the unit in place of module offsets.
    var inlinedPlaces: InlinedPlaces

    private static let magic = Array("wasmcio1".utf8)

    /// The object, pairs of numbers for places and calls, how many of each, and a mark.
    var bytes: [UInt8] {
        var bytes = object
        func append(_ number: UInt32) { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
        for place in inlinedPlaces.places {
            append(place.offset)
            append(UInt32(place.inlined))
        }
        for call in inlinedPlaces.calls {
            append(call.offset)
            append(UInt32(call.inlined))
        }
        append(UInt32(inlinedPlaces.places.count))
        append(UInt32(inlinedPlaces.calls.count))
        return bytes + Self.magic
    }

    init(_ object: [UInt8], _ inlinedPlaces: InlinedPlaces) {
        self.object = object
        self.inlinedPlaces = inlinedPlaces
    }

    /// Throws `.internal` when these are not the bytes of one.
    init(_ bytes: [UInt8]) throws(Diagnostic) {
        let damaged = Diagnostic(.internal, "the object of a unit is damaged", "\(bytes.count) bytes")
        var rest = bytes[...]
        guard rest.suffix(Self.magic.count).elementsEqual(Self.magic) else { throw damaged }
        rest = rest.dropLast(Self.magic.count)
        func number(at index: Int) -> Int {
            (0..<4).reduce(0) { $0 | Int(rest[index + $1]) << (8 * $1) }
        }
        guard rest.count >= 8 else { throw damaged }
        let (placeCount, callCount) = (number(at: rest.count - 8), number(at: rest.count - 4))
        rest = rest.dropLast(8)
        guard (placeCount + callCount) * 8 <= rest.count else { throw damaged }
        let start = rest.count - (placeCount + callCount) * 8
        let pairs = (0..<placeCount + callCount).map { index in
            (UInt32(number(at: start + index * 8)), number(at: start + index * 8 + 4))
        }
        inlinedPlaces = InlinedPlaces(
            places: pairs[..<placeCount].map { InlinedPlaces.Place(offset: $0.0, inlined: $0.1) },
            calls: pairs[placeCount...].map { InlinedPlaces.Call(offset: $0.0, inlined: $0.1) })
        object = Array(rest[..<start])
    }

    /// The object for the linker, and that with the tables that map a program counter to a place in the module, and a
    /// frame to its caller's.
    func placed(_ placement: UnitPlacement) throws(Diagnostic) -> [CompiledObject] {
        let map = try makePCMapObject(
            for: object, textSymbol: placement.textSymbol, inlinedPlaces,
            offsets: placement.hasSource ? .discriminators : .lines, instance: placement.instance,
            popped: { placement.popped[$0] ?? 0 }, numbering: placement.numbering,
            includesPlaces: placement.includesPlaces)
        let finished = placement.hasSource ? try SourceLines.rewritten(object) : object
        let code = CompiledObject(name: placement.name, bytes: finished, isUnwound: placement.isUnwound)
        return [code] + (map.map { [CompiledObject(name: placement.name + "-places", bytes: $0)] } ?? [])
    }
}

// The numbers that types have at run time. A type and those below it have consecutive ones, so that a test is a
// subtraction and a compare.

import WasmValidation

/// Run-time numbers of all canonical types of a program, from 1 on: 0 is a null reference's, or a free cell's.
///
/// Functions come first, then structures, then arrays, each type before those below it (pre-order). Without declared
/// supertypes the order is that of the canonical numbers.
struct TypeNumbering: Sendable {
    /// By canonical number: the type's own number and the last one of those below it.
    private var ranges: [ClosedRange<UInt32>]
    private var kinds: [CompositeKind: ClosedRange<UInt32>] = [:]

    init(_ canonicalizer: TypeCanonicalizer) {
        let count = canonicalizer.count
        // Chains of siblings, each in the order of the canonical numbers.
        var firstBelow = Array(repeating: -1, count: count)
        var next = firstBelow
        for type in (0..<count).reversed() {
            guard let supertype = canonicalizer.supertype(of: UInt32(type)).map(Int.init) else { continue }
            next[type] = firstBelow[supertype]
            firstBelow[supertype] = type
        }
        ranges = Array(repeating: 0...0, count: count)
        var number: UInt32 = 0
        for kind in [CompositeKind.function, .structure, .array] {
            let first = number + 1
            for root in 0..<count
            where canonicalizer.kind(UInt32(root)) == kind && canonicalizer.supertype(of: UInt32(root)) == nil {
                assign(root, firstBelow, next, canonicalizer, &number)
            }
            if number >= first { kinds[kind] = first...number }
        }
    }

    /// Gives numbers to a type and all below it. Supertypes may be nested deeply: nothing recurses.
    private mutating func assign(
        _ root: Int, _ firstBelow: [Int], _ next: [Int], _ canonicalizer: TypeCanonicalizer, _ number: inout UInt32
    ) {
        var type = root
        number += 1
        ranges[type] = number...number
        while true {
            if firstBelow[type] >= 0 {
                type = firstBelow[type]
            } else {
                while type != root, next[type] < 0 {
                    type = canonicalizer.supertype(of: UInt32(type)).map(Int.init) ?? root
                    ranges[type] = ranges[type].lowerBound...number
                }
                if type == root { return }
                type = next[type]
            }
            number += 1
            ranges[type] = number...number
        }
    }

    /// The numbers of a canonical type and of all below it; the lower bound is its own.
    func range(of canonical: UInt32) -> ClosedRange<UInt32> { ranges[Int(canonical)] }

    /// The numbers of all types of a kind; nil when there is none.
    func range(of kind: CompositeKind) -> ClosedRange<UInt32>? { kinds[kind] }

    /// Types of the program.
    var count: Int { ranges.count }
}

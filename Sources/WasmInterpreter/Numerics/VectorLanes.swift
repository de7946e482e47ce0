// Views of a v128 as lanes. Lane 0 lies in the lowest bits, which is the order of Swift's SIMD types on
// little-endian hosts.

import WasmSpec

extension V128 {
    @inline(__always) init<Vector: SIMD>(_ lanes: Vector) {
        let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
        self.init(low: words[0], high: words[1])
    }

    @inline(__always) func lanes<Vector: SIMD>(as type: Vector.Type = Vector.self) -> Vector {
        unsafeBitCast(SIMD2<UInt64>(low, high), to: type)
    }

    @inline(__always) var i8x16: SIMD16<Int8> { lanes() }
    @inline(__always) var u8x16: SIMD16<UInt8> { lanes() }
    @inline(__always) var i16x8: SIMD8<Int16> { lanes() }
    @inline(__always) var u16x8: SIMD8<UInt16> { lanes() }
    @inline(__always) var i32x4: SIMD4<Int32> { lanes() }
    @inline(__always) var u32x4: SIMD4<UInt32> { lanes() }
    @inline(__always) var i64x2: SIMD2<Int64> { lanes() }
    @inline(__always) var u64x2: SIMD2<UInt64> { lanes() }
    @inline(__always) var f32x4: SIMD4<Float> { lanes() }
    @inline(__always) var f64x2: SIMD2<Double> { lanes() }
}

/// The vector of `function` applied to each lane.
@inline(__always)
func map<Source: SIMD, Target: SIMD>(_ source: Source, _ function: (Source.Scalar) -> Target.Scalar) -> Target {
    var result = Target()
    for lane in result.indices { result[lane] = function(source[lane]) }
    return result
}

/// The vector of `function` applied to each pair of lanes.
@inline(__always)
func zipMap<Source: SIMD, Target: SIMD>(
    _ lhs: Source, _ rhs: Source, _ function: (Source.Scalar, Source.Scalar) -> Target.Scalar
) -> Target {
    var result = Target()
    for lane in result.indices { result[lane] = function(lhs[lane], rhs[lane]) }
    return result
}

/// All bits of a lane for true, none for false.
@inline(__always)
func mask<Vector: SIMD>(_ comparison: SIMDMask<Vector>) -> V128 {
    V128(unsafeBitCast(comparison, to: Vector.self))
}

/// Which half of a vector's lanes an instruction reads.
enum Half {
    case low, high
}

/// The lanes of one half, widened to lanes of twice the width.
@inline(__always)
func extended<Source: SIMD, Target: SIMD>(_ source: Source, _ half: Half, to type: Target.Type) -> Target
where Source.Scalar: FixedWidthInteger, Target.Scalar: FixedWidthInteger {
    var result = Target()
    let first = half == .low ? 0 : Target.scalarCount
    for lane in 0..<Target.scalarCount { result[lane] = Target.Scalar(truncatingIfNeeded: source[first + lane]) }
    return result
}

/// The sums of neighbouring lanes, in lanes of twice the width.
@inline(__always)
func addedPairwise<Source: SIMD, Target: SIMD>(_ source: Source, to type: Target.Type) -> Target
where Source.Scalar: FixedWidthInteger, Target.Scalar: FixedWidthInteger {
    var result = Target()
    for lane in 0..<Target.scalarCount {
        result[lane] =
            Target.Scalar(truncatingIfNeeded: source[2 * lane])
            &+ Target.Scalar(truncatingIfNeeded: source[2 * lane + 1])
    }
    return result
}

/// The lanes of both vectors, clamped to lanes of half the width.
@inline(__always)
func narrowed<Source: SIMD, Target: SIMD>(_ low: Source, _ high: Source, to type: Target.Type) -> Target
where Source.Scalar: FixedWidthInteger, Target.Scalar: FixedWidthInteger {
    var result = Target()
    for lane in 0..<Source.scalarCount {
        result[lane] = Target.Scalar(clamping: low[lane])
        result[lane + Source.scalarCount] = Target.Scalar(clamping: high[lane])
    }
    return result
}

@inline(__always)
func addedSaturating<Integer: FixedWidthInteger>(_ lhs: Integer, _ rhs: Integer) -> Integer {
    let (result, overflow) = lhs.addingReportingOverflow(rhs)
    guard overflow else { return result }
    return rhs < 0 ? Integer.min : Integer.max
}

@inline(__always)
func subtractedSaturating<Integer: FixedWidthInteger>(_ lhs: Integer, _ rhs: Integer) -> Integer {
    let (result, overflow) = lhs.subtractingReportingOverflow(rhs)
    guard overflow else { return result }
    return lhs < rhs ? Integer.min : Integer.max
}

/// (lhs + rhs + 1) / 2, without overflow.
@inline(__always)
func averageRoundingUp<Integer: FixedWidthInteger & UnsignedInteger>(_ lhs: Integer, _ rhs: Integer) -> Integer {
    Integer(truncatingIfNeeded: (UInt32(lhs) &+ UInt32(rhs) &+ 1) >> 1)
}

/// The rounded Q15 product; the one that overflows, -1 * -1, saturates.
@inline(__always)
func q15Product(_ lhs: Int16, _ rhs: Int16) -> Int16 {
    Int16(clamping: (Int32(lhs) &* Int32(rhs) &+ 0x4000) >> 15)
}

/// `fpmin`: the second operand if it is less, else the first.
@inline(__always)
func pseudoMinimum<Float: BinaryFloatingPoint>(_ lhs: Float, _ rhs: Float) -> Float { rhs < lhs ? rhs : lhs }

/// `fpmax`: the second operand if it is greater, else the first.
@inline(__always)
func pseudoMaximum<Float: BinaryFloatingPoint>(_ lhs: Float, _ rhs: Float) -> Float { lhs < rhs ? rhs : lhs }

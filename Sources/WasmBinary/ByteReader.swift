// Reads bytes, LEB128 integers, names and vectors of a module. Every read is checked against the end of
// the enclosing section; errors carry the spec's phrase and the module offset.
// Spec: https://webassembly.github.io/spec/core/binary/values.html

import Diagnostics
import WasmSpec

/// A cursor over a range of a module's bytes.
///
/// It does not own the bytes: it lives inside `ModuleBytes.withReader`.
@frozen public struct ByteReader {
    @usableFromInline let base: UnsafePointer<UInt8>
    /// Module offset of the next byte.
    public var position: Int
    /// Module offset behind the last byte that may be read.
    public let end: Int
    /// The phrase for running over `end`: sections and functions have their own.
    @usableFromInline let overrun: StaticString

    @inlinable init(base: UnsafePointer<UInt8>, range: Range<Int>, overrun: StaticString) {
        self.base = base
        self.position = range.lowerBound
        self.end = range.upperBound
        self.overrun = overrun
    }

    @inlinable public var isAtEnd: Bool { position >= end }
    @inlinable public var remaining: Int { end - position }

    /// A reader of the next `count` bytes, which are skipped here.
    ///
    /// Throws "unexpected end" when there are fewer.
    @inlinable
    public mutating func sub(_ count: Int, overrun: StaticString = "unexpected end of section or function")
        throws(Diagnostic) -> ByteReader
    {
        ByteReader(base: base, range: try bytes(count), overrun: overrun)
    }

    /// The next byte without consuming it, or nil at the end.
    @inlinable public func peek() -> UInt8? { position < end ? base[position] : nil }

    /// The byte at a module offset, which lies before `end`.
    func byte(at offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset < end)
        return base[offset]
    }

    @inlinable public mutating func byte() throws(Diagnostic) -> UInt8 {
        guard position < end else { throw unexpectedEnd() }
        let value = base[position]
        position += 1
        return value
    }

    /// `count` bytes; the range refers to the module.
    @inlinable public mutating func bytes(_ count: Int) throws(Diagnostic) -> Range<Int> {
        guard count <= remaining else { throw unexpectedEnd() }
        let range = position..<(position + count)
        position += count
        return range
    }

    /// Little endian, for float and vector constants.
    @inlinable public mutating func fixed32() throws(Diagnostic) -> UInt32 {
        guard remaining >= 4 else { throw unexpectedEnd() }
        let value = UnsafeRawPointer(base + position).loadUnaligned(as: UInt32.self)
        position += 4
        return UInt32(littleEndian: value)
    }

    @inlinable public mutating func fixed64() throws(Diagnostic) -> UInt64 {
        guard remaining >= 8 else { throw unexpectedEnd() }
        let value = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
        position += 8
        return UInt64(littleEndian: value)
    }

    @inlinable public mutating func u32() throws(Diagnostic) -> UInt32 {
        // One byte is by far the most frequent.
        if position < end, base[position] < 0x80 {
            let value = UInt32(base[position])
            position += 1
            return value
        }
        return UInt32(truncatingIfNeeded: try unsigned(bits: 32))
    }

    @inlinable public mutating func u64() throws(Diagnostic) -> UInt64 { try unsigned(bits: 64) }
    @inlinable public mutating func s32() throws(Diagnostic) -> Int32 {
        Int32(truncatingIfNeeded: try signed(bits: 32))
    }
    @inlinable public mutating func s33() throws(Diagnostic) -> Int64 { try signed(bits: 33) }
    @inlinable public mutating func s64() throws(Diagnostic) -> Int64 { try signed(bits: 64) }

    /// Unsigned LEB128 of at most ceil(bits / 7) bytes.
    @usableFromInline mutating func unsigned(bits: UInt64) throws(Diagnostic) -> UInt64 {
        let start = position
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            let left = bits - shift
            if left < 7 {
                if next & 0x80 != 0 { throw representationTooLong(start) }
                if next >> UInt8(left) != 0 { throw integerTooLarge(start) }
            }
            result |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 { return result }
            shift += 7
        }
    }

    /// Signed LEB128 of at most ceil(bits / 7) bytes.
    @usableFromInline mutating func signed(bits: UInt64) throws(Diagnostic) -> Int64 {
        let start = position
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            let left = bits - shift
            if left < 7 {
                if next & 0x80 != 0 { throw representationTooLong(start) }
                // The unused bits must repeat the sign bit.
                let unusedMask = UInt8(truncatingIfNeeded: 0x7F << (left - 1)) & 0x7F
                let unused = next & unusedMask
                if unused != 0, unused != unusedMask { throw integerTooLarge(start) }
            }
            result |= UInt64(next & 0x7F) << shift
            shift += 7
            if next & 0x80 == 0 {
                if shift < 64, next & 0x40 != 0 { result |= ~0 << shift }
                return Int64(bitPattern: result)
            }
        }
    }

    /// A length in bytes, or a count of elements of at least one byte.
    ///
    /// Throws "length out of bounds" when it is more than there is. Counted from where the length itself
    /// stands, as in the reference interpreter: one that is too large by a byte is found by who reads on.
    public mutating func length() throws(Diagnostic) -> Int {
        let start = position
        let count = Int(try u32())
        guard count <= end - start else {
            throw malformed("length out of bounds", "\(count) expected, \(end - start) bytes left", at: start)
        }
        return count
    }

    /// The elements to reserve room for when `count` of at least `minimumBytes` each are announced, so that a
    /// hostile count cannot make the caller reserve more than a multiple of the module's length.
    func plausible(_ count: Int, minimumBytes: Int = 1) -> Int { min(count, remaining / minimumBytes) }

    /// A name: a length and that many bytes of UTF-8.
    public mutating func name() throws(Diagnostic) -> String {
        let range = try bytes(try length())
        let buffer = UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
        guard let name = String(validating: buffer, as: UTF8.self) else {
            throw Diagnostic(.malformed, "malformed UTF-8 encoding", at: .offset(range.lowerBound))
        }
        return name
    }

    /// Throws a malformed-module error at the current position.
    public func malformed(_ message: String, _ detail: String = "", at offset: Int? = nil) -> Diagnostic {
        Diagnostic(.malformed, message, detail, at: .offset(offset ?? position))
    }

    @usableFromInline func unexpectedEnd() -> Diagnostic { malformed("\(overrun)") }

    @usableFromInline func representationTooLong(_ start: Int) -> Diagnostic {
        malformed("integer representation too long", at: start)
    }

    @usableFromInline func integerTooLarge(_ start: Int) -> Diagnostic { malformed("integer too large", at: start) }
}

extension ModuleBytes {
    /// Calls `body` with a reader of `range`.
    @inlinable
    public func withReader<Result>(
        _ range: Range<Int>, overrun: StaticString = "unexpected end of section or function",
        _ body: (inout ByteReader) throws(Diagnostic) -> Result
    ) throws(Diagnostic) -> Result {
        try withUnsafeBytePointer { (base) throws(Diagnostic) in
            var reader = ByteReader(base: base, range: range, overrun: overrun)
            return try body(&reader)
        }
    }

    /// Calls `body` with the address of the first byte; an empty module has one too.
    @inlinable
    func withUnsafeBytePointer<Result>(
        _ body: (UnsafePointer<UInt8>) throws(Diagnostic) -> Result
    ) throws(Diagnostic) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(Diagnostic) in
            guard let base = buffer.baseAddress else {
                var none: UInt8 = 0
                return try body(&none)
            }
            return try body(base)
        }
    }
}

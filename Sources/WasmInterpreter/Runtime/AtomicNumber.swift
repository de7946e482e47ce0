// Atomic access to numbers in linear memory. The standard library's operations exist for each width apart.

import Synchronization

/// An unsigned integer that linear memory holds, at an aligned address.
protocol AtomicNumber: FixedWidthInteger, UnsignedInteger {
    static func atomicLoad(_ address: UnsafeMutableRawPointer) -> Self
    func atomicStore(_ address: UnsafeMutableRawPointer)
    /// Stores this number if `expected` is there; the number before.
    func atomicReplace(_ expected: Self, _ address: UnsafeMutableRawPointer) -> Self
}

extension UInt8: AtomicNumber {
    static func atomicLoad(_ address: UnsafeMutableRawPointer) -> UInt8 {
        address.assumingMemoryBound(to: Atomic<UInt8>.self).pointee.load(ordering: .sequentiallyConsistent)
    }

    func atomicStore(_ address: UnsafeMutableRawPointer) {
        address.assumingMemoryBound(to: Atomic<UInt8>.self).pointee.store(self, ordering: .sequentiallyConsistent)
    }

    func atomicReplace(_ expected: UInt8, _ address: UnsafeMutableRawPointer) -> UInt8 {
        address.assumingMemoryBound(to: Atomic<UInt8>.self).pointee
            .compareExchange(expected: expected, desired: self, ordering: .sequentiallyConsistent).original
    }
}

extension UInt16: AtomicNumber {
    static func atomicLoad(_ address: UnsafeMutableRawPointer) -> UInt16 {
        address.assumingMemoryBound(to: Atomic<UInt16>.self).pointee.load(ordering: .sequentiallyConsistent)
    }

    func atomicStore(_ address: UnsafeMutableRawPointer) {
        address.assumingMemoryBound(to: Atomic<UInt16>.self).pointee.store(self, ordering: .sequentiallyConsistent)
    }

    func atomicReplace(_ expected: UInt16, _ address: UnsafeMutableRawPointer) -> UInt16 {
        address.assumingMemoryBound(to: Atomic<UInt16>.self).pointee
            .compareExchange(expected: expected, desired: self, ordering: .sequentiallyConsistent).original
    }
}

extension UInt32: AtomicNumber {
    static func atomicLoad(_ address: UnsafeMutableRawPointer) -> UInt32 {
        address.assumingMemoryBound(to: Atomic<UInt32>.self).pointee.load(ordering: .sequentiallyConsistent)
    }

    func atomicStore(_ address: UnsafeMutableRawPointer) {
        address.assumingMemoryBound(to: Atomic<UInt32>.self).pointee.store(self, ordering: .sequentiallyConsistent)
    }

    func atomicReplace(_ expected: UInt32, _ address: UnsafeMutableRawPointer) -> UInt32 {
        address.assumingMemoryBound(to: Atomic<UInt32>.self).pointee
            .compareExchange(expected: expected, desired: self, ordering: .sequentiallyConsistent).original
    }
}

extension UInt64: AtomicNumber {
    static func atomicLoad(_ address: UnsafeMutableRawPointer) -> UInt64 {
        address.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.load(ordering: .sequentiallyConsistent)
    }

    func atomicStore(_ address: UnsafeMutableRawPointer) {
        address.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.store(self, ordering: .sequentiallyConsistent)
    }

    func atomicReplace(_ expected: UInt64, _ address: UnsafeMutableRawPointer) -> UInt64 {
        address.assumingMemoryBound(to: Atomic<UInt64>.self).pointee
            .compareExchange(expected: expected, desired: self, ordering: .sequentiallyConsistent).original
    }
}

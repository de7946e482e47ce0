// Linear memories: a reserved range of addresses, of which the pages in use are accessible.

import Glibc
import Synchronization
import WasmSpec

/// A memory. A shared one may be used by several stores, each of its own thread.
public final class MemoryInstance: @unchecked Sendable {
    private let declaredType: MemoryType
    let record: UnsafeMutablePointer<MemoryRecord>
    private let reservedBytes: Int
    private let maximumPages: UInt64
    private let growth = Mutex<Void>(())
    private let budget: ByteBudget?

    /// A memory of more than this cannot be had. Reserving costs nothing, but addresses are finite.
    static let maximumBytes: UInt64 = 1 << 36

    /// Its type; the minimum is the size now.
    public var type: MemoryType {
        MemoryType(
            addressType: declaredType.addressType,
            limits: Limits(minimum: record.pointee.currentSize >> pageSizeLog2, maximum: declaredType.limits.maximum),
            isShared: declaredType.isShared, pageSizeLog2: declaredType.pageSizeLog2)
    }

    private var pageSizeLog2: UInt64 { UInt64(declaredType.pageSizeLog2) }

    /// Nil if the system does not give so much memory, or the minimum is more than `budget` pays for.
    public init?(_ type: MemoryType, budget: ByteBudget? = nil) {
        let shift = UInt64(type.pageSizeLog2)
        let limitBytes = budget?.limitBytes ?? .max
        guard type.limits.minimum <= min(limitBytes, Self.maximumBytes) >> shift else { return nil }
        let size = type.limits.minimum << shift
        guard budget?.takeAtStart(size) ?? true else { return nil }
        self.budget = budget
        // A 32-bit memory has at most 4 GiB, and as many pages as an i32 can count.
        let most = type.addressType == .i32 ? min((1 << 32) >> shift, 0xFFFF_FFFF) : Self.maximumBytes >> shift
        maximumPages = min(type.limits.maximum ?? .max, most, limitBytes >> shift)
        let limit = maximumPages << shift
        // At least a page, for memories that stay empty too.
        reservedBytes = (Int(max(limit, 1)) + 0xFFFF) & ~0xFFFF
        let base = mmap(nil, reservedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let base, base != MAP_FAILED else { return nil }
        guard Self.commit(base, Int(size)) else {
            munmap(base, reservedBytes)
            return nil
        }
        declaredType = type
        record = .allocate(capacity: 1)
        record.initialize(
            to: MemoryRecord(
                base: base, size: size, pageSizeLog2: type.pageSizeLog2, isShared: type.isShared,
                instance: Unmanaged.passUnretained(self)))
    }

    deinit {
        munmap(record.pointee.base, reservedBytes)
        record.deallocate()
    }

    private static func commit(_ base: UnsafeMutableRawPointer, _ bytes: Int) -> Bool {
        // A multiple of the page size of every host.
        bytes == 0 || mprotect(base, (bytes + 0xFFFF) & ~0xFFFF, PROT_READ | PROT_WRITE) == 0
    }

    /// Its bytes. Growing does not move them.
    public var bytes: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: record.pointee.base, count: Int(record.pointee.currentSize))
    }

    /// The number of pages before, or nil if the memory cannot grow so much.
    public func grow(byPages count: UInt64) -> UInt64? {
        growth.withLock { _ in
            let size = record.pointee.currentSize
            let pages = size >> pageSizeLog2
            let (total, overflow) = pages.addingReportingOverflow(count)
            if overflow || total > maximumPages { return nil }
            let bytes = count << pageSizeLog2
            guard budget?.take(bytes) ?? true else { return nil }
            guard Self.commit(record.pointee.base, Int(total << pageSizeLog2)) else {
                budget?.giveBack(bytes)
                return nil
            }
            record.setSize(total << pageSizeLog2)
            return pages
        }
    }
}

extension MemoryRecord {
    /// The size in bytes, of a shared memory as another thread may have changed it just now.
    @inline(__always) var currentSize: UInt64 { size }
}

extension UnsafeMutablePointer<MemoryRecord> {
    /// After more of the memory has become accessible: another thread that sees the size may use it.
    fileprivate func setSize(_ bytes: UInt64) {
        atomicMemoryFence(ordering: .releasing)
        pointee.size = bytes
    }
}

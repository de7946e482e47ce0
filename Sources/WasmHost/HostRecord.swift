// What a compiled program has recorded of itself: runtime-c/include/wasmc/record.h.

import CWasmcABI

/// The entries of a record, one after another. The program that wrote it may have been taken over by its guest: nothing
/// of it is trusted.
struct HostRecord {
    struct Entry {
        let kind: wasmc_record_kind
        let number: UInt32
        let place: UInt64
        /// Valid as long as the record's bytes.
        let data: UnsafeRawBufferPointer

        /// The data as numbers of 64 bits.
        var words: [UInt64] {
            (0..<data.count / 8).map { data.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self) }
        }
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = MemoryLayout<wasmc_record_header>.size

    /// The record in `bytes`, which have to live as long. It is empty when a program has not come to write one.
    init(_ bytes: UnsafeRawBufferPointer) {
        let used =
            bytes.count < position ? 0 : bytes.loadUnaligned(as: wasmc_record_header.self).used_bytes
        self.bytes = UnsafeRawBufferPointer(rebasing: bytes.prefix(Int(min(used, UInt64(bytes.count)))))
    }

    /// The next entry; nil behind the last, and at one that is not whole.
    var next: Entry? {
        let head = MemoryLayout<wasmc_record_entry>.size
        guard bytes.count - position >= head else { return nil }
        let entry = bytes.loadUnaligned(fromByteOffset: position, as: wasmc_record_entry.self)
        guard entry.data_bytes <= UInt64(bytes.count - position - head) else { return nil }
        let start = position + head
        return Entry(
            kind: wasmc_record_kind(entry.kind), number: entry.number, place: entry.place,
            data: UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(entry.data_bytes)]))
    }

    /// Takes the next entry.
    mutating func take() -> Entry? {
        guard let entry = next else { return nil }
        position += MemoryLayout<wasmc_record_entry>.size + (entry.data.count + 7) & ~7
        return entry
    }

    /// Takes the next entry if it is of this kind.
    mutating func take(_ kind: wasmc_record_kind) -> Entry? { next?.kind == kind ? take() : nil }
}

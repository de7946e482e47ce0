// What handlers see of instances: plain structures behind raw pointers, without reference counting. The store
// frees them.

/// A memory of an instance.
struct MemoryRecord {
    var base: UnsafeMutableRawPointer
    /// In bytes. Another thread may change a shared memory's: read `currentSize` where that matters.
    var size: UInt64
    let pageSizeLog2: UInt32
    let isShared: Bool
    let instance: Unmanaged<MemoryInstance>
}

/// A table: references as slot values.
struct TableRecord {
    var elements: UnsafeMutablePointer<UInt64>
    var count: UInt64
    let instance: Unmanaged<TableInstance>
}

/// An element segment; `elem.drop` sets the count to 0.
struct ElementRecord {
    let base: UnsafeMutablePointer<UInt64>
    var count: UInt64
}

/// A function. References to functions are the addresses of these.
struct FunctionRecord {
    /// Its code; before the first call an instruction that translates it.
    var entry: UnsafePointer<UInt64>
    /// Memory 0 of its instance; nil for host functions.
    let memory: UnsafeMutablePointer<MemoryRecord>?
    let type: UnsafeMutablePointer<RuntimeType>
    /// Where a frame's header begins: behind the parameters and behind the results.
    let headerSlot: UInt32
    /// The index in `instance`, or in the store's host functions.
    let index: UInt32
    /// Nil for host functions.
    let instance: Unmanaged<ModuleState>?
    /// The code that returns to another instance; the store's only one.
    let crossReturnCode: UnsafePointer<UInt64>
    /// An instruction of two words: `translate` or `host`, and this record's address.
    var stub: (UInt64, UInt64)
}

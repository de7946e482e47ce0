// The store's heap for structures, arrays and exceptions, with a mark-and-sweep collector that moves nothing.
//
// Small objects lie in blocks of cells of one size, large ones in runs of whole blocks. Roots are found
// conservatively in frames, globals, tables and segments - any word there that is an object's address keeps the
// object - and precisely in objects, by their types. So no handler has to say which slots hold references.

import Glibc

final class Heap {
    static let blockBytes = 1 << 16
    private static let largestCell = 8192
    /// Cell sizes: multiples of 16 up to 256, then four steps for each power of two.
    private static let cellSizes: [Int] = {
        var sizes = Array(stride(from: 16, through: 256, by: 16))
        while let last = sizes.last, last < largestCell {
            let power = 1 << (Int.bitWidth - 1 - last.leadingZeroBitCount)
            sizes.append(last + power / 4)
        }
        return sizes
    }()

    private enum BlockKind {
        case free
        /// The index of the cell size.
        case cells(Int)
        /// The blocks of one large object: their number, in the first of them.
        case large(Int)
        case largeRest
    }

    private struct Block {
        var kind = BlockKind.free
        /// One bit for each cell (of a large object: bit 0) that is in use, and that marking has reached.
        var used: [UInt64] = []
        var marked: [UInt64] = []
        /// Words of `used` before this one are full.
        var cursor = 0
    }

    /// The address range, reserved at the first allocation.
    private var base: UnsafeMutableRawPointer?
    let space: HeapSpace
    private var limitBytes: Int { space.limitBytes }
    /// Of blocks that are not free.
    private var takenBytes = 0
    private var blocks: [Block] = []
    /// Free blocks below `blocks.count`.
    private var freeBlocks = 0
    /// By cell size: blocks that may have free cells.
    private var available: [[Int]] = Array(repeating: [], count: Heap.cellSizes.count)
    private var markStack: [UInt64] = []

    private(set) var allocatedBytes = 0
    /// Of all blocks, free ones included.
    var blockBytes: Int { blocks.count * Heap.blockBytes }
    private var bytesUntilCollection = Heap.minimumThreshold
    private static let minimumThreshold = 32 << 20
    /// Since the last collection.
    private var newBytes = 0
    /// Requests of other heaps that came before the last collection.
    private var answered: Int

    init(in space: HeapSpace) {
        self.space = space
        answered = space.requests
    }

    deinit {
        if base != nil { space.removeHeap(takenBytes) }
        if let base { munmap(base, limitBytes) }
    }

    // MARK: Allocation

    /// Whether the collector should run before `bytes` more are allocated.
    func shouldCollect(_ bytes: Int) -> Bool { bytes > bytesUntilCollection || answered != space.requests }

    /// Asks the heaps of other threads for room; false: there is none.
    func askOthers(_ bytes: Int) -> Bool { bytes <= limitBytes && space.askOthers() }

    /// The address of `bytes` zeroed bytes, or nil if the heap is full.
    func allocate(_ bytes: Int) -> UInt64? {
        guard reserve() else { return nil }
        bytesUntilCollection -= bytes
        newBytes += bytes
        if bytes > Heap.largestCell { return allocateLarge(bytes) }
        let sizeIndex = Heap.sizeIndex(bytes)
        while let block = available[sizeIndex].last {
            if let cell = takeCell(block) {
                let size = Heap.cellSizes[sizeIndex]
                allocatedBytes += size
                let address = address(of: block) + cell * size
                memset(address, 0, size)
                return UInt64(UInt(bitPattern: address))
            }
            available[sizeIndex].removeLast()
        }
        guard let block = takeBlocks(1) else { return nil }
        let words = (Heap.blockBytes / Heap.cellSizes[sizeIndex] + 63) / 64
        blocks[block] = Block(
            kind: .cells(sizeIndex), used: Array(repeating: 0, count: words),
            marked: Array(repeating: 0, count: words))
        available[sizeIndex].append(block)
        return allocate(bytes)
    }

    private static func sizeIndex(_ bytes: Int) -> Int {
        if bytes <= 256 { return (max(bytes, 1) + 15) / 16 - 1 }
        var low = 15, high = cellSizes.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cellSizes[middle] < bytes { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func takeCell(_ block: Int) -> Int? {
        guard case .cells(let sizeIndex) = blocks[block].kind else { return nil }
        let cells = Heap.blockBytes / Heap.cellSizes[sizeIndex]
        while blocks[block].cursor < blocks[block].used.count {
            let word = blocks[block].cursor
            let free = ~blocks[block].used[word]
            let cell = 64 * word + free.trailingZeroBitCount
            if free != 0, cell < cells {
                blocks[block].used[word] |= free & (0 &- free)
                return cell
            }
            blocks[block].cursor += 1
        }
        return nil
    }

    private func allocateLarge(_ bytes: Int) -> UInt64? {
        guard bytes <= limitBytes else { return nil }
        let count = (bytes + Heap.blockBytes - 1) / Heap.blockBytes
        guard let first = takeBlocks(count) else { return nil }
        blocks[first] = Block(kind: .large(count), used: [1], marked: [0])
        for rest in 1..<max(count, 1) { blocks[first + rest].kind = .largeRest }
        allocatedBytes += count * Heap.blockBytes
        return UInt64(UInt(bitPattern: address(of: first)))
    }

    private func address(of block: Int) -> UnsafeMutableRawPointer {
        base.unsafelyUnwrapped + block * Heap.blockBytes
    }

    private func reserve() -> Bool {
        if base != nil { return true }
        let address = mmap(nil, limitBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let address, address != MAP_FAILED else { return false }
        base = address
        space.addHeap()
        return true
    }

    /// The first of `count` neighbouring free blocks, zeroed and accessible.
    private func takeBlocks(_ count: Int) -> Int? {
        let bytes = count * Heap.blockBytes
        guard space.take(bytes) else { return nil }
        guard let first = findBlocks(count) else {
            space.giveBack(bytes)
            return nil
        }
        takenBytes += bytes
        if let part = space.part { bytesUntilCollection = min(bytesUntilCollection, part - newBytes) }
        return first
    }

    private func findBlocks(_ count: Int) -> Int? {
        if freeBlocks >= count, let first = findFreeBlocks(count) {
            freeBlocks -= count
            return first
        }
        let first = blocks.count
        guard (first + count) * Heap.blockBytes <= limitBytes else { return nil }
        guard mprotect(address(of: first), count * Heap.blockBytes, PROT_READ | PROT_WRITE) == 0 else { return nil }
        blocks.append(contentsOf: repeatElement(Block(), count: count))
        return first
    }

    private func findFreeBlocks(_ count: Int) -> Int? {
        var run = 0
        for index in blocks.indices {
            if case .free = blocks[index].kind { run += 1 } else { run = 0 }
            if run == count { return index + 1 - count }
        }
        return nil
    }

    // MARK: Collection

    /// Frees every object that cannot be reached from the words that `visitRoots` hands out.
    func collect(_ visitRoots: ((UnsafeBufferPointer<UInt64>) -> Void) -> Void) {
        answered = space.requests
        visitRoots { words in
            for word in words { markConservatively(word) }
            drainMarkStack()
        }
        sweep()
        bytesUntilCollection = max(allocatedBytes, Heap.minimumThreshold)
        newBytes = 0
    }

    /// Marks the object at an address, if there is one exactly there.
    private func markConservatively(_ word: UInt64) {
        guard let base, word & 15 == 0 else { return }
        let offset = Int(bitPattern: UInt(word) &- UInt(bitPattern: base))
        guard offset >= 0, offset < blocks.count * Heap.blockBytes else { return }
        let block = offset / Heap.blockBytes
        var cell = 0
        switch blocks[block].kind {
        case .free, .largeRest: return
        case .large: if offset % Heap.blockBytes != 0 { return }
        case .cells(let sizeIndex):
            let size = Heap.cellSizes[sizeIndex]
            guard offset % Heap.blockBytes % size == 0 else { return }
            cell = offset % Heap.blockBytes / size
            guard cell / 64 < blocks[block].used.count else { return }
        }
        let bit: UInt64 = 1 << UInt64(cell % 64)
        guard blocks[block].used[cell / 64] & bit != 0, blocks[block].marked[cell / 64] & bit == 0 else { return }
        blocks[block].marked[cell / 64] |= bit
        markStack.append(word)
    }

    private func drainMarkStack() {
        while let word = markStack.popLast() {
            let object = HeapObject(word)
            let layout = object.type.pointee.layout
            if layout.elementsAreReferences {
                let elements = object.base + 2
                for index in 0..<Int(object.info) { markConservatively(elements[index]) }
            }
            for offset in layout.referenceOffsets { markConservatively((object.base + 2)[Int(offset) / 8]) }
        }
    }

    private func sweep() {
        allocatedBytes = 0
        for index in available.indices { available[index].removeAll(keepingCapacity: true) }
        var block = 0
        while block < blocks.count {
            switch blocks[block].kind {
            case .free, .largeRest: block += 1
            case .large(let count):
                if blocks[block].marked[0] == 0 {
                    free(block, count)
                } else {
                    blocks[block].marked[0] = 0
                    allocatedBytes += count * Heap.blockBytes
                }
                block += count
            case .cells(let sizeIndex):
                sweepCells(block, sizeIndex)
                block += 1
            }
        }
    }

    private func sweepCells(_ block: Int, _ sizeIndex: Int) {
        var live = 0
        for word in blocks[block].used.indices {
            live += blocks[block].marked[word].nonzeroBitCount
            blocks[block].used[word] = blocks[block].marked[word]
            blocks[block].marked[word] = 0
        }
        blocks[block].cursor = 0
        if live == 0 { return free(block, 1) }
        allocatedBytes += live * Heap.cellSizes[sizeIndex]
        available[sizeIndex].append(block)
    }

    /// Gives the memory of blocks back to the system, which hands it out zeroed again.
    private func free(_ first: Int, _ count: Int) {
        for block in first..<(first + count) { blocks[block] = Block() }
        freeBlocks += count
        takenBytes -= count * Heap.blockBytes
        space.giveBack(count * Heap.blockBytes)
        madvise(address(of: first), count * Heap.blockBytes, MADV_DONTNEED)
    }
}

// The store: all instances that can refer to each other, the frames they run on and the heap they share.
// Spec: https://webassembly.github.io/spec/core/exec/runtime.html#store

import Diagnostics
import Glibc
import WasmInstructionTable
import WasmSpec
import WasmValidation

/// A store. One thread at a time may use it and its instances; threads share memories between stores.
public final class Store {
    /// Limits of a store.
    public struct Configuration: Sendable {
        /// Bytes for frames; a call that does not fit traps with `callStackExhausted`.
        public var stackBytes = 16 << 20
        /// Bytes for structures, arrays and exceptions.
        public var heapBytes = 4 << 30
        /// What the store's heap counts against instead, with those of the program's other threads.
        public var heapSpace: HeapSpace?
        /// Told of each collection.
        public var onCollection: (@Sendable (Collection) -> Void)?
        /// Bytes of a function's register code. The longest functions need a tenth of this, but branches that move a
        /// thousand operands each could take thousands of times the memory that the module takes.
        public var functionCodeBytes = 256 << 20
        /// Most bytes of all memories and tables of the store together; none can grow beyond.
        public var memoryBytes = UInt64.max
        /// What all of the store counts against instead, e.g. as a thread of a program; with a limit of its own.
        public var budget: ByteBudget?
        /// How many loop iterations and calls may run; nil for any number. An execution beyond fails with
        /// `outOfFuel`.
        public var fuel: UInt64?

        /// Where something else than 0 makes executions trap with `timeout`, soon: a signal handler may write it. It must
        /// outlive the store.
        public var interruption: InterruptionCell?
        /// Where executions count what they do; nil to count nothing, which costs nothing.
        public var counters: ExecutionCounters?
        /// How many calls are kept of where an execution failed, besides what a message shows (`Store.calls`).
        public var keptCalls = 0

        public init() {}
    }

    /// A garbage collection that is done.
    public struct Collection: Sendable {
        /// From 1 on.
        public var number: Int
        /// Bytes of objects before and after it.
        public var beforeBytes: Int
        public var aliveBytes: Int
        /// What the heap has had at most.
        public var heapBytes: Int
        public var duration: Duration
    }

    /// Calls between guest and host that may be nested; each takes native stack.
    static let maximumNesting = 200

    let context: UnsafeMutablePointer<ExecutionContext>
    let frames: FrameStack
    /// What memories and tables of modules count against that are instantiated from now on.
    public var budget: ByteBudget
    /// All of the store, as `Configuration.memoryBytes` says.
    public let programBudget: ByteBudget
    let heap: Heap
    let onCollection: (@Sendable (Collection) -> Void)?
    let maximumCodeWords: Int
    /// `Configuration.interruption`.
    let interruption: UnsafeMutablePointer<UInt64>?
    /// The fuel left, if it is limited.
    let fuelCell: UnsafeMutablePointer<UInt64>?
    /// `Configuration.counters`.
    let counters: ExecutionCounters?
    var types = RuntimeTypes()
    /// The memory 0 of instances without memories.
    let noMemory: UnsafeMutablePointer<MemoryRecord>
    /// Code that the host's calls return to, behind a word of 0 where a caller's record would be; and the code that
    /// returns to another instance.
    let haltCode: UnsafeMutablePointer<UInt64>
    let crossReturnCode: UnsafeMutablePointer<UInt64>

    private(set) var instances: [ModuleState] = []
    private(set) var hostFunctions: [HostFunction] = []
    private var hostRecords: [UnsafeMutablePointer<FunctionRecord>] = []
    private(set) var globals: [GlobalInstance] = []
    private(set) var tables: [TableInstance] = []
    private var memories: [MemoryInstance] = []
    private var tags: [TagInstance] = []

    /// Objects that the host refers to, with the number of its references.
    var heapRoots: [UInt64: Int] = [:]
    /// Why the last execution failed, when its outcome is `failed`.
    var pendingError: ExecutionError?
    /// Where the host function was called that has failed last, innermost call first.
    public internal(set) var hostCallBacktrace: [CodePlace] = []
    /// Where the execution was that has failed last, innermost call first: `Configuration.keptCalls`, each by itself.
    public internal(set) var calls: [CodePlace] = []
    /// For each of these, the first 64 bits of what each local held, parameters first.
    public internal(set) var callLocals: [[UInt64]] = []
    let keptCalls: Int
    /// The first slot that no frame uses.
    var frameTop: UnsafeMutablePointer<UInt64>
    var nesting = 0
    /// What `execute` returns for code that halts at once.
    private(set) var emptyExecutionStack: UInt = 0

    public init(_ configuration: Configuration = Configuration()) {
        frames = FrameStack(bytes: configuration.stackBytes)
        programBudget = configuration.budget ?? ByteBudget(limitBytes: configuration.memoryBytes)
        budget = programBudget
        heap = Heap(in: configuration.heapSpace ?? HeapSpace(limitBytes: configuration.heapBytes))
        onCollection = configuration.onCollection
        keptCalls = configuration.keptCalls
        interruption = configuration.interruption?.address
        counters = configuration.counters
        maximumCodeWords = configuration.functionCodeBytes / 8
        fuelCell = configuration.fuel.map { fuel in
            let cell = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
            cell.initialize(to: fuel)
            return cell
        }
        noMemory = .allocate(capacity: 1)
        haltCode = .allocate(capacity: 2)
        haltCode.initialize(repeating: 0, count: 2)
        haltCode[1] = codeWord(ControlHandlers.halt)
        crossReturnCode = .allocate(capacity: 1)
        crossReturnCode.initialize(to: codeWord(CallHandlers.crossReturn))
        frameTop = frames.base
        context = .allocate(capacity: 1)
        context.initialize(
            to: ExecutionContext(
                memory: noMemory, stackEnd: frames.end, pc: UnsafePointer(haltCode), fp: frames.base,
                store: Unmanaged.passUnretained(self)))
        // Nothing is ever read or written there: the size is 0.
        noMemory.initialize(
            to: MemoryRecord(
                base: UnsafeMutableRawPointer(haltCode), size: 0, pageSizeLog2: 16, isShared: false,
                instance: Unmanaged.fromOpaque(UnsafeRawPointer(haltCode))))
        emptyExecutionStack = execute(UnsafePointer(haltCode) + 1, frames.base)
    }

    deinit {
        for record in hostRecords { record.deallocate() }
        fuelCell?.deallocate()
        noMemory.deallocate()
        haltCode.deallocate()
        crossReturnCode.deallocate()
        context.deallocate()
    }

    // MARK: Owning instances

    /// How many instances there are, those included whose start function still runs.
    public var instanceCount: Int { instances.count }

    /// The instance that was made as number `index`, from 0 on; nil when there is none yet.
    public func instance(at index: Int) -> ModuleInstance? {
        instances.indices.contains(index) ? ModuleInstance(instances[index]) : nil
    }

    func add(_ instance: ModuleState) { instances.append(instance) }

    func add(_ global: GlobalInstance) -> GlobalInstance {
        globals.append(global)
        return global
    }

    func add(_ table: TableInstance) -> TableInstance {
        tables.append(table)
        return table
    }

    /// Keeps a memory, which handlers refer to without counting.
    func add(_ memory: MemoryInstance) -> MemoryInstance {
        memories.append(memory)
        return memory
    }

    func add(_ tag: TagInstance) -> TagInstance {
        tags.append(tag)
        return tag
    }

    /// A function that the host provides. Its parameter and result types must not be concrete references.
    public func makeFunction(_ type: FunctionType, _ body: @escaping HostFunction.Body) -> FunctionInstance {
        let record = UnsafeMutablePointer<FunctionRecord>.allocate(capacity: 1)
        record.initialize(
            to: FunctionRecord(
                entry: UnsafePointer(haltCode), memory: nil, type: types.add(type),
                headerSlot: UInt32(type.headerSlot), index: UInt32(hostFunctions.count), instance: nil,
                crossReturnCode: UnsafePointer(crossReturnCode), stub: (0, 0)))
        record.setStub(CallHandlers.host)
        hostFunctions.append(HostFunction(type: type, body: body))
        hostRecords.append(record)
        return FunctionInstance(store: self, record: record)
    }

    func type(of record: UnsafeMutablePointer<FunctionRecord>) -> FunctionType {
        guard let instance = record.pointee.instance?.takeUnretainedValue() else {
            return hostFunctions[Int(record.pointee.index)].type
        }
        return instance.module.signature(of: FunctionIndex(rawValue: record.pointee.index))
    }
}

extension UnsafeMutablePointer<FunctionRecord> {
    /// Makes `handler` the function's entry, with this record as its operand.
    func setStub(_ handler: Handler) {
        pointee.stub = (codeWord(handler), UInt64(UInt(bitPattern: self)))
        let offset = MemoryLayout<FunctionRecord>.offset(of: \.stub).unsafelyUnwrapped
        pointee.entry = UnsafeRawPointer(UnsafeRawPointer(self) + offset).assumingMemoryBound(to: UInt64.self)
    }
}

/// The memory for frames.
final class FrameStack {
    let base: UnsafeMutablePointer<UInt64>
    /// The end for frames. Behind it headers and arguments of a call that will be refused may lie.
    let end: UnsafeMutablePointer<UInt64>
    private let bytes: Int

    /// Slots for the arguments and results of any function type, and its header.
    static let slack = 8192

    init(bytes: Int) {
        self.bytes = (bytes + FrameStack.slack * 8 + 0xFFFF) & ~0xFFFF
        let address = mmap(
            nil, self.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        // Without frames nothing runs at all.
        guard let address, address != MAP_FAILED else { fatalError("no memory for the call stack") }
        base = address.assumingMemoryBound(to: UInt64.self)
        end = base + (self.bytes / 8 - FrameStack.slack)
    }

    deinit { munmap(base, bytes) }
}

/// A function of the host.
public struct HostFunction {
    /// Reads its arguments from the call and sets its results there.
    public typealias Body = (inout HostCall) throws(ExecutionError) -> Void

    let type: FunctionType
    let body: Body
}

/// A call of a host function.
public struct HostCall {
    public let store: Store
    /// The function's type.
    public let type: FunctionType
    /// Arguments, and later results, from the start: a v128 takes two slots, all others one. An i32 and an f32 are
    /// zero-extended.
    public let slots: UnsafeMutablePointer<UInt64>
    /// Memory 0 of the calling instance; nil if it has none.
    public let memory: MemoryInstance?
    /// Of its frame.
    let header: UnsafeMutablePointer<UInt64>

    public var arguments: [Value] {
        var slot = slots
        return type.parameters.map { type in
            defer { slot += type.slots }
            return store.read(type, from: slot, hierarchy: RuntimeValueType(type, types: []).hierarchy)
        }
    }

    /// Sets the results, as many and of the types that the function's type says.
    public func setResults(_ values: [Value]) {
        var slot = slots
        for value in values { slot += store.write(value, to: slot) }
    }
}

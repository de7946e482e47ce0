// Where what belongs to an instance lives. Nothing else of the lowering names these symbols.

import CWasmcABI
import LLVMBridge
import WasmSpec

/// Decides where the state of an instance lives: its capability context, memories, mutable globals, tables and segments.
///
/// Code asks for addresses, which are valid at the builder's place; whoever makes the program's data asks for the symbols
/// that stand for them, and defines them. Constants (function references, names, the bytes of segments) are no state and
/// not here.
struct InstanceStorage {
    /// Another kind changes `address(of:)`, `memoryBase` and the definitions, and no instruction's lowering:
    ///
    /// - *By pointer*, for several instances of a module in one process (libraries): guest functions take the address of
    ///   their instance as a hidden parameter (`GuestSignatures`), an address is that plus the offset of a field, and a
    ///   memory's base is read from its `wasmc_memory`, once in a function, as it never moves. `fixedBase` is 0 then.
    enum Kind {
        /// A symbol each, and for a memory an address that is a constant of the link.
        case symbols
        /// The same for threads that each have instances of their own: symbols of what is not shared are thread-local.
        /// Memories and capability contexts are the program's. What a thread begins with is the image of its storage.
        ///
        /// LLVM: guest code never goes on in another thread, so that the symbol itself may stand for the address in a
        /// function's thread. In a constant, which is the same for all threads, it may not.
        case threadLocal
    }

    private unowned let owner: ModuleLowering

    init(_ owner: ModuleLowering) { self.owner = owner }

    var kind: Kind { plan.isThreaded ? .threadLocal : .symbols }

    private var context: LLVMContext { owner.context }
    private var types: IRTypes { owner.types }
    private var plan: ProgramPlan { owner.plan }

    /// Where the state is that `symbol` stands for.
    private func address(of symbol: IRGlobal) -> IRValue {
        switch kind {
        case .symbols, .threadLocal: symbol.value
        }
    }

    // MARK: Addresses

    /// The capability context of an instance, which host functions take.
    func capabilities(of instance: Int) -> IRValue { address(of: contextSymbol(instance)) }

    /// The `wasmc_memory` of a memory.
    func memory(_ id: MemoryID) -> IRValue {
        context.constPointer(
            address(of: memoriesSymbol(id.instance)), offset: Int64(id.position * MemoryLayout<wasmc_memory>.stride))
    }

    /// The host address of a memory's guest address 0.
    ///
    /// A GEP on a constant pointer, and not integer arithmetic followed by `inttoptr`, lets scalar evolution see a
    /// pointer.
    func memoryBase(_ id: MemoryID) -> IRValue {
        switch kind {
        case .symbols, .threadLocal: context.constPointer(address: fixedBase(of: id))
        }
    }

    /// A mutable global.
    func global(_ id: GlobalID) -> IRValue { address(of: globalSymbol(id)) }

    /// The `wasmc_table` of a table that something changes.
    func table(_ id: TableID) -> IRValue { address(of: tableSymbol(id)) }

    /// The entries of a table that nothing changes; they are the same in every instance.
    func constantTable(_ id: TableID) -> IRValue { tableSymbol(id).value }

    /// The references in a table that nothing changes, for `table.get`.
    func constantTableReferences(_ id: TableID) -> IRValue { tableReferencesSymbol(id).value }

    /// The `wasmc_elem_instance` of an element segment.
    func elementSegment(_ instance: Int, _ index: ElementIndex) -> IRValue {
        address(of: elementSymbol(instance, index))
    }

    /// The `wasmc_data_instance` of a data segment.
    func dataSegment(_ instance: Int, _ index: DataIndex) -> IRValue { address(of: dataSymbol(instance, index)) }

    /// The exception that is on its way: a `wasmc_exception`, and its values. One for the program.
    var exception: IRValue { address(of: exceptionSymbol) }

    /// Where parameters are passed that find no register, in programs that pass nothing on the stack. The callee reads them
    /// before it does anything else. One for the program.
    var parameterArea: IRValue { address(of: parameterAreaSymbol) }

    /// All references to functions of a program with a heap, as `wasmc_func_ref` structures; that at 0 is of no type.
    func functionReferences() -> IRValue { functionReferencesSymbol().value }

    // MARK: Symbols

    func functionReferencesSymbol() -> IRGlobal {
        let type = context.array(of: types.functionReference, count: UInt64(plan.referenceNumbers.count + 1))
        return owner.data("wasm.refs", type, isConstant: true)
    }

    /// A symbol for what each thread has for itself.
    private func state(_ name: String, _ type: IRType) -> IRGlobal {
        let symbol = owner.data(name, type)
        switch kind {
        case .symbols: break
        // The program is linked as one executable.
        case .threadLocal: symbol.setThreadLocal(.localExec)
        }
        return symbol
    }

    var exceptionType: IRType {
        context.structure([
            types.exception, context.array(of: context.i64, count: UInt64(plan.exceptionSlots ?? 0)),
        ])
    }

    var exceptionSymbol: IRGlobal { state("wasm.exception", exceptionType) }

    var parameterAreaSymbol: IRGlobal {
        let slots = UInt64(plan.mostParameters) * UInt64(WASMC_SLOTS_PER_VALUE)
        return state("wasm.parameters", context.array(of: context.i64, count: slots))
    }

    func contextSymbol(_ instance: Int) -> IRGlobal {
        owner.data("wasm.\(instance).ctx", context.array(of: context.i8, count: UInt64(WASMC_CTX_BYTES)))
    }

    /// The memories that are an instance's, as `wasmc_memory` structures.
    func memoriesSymbol(_ instance: Int) -> IRGlobal {
        let count = max(plan.instances[instance].ownMemories.count, 1)
        return owner.data("wasm.\(instance).memories", context.array(of: types.memoryStructure, count: UInt64(count)))
    }

    /// The address of a memory, a constant of the link; 0 when the host chooses it.
    func fixedBase(of id: MemoryID) -> UInt64 {
        switch kind {
        case .symbols, .threadLocal:
            WASMC_MEMORY_BASE + UInt64(firstMemory + plan.memoryOrdinal(id)) * WASMC_MEMORY_STRIDE
        }
    }

    /// What lies below the first memory: with a heap, it and its guard.
    private var firstMemory: Int { plan.hasHeap ? Int(WASMC_GC_FIRST_MEMORY) : 0 }

    func globalSymbol(_ id: GlobalID) -> IRGlobal {
        state("wasm.\(id.instance).global.\(id.position)", types.type(plan.type(of: id).value))
    }

    /// Entries of an immutable table, or the `wasmc_table` of a mutable one.
    func tableSymbol(_ id: TableID) -> IRGlobal {
        let image = plan.image(of: id)
        let name = "wasm.\(id.instance).table.\(id.position)"
        guard image.isImmutable else { return state(name, types.tableStructure) }
        let type = context.array(of: types.constantTableEntry, count: UInt64(image.size))
        return owner.data(name, type, isConstant: true)
    }

    /// Makes the array that a table which something changes begins with; without contents, of null references. Threads
    /// copy it.
    func addTableElements(_ id: TableID, _ contents: IRValue?) -> IRGlobal {
        let type = context.array(of: types.reference, count: UInt64(plan.image(of: id).size))
        return owner.ir.addGlobal(
            "wasm.\(id.instance).table.\(id.position).elements", type, initializer: contents ?? type.constNull(),
            linkage: .internal, isConstant: kind == .threadLocal)
    }

    func tableReferencesSymbol(_ id: TableID) -> IRGlobal {
        let count = UInt64(plan.image(of: id).size)
        return owner.data(
            "wasm.\(id.instance).table.\(id.position).refs", context.array(of: types.reference, count: count),
            isConstant: true)
    }

    /// The references of an element segment, which its `wasmc_elem_instance` leads to. They are each thread's where they are
    /// `computed`.
    func elementsSymbol(_ instance: Int, _ index: ElementIndex, count: Int, areComputed: Bool) -> IRGlobal {
        let name = "wasm.\(instance).elem.\(index).elements"
        let type = context.array(of: types.reference, count: UInt64(count))
        return areComputed ? state(name, type) : owner.data(name, type)
    }

    func elementSymbol(_ instance: Int, _ index: ElementIndex) -> IRGlobal {
        state("wasm.\(instance).elem.\(index)", types.elementInstance)
    }

    func dataSymbol(_ instance: Int, _ index: DataIndex) -> IRGlobal {
        state("wasm.\(instance).data.\(index)", types.dataInstance)
    }
}

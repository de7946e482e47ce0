// Which functions are worth a version for each level of CPUs.

import Diagnostics
import WasmBinary
import WasmProfile
import WasmSpec

/// Functions that are compiled for each level, when several are asked for.
///
/// Newer instructions pay where the vectoriser finds something to do, in innermost loops over memory that call nothing, and
/// where the module itself has vectors or counts bits in a loop.
struct CloneChoice: Sendable {
    /// By instance, then by position.
    private(set) var functions: [FunctionID] = []
    private var members: Set<FunctionID> = []

    /// - Parameter profile: What never ran is not worth it.
    init(
        _ instances: [InstancePlan], _ partitions: [Partition], _ options: CompileOptions, _ profile: ProgramProfile?
    ) throws(Diagnostic) {
        guard !options.cloneCPUs.isEmpty else { return }
        // The others are not optimised.
        for partition in partitions where partition.tier == .standard {
            let module = instances[partition.instance].module
            for position in partition.functions {
                if profile?.isCold(partition.instance, position) == true { continue }
                guard try Self.isWorthwhile(module.module.functions[position], in: module.module) else { continue }
                let index = FunctionIndex(position + module.importedFunctionCount)
                functions.append(FunctionID(instance: partition.instance, function: index))
            }
        }
        functions.sort { ($0.instance, $0.function) < ($1.instance, $1.function) }
        members = Set(functions)
    }

    func contains(_ id: FunctionID) -> Bool { members.contains(id) }

    private static func isWorthwhile(_ function: Function, in module: Module) throws(Diagnostic) -> Bool {
        try module.source.withReader(function.body) { (reader) throws(Diagnostic) in
            var loops = LoopWalk()
            var instructions = InstructionReader(reader)
            while !instructions.isAtEnd, !loops.isWorthwhile { loops.note(try instructions.next()) }
            return loops.isWorthwhile
        }
    }
}

/// Follows the blocks of a function.
private struct LoopWalk {
    /// An open block.
    private struct Block {
        var isLoop = false
        /// Whether it contains a loop, or calls.
        var hasLoop = false
        var calls = false
        var accessesMemory = false
    }

    private(set) var isWorthwhile = false
    private var blocks = [Block()]
    private var loopDepth = 0

    mutating func note(_ instruction: Instruction) {
        switch instruction {
        case .loop: open(isLoop: true)
        case .block, .if, .tryTable, .legacyTry: open(isLoop: false)
        case .end, .legacyDelegate: close()
        case .call, .callIndirect, .callRef, .memoryGrow: blocks[blocks.count - 1].calls = true
        case .load, .store: blocks[blocks.count - 1].accessesMemory = true
        case .integerUnary(let operation): if loopDepth > 0, operation.countsBits { isWorthwhile = true }
        case .integerBinary(let operation): if loopDepth > 0, operation.rotates { isWorthwhile = true }
        case .vectorLoad, .vectorStore, .vectorLoadLane, .vectorStoreLane, .vectorShuffle, .vectorSplat,
            .vectorExtractLane, .vectorReplaceLane, .vectorCompare, .vectorUnary, .vectorBinary, .vectorTernary,
            .vectorShift, .vectorTest:
            if loopDepth > 0 { isWorthwhile = true }
        // Neither of these is better on a newer CPU by itself.
        default: break
        }
    }

    private mutating func open(isLoop: Bool) {
        blocks.append(Block(isLoop: isLoop))
        if isLoop { loopDepth += 1 }
    }

    private mutating func close() {
        guard blocks.count > 1, let block = blocks.popLast() else { return }
        let outer = blocks.count - 1
        blocks[outer].calls = blocks[outer].calls || block.calls
        blocks[outer].hasLoop = blocks[outer].hasLoop || block.hasLoop || block.isLoop
        blocks[outer].accessesMemory = blocks[outer].accessesMemory || block.accessesMemory
        guard block.isLoop else { return }
        loopDepth -= 1
        if !block.hasLoop, !block.calls, block.accessesMemory { isWorthwhile = true }
    }
}

extension IntegerUnaryOperation {
    fileprivate var countsBits: Bool {
        switch self {
        case .i32Clz, .i32Ctz, .i32Popcnt, .i64Clz, .i64Ctz, .i64Popcnt: true
        case .i32Extend8S, .i32Extend16S, .i64Extend8S, .i64Extend16S, .i64Extend32S: false
        }
    }
}

extension IntegerBinaryOperation {
    fileprivate var rotates: Bool {
        switch self {
        case .i32Rotl, .i32Rotr, .i64Rotl, .i64Rotr: true
        case .i32Add, .i32Sub, .i32Mul, .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i32And, .i32Or, .i32Xor, .i32Shl,
            .i32ShrS, .i32ShrU, .i64Add, .i64Sub, .i64Mul, .i64DivS, .i64DivU, .i64RemS, .i64RemU, .i64And, .i64Or,
            .i64Xor, .i64Shl, .i64ShrS, .i64ShrU:
            false
        }
    }
}

// Code that leaves the stack as it is.

import WasmInstructionTable
import WasmSpec

extension FunctionGenerator {
    /// Any number of statements.
    mutating func statements() {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { return }
        for _ in 0..<choices.number(below: 6) { statement() }
    }

    private mutating func statement() {
        switch choices.number(below: 32) {
        case 0 where features.contains(.threads) && choices.chance(128):
            code.operation("atomic.fence")
            code.byte(0)
        case 0: code.operation("nop")
        case 1...7: set("local.set")
        case 8...11: set("global.set")
        case 12...17: store()
        case 18: block(producing: nil)
        case 19, 20: conditional(producing: nil)
        case 21, 22: loop(producing: nil)
        case 23: branchIf()
        case 24: callStatement()
        case 25, 26: memoryStatement()
        case 27, 28: tableStatement()
        case 29: conditionalLeave()
        case 30 where features.contains(.gc): aggregateStatement()
        case 31 where features.contains(.functionReferences): branchOnNull()
        default:
            value(choices.pick(plan.storedTypes))
            code.operation("drop")
        }
    }

    private mutating func set(_ mnemonic: String) {
        let type = choices.pick(plan.storedTypes)
        let target = mnemonic == "local.set" ? pickLocal(type) : pickGlobal(type, isMutable: true)
        guard let target else { return }
        value(type)
        variable(mnemonic, target)
    }

    /// Leaves the function or a block under a condition.
    private mutating func conditionalLeave() {
        value(.i32)
        code.operation("if")
        code.blockType(.empty)
        labels.append([])
        leave()
        labels.removeLast()
        code.operation("end")
    }

    /// `select` with or without a type.
    mutating func selection(_ type: ValueType) {
        value(type)
        value(type)
        value(.i32)
        guard type.isReference || features.contains(.referenceTypes) && choices.chance(64) else {
            return code.operation("select")
        }
        code.operation("select (result)")
        code.vector([type]) { $0.valueType($1) }
    }
}

// Handlers that count, which code contains when its store has counters only.
//
// Threads of a program count in the same places without locks: a count may be lost, and a profile is a hint.

import WasmSpec

enum ProfileHandlers {
    /// Counts that this place was reached.
    static var count: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.read(Layout.Reference<UInt64>.self).object.pointee &+= 1
            machine.next(behind: Layout.Reference<UInt64>.self)
        }
    }

    /// Counts the label that the next instruction, a `br_table`, goes to.
    static var countLabel: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.LabelCount.self)
            let label = min(machine.value(in: operands.index).i32, operands.labels)
            operands.counters[Int(truncatingIfNeeded: label)] &+= 1
            machine.next(behind: Layout.LabelCount.self)
        }
    }

    /// Counts the function that the next instruction calls, if it calls any.
    static var countTableCallee: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.TableCalleeCount.self)
            let table = operands.callee.table
            let index = machine.fp[Int(truncatingIfNeeded: operands.callee.index)]
            if index < table.pointee.count {
                noteCallee(table.pointee.elements[Int(truncatingIfNeeded: index)], operands.counters)
            }
            machine.next(behind: Layout.TableCalleeCount.self)
        }
    }

    static var countReferenceCallee: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.ReferenceCalleeCount.self)
            noteCallee(machine.fp[Int(truncatingIfNeeded: operands.callee.slot)], operands.counters)
            machine.next(behind: Layout.ReferenceCalleeCount.self)
        }
    }
}

/// Counts a callee: its own counter, one that was free, or that of all others.
@inline(never)
private func noteCallee(_ reference: UInt64, _ counters: UnsafeMutablePointer<UInt64>) {
    guard let callee = UnsafeMutablePointer<FunctionRecord>(bitPattern: UInt(reference)) else { return }
    guard let instance = callee.pointee.instance?.takeUnretainedValue() else {
        counters[CalleeCounters.others] &+= 1
        return
    }
    let name = CalleeCounters.name(instance: instance.number, function: callee.pointee.index)
    for entry in 0..<CalleeCounters.entries {
        let words = counters + CalleeCounters.first + 2 * entry
        if words[0] == 0 { words[0] = name }
        if words[0] == name {
            words[1] &+= 1
            return
        }
    }
    counters[CalleeCounters.others] &+= 1
}

/// Where the words are that count callees: all others, then pairs of a function's name and its count.
enum CalleeCounters {
    static let others = 0
    static let first = 1
    static let entries = 8
    static let words = first + 2 * entries

    /// What stands for a function; never 0.
    static func name(instance: Int, function: UInt32) -> UInt64 { UInt64(instance + 1) << 32 | UInt64(function) }

    static func function(_ name: UInt64) -> (instance: Int, function: FunctionIndex) {
        (Int(name >> 32) - 1, FunctionIndex(rawValue: UInt32(truncatingIfNeeded: name)))
    }
}

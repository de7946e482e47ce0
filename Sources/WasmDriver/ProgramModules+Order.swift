// The order in which the modules of a program are instantiated.

import Diagnostics
import WasmSpec

extension ProgramModules {
    /// Those that are imported from come first; else the order stays.
    static func ordered(_ members: [Member]) throws(Diagnostic) -> [Member] {
        let numbers = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.name, $0) })
        // Whom each waits for, as a count, and who waits for each.
        var waiting = Array(repeating: 0, count: members.count)
        var importers: [[Int]] = Array(repeating: [], count: members.count)
        for (number, member) in members.enumerated() {
            // What a module imports under its own name is the host's.
            let providers = Set(member.module.module.imports.compactMap { numbers[$0.module] }).subtracting([number])
            waiting[number] = providers.count
            for provider in providers { importers[provider].append(number) }
        }
        var ready = NumberQueue()
        for number in members.indices where waiting[number] == 0 { ready.insert(number) }
        var result: [Member] = []
        while let next = ready.removeFirst() {
            result.append(members[next])
            for importer in importers[next] {
                waiting[importer] -= 1
                if waiting[importer] == 0 { ready.insert(importer) }
            }
        }
        guard result.count == members.count else {
            let names = members.indices.filter { waiting[$0] > 0 }.map { "`\(members[$0].name)`" }
            throw Diagnostic(
                .unlinkable, "modules import from each other",
                "no order of instantiation is possible for \(names.joined(separator: ", "))")
        }
        return result
    }
}

/// Numbers, of which the smallest comes first: a binary heap.
private struct NumberQueue {
    private var heap: [Int] = []

    mutating func insert(_ number: Int) {
        heap.append(number)
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the smallest out; nil when there is none.
    mutating func removeFirst() -> Int? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while let child = [2 * parent + 1, 2 * parent + 2].filter({ $0 < heap.count }).min(by: { heap[$0] < heap[$1] }),
            heap[child] < heap[parent]
        {
            heap.swapAt(child, parent)
            parent = child
        }
        return first
    }
}

// Instructions that count, where the store has counters.

import WasmSpec

extension Translator {
    /// A place whose counter goes up by one.
    enum CountedPoint {
        case loop
        /// An `if`, and the code behind it, which runs when its condition holds.
        case ifReached, ifHolds
        /// Another conditional branch, and the code behind it, which runs when its condition fails.
        case branchReached, branchFails

        /// Which of the counters of its instruction it is.
        fileprivate var word: Int {
            switch self {
            case .loop, .ifReached, .branchReached: 0
            case .ifHolds, .branchFails: 1
            }
        }

        fileprivate var kind: FunctionCounters.Kind {
            switch self {
            case .loop: .loop
            case .ifReached, .ifHolds: .branchThatHolds
            case .branchReached, .branchFails: .branchThatFails
            }
        }
    }

    mutating func countEntry() {
        guard let counters else { return }
        emitCount(counters.entry)
    }

    /// Counts that control comes here.
    mutating func count(_ point: CountedPoint) {
        guard let counters else { return }
        emitCount(counters.words(of: point.kind, at: instructionOffset, count: 2) + point.word)
    }

    private mutating func emitCount(_ word: UnsafeMutablePointer<UInt64>) {
        emit(ProfileHandlers.count)
        code.append(Layout.Reference(object: word))
    }

    mutating func countLabel(_ selector: Int, _ labels: Int) {
        guard let counters else { return }
        emit(ProfileHandlers.countLabel)
        code.append(
            Layout.LabelCount(
                index: NarrowSlot(selector), labels: UInt32(labels),
                counters: counters.words(of: .table, at: instructionOffset, count: labels + 1)))
    }

    mutating func countCallee(_ entry: Layout.TableEntry) {
        guard let counters else { return }
        emit(ProfileHandlers.countTableCallee)
        code.append(Layout.TableCalleeCount(callee: entry, counters: counters.callees(at: instructionOffset)))
    }

    mutating func countCallee(_ reference: Layout.TypedReference) {
        guard let counters else { return }
        emit(ProfileHandlers.countReferenceCallee)
        code.append(Layout.ReferenceCalleeCount(callee: reference, counters: counters.callees(at: instructionOffset)))
    }
}

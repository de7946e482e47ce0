// Where exceptions come into a function.
//
// A landing pad's clauses tell the unwinder whether to come there; which handler it is, the tag in the exception's structure
// decides, so that it does not matter what LLVM's inliner adds to the clauses.

import CWasmcABI
import LLVMBridge
import WasmSpec

extension FunctionLowering {
    /// Where a call unwinds to, if it may throw and a handler is in reach.
    func landingPad(mayThrow: Bool) -> BasicBlock? {
        mayThrow ? region.map { landingPad(of: $0) } : nil
    }

    /// For an `invoke` that comes next.
    func landingPad(of region: TryRegion) -> BasicBlock {
        let pad = region.landingPad ?? makeLandingPad(of: region)
        if let number = region.sharedNumber, let shared = sharedLandingPad {
            builder.store(context.constI32(UInt32(number)), shared.number)
        }
        return pad
    }

    private func makeLandingPad(of region: TryRegion) -> BasicBlock {
        let pad: BasicBlock
        if landingPadCount < Self.mostLandingPads {
            landingPadCount += 1
            pad = function.appendBlock("landing")
        } else {
            let shared =
                sharedLandingPad
                ?? SharedLandingPad(
                    block: function.appendBlock("landing"),
                    number: inEntry { builder.alloca(context.i32, name: "handler") })
            region.sharedNumber = shared.regions.count
            shared.regions.append(region)
            sharedLandingPad = shared
            pad = shared.block
        }
        region.landingPad = pad
        return pad
    }

    /// Tags that a landing pad names. Where more are in reach, it is one that the unwinder comes to with every exception, and
    /// perhaps is sent on from.
    private static let mostNamedTags = 16
    /// Landing pads of a function, but for one that all other handlers share. LLVM looks for each in a list of them.
    private static let mostLandingPads = 4_000
    /// How many handlers are looked at for one throw or one landing pad.
    private static let reach = 64

    /// Builds what depends on all handlers of the function.
    func finishRegions() {
        guard !regions.isEmpty else { return }
        function.setPersonality(owner.builtin(.wasmc_personality))
        for pending in pendingThrows { finish(pending) }
        for region in regions {
            guard region.sharedNumber == nil, let pad = region.landingPad else { continue }
            let (clauses, areAll) = namedTags(region)
            begin(pad, clauses, areAll: areAll)
            builder.br(dispatch(region))
        }
        if let sharedLandingPad { finish(sharedLandingPad) }
        // Those that are asked next may not have been needed before: they are outside, and earlier.
        for region in regions.reversed() {
            if let block = region.dispatch { build(block, region) }
        }
    }

    private func begin(_ pad: BasicBlock, _ clauses: [IRValue], areAll: Bool) {
        builder.positionAtEnd(pad)
        // LLVM takes it that what is no cleanup and is entered is meant: `resume` is nothing then.
        _ = builder.landingPad(
            context.structure([context.ptr, context.i32]), clauses: clauses, isCleanup: !areAll || clauses.isEmpty)
    }

    /// The unwinder comes here with every exception.
    private func finish(_ shared: SharedLandingPad) {
        begin(shared.block, [], areAll: false)
        let number = builder.load(context.i32, shared.number)
        let never = function.appendBlock("never")
        _ = builder.switch(
            number, default: never,
            cases: shared.regions.enumerated().map { (context.constI32(UInt32($0.offset)), dispatch($0.element)) })
        builder.positionAtEnd(never)
        builder.unreachable()
    }

    /// A throw whose handler is known is a branch.
    private func finish(_ pending: PendingThrow) {
        builder.positionAtEnd(pending.block)
        var next: TryRegion? = pending.region
        var budget = Self.reach
        while let region = next {
            budget -= 1 + region.clauses.count
            guard budget > 0 else {
                instructionOffset = pending.offset
                unwind(to: pending.region)
                return
            }
            if let clause = region.clauses.first(where: { $0.tag == nil || $0.tag == pending.tag }) {
                builder.br(clause.handler)
                return
            }
            next = region.parent
        }
        instructionOffset = pending.offset
        unwind()
    }

    /// The clauses of a landing pad, and whether they are all that it can have.
    private func namedTags(_ region: TryRegion) -> (clauses: [IRValue], areAll: Bool) {
        var seen: Set<TagID> = []
        var tags: [IRValue] = []
        var next: TryRegion? = region
        var budget = Self.reach
        while let region = next {
            for clause in region.clauses {
                guard let tag = clause.tag else { return (tags + [context.ptr.constNull()], true) }
                budget -= 1
                if tags.count == Self.mostNamedTags || budget == 0 { return (tags, false) }
                if seen.insert(tag).inserted { tags.append(owner.tagSymbol(tag).value) }
            }
            budget -= 1
            if budget <= 0 { return (tags, false) }
            next = region.parent
        }
        return (tags, true)
    }

    private func dispatch(_ region: TryRegion) -> BasicBlock {
        if let known = region.dispatch { return known }
        let block = function.appendBlock("dispatch")
        region.dispatch = block
        return block
    }

    /// Goes to the first clause of a region that catches the exception, or to who is asked next.
    private func build(_ block: BasicBlock, _ region: TryRegion) {
        builder.positionAtEnd(block)
        var thrown: IRValue?
        for clause in region.clauses {
            guard let tag = clause.tag else {
                builder.br(clause.handler)
                return
            }
            let actual = thrown ?? builder.loadField(owner.storage.exception, \wasmc_exception.tag, name: "tag")
            thrown = actual
            let next = function.appendBlock("next")
            builder.condBr(builder.icmp(.eq, actual, owner.tagSymbol(tag).value), clause.handler, next)
            builder.positionAtEnd(next)
        }
        if let parent = region.parent {
            builder.br(dispatch(parent))
        } else {
            // Inlined into a function that catches it, this is a branch.
            builder.resume(
                builder.insertValue(
                    context.structure([context.ptr, context.i32]).constNull(), owner.storage.exception, 0))
        }
    }
}

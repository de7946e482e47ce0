// Innermost loops get one 64-bit root for each array, and a copy of the loop as it was where an index might wrap.
//
// The index of an access is a number of 32 bits that may wrap, so its address is base + zext(start + i * step mod 2^32): no
// recurrence that scalar evolution knows, with a `mov r32, r32` in each round. And all addresses begin with the memory's base,
// which LLVM takes for one object: what two of them are from each other is unknown, and nothing is vectorised. The preheader
// gets a check that no index wraps in as many rounds as the loop can take, and the loop behind it addresses
// inttoptr(root) + i * step, with a root for each array, between which the vectoriser makes checks of its own. Where the check
// fails, a copy of the loop as it was runs. Where constants show that nothing wraps there is neither check nor copy.
//
// Exact. Let N be at least the number of rounds after the first (`getExitCount` of the exits that stay), i in 0...N the number
// of a round, and b + c_k + i * s, all mod 2^32, indices of one group: equal steps s, starts that differ by constants, c_0 being
// the least. Let r = zext(b + c_0), a number in 0..<2^32. The check says N < 2^32 and, with |s| at most 2^24 so that nothing
// wraps in 64 bits,
//
//     s > 0:  r + (c_max - c_0) + N * s < 2^32          s < 0:  N * |s| <= r  and  r + (c_max - c_0) < 2^32
//
// Then w = r + (c_k - c_0) + i * s lies in 0..<2^32 for each k and i; and w is b + c_k + i * s modulo 2^32. So it is the zero
// extension. Whatever is computed from it is the same number as before, and with it the address: accesses, their order, values
// and traps stay what they are, in both copies. An address that the loop does not reach may be computed and is not used.
//
// What LLVM is told is no more than that. Recurrences carry `nuw` and `nsw` only where N is bounded by the check or by its
// range: |i * s| is then below 2^57. Addresses carry no flag. Roots are made by `inttoptr`, which LLVM never takes for an
// object that is distinct from another (`isIdentifiedObject`): two of them may alias, and do not in the vectorised loop only
// because it has compared their ranges. They keep the tag of guest memory.
//
// Rounds that scalar evolution cannot count, because a counter might step across its limit, are counted by the test in front, too
// (DivisibleExit.cpp).
//
// Where bounds are compared, the test in front finds whether any access is outside its memory, too, and the loop behind it
// has no compares left (BoundsTests.cpp).
//
// LLVM: what is tested is frozen, each comparison by itself, and so is N. What the loop would compute behind an exit only may
// be poison in front of it; the index of an access that happens is not, and all that decides about it is a number.
//
// Left alone: loops with calls, which may grow memory, or with atomic accesses, and those whose rounds cannot be counted.

#include "BoundsTests.h"
#include "DivisibleExit.h"
#include "Indices.h"
#include "LoopVersion.h"
#include "Passes.h"
#include "Recurrences.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/LoopUtils.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

using namespace llvm;
using wasmc::addressSpace;
using wasmc::constantDifference;

namespace {

/// What is copied at most: a loop's instructions, and those of all loops of a function.
constexpr unsigned loopLimit = 300;
constexpr unsigned functionLimit = 6000;
/// Arrays of a loop. Where what is between them is known as a number, LLVM needs no check.
constexpr unsigned groupLimit = 12;
/// The check costs as much as some rounds.
constexpr unsigned fewestRounds = 4;

/// Addresses that step alike, by a constant or not at all, and whose starts differ by constants.
struct AddressGroup {
    const SCEV *start;
    int64_t step;
    int64_t lowest = 0;
    Value *root = nullptr;
};

struct Access {
    Instruction *instruction;
    size_t group;
    int64_t distance;
};

class Rooting {
public:
    Rooting(Loop &loop, LoopInfo &loops, DominatorTree &dominators, ScalarEvolution &evolution, unsigned &budget)
        : loop(loop), loops(loops), dominators(dominators), evolution(evolution), budget(budget),
          expander(evolution, "root"), indices(loop, evolution), bounds(loop, evolution, indices),
          exit(loop, evolution) {}

    /// Whether the loop is another now.
    bool run();

private:
    Loop &loop;
    LoopInfo &loops;
    DominatorTree &dominators;
    ScalarEvolution &evolution;
    unsigned &budget;
    SCEVExpander expander;
    wasmc::Rounds rounds;
    unsigned size = 0;
    SmallVector<Instruction *, 16> candidates;
    wasmc::Indices indices;
    wasmc::BoundsTests bounds;
    wasmc::DivisibleExit exit;
    SmallVector<AddressGroup, 8> addresses;
    SmallVector<Access, 16> accesses;

    bool collect();
    bool countRounds();
    bool findDivisibleExit(ArrayRef<BasicBlock *> exiting);
    const SCEV *guestOffset(Instruction *access, uint64_t &base);
    bool findIndices();
    bool groupAddresses();
    bool addAccess(Instruction *access);
    bool isWorthwhile();
    bool isWorthCopying();
    bool hasOneExit();
    bool isSafe(const SCEV *expression) {
        return expander.isSafeToExpandAt(expression, loop.getLoopPreheader()->getTerminator());
    }
    bool hasTest();
    Value *makeTest();
    bool version();
    void makeRoots();
    void rewriteAccesses(bool boundsSteps);
};

bool Rooting::collect() {
    if (!loop.isLoopSimplifyForm()) return false;
    for (BasicBlock *block : loop.blocks()) {
        size += block->size();
        if (size > loopLimit) return false;
        for (Instruction &instruction : *block) {
            if (isa<CallBase>(instruction) && !isa<IntrinsicInst>(instruction)) return false;
            if (instruction.isAtomic()) return false;
            if (isa<LoadInst, StoreInst>(instruction)) {
                candidates.push_back(&instruction);
            } else if (instruction.mayReadOrWriteMemory() && !isa<DbgInfoIntrinsic>(instruction)) {
                return false;
            }
        }
    }
    return !candidates.empty();
}

bool Rooting::findDivisibleExit(ArrayRef<BasicBlock *> exiting) {
    return any_of(exiting, [&](BasicBlock *block) {
        return !bounds.endsIn(block) && dominators.dominates(block, loop.getLoopLatch()) && exit.find(block, expander);
    });
}

/// Counts by all exits but those for traps that the test takes away.
bool Rooting::countRounds() {
    SmallVector<BasicBlock *, 4> exiting;
    loop.getExitingBlocks(exiting);
    SmallVector<const SCEV *, 4> counts;
    for (BasicBlock *block : exiting) {
        if (bounds.endsIn(block) || !dominators.dominates(block, loop.getLoopLatch())) continue;
        const SCEV *count = evolution.getExitCount(&loop, block, ScalarEvolution::SymbolicMaximum);
        if (!isa<SCEVCouldNotCompute>(count)) counts.push_back(count);
    }
    // Where another exit bounds the rounds there is nothing to test for.
    if (counts.empty() && findDivisibleExit(exiting)) counts.push_back(exit.rounds());
    if (counts.empty()) return false;
    rounds.expression = evolution.getUMinFromMismatchedTypes(counts, /*Sequential=*/true);
    if (evolution.getTypeSizeInBits(rounds.expression->getType()) > 64) return false;
    rounds.most = evolution.getUnsignedRangeMax(rounds.expression).zext(64);
    return rounds.most.uge(fewestRounds) && isSafe(rounds.expression);
}

/// What is added to the constant address of guest memory's base; null for an address of another kind.
const SCEV *Rooting::guestOffset(Instruction *access, uint64_t &base) {
    const SCEV *address = evolution.getSCEV(getLoadStorePointerOperand(access));
    auto *pointer = dyn_cast<SCEVUnknown>(evolution.getPointerBase(address));
    auto *constant = pointer ? dyn_cast<ConstantExpr>(pointer->getValue()) : nullptr;
    if (!constant || constant->getOpcode() != Instruction::IntToPtr) return nullptr;
    auto *number = dyn_cast<ConstantInt>(constant->getOperand(0));
    if (!number || number->getBitWidth() > 64) return nullptr;
    base = number->getZExtValue();
    return evolution.removePointerBase(address);
}

bool Rooting::findIndices() {
    bounds.find();
    for (Instruction *candidate : candidates) {
        uint64_t base;
        if (const SCEV *offset = guestOffset(candidate, base)) indices.find(offset);
    }
    if (!indices.settle(expander)) return false;
    bounds.settle(expander);
    return true;
}

bool Rooting::addAccess(Instruction *access) {
    uint64_t base;
    const SCEV *offset = guestOffset(access, base);
    if (!offset) return false;
    offset = indices.widened(offset);
    int64_t step = 0;
    if (auto found = wasmc::constantStep(offset, loop, evolution)) {
        step = *found;
        offset = cast<SCEVAddRecExpr>(offset)->getStart();
    } else if (!evolution.isLoopInvariant(offset, &loop)) {
        return false;
    }
    if (!isSafe(offset)) return false;
    const SCEV *start = evolution.getAddExpr(offset, evolution.getConstant(offset->getType(), base));
    for (size_t number = 0; number < addresses.size(); ++number) {
        if (addresses[number].step != step) continue;
        auto distance = constantDifference(addresses[number].start, start, evolution);
        if (!distance) continue;
        addresses[number].lowest = std::min(addresses[number].lowest, *distance);
        accesses.push_back({access, number, *distance});
        return true;
    }
    addresses.push_back({start, step});
    accesses.push_back({access, addresses.size() - 1, 0});
    return true;
}

bool Rooting::groupAddresses() {
    for (Instruction *candidate : candidates) addAccess(candidate);
    return !accesses.empty() && addresses.size() <= groupLimit;
}

/// Roots of several arrays are of use to the vectoriser where one of them is written.
bool Rooting::isWorthwhile() {
    bool writes = any_of(accesses, [](const Access &access) { return isa<StoreInst>(access.instruction); });
    return !indices.empty() || (addresses.size() > 1 && writes);
}

/// Whether no exit is left but one, where bounds are not compared any more.
bool Rooting::hasOneExit() {
    SmallVector<BasicBlock *, 4> exiting;
    loop.getExitingBlocks(exiting);
    return count_if(exiting, [&](BasicBlock *block) { return !bounds.endsIn(block); }) == 1;
}

/// Whether the vectoriser may take the loop: one exit, and nothing that has to stay as it is. Others are not worth a copy,
/// unless compares go.
bool Rooting::isWorthCopying() {
    if (size > budget) return false;
    if (!bounds.empty()) return true;
    return hasOneExit() && none_of(candidates, [](Instruction *access) { return access->isVolatile(); });
}

/// Whether something has to be known that is not.
bool Rooting::hasTest() { return !bounds.empty() || !exit.empty() || !indices.neverWrap(rounds); }

/// The condition under which no index wraps and no access is outside; true or false where that is known.
Value *Rooting::makeTest() {
    IRBuilder<> builder(loop.getLoopPreheader()->getTerminator());
    Type *type = rounds.expression->getType();
    Value *count = expander.expandCodeFor(rounds.expression, type, &*builder.GetInsertPoint());
    if (!isa<Constant>(count)) count = builder.CreateFreeze(count, "rounds");
    count = builder.CreateZExtOrTrunc(count, builder.getInt64Ty());
    SmallVector<Value *, 8> tests;
    if (!rounds.isBounded()) tests.push_back(builder.CreateICmpULT(count, builder.getInt64(addressSpace)));
    if (!exit.empty()) exit.addTest(expander, builder, tests);
    indices.addTests(rounds, count, expander, builder, tests);
    bounds.addTests(count, expander, builder, tests);
    Value *isFast = builder.getTrue();
    for (Value *test : tests) {
        if (!isa<Constant>(test)) test = builder.CreateFreeze(test);
        isFast = builder.CreateAnd(isFast, test, "stays_inside");
    }
    return isFast;
}

/// Whether the loop runs only where no index wraps and no access is outside now.
bool Rooting::version() {
    if (!hasTest()) return true;
    if (!isWorthCopying()) return false;
    Value *isFast = makeTest();
    if (auto *known = dyn_cast<Constant>(isFast)) {
        if (!known->isOneValue()) return false;
    } else {
        budget -= size;
        wasmc::versionLoop(loop, isFast, loops, dominators, evolution);
    }
    bounds.remove(loops, dominators);
    if (!exit.empty()) exit.settle();
    return true;
}

void Rooting::makeRoots() {
    IRBuilder<> builder(loop.getLoopPreheader()->getTerminator());
    for (AddressGroup &group : addresses) {
        const SCEV *distance = evolution.getConstant(group.start->getType(), uint64_t(group.lowest), true);
        const SCEV *start = evolution.getAddExpr(group.start, distance);
        Value *number = expander.expandCodeFor(start, builder.getInt64Ty(), &*builder.GetInsertPoint());
        // An instruction even where the number is a constant, so that it is not the object that all others begin with.
        group.root = new IntToPtrInst(number, builder.getPtrTy(), "root", builder.GetInsertPoint());
    }
}

void Rooting::rewriteAccesses(bool boundsSteps) {
    wasmc::Recurrences recurrences(loop, boundsSteps);
    SmallVector<WeakTrackingVH, 16> unused;
    for (const Access &access : accesses) {
        const AddressGroup &group = addresses[access.group];
        IRBuilder<> builder(access.instruction);
        Value *address = group.root;
        if (group.step != 0) address = builder.CreatePtrAdd(address, recurrences.counter(group.step));
        int64_t distance = access.distance - group.lowest;
        if (distance != 0) address = builder.CreatePtrAdd(address, builder.getInt64(uint64_t(distance)));
        unsigned operand = isa<LoadInst>(access.instruction) ? LoadInst::getPointerOperandIndex()
                                                            : StoreInst::getPointerOperandIndex();
        unused.push_back(access.instruction->getOperand(operand));
        access.instruction->setOperand(operand, address);
    }
    RecursivelyDeleteTriviallyDeadInstructionsPermissive(unused);
    for (PHINode &phi : make_early_inc_range(loop.getHeader()->phis())) {
        if (RecursivelyDeleteDeadPHINode(&phi)) break;
    }
}

bool Rooting::run() {
    if (!collect() || !findIndices() || !countRounds()) return false;
    bool isRooted = groupAddresses() && isWorthwhile();
    if (!isRooted && bounds.empty()) return false;
    bool isTested = hasTest();
    if (!version()) return isTested;
    if (isRooted) {
        makeRoots();
        rewriteAccesses(isTested || rounds.isBounded());
    }
    evolution.forgetTopmostLoop(&loop);
    return true;
}

}  // namespace

PreservedAnalyses wasmc::LoopRoots::run(Function &function, FunctionAnalysisManager &analyses) {
    auto &loops = analyses.getResult<LoopAnalysis>(function);
    if (loops.empty()) return PreservedAnalyses::all();
    auto &evolution = analyses.getResult<ScalarEvolutionAnalysis>(function);
    auto &dominators = analyses.getResult<DominatorTreeAnalysis>(function);
    SmallVector<Loop *, 8> innermost;
    for (Loop *loop : loops.getLoopsInPreorder()) {
        if (loop->isInnermost()) innermost.push_back(loop);
    }
    unsigned budget = functionLimit;
    bool changed = false;
    for (Loop *loop : innermost) changed |= Rooting(*loop, loops, dominators, evolution, budget).run();
    return changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

// Innermost loops get one 64-bit root for each array, and a copy of the loop as it was where an index might wrap.
//
// The index of an access is a number of 32 bits that may wrap, so its address is base + zext(start + i * step mod 2^32): no
// recurrence that scalar evolution knows, with a `mov r32, r32` in each round. And all addresses begin with the memory's base,
// which LLVM takes for one object: what two of them are from each other is unknown, and nothing is vectorised. The preheader
// gets a check that no index wraps in as many rounds as the loop can take, and the loop behind it addresses
// inttoptr(root) + i * step, with a root for each array, between which the vectoriser makes checks of its own. Where the check
// fails, a copy of the loop as it was runs. Where constants show that nothing wraps there is neither check nor copy.
//
// Exact. Let N be at least the number of rounds after the first (`symbolic max backedge-taken count`), i in 0...N the number of
// a round, and b + c_k + i * s, all mod 2^32, indices of one group: equal steps s, starts that differ by constants, c_0 being
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
// Left alone: loops with calls, which may grow memory, or with atomic accesses, and those whose rounds cannot be counted.

#include "Passes.h"
#include "Recurrences.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/LoopUtils.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

using namespace llvm;

namespace {

/// What is copied at most: a loop's instructions, and those of all loops of a function.
constexpr unsigned loopLimit = 300;
constexpr unsigned functionLimit = 6000;
/// Arrays of a loop, and the most bytes between them that are known as a number. Where they are, LLVM needs no check.
constexpr unsigned groupLimit = 12;
constexpr int64_t windowLimit = 1 << 30;
/// The check costs as much as some rounds.
constexpr unsigned fewestRounds = 4;
constexpr uint64_t addressSpace = uint64_t(1) << 32;

/// Indices of 32 bits that step alike and whose starts differ by constants.
struct IndexGroup {
    /// Of the first index that was found; the others begin at least `lowest`, at most `highest` bytes further.
    const SCEV *start;
    int64_t step;
    int64_t lowest = 0, highest = 0;
    /// The zero extension of the lowest start.
    const SCEV *root = nullptr;
};

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

std::optional<int64_t> constantDifference(const SCEV *from, const SCEV *to, ScalarEvolution &evolution) {
    auto *constant = dyn_cast<SCEVConstant>(evolution.getMinusSCEV(to, from));
    if (!constant) return std::nullopt;
    int64_t distance = constant->getAPInt().getSExtValue();
    if (distance < -windowLimit || distance > windowLimit) return std::nullopt;
    return distance;
}

/// Finds the indices in expressions, or replaces them by recurrences of 64 bits under the assumption that none wraps.
class IndexRewriter : public SCEVRewriteVisitor<IndexRewriter> {
public:
    IndexRewriter(ScalarEvolution &evolution, const Loop &loop, SmallVectorImpl<IndexGroup> &groups, bool replaces)
        : SCEVRewriteVisitor(evolution), loop(loop), groups(groups), replaces(replaces) {}

    const SCEV *visitZeroExtendExpr(const SCEVZeroExtendExpr *extension) {
        const SCEV *index = extension->getOperand();
        auto step = wasmc::constantStep(index, loop, SE);
        bool isIndex = step && extension->getType()->isIntegerTy(64) && index->getType()->isIntegerTy(32);
        if (!isIndex) return extension;
        const SCEV *start = cast<SCEVAddRecExpr>(index)->getStart();
        for (IndexGroup &group : groups) {
            if (group.step != *step) continue;
            auto distance = constantDifference(group.start, start, SE);
            if (!distance) continue;
            if (replaces) return widened(group, *distance - group.lowest);
            group.lowest = std::min(group.lowest, *distance);
            group.highest = std::max(group.highest, *distance);
            return extension;
        }
        if (!replaces) groups.push_back({start, *step});
        return extension;
    }

private:
    const Loop &loop;
    SmallVectorImpl<IndexGroup> &groups;
    const bool replaces;

    /// Without flags: what is true in the one copy is not in the other, and expressions know of neither.
    const SCEV *widened(const IndexGroup &group, int64_t distance) {
        Type *i64 = group.root->getType();
        const SCEV *start = SE.getAddExpr(group.root, SE.getConstant(i64, uint64_t(distance), true));
        return SE.getAddRecExpr(start, SE.getConstant(i64, uint64_t(group.step), true), &loop, SCEV::FlagAnyWrap);
    }
};

class Rooting {
public:
    Rooting(Loop &loop, LoopInfo &loops, DominatorTree &dominators, ScalarEvolution &evolution, unsigned &budget)
        : loop(loop), loops(loops), dominators(dominators), evolution(evolution), budget(budget),
          expander(evolution, "root") {}

    /// Whether the loop addresses by roots now.
    bool run();

private:
    Loop &loop;
    LoopInfo &loops;
    DominatorTree &dominators;
    ScalarEvolution &evolution;
    unsigned &budget;
    SCEVExpander expander;
    /// The most rounds after the first.
    const SCEV *rounds = nullptr;
    APInt mostRounds;
    unsigned size = 0;
    SmallVector<Instruction *, 16> candidates;
    SmallVector<IndexGroup, 8> indices;
    SmallVector<AddressGroup, 8> addresses;
    SmallVector<Access, 16> accesses;

    bool collect();
    bool countRounds();
    const SCEV *guestOffset(Instruction *access, uint64_t &base);
    bool findIndices();
    bool groupAddresses();
    bool addAccess(Instruction *access);
    bool isWorthwhile();
    bool isWorthCopying();
    bool isBounded() { return mostRounds.getActiveBits() <= 32; }
    bool neverWraps(const IndexGroup &group);
    bool isSafe(const SCEV *expression) {
        return expander.isSafeToExpandAt(expression, loop.getLoopPreheader()->getTerminator());
    }
    Value *makeCheck();
    Value *check(const IndexGroup &group, Value *count, IRBuilderBase &builder);
    void version(Value *isFast);
    void joinExits(ValueToValueMapTy &copies);
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

bool Rooting::countRounds() {
    rounds = evolution.getSymbolicMaxBackedgeTakenCount(&loop);
    if (isa<SCEVCouldNotCompute>(rounds) || evolution.getTypeSizeInBits(rounds->getType()) > 64) return false;
    mostRounds = evolution.getUnsignedRangeMax(rounds).zext(64);
    return mostRounds.uge(fewestRounds) && isSafe(rounds);
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
    IndexRewriter finder(evolution, loop, indices, /*replaces=*/false);
    for (Instruction *candidate : candidates) {
        uint64_t base;
        if (const SCEV *offset = guestOffset(candidate, base)) finder.visit(offset);
    }
    if (indices.size() > groupLimit) return false;
    for (IndexGroup &group : indices) {
        Type *i32 = group.start->getType();
        const SCEV *lowest = evolution.getAddExpr(group.start, evolution.getConstant(i32, uint64_t(group.lowest), true));
        group.root = evolution.getZeroExtendExpr(lowest, Type::getInt64Ty(i32->getContext()));
        if (!isSafe(group.root)) return false;
    }
    return true;
}

bool Rooting::addAccess(Instruction *access) {
    uint64_t base;
    const SCEV *offset = guestOffset(access, base);
    if (!offset) return false;
    offset = IndexRewriter(evolution, loop, indices, /*replaces=*/true).visit(offset);
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

/// Whether the vectoriser may take the loop: one exit, and nothing that has to stay as it is. Others are not worth a copy.
bool Rooting::isWorthCopying() {
    if (!loop.getExitingBlock() || size > budget) return false;
    return none_of(candidates, [](Instruction *access) { return access->isVolatile(); });
}

/// Whether ranges show what the check would find.
bool Rooting::neverWraps(const IndexGroup &group) {
    if (!isBounded()) return false;
    uint64_t reach = uint64_t(std::abs(group.step)) * mostRounds.getZExtValue();
    uint64_t window = uint64_t(group.highest - group.lowest);
    uint64_t most = evolution.getUnsignedRangeMax(group.root).getZExtValue();
    if (group.step > 0) return most + window + reach < addressSpace;
    return most + window < addressSpace && evolution.getUnsignedRangeMin(group.root).getZExtValue() >= reach;
}

Value *Rooting::check(const IndexGroup &group, Value *count, IRBuilderBase &builder) {
    Type *i64 = builder.getInt64Ty();
    Value *root = expander.expandCodeFor(group.root, i64, &*builder.GetInsertPoint());
    Value *end = builder.getInt64(addressSpace);
    Value *reach = builder.CreateMul(count, builder.getInt64(uint64_t(std::abs(group.step))), "reach");
    Value *last = builder.CreateAdd(root, builder.getInt64(uint64_t(group.highest - group.lowest)));
    if (group.step > 0) return builder.CreateICmpULT(builder.CreateAdd(last, reach), end, "is_below");
    return builder.CreateAnd(builder.CreateICmpULE(reach, root), builder.CreateICmpULT(last, end), "is_above");
}

/// The condition under which no index wraps; null where none can.
Value *Rooting::makeCheck() {
    SmallVector<const IndexGroup *, 8> open;
    for (const IndexGroup &group : indices) {
        if (!neverWraps(group)) open.push_back(&group);
    }
    if (open.empty()) return nullptr;
    IRBuilder<> builder(loop.getLoopPreheader()->getTerminator());
    Value *count = expander.expandCodeFor(rounds, rounds->getType(), &*builder.GetInsertPoint());
    count = builder.CreateZExtOrTrunc(count, builder.getInt64Ty());
    Value *isFast = builder.CreateICmpULT(count, builder.getInt64(addressSpace));
    for (const IndexGroup *group : open) isFast = builder.CreateAnd(isFast, check(*group, count, builder));
    return builder.CreateFreeze(isFast, "never_wraps");
}

/// Values behind the loop come from either copy; what the loop dominated, the check does now.
void Rooting::joinExits(ValueToValueMapTy &copies) {
    SmallVector<BasicBlock *, 4> exits;
    loop.getUniqueExitBlocks(exits);
    for (BasicBlock *exit : exits) {
        for (PHINode &phi : exit->phis()) {
            for (unsigned index = 0, count = phi.getNumIncomingValues(); index < count; ++index) {
                BasicBlock *from = phi.getIncomingBlock(index);
                if (!loop.contains(from)) continue;
                Value *value = phi.getIncomingValue(index);
                auto copy = copies.find(value);
                phi.addIncoming(copy == copies.end() ? value : &*copy->second, cast<BasicBlock>(copies[from]));
            }
            evolution.forgetValue(&phi);
        }
    }
}

void Rooting::version(Value *isFast) {
    BasicBlock *checked = loop.getLoopPreheader();
    BasicBlock *entry = SplitBlock(checked, checked->getTerminator(), &dominators, &loops, nullptr, "fast");
    SmallVector<BasicBlock *, 4> dominated;
    for (BasicBlock *block : loop.blocks()) {
        for (DomTreeNode *child : dominators.getNode(block)->children()) {
            if (!loop.contains(child->getBlock())) dominated.push_back(child->getBlock());
        }
    }
    ValueToValueMapTy copies;
    SmallVector<BasicBlock *, 8> blocks;
    Loop *slow = cloneLoopWithPreheader(entry, checked, &loop, copies, ".wrapping", &loops, &dominators, blocks);
    remapInstructionsInBlocks(blocks, copies);
    Instruction *jump = checked->getTerminator();
    IRBuilder<> builder(jump);
    builder.CreateCondBr(isFast, loop.getLoopPreheader(), slow->getLoopPreheader(),
                         MDBuilder(jump->getContext()).createLikelyBranchWeights());
    jump->eraseFromParent();
    joinExits(copies);
    for (BasicBlock *block : dominated) dominators.changeImmediateDominator(block, checked);
    for (const char *left : {"llvm.loop.isvectorized", "llvm.loop.unroll.disable"}) addStringMetadataToLoop(slow, left, 1);
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
    if (!collect() || !countRounds() || !findIndices() || !groupAddresses() || !isWorthwhile()) return false;
    bool needsCheck = any_of(indices, [&](const IndexGroup &group) { return !neverWraps(group); });
    if (needsCheck) {
        if (!isWorthCopying()) return false;
        budget -= size;
        version(makeCheck());
    }
    makeRoots();
    rewriteAccesses(needsCheck || isBounded());
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

// Loops whose accesses all lie in the memory run without the compares that would find those that do not.
//
// Where no unmapped pages guard a memory, each access has a compare and an edge to a trap:
//
//     %reach = add i64 %index, 8              ; or: %index, and the size less 8
//     %outside = icmp ugt i64 %reach, %size
//     br i1 %outside, label %trap, label %next
//
// A loop with such exits is neither vectorised nor rolled up, and nothing leaves it. Here the preheader gets one test that
// no access of any round is outside; behind it runs the loop without these edges, and where the test fails, a copy of it
// with all of them. So nothing traps that did not, and what traps does in the copy: at the same access, behind the same
// stores.
//
// Exact. Let N be at least the number of rounds after the first, counted by the other exits alone; what leaves earlier by a
// trap leaves in a round up to N. An edge is taken when A > B for unsigned numbers A and B of at most 64 bits, one of
// several such, where B does not change in the loop; both are extended to 64 bits here. Where no index wraps (which is
// tested, LoopRoots.cpp) A is, in round i and modulo 2^64, one of
//
//     L + c + i * s       with a constant step s, |s| at most 2^24, or 0
//     L + c + x           with an x of at most M < 2^31, by its range
//
// for an L that does not change in the loop and constants c in 0...w, w at most 2^31, in a group that has L, B, s and M in
// common. Let U = w + N * s for positive steps, w + M where there is an x, and w else; D = N * |s| for negative steps, else
// 0. The test says N < 2^32, so that neither wraps in 64 bits, and
//
//     L <= B  and  U <= B - L  and  D <= L
//
// Then L + c + i * s, a sum of integers, lies between L - D >= 0 and L + U <= B, for all i in 0...N. So does L + c + x. It
// is A then, and A <= B: the edge is not taken. For A >= B instead of A > B, < stands in the first two places.
//
// LLVM: each comparison is frozen by itself. What the loop would compute behind a trap only may be poison in front of it;
// but not what decides about the first trap. That is a comparison of a round i that is reached, its A and B are numbers,
// and so is L. Where i > 0, the first round has gone through the exits that N counts, and N is a number as well; where
// i = 0, L and w alone show the trap: U is at least w, whatever N is. So this test is false, and with it all of them.
//
// Left alone: comparisons of another kind, and limits that change in the loop: with calls, which may grow a memory, or where
// another thread may (loops with either are not looked at).

#include "BoundsTests.h"
#include "Recurrences.h"

#include "llvm/Analysis/DomTreeUpdater.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace {

constexpr unsigned groupLimit = 16;
/// What is added by range and not by step.
constexpr uint64_t addendLimit = uint64_t(1) << 31;
/// The most bytes between the members of a group.
constexpr int64_t windowLimit = int64_t(1) << 31;

/// What tells a trap from an exit of the loop's own: nothing comes behind it.
bool isTrap(const BasicBlock *block) {
    const BasicBlock *shared = block->getSingleSuccessor();
    return isa<UnreachableInst>((shared ? shared : block)->getTerminator());
}

}  // namespace

/// Whether a condition, or what it consists of, compares as described.
bool wasmc::BoundsTests::addComparisons(Value *condition, bool trapsIf, Exit &exit) {
    Value *first, *second;
    bool isEither = trapsIf ? match(condition, m_LogicalOr(m_Value(first), m_Value(second)))
                            : match(condition, m_LogicalAnd(m_Value(first), m_Value(second)));
    if (isEither) return addComparisons(first, trapsIf, exit) && addComparisons(second, trapsIf, exit);
    auto *comparison = dyn_cast<ICmpInst>(condition);
    if (!comparison || !comparison->isUnsigned() || exit.comparisons.size() == 4) return false;
    Value *value = comparison->getOperand(0), *limit = comparison->getOperand(1);
    if (!value->getType()->isIntegerTy() || value->getType()->getIntegerBitWidth() > 64) return false;
    CmpInst::Predicate predicate = trapsIf ? comparison->getPredicate() : comparison->getInversePredicate();
    if (predicate == CmpInst::ICMP_ULT || predicate == CmpInst::ICMP_ULE) {
        std::swap(value, limit);
        predicate = CmpInst::getSwappedPredicate(predicate);
    }
    Type *i64 = Type::getInt64Ty(condition->getContext());
    const SCEV *bound = evolution.getSCEV(limit);
    if (!evolution.isLoopInvariant(bound, &loop)) return false;
    exit.comparisons.push_back({evolution.getNoopOrZeroExtend(evolution.getSCEV(value), i64),
                                evolution.getNoopOrZeroExtend(bound, i64), predicate == CmpInst::ICMP_UGE});
    return true;
}

void wasmc::BoundsTests::find() {
    for (BasicBlock *block : loop.blocks()) {
        auto *branch = dyn_cast<BranchInst>(block->getTerminator());
        if (!branch || !branch->isConditional()) continue;
        bool first = !loop.contains(branch->getSuccessor(0)), second = !loop.contains(branch->getSuccessor(1));
        if (first == second || !isTrap(branch->getSuccessor(first ? 0 : 1))) continue;
        Exit exit{branch, first ? 0u : 1u, {}};
        if (!addComparisons(branch->getCondition(), first, exit)) continue;
        for (const Comparison &comparison : exit.comparisons) indices.find(comparison.value);
        exits.push_back(std::move(exit));
    }
}

std::optional<wasmc::BoundsTests::Group> wasmc::BoundsTests::group(const Comparison &comparison) {
    const SCEV *value = indices.widened(comparison.value);
    Group group{value, comparison.limit, comparison.isStrict, 0, 0};
    if (auto step = constantStep(value, loop, evolution)) {
        group.step = *step;
        group.start = cast<SCEVAddRecExpr>(value)->getStart();
        return group;
    }
    if (evolution.isLoopInvariant(value, &loop)) return group;
    SmallVector<const SCEV *, 4> same, other;
    if (auto *sum = dyn_cast<SCEVAddExpr>(value)) {
        for (const SCEV *operand : sum->operands()) {
            (evolution.isLoopInvariant(operand, &loop) ? same : other).push_back(operand);
        }
    } else {
        other.push_back(value);
    }
    group.start = same.empty() ? evolution.getZero(value->getType()) : evolution.getAddExpr(same);
    APInt most = evolution.getUnsignedRangeMax(evolution.getAddExpr(other));
    if (most.uge(addendLimit)) return std::nullopt;
    group.addend = most.getZExtValue();
    return group;
}

void wasmc::BoundsTests::join(Group group) {
    for (Group &other : groups) {
        if (other.limit != group.limit || other.isStrict != group.isStrict || other.step != group.step ||
            other.addend != group.addend) {
            continue;
        }
        auto distance = constantDifference(other.start, group.start, evolution);
        if (!distance) continue;
        int64_t lowest = std::min(other.lowest, *distance), highest = std::max(other.highest, *distance);
        if (highest - lowest > windowLimit) continue;
        other.lowest = lowest;
        other.highest = highest;
        return;
    }
    groups.push_back(group);
}

void wasmc::BoundsTests::settle(SCEVExpander &expander) {
    Instruction *place = loop.getLoopPreheader()->getTerminator();
    erase_if(exits, [&](const Exit &exit) {
        SmallVector<Group, 2> found;
        for (const Comparison &comparison : exit.comparisons) {
            auto compared = group(comparison);
            if (!compared || !expander.isSafeToExpandAt(compared->start, place) ||
                !expander.isSafeToExpandAt(compared->limit, place)) {
                return true;
            }
            found.push_back(*compared);
        }
        if (groups.size() + found.size() > groupLimit) return true;
        for (const Group &compared : found) join(compared);
        return false;
    });
}

bool wasmc::BoundsTests::endsIn(BasicBlock *block) const {
    return any_of(exits, [&](const Exit &exit) { return exit.branch->getParent() == block; });
}

Value *wasmc::BoundsTests::test(const Group &group, Value *count, SCEVExpander &expander, IRBuilderBase &builder) const {
    Type *i64 = builder.getInt64Ty();
    Instruction *place = &*builder.GetInsertPoint();
    const SCEV *lowest =
        evolution.getAddExpr(group.start, evolution.getConstant(group.start->getType(), uint64_t(group.lowest), true));
    Value *limit = expander.expandCodeFor(group.limit, i64, place);
    Value *first = expander.expandCodeFor(lowest, i64, place);
    Value *up = builder.getInt64(uint64_t(group.highest - group.lowest) + group.addend);
    Value *distance = group.step == 0 ? builder.getInt64(0)
                                      : builder.CreateMul(count, builder.getInt64(uint64_t(std::abs(group.step))), "reach");
    if (group.step > 0) up = builder.CreateAdd(up, distance);
    CmpInst::Predicate predicate = group.isStrict ? CmpInst::ICMP_ULT : CmpInst::ICMP_ULE;
    Value *begins = builder.CreateICmp(predicate, first, limit, "begins_inside");
    Value *ends = builder.CreateICmp(predicate, up, builder.CreateSub(limit, first), "ends_inside");
    Value *result = builder.CreateAnd(begins, ends);
    return group.step < 0 ? builder.CreateAnd(result, builder.CreateICmpULE(distance, first)) : result;
}

void wasmc::BoundsTests::addTests(Value *count, SCEVExpander &expander, IRBuilderBase &builder,
                                  SmallVectorImpl<Value *> &tests) const {
    for (const Group &group : groups) tests.push_back(test(group, count, expander, builder));
}

void wasmc::BoundsTests::remove(LoopInfo &loops, DominatorTree &dominators) {
    DomTreeUpdater updater(dominators, DomTreeUpdater::UpdateStrategy::Eager);
    for (const Exit &exit : exits) {
        BasicBlock *block = exit.branch->getParent();
        BasicBlock *trap = exit.branch->getSuccessor(exit.trap), *next = exit.branch->getSuccessor(1 - exit.trap);
        trap->removePredecessor(block);
        auto *condition = dyn_cast<Instruction>(exit.branch->getCondition());
        auto *jump = BranchInst::Create(next, exit.branch->getIterator());
        jump->setDebugLoc(exit.branch->getDebugLoc());
        exit.branch->eraseFromParent();
        if (condition) RecursivelyDeleteTriviallyDeadInstructions(condition);
        updater.applyUpdates({{DominatorTree::Delete, block, trap}});
    }
    for (BasicBlock *block : SmallVector<BasicBlock *, 8>(loop.blocks())) MergeBlockIntoPredecessor(block, &updater, &loops);
}

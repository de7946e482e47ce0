#include "Indices.h"
#include "Recurrences.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"

using namespace llvm;
using wasmc::IndexGroup;

namespace {

/// Groups of a loop, and the most bytes between two members.
constexpr unsigned groupLimit = 12;
constexpr int64_t windowLimit = 1 << 30;

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
            auto distance = wasmc::constantDifference(group.start, start, SE);
            if (!distance) continue;
            if (replaces) return recurrence(group, *distance - group.lowest);
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

    const SCEV *recurrence(const IndexGroup &group, int64_t distance) {
        Type *i64 = group.root->getType();
        const SCEV *start = SE.getAddExpr(group.root, SE.getConstant(i64, uint64_t(distance), true));
        return SE.getAddRecExpr(start, SE.getConstant(i64, uint64_t(group.step), true), &loop, SCEV::FlagAnyWrap);
    }
};

}  // namespace

std::optional<int64_t> wasmc::constantDifference(const SCEV *from, const SCEV *to, ScalarEvolution &evolution) {
    auto *constant = dyn_cast<SCEVConstant>(evolution.getMinusSCEV(to, from));
    if (!constant) return std::nullopt;
    int64_t distance = constant->getAPInt().getSExtValue();
    if (distance < -windowLimit || distance > windowLimit) return std::nullopt;
    return distance;
}

void wasmc::Indices::find(const SCEV *expression) {
    IndexRewriter(evolution, loop, groups, /*replaces=*/false).visit(expression);
}

const SCEV *wasmc::Indices::widened(const SCEV *expression) {
    return IndexRewriter(evolution, loop, groups, /*replaces=*/true).visit(expression);
}

bool wasmc::Indices::settle(SCEVExpander &expander) {
    if (groups.size() > groupLimit) return false;
    for (IndexGroup &group : groups) {
        Type *i32 = group.start->getType();
        const SCEV *lowest = evolution.getAddExpr(group.start, evolution.getConstant(i32, uint64_t(group.lowest), true));
        group.root = evolution.getZeroExtendExpr(lowest, Type::getInt64Ty(i32->getContext()));
        if (!expander.isSafeToExpandAt(group.root, loop.getLoopPreheader()->getTerminator())) return false;
    }
    return true;
}

bool wasmc::Indices::neverWraps(const IndexGroup &group, const Rounds &rounds) const {
    if (!rounds.isBounded()) return false;
    uint64_t reach = uint64_t(std::abs(group.step)) * rounds.most.getZExtValue();
    uint64_t window = uint64_t(group.highest - group.lowest);
    uint64_t most = evolution.getUnsignedRangeMax(group.root).getZExtValue();
    if (group.step > 0) return most + window + reach < addressSpace;
    return most + window < addressSpace && evolution.getUnsignedRangeMin(group.root).getZExtValue() >= reach;
}

bool wasmc::Indices::neverWrap(const Rounds &rounds) const {
    return all_of(groups, [&](const IndexGroup &group) { return neverWraps(group, rounds); });
}

void wasmc::Indices::addTests(const Rounds &rounds, Value *count, SCEVExpander &expander, IRBuilderBase &builder,
                              SmallVectorImpl<Value *> &tests) const {
    for (const IndexGroup &group : groups) {
        if (neverWraps(group, rounds)) continue;
        Value *root = expander.expandCodeFor(group.root, builder.getInt64Ty(), &*builder.GetInsertPoint());
        Value *end = builder.getInt64(addressSpace);
        Value *reach = builder.CreateMul(count, builder.getInt64(uint64_t(std::abs(group.step))), "reach");
        Value *last = builder.CreateAdd(root, builder.getInt64(uint64_t(group.highest - group.lowest)));
        if (group.step > 0) {
            tests.push_back(builder.CreateICmpULT(builder.CreateAdd(last, reach), end, "is_below"));
        } else {
            Value *isAbove = builder.CreateICmpULE(reach, root);
            tests.push_back(builder.CreateAnd(isAbove, builder.CreateICmpULT(last, end), "is_above"));
        }
    }
}

// Exits that are taken when a counter equals a limit, and that the counter may step across.
//
// A producer that has unrolled a loop by U runs the odd rounds in front of it, and then tests whether its counter, which steps
// by U, equals the limit. That U divides what is between them follows from what it has done before, which nobody sees any more:
// for scalar evolution the counter may miss the limit and come round again, and there is no number of rounds. Here the test in
// front of the loop asks for it.
//
// Exact. In round i the test compares start + i * s with limit, modulo 2^W, and s is 2^k or -2^k, 0 < k < W. Let D be
// limit - start, or start - limit where s is negative, modulo 2^W. The exit is taken in the first round with i * 2^k = D modulo
// 2^W. Where 2^k divides D, that is i = D / 2^k, as all i below have i * 2^k < D without a wrap. Where it does not, there is no
// such round, and the loop as it was runs. In the other copy the limit becomes start +- (D & -2^k), which is the same number,
// and shows that.
//
// LLVM: D is frozen. It is poison only where the limit or the start is; the first round's test is undefined behaviour then, and
// every round up to there is the same whatever number the freeze has chosen.

#include "DivisibleExit.h"

#include "Recurrences.h"

#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

bool wasmc::DivisibleExit::find(BasicBlock *exiting, SCEVExpander &expander) {
    auto *branch = dyn_cast<BranchInst>(exiting->getTerminator());
    auto *found = branch && branch->isConditional() ? dyn_cast<ICmpInst>(branch->getCondition()) : nullptr;
    if (!found || !found->isEquality() || !loop.contains(found) || !found->hasOneUse()) return false;
    bool leavesWhenEqual = !loop.contains(branch->getSuccessor(found->getPredicate() == ICmpInst::ICMP_EQ ? 0 : 1));
    auto *type = dyn_cast<IntegerType>(found->getOperand(0)->getType());
    if (!leavesWhenEqual || !type || type->getBitWidth() > 64) return false;
    Instruction *preheaderEnd = loop.getLoopPreheader()->getTerminator();
    for (unsigned operand : {0u, 1u}) {
        const SCEV *bound = evolution.getSCEV(found->getOperand(1 - operand));
        auto step = constantStep(found->getOperand(operand), loop, evolution);
        if (!step || !evolution.isLoopInvariant(bound, &loop)) continue;
        uint64_t size = uint64_t(*step < 0 ? -*step : *step);
        if (size < 2 || !isPowerOf2_64(size)) continue;
        const SCEV *first = cast<SCEVAddRecExpr>(evolution.getSCEV(found->getOperand(operand)))->getStart();
        isDescending = *step < 0;
        const SCEV *between =
            isDescending ? evolution.getMinusSCEV(first, bound) : evolution.getMinusSCEV(bound, first);
        if (!expander.isSafeToExpandAt(between, preheaderEnd) || !expander.isSafeToExpandAt(first, preheaderEnd)) continue;
        test = found;
        limitOperand = 1 - operand;
        start = first;
        distance = between;
        shift = Log2_64(size);
        return true;
    }
    return false;
}

const SCEV *wasmc::DivisibleExit::rounds() const {
    return evolution.getUDivExpr(distance, evolution.getConstant(distance->getType(), uint64_t(1) << shift));
}

void wasmc::DivisibleExit::addTest(SCEVExpander &expander, IRBuilderBase &builder, SmallVectorImpl<Value *> &tests) {
    Type *type = distance->getType();
    Value *between = expander.expandCodeFor(distance, type, &*builder.GetInsertPoint());
    Value *first = expander.expandCodeFor(start, type, &*builder.GetInsertPoint());
    if (!isa<Constant>(between)) between = builder.CreateFreeze(between, "between");
    Constant *low = ConstantInt::get(type, (uint64_t(1) << shift) - 1);
    tests.push_back(builder.CreateICmpEQ(builder.CreateAnd(between, low), ConstantInt::get(type, 0)));
    Value *whole = builder.CreateAnd(between, ConstantExpr::getNot(low));
    limit = isDescending ? builder.CreateSub(first, whole, "limit") : builder.CreateAdd(first, whole, "limit");
}

void wasmc::DivisibleExit::settle() { test->setOperand(limitOperand, limit); }

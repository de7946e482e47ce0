// Exit tests that scalar evolution can count.
//
// A counter that runs from -n up to 0, as WebAssembly producers like it, is widened by LLVM to 64 bits where its zero
// extension addresses memory. What was `i32 next == 0` becomes
//
//     %low = and i64 %next, 4294967288        ; 8 divides %next
//     %done = icmp eq i64 %low, 0
//
// since %next leaves 32 bits exactly when the loop ends. Scalar evolution has no number for that, and the loop is neither
// vectorised nor unrolled. Here the test becomes `icmp eq i32 (trunc i64 %next to i32), 0` again.
//
// Exact: let W be the width of the narrow type, M the mask, with ones from bit k up to bit W - 1, and C a constant without
// bits outside of M. Where the low k bits of X are zero, X & M holds the same bits as X mod 2^W; so X & M equals C exactly
// when X mod 2^W equals C. Both sides are total functions of X, no value is computed that may be poison, and nothing but the
// condition changes.

#include "Passes.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace {

/// The width that a mask cuts numbers to, when low bits that are zero anyway are left out of it; or 0.
unsigned narrowWidth(const APInt &mask, unsigned zeroBits) {
    unsigned width = mask.getActiveBits();
    if (width != 8 && width != 16 && width != 32) return 0;
    unsigned skipped = mask.countr_zero();
    if (skipped > zeroBits || mask.popcount() != width - skipped) return 0;
    return width;
}

/// Narrows the test of one exit; whether it did.
bool narrowTest(BasicBlock *exiting, Loop &loop, ScalarEvolution &evolution) {
    Value *counter;
    const APInt *mask, *limit;
    auto *branch = dyn_cast<BranchInst>(exiting->getTerminator());
    auto *test = branch && branch->isConditional() ? dyn_cast<ICmpInst>(branch->getCondition()) : nullptr;
    if (!test || !test->isEquality() || !loop.contains(test)) return false;
    if (!match(test, m_ICmp(m_And(m_Value(counter), m_APInt(mask)), m_APInt(limit)))) return false;
    auto *recurrence = dyn_cast<SCEVAddRecExpr>(evolution.getSCEV(counter));
    if (!recurrence || recurrence->getLoop() != &loop) return false;
    unsigned width = narrowWidth(*mask, evolution.getMinTrailingZeros(recurrence));
    if (width == 0 || width >= mask->getBitWidth() || !limit->isSubsetOf(*mask)) return false;
    IRBuilder<> builder(branch);
    Type *narrow = builder.getIntNTy(width);
    Value *low = builder.CreateTrunc(counter, narrow, counter->getName() + ".low");
    Value *condition = builder.CreateICmp(test->getPredicate(), low, ConstantInt::get(narrow, limit->trunc(width)));
    condition->takeName(test);
    branch->setCondition(condition);
    return true;
}

}  // namespace

PreservedAnalyses wasmc::ExitTests::run(Function &function, FunctionAnalysisManager &analyses) {
    auto &loops = analyses.getResult<LoopAnalysis>(function);
    if (loops.empty()) return PreservedAnalyses::all();
    auto &evolution = analyses.getResult<ScalarEvolutionAnalysis>(function);
    bool changed = false;
    for (Loop *loop : loops.getLoopsInPreorder()) {
        SmallVector<BasicBlock *, 4> exiting;
        loop->getExitingBlocks(exiting);
        bool narrowed = false;
        for (BasicBlock *block : exiting) {
            if (isa<SCEVCouldNotCompute>(evolution.getExitCount(loop, block))) {
                narrowed |= narrowTest(block, *loop, evolution);
            }
        }
        if (narrowed) evolution.forgetTopmostLoop(loop);
        changed |= narrowed;
    }
    if (!changed) return PreservedAnalyses::all();
    PreservedAnalyses preserved;
    preserved.preserveSet<CFGAnalyses>();
    preserved.preserve<ScalarEvolutionAnalysis>();
    return preserved;
}

#include "Recurrences.h"

#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/IRBuilder.h"

using namespace llvm;

std::optional<int64_t> wasmc::constantStep(const SCEV *expression, const Loop &loop, ScalarEvolution &evolution) {
    auto *recurrence = dyn_cast<SCEVAddRecExpr>(expression);
    if (!recurrence || recurrence->getLoop() != &loop || !recurrence->isAffine()) return std::nullopt;
    auto *step = dyn_cast<SCEVConstant>(recurrence->getStepRecurrence(evolution));
    if (!step || step->getAPInt().getBitWidth() > 64) return std::nullopt;
    int64_t distance = step->getAPInt().getSExtValue();
    if (distance == 0 || distance < -stepLimit || distance > stepLimit) return std::nullopt;
    return distance;
}

std::optional<int64_t> wasmc::constantStep(Value *value, const Loop &loop, ScalarEvolution &evolution) {
    if (!evolution.isSCEVable(value->getType())) return std::nullopt;
    return constantStep(evolution.getSCEV(value), loop, evolution);
}

/// LLVM: without a wrap where the number of rounds is bounded, as |step| is at most 2^24.
PHINode *wasmc::Recurrences::counter(int64_t step) {
    PHINode *&counter = counters[step];
    if (counter) return counter;
    BasicBlock *header = loop.getHeader();
    BasicBlock *latch = loop.getLoopLatch();
    IRBuilder<> builder(header, header->begin());
    counter = builder.CreatePHI(builder.getInt64Ty(), 2, "counter");
    builder.SetInsertPoint(latch->getTerminator());
    bool isUnsigned = boundsSteps && step > 0;
    Value *next = builder.CreateAdd(counter, ConstantInt::getSigned(builder.getInt64Ty(), step), "counter.next", isUnsigned,
                                    boundsSteps);
    counter->addIncoming(builder.getInt64(0), loop.getLoopPreheader());
    counter->addIncoming(next, latch);
    return counter;
}

// Vectors out of scalars, where a loop carries several values alike.
//
// A dot product with eight sums, which its author wanted to be the lanes of a vector, comes from the module's compiler as eight
// scalars. LLVM's pass for vectors out of scalars puts them together, but takes most of the time in long blocks of stores where it
// gains nothing, so that the pipeline of `-O2` is without. Here it runs on functions that have such a loop, and no others.
//
// Exact: it is LLVM's pass, and which functions it runs on changes nothing of what they compute.

#include "Passes.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Vectorize/SLPVectorizer.h"

using namespace llvm;

namespace {

/// As many values as the narrowest vectors have lanes of four bytes.
constexpr unsigned fewestValues = 4;
/// Instructions of a function that is not too long for what takes more than proportionate time.
constexpr unsigned mostInstructions = 4000;

/// Whether a loop carries several floating-point values, and makes all of them by the same operation of what they were.
bool carriesSeveralAlike(const Loop &loop) {
    const BasicBlock *latch = loop.getLoopLatch();
    if (!loop.isInnermost() || !latch) return false;
    SmallVector<std::pair<std::pair<Type *, unsigned>, unsigned>, 4> counts;
    for (const PHINode &phi : loop.getHeader()->phis()) {
        auto *operation = dyn_cast<BinaryOperator>(phi.getIncomingValueForBlock(latch));
        bool isSum = operation && phi.getType()->isFloatingPointTy() && is_contained(operation->operand_values(), &phi);
        if (!isSum) continue;
        std::pair<Type *, unsigned> kind{phi.getType(), operation->getOpcode()};
        auto *count = find_if(counts, [&](auto &entry) { return entry.first == kind; });
        if (count == counts.end()) {
            counts.push_back({kind, 1});
        } else if (++count->second == fewestValues) {
            return true;
        }
    }
    return false;
}

}  // namespace

PreservedAnalyses wasmc::ParallelSums::run(Function &function, FunctionAnalysisManager &analyses) {
    auto &loops = analyses.getResult<LoopAnalysis>(function);
    bool isCandidate = any_of(loops.getLoopsInPreorder(), [](const Loop *loop) { return carriesSeveralAlike(*loop); });
    if (!isCandidate || function.getInstructionCount() > mostInstructions) return PreservedAnalyses::all();
    return SLPVectorizerPass().run(function, analyses);
}

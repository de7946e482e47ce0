// A loop and its copy, of which a test in front of both takes one.

#pragma once

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/IR/Dominators.h"

namespace wasmc {

/// Makes a copy of an innermost loop in simplified form, which runs where `isFast` does not hold. The loop itself has a
/// preheader of its own behind the test then, and values behind it come from either.
///
/// `isFast` is available in front of the loop and not poison. The copy's blocks end in ".wrapping"; it is neither
/// vectorised nor unrolled.
void versionLoop(llvm::Loop &loop, llvm::Value *isFast, llvm::LoopInfo &loops, llvm::DominatorTree &dominators,
                 llvm::ScalarEvolution &evolution);

}  // namespace wasmc

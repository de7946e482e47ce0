// The passes, over functions. Each stands in a file of its own with the proof that it is exact.

#pragma once

#include "llvm/IR/PassManager.h"

namespace wasmc {

/// Makes exit tests countable that compare the low bits of a widened counter (ExitTests.cpp).
struct ExitTests : llvm::PassInfoMixin<ExitTests> {
    llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

/// Gives innermost loops a 64-bit root for each array, takes compares of addresses out of them (BoundsTests.cpp), and keeps a
/// copy for indices that wrap and accesses outside (LoopRoots.cpp).
struct LoopRoots : llvm::PassInfoMixin<LoopRoots> {
    llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

/// Takes back what the producer has unrolled (Reroll.cpp).
struct Reroll : llvm::PassInfoMixin<Reroll> {
    llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

/// Multiplies numbers of 64 bits in one instruction where the module does by halves (WideProducts.cpp).
struct WideProducts : llvm::PassInfoMixin<WideProducts> {
    llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

/// Addresses what is known to be near each other from one root of 64 bits (SharedRoots.cpp).
struct SharedRoots : llvm::PassInfoMixin<SharedRoots> {
    llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

/// Makes vectors of what a loop carries in several scalars alike (ParallelSums.cpp).
struct ParallelSums : llvm::PassInfoMixin<ParallelSums> {
    llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

/// Keeps values from moving past many blocks (KeptValues.cpp).
struct KeptValues : llvm::PassInfoMixin<KeptValues> {
    llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

}  // namespace wasmc

// The exit of a loop whose counter has to meet its limit, as a number of rounds (DivisibleExit.cpp).

#pragma once

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

namespace wasmc {

class DivisibleExit {
public:
    DivisibleExit(llvm::Loop &loop, llvm::ScalarEvolution &evolution) : loop(loop), evolution(evolution) {}

    /// Whether the block, which each round comes to, ends in such a test.
    bool find(llvm::BasicBlock *exiting, llvm::SCEVExpander &expander);

    bool empty() const { return test == nullptr; }

    /// The rounds after the first, where the condition of `addTest` holds.
    const llvm::SCEV *rounds() const;

    /// Adds the condition that the counter meets its limit.
    void addTest(llvm::SCEVExpander &expander, llvm::IRBuilderBase &builder, llvm::SmallVectorImpl<llvm::Value *> &tests);

    /// Has the test say that the counter meets its limit, where that is so: scalar evolution can count then.
    void settle();

private:
    llvm::Loop &loop;
    llvm::ScalarEvolution &evolution;
    llvm::ICmpInst *test = nullptr;
    unsigned limitOperand = 0;
    /// How far it is from the counter's start to the limit, in the direction of its steps of 2^shift.
    const llvm::SCEV *distance = nullptr;
    const llvm::SCEV *start = nullptr;
    unsigned shift = 0;
    bool isDescending = false;
    /// What the limit is where the counter meets it.
    llvm::Value *limit = nullptr;
};

}  // namespace wasmc

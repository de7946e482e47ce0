// Values that step by a constant in each round of a loop.

#pragma once

#include "llvm/ADT/DenseMap.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"

#include <cstdint>
#include <optional>

namespace wasmc {

/// The largest distance in bytes by which a value may step to be looked at. In 2^33 rounds it does not wrap in 64 bits.
constexpr int64_t stepLimit = 1 << 24;

/// The step of an expression or a value that scalar evolution knows as start + i * step in round i of the loop, where the
/// step is a constant other than 0 and at most `stepLimit`, positive or negative.
std::optional<int64_t> constantStep(const llvm::SCEV *expression, const llvm::Loop &loop, llvm::ScalarEvolution &evolution);
std::optional<int64_t> constantStep(llvm::Value *value, const llvm::Loop &loop, llvm::ScalarEvolution &evolution);

/// New recurrences of a loop in simplified form: i64 phis in its header that begin with 0.
class Recurrences {
public:
    /// `boundsSteps`: whether the loop is known to run at most 2^33 times, or U times as often with a U-th of each step, so
    /// that none of them wraps.
    Recurrences(llvm::Loop &loop, bool boundsSteps) : loop(loop), boundsSteps(boundsSteps) {}

    /// The phi that steps by `step`, one for each.
    llvm::PHINode *counter(int64_t step);

private:
    llvm::Loop &loop;
    bool boundsSteps;
    llvm::DenseMap<int64_t, llvm::PHINode *> counters;
};

}  // namespace wasmc

// Indices of 32 bits that step in a loop, as recurrences of 64 bits where none of them wraps.

#pragma once

#include "llvm/ADT/SmallVector.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

#include <cstdint>
#include <optional>

namespace wasmc {

constexpr uint64_t addressSpace = uint64_t(1) << 32;

/// How many bytes `to` is further than `from` where that is a constant, and not so much that sums of such could wrap.
std::optional<int64_t> constantDifference(const llvm::SCEV *from, const llvm::SCEV *to, llvm::ScalarEvolution &evolution);

/// Indices of 32 bits that step alike and whose starts differ by constants.
struct IndexGroup {
    /// Of the first index that was found; the others begin at least `lowest`, at most `highest` bytes further.
    const llvm::SCEV *start;
    int64_t step;
    int64_t lowest = 0, highest = 0;
    /// The zero extension of the lowest start.
    const llvm::SCEV *root = nullptr;
};

/// The most often that a loop goes back, for tests in front of it.
struct Rounds {
    const llvm::SCEV *expression = nullptr;
    /// Of `expression`, with 64 bits.
    llvm::APInt most;

    /// Whether there are at most 2^32 of them without a test.
    bool isBounded() const { return most.getActiveBits() <= 32; }
};

/// The indices of a loop. LoopRoots.cpp has the proof.
class Indices {
public:
    Indices(llvm::Loop &loop, llvm::ScalarEvolution &evolution) : loop(loop), evolution(evolution) {}

    /// Adds those of an expression.
    void find(const llvm::SCEV *expression);

    /// What comes behind all `find`; whether the roots can be had in front of the loop.
    bool settle(llvm::SCEVExpander &expander);

    bool empty() const { return groups.empty(); }

    /// The expression with recurrences of 64 bits for its indices, which is the same where none wraps. They have no flags:
    /// what is true in the one copy of a loop is not in the other, and expressions know of neither.
    const llvm::SCEV *widened(const llvm::SCEV *expression);

    /// Whether ranges show that no index wraps.
    bool neverWrap(const Rounds &rounds) const;

    /// Adds conditions under which no index wraps.
    void addTests(const Rounds &rounds, llvm::Value *count, llvm::SCEVExpander &expander, llvm::IRBuilderBase &builder,
                  llvm::SmallVectorImpl<llvm::Value *> &tests) const;

private:
    llvm::Loop &loop;
    llvm::ScalarEvolution &evolution;
    llvm::SmallVector<IndexGroup, 8> groups;

    bool neverWraps(const IndexGroup &group, const Rounds &rounds) const;
};

}  // namespace wasmc

// The tests of a loop that leave it for a trap, as one test in front of it (BoundsTests.cpp).

#pragma once

#include "Indices.h"

#include "llvm/IR/Dominators.h"

namespace wasmc {

class BoundsTests {
public:
    BoundsTests(llvm::Loop &loop, llvm::ScalarEvolution &evolution, Indices &indices)
        : loop(loop), evolution(evolution), indices(indices) {}

    /// Looks for tests, and for the indices in them.
    void find();

    /// What comes behind `Indices::settle`: leaves alone what nothing in front of the loop can decide.
    void settle(llvm::SCEVExpander &expander);

    bool empty() const { return exits.empty(); }

    /// Whether a block ends in one of the tests.
    bool endsIn(llvm::BasicBlock *block) const;

    /// Adds conditions under which no round traps, given that no index wraps.
    ///
    /// `count`: the most rounds after the first, below 2^32 where the other conditions hold.
    void addTests(llvm::Value *count, llvm::SCEVExpander &expander, llvm::IRBuilderBase &builder,
                  llvm::SmallVectorImpl<llvm::Value *> &tests) const;

    /// Takes the tests out of the loop.
    void remove(llvm::LoopInfo &loops, llvm::DominatorTree &dominators);

private:
    /// No trap unless `value` is above `limit`, or is it where that is strict.
    struct Comparison {
        const llvm::SCEV *value, *limit;
        bool isStrict;
    };

    /// A branch, the number of its edge to the trap, and what it compares.
    struct Exit {
        llvm::BranchInst *branch;
        unsigned trap;
        llvm::SmallVector<Comparison, 2> comparisons;
    };

    /// Values of comparisons with one limit that step alike and whose starts differ by constants.
    struct Group {
        const llvm::SCEV *start, *limit;
        bool isStrict;
        int64_t step;
        /// The largest of what is added to the start and is no step.
        uint64_t addend;
        int64_t lowest = 0, highest = 0;
    };

    llvm::Loop &loop;
    llvm::ScalarEvolution &evolution;
    Indices &indices;
    llvm::SmallVector<Exit, 8> exits;
    llvm::SmallVector<Group, 8> groups;

    bool addComparisons(llvm::Value *condition, bool trapsIf, Exit &exit);
    std::optional<Group> group(const Comparison &comparison);
    void join(Group group);
    llvm::Value *test(const Group &group, llvm::Value *count, llvm::SCEVExpander &expander, llvm::IRBuilderBase &builder) const;
};

}  // namespace wasmc

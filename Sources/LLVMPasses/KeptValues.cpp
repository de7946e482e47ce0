// Keeps values from moving far.
//
// LLVM moves what one other block alone uses into that block (`instcombine`, and machine sinking behind it), a block at a
// time. A value that is made step by step along a thousand blocks, `sum ^= next` between checks, goes to the end of them
// all, one step after the other, and everything that it is made of lives until then: the square of the blocks in time, and
// then in registers to choose among each other. A module of 50 KB took 40 s.
//
// What would go too far is made opaque where it is: an instruction of no bytes, with an effect that nobody knows, takes
// the value and gives it back. What is made of it starts afresh there. In functions of few blocks nothing changes; in
// large ones whose producer has optimised them hardly anything does, because it has moved such values already.
//
// What is known of a value from a branch, LLVM looks for at each later comparison of it (`instcombine`): of one value that
// 5,000 branches ask for, that took 7 s. After so many a value gets another name in the same way.
//
// Exact: the value is the same, and it is computed where it was written, as far as LLVM is concerned.

#include "Passes.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"
#include "llvm/TargetParser/Triple.h"

#include <algorithm>
#include <vector>

using namespace llvm;

namespace {

/// Below that many blocks, squares are no harm.
constexpr size_t leastBlocks = 256;
/// Blocks that a value may move past.
constexpr unsigned largestDistance = 64;

/// Comparisons of one value before it gets another name.
constexpr unsigned largestComparisons = 512;

/// Whether LLVM may move an instruction.
bool mayMove(const Instruction &instruction) {
    if (isa<PHINode>(instruction) || isa<AllocaInst>(instruction) || instruction.isTerminator()) return false;
    return !instruction.mayHaveSideEffects();
}

/// The class of register that holds values of a type; null for none that is known here.
const char *registerConstraint(Type *type, const Triple &triple) {
    if (type->isIntegerTy(32) || type->isIntegerTy(64) || type->isPointerTy()) return "=r,0";
    bool isVector = type->isVectorTy() && type->getPrimitiveSizeInBits() == TypeSize::getFixed(128) &&
        type->getScalarSizeInBits() >= 8;
    if (!isVector && !type->isFloatTy() && !type->isDoubleTy()) return nullptr;
    return triple.isX86() ? "=x,0" : triple.isAArch64() ? "=w,0" : nullptr;
}

/// An opaque copy of a value, ahead of an instruction.
CallInst *copy(Value &value, Instruction *place, const char *constraint) {
    IRBuilder<> builder(place);
    Type *type = value.getType();
    InlineAsm *nothing = InlineAsm::get(FunctionType::get(type, {type}, false), "", constraint, true);
    CallInst *result = builder.CreateCall(nothing, {&value});
    result->setDoesNotThrow();
    return result;
}

/// Where values could go, block by block from the last one to the first.
class Places {
    const Triple triple;
    std::vector<BasicBlock *> blocks;
    DenseMap<const BasicBlock *, unsigned> numbers;
    /// Of values that may go elsewhere: the block.
    DenseMap<const Instruction *, unsigned> places;

    unsigned placeOf(const Use &use) const {
        const auto *user = cast<Instruction>(use.getUser());
        if (const auto *phi = dyn_cast<PHINode>(user)) return numbers.lookup(phi->getIncomingBlock(use));
        auto known = places.find(user);
        return known == places.end() ? numbers.lookup(user->getParent()) : known->second;
    }

    /// The only block that needs a value; its own where there are several.
    unsigned destination(const Instruction &instruction, unsigned own) const {
        unsigned result = own;
        for (const Use &use : instruction.uses()) {
            unsigned place = placeOf(use);
            if (place == own || (result != own && place != result)) return own;
            result = place;
        }
        return result;
    }

    void keep(Instruction &instruction, const char *constraint) {
        CallInst *kept = copy(instruction, instruction.getNextNode(), constraint);
        kept->setDebugLoc(instruction.getDebugLoc());
        instruction.replaceUsesWithIf(kept, [&](Use &use) { return use.getUser() != kept; });
    }

   public:
    explicit Places(Function &function) : triple(function.getParent()->getTargetTriple()) {
        for (BasicBlock *block : ReversePostOrderTraversal<Function *>(&function)) {
            numbers[block] = blocks.size();
            blocks.push_back(block);
        }
    }

    bool limit() {
        bool changes = false;
        for (unsigned own = blocks.size(); own-- > 0;) {
            for (Instruction &instruction : make_early_inc_range(reverse(*blocks[own]))) {
                if (!mayMove(instruction)) continue;
                unsigned place = destination(instruction, own);
                if (place == own) continue;
                const char *constraint = nullptr;
                if (place > own + largestDistance) constraint = registerConstraint(instruction.getType(), triple);
                if (constraint) {
                    keep(instruction, constraint);
                    changes = true;
                } else {
                    places[&instruction] = place;
                }
            }
        }
        return changes;
    }
};

/// The comparison from which on a value is to have another name; null when there are not so many.
Instruction *comparisonBeyondLimit(Value &value, const DominatorTree &tree) {
    std::vector<Instruction *> comparisons;
    for (User *user : value.users()) {
        auto *comparison = dyn_cast<ICmpInst>(user);
        if (comparison && tree.isReachableFromEntry(comparison->getParent())) comparisons.push_back(comparison);
    }
    if (comparisons.size() <= largestComparisons) return nullptr;
    auto position = comparisons.begin() + largestComparisons;
    std::nth_element(comparisons.begin(), position, comparisons.end(), [&](Instruction *one, Instruction *other) {
        BasicBlock *block = one->getParent();
        if (block == other->getParent()) return one->comesBefore(other);
        return tree.getNode(block)->getDFSNumIn() < tree.getNode(other->getParent())->getDFSNumIn();
    });
    return *position;
}

/// Gives a value other names, one after so many comparisons.
bool rename(Value &value, DominatorTree &tree, const Triple &triple) {
    const char *constraint = value.getType()->isIntegerTy() ? registerConstraint(value.getType(), triple) : nullptr;
    if (!constraint || !value.hasNUsesOrMore(largestComparisons + 1)) return false;
    Value *current = &value;
    while (Instruction *place = comparisonBeyondLimit(*current, tree)) {
        CallInst *name = copy(*current, place, constraint);
        name->setDebugLoc(place->getDebugLoc());
        current->replaceUsesWithIf(name, [&](Use &use) { return use.getUser() != name && tree.dominates(name, use); });
        current = name;
    }
    return current != &value;
}

bool renameAll(Function &function, DominatorTree &tree) {
    const Triple triple = function.getParent()->getTargetTriple();
    tree.updateDFSNumbers();
    bool changes = false;
    for (Argument &argument : function.args()) changes |= rename(argument, tree, triple);
    for (BasicBlock &block : function) {
        for (Instruction &instruction : make_early_inc_range(block)) {
            if (instruction.isTerminator()) continue;
            changes |= rename(instruction, tree, triple);
        }
    }
    return changes;
}

}  // namespace

PreservedAnalyses wasmc::KeptValues::run(Function &function, FunctionAnalysisManager &analyses) {
    if (function.size() < leastBlocks) return PreservedAnalyses::all();
    bool changes = Places(function).limit();
    changes |= renameAll(function, analyses.getResult<DominatorTreeAnalysis>(function));
    if (!changes) return PreservedAnalyses::all();
    PreservedAnalyses preserved;
    preserved.preserveSet<CFGAnalyses>();
    return preserved;
}

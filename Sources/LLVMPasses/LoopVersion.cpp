#include "LoopVersion.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

using namespace llvm;

/// Values behind the loop come from either copy.
static void joinExits(Loop &loop, ScalarEvolution &evolution, ValueToValueMapTy &copies) {
    SmallVector<BasicBlock *, 4> exits;
    loop.getUniqueExitBlocks(exits);
    for (BasicBlock *exit : exits) {
        for (PHINode &phi : exit->phis()) {
            for (unsigned index = 0, count = phi.getNumIncomingValues(); index < count; ++index) {
                BasicBlock *from = phi.getIncomingBlock(index);
                if (!loop.contains(from)) continue;
                Value *value = phi.getIncomingValue(index);
                auto copy = copies.find(value);
                phi.addIncoming(copy == copies.end() ? value : &*copy->second, cast<BasicBlock>(copies[from]));
            }
            evolution.forgetValue(&phi);
        }
    }
}

void wasmc::versionLoop(Loop &loop, Value *isFast, LoopInfo &loops, DominatorTree &dominators, ScalarEvolution &evolution) {
    BasicBlock *checked = loop.getLoopPreheader();
    BasicBlock *entry = SplitBlock(checked, checked->getTerminator(), &dominators, &loops, nullptr, "fast");
    SmallVector<BasicBlock *, 4> dominated;
    for (BasicBlock *block : loop.blocks()) {
        for (DomTreeNode *child : dominators.getNode(block)->children()) {
            if (!loop.contains(child->getBlock())) dominated.push_back(child->getBlock());
        }
    }
    ValueToValueMapTy copies;
    SmallVector<BasicBlock *, 8> blocks;
    Loop *slow = cloneLoopWithPreheader(entry, checked, &loop, copies, ".wrapping", &loops, &dominators, blocks);
    remapInstructionsInBlocks(blocks, copies);
    Instruction *jump = checked->getTerminator();
    IRBuilder<> builder(jump);
    builder.CreateCondBr(isFast, loop.getLoopPreheader(), slow->getLoopPreheader(),
                         MDBuilder(jump->getContext()).createLikelyBranchWeights());
    jump->eraseFromParent();
    joinExits(loop, evolution, copies);
    // What the loop dominated, the test does now.
    for (BasicBlock *block : dominated) dominators.changeImmediateDominator(block, checked);
    for (const char *left : {"llvm.loop.isvectorized", "llvm.loop.unroll.disable"}) addStringMetadataToLoop(slow, left, 1);
}

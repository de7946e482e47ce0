// Selecting instructions one by one (FastISel) takes less than half of the time of LLVM's graphs. It folds few loads
// and addresses, which shows in the loops where a program spends its time, and knows no vectors but those that fill a
// register: of others, each lane goes through memory. So functions with loops or vectors are selected by graphs.

#include "Selection.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Pass.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

namespace {

bool touchesVectors(const Instruction &instruction) {
    return instruction.getType()->isVectorTy()
        || any_of(instruction.operands(), [](const Use &operand) { return operand->getType()->isVectorTy(); });
}

struct SelectionChoice : FunctionPass {
    static char ID;
    TargetMachine &machine;

    explicit SelectionChoice(TargetMachine &machine) : FunctionPass(ID), machine(machine) {}

    /// Passes over functions come one behind the other for each function: the next selection is this function's.
    bool runOnFunction(Function &function) override {
        const LoopInfo &loops = getAnalysis<LoopInfoWrapperPass>().getLoopInfo();
        bool needsGraphs = !loops.empty() || any_of(instructions(function), touchesVectors);
        machine.setFastISel(!needsGraphs);
        return false;
    }

    void getAnalysisUsage(AnalysisUsage &usage) const override {
        usage.addRequired<LoopInfoWrapperPass>();
        usage.setPreservesAll();
    }

    StringRef getPassName() const override { return "Choice of instruction selection"; }
};

char SelectionChoice::ID = 0;

}  // namespace

FunctionPass *wasmc::createSelectionChoice(TargetMachine &machine) { return new SelectionChoice(machine); }

// What two addresses in guest memory are to each other, for all of LLVM's passes.

#pragma once

#include "llvm/Analysis/AliasAnalysis.h"
#include "llvm/IR/PassManager.h"

namespace wasmc {

class AddressAliases : public llvm::AAResultBase {
public:
    /// It depends on nothing but the pointers.
    bool invalidate(llvm::Function &, const llvm::PreservedAnalyses &, llvm::FunctionAnalysisManager::Invalidator &) {
        return false;
    }

    llvm::AliasResult alias(const llvm::MemoryLocation &one, const llvm::MemoryLocation &other, llvm::AAQueryInfo &query,
                            const llvm::Instruction *context);
};

/// AddressAliases.cpp has the proof.
struct AddressAliasAnalysis : llvm::AnalysisInfoMixin<AddressAliasAnalysis> {
    using Result = AddressAliases;
    Result run(llvm::Function &, llvm::FunctionAnalysisManager &) { return Result(); }

private:
    friend llvm::AnalysisInfoMixin<AddressAliasAnalysis>;
    static llvm::AnalysisKey Key;
};

}  // namespace wasmc

// How instructions are selected.

#pragma once

namespace llvm {
class FunctionPass;
class TargetMachine;
}  // namespace llvm

namespace wasmc {

/// A pass that decides for each function whether its instructions are selected one by one. Comes ahead of selection.
llvm::FunctionPass *createSelectionChoice(llvm::TargetMachine &machine);

}  // namespace wasmc

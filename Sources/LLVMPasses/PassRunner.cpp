// Runs a pipeline with the transformations of loops in it: what LLVMRunPasses does, three callbacks, and an alias
// analysis.

#include "AddressAliases.h"
#include "Passes.h"
#include "wasmc_passes.h"

#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/StandardInstrumentations.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Utils/LCSSA.h"
#include "llvm/Transforms/Utils/LoopSimplify.h"

#include <cstdlib>
#include <cstring>

using namespace llvm;

namespace {

bool addNamedPass(StringRef name, FunctionPassManager &passes, ArrayRef<PassBuilder::PipelineElement>) {
    if (name == "wasmc-exit-tests") {
        passes.addPass(wasmc::ExitTests());
    } else if (name == "wasmc-loop-roots") {
        passes.addPass(wasmc::LoopRoots());
    } else if (name == "wasmc-reroll") {
        passes.addPass(wasmc::Reroll());
    } else if (name == "wasmc-wide-products") {
        passes.addPass(wasmc::WideProducts());
    } else if (name == "wasmc-parallel-sums") {
        passes.addPass(wasmc::ParallelSums());
    } else if (name == "wasmc-shared-roots") {
        passes.addPass(wasmc::SharedRoots());
    } else if (name == "wasmc-kept-values") {
        passes.addPass(wasmc::KeptValues());
    } else {
        return false;
    }
    return true;
}

/// Ahead of the vectoriser: before that, LLVM's own passes over loops bring most of them into the forms looked for; behind
/// it, nothing would profit. Below -O2 nothing is vectorised.
void addLoopTransformations(FunctionPassManager &passes, OptimizationLevel level) {
    if (level.getSpeedupLevel() < 2) return;
    passes.addPass(LoopSimplifyPass());
    passes.addPass(LCSSAPass());
    passes.addPass(wasmc::ExitTests());
    if (level.getSizeLevel() == 0) {
        passes.addPass(wasmc::LoopRoots());
        // The copies share their exits.
        passes.addPass(LoopSimplifyPass());
    }
    passes.addPass(wasmc::Reroll());
}

/// Behind each `instcombine`, which brings sums into the form looked for.
void addArithmetic(FunctionPassManager &passes, OptimizationLevel level) {
    if (level.getSpeedupLevel() < 2) return;
    passes.addPass(wasmc::WideProducts());
    passes.addPass(wasmc::SharedRoots());
}

}  // namespace

char *wasmc_passes_run(LLVMOpaqueModule *moduleRef, const char *passes, LLVMOpaqueTargetMachine *machineRef) {
    Module &module = *unwrap(moduleRef);
    auto *machine = reinterpret_cast<TargetMachine *>(machineRef);
    LoopAnalysisManager loopAnalyses;
    FunctionAnalysisManager functionAnalyses;
    CGSCCAnalysisManager componentAnalyses;
    ModuleAnalysisManager moduleAnalyses;
    PassInstrumentationCallbacks callbacks;
    PassBuilder builder(machine, PipelineTuningOptions(), std::nullopt, &callbacks);
    builder.registerVectorizerStartEPCallback(addLoopTransformations);
    builder.registerPeepholeEPCallback(addArithmetic);
    builder.registerPipelineParsingCallback(addNamedPass);
    // Behind LLVM's own, and before it registers those alone.
    functionAnalyses.registerPass([&] {
        AAManager aliases = builder.buildDefaultAAPipeline();
        aliases.registerFunctionAnalysis<wasmc::AddressAliasAnalysis>();
        return aliases;
    });
    functionAnalyses.registerPass([] { return wasmc::AddressAliasAnalysis(); });
    builder.registerLoopAnalyses(loopAnalyses);
    builder.registerFunctionAnalyses(functionAnalyses);
    builder.registerCGSCCAnalyses(componentAnalyses);
    builder.registerModuleAnalyses(moduleAnalyses);
    builder.crossRegisterProxies(loopAnalyses, functionAnalyses, componentAnalyses, moduleAnalyses);
    StandardInstrumentations instrumentations(module.getContext(), /*DebugLogging=*/false);
    instrumentations.registerCallbacks(callbacks, &moduleAnalyses);
    ModulePassManager pipeline;
    if (Error error = builder.parsePassPipeline(pipeline, passes)) {
        return strdup(toString(std::move(error)).c_str());
    }
    pipeline.run(module, moduleAnalyses);
    return nullptr;
}

void wasmc_passes_free(char *message) { free(message); }

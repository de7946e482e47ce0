// What LLVMTargetMachineEmitToMemoryBuffer does, with passes of code generation left out or put in.

#include "Selection.h"
#include "wasmc_machine_code.h"

#include "llvm-c/TargetMachine.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Analysis/RuntimeLibcallInfo.h"
#include "llvm/CodeGen/CodeGenTargetMachineImpl.h"
#include "llvm/CodeGen/MachineModuleInfo.h"
#include "llvm/CodeGen/Passes.h"
#include "llvm/CodeGen/RegAllocRegistry.h"
#include "llvm/CodeGen/TargetPassConfig.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/InitializePasses.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <cstring>
#include <mutex>

using namespace llvm;

namespace {

/// What LLVM takes unless its command line says otherwise; it is the default before anybody has asked, too.
RegisterRegAlloc::FunctionPassCtor standardAllocator() {
    for (auto *node = RegisterRegAlloc::getList(); node; node = node->getNext()) {
        if (node->getName() == "default") return node->getCtor();
    }
    return nullptr;
}

/// While this lives, LLVM makes its simplest register allocator that is not for code without optimisation, if that is
/// wanted. Which one it makes is the process's, so that passes are added by one thread at a time; they run on all.
class RegisterAllocation {
public:
    explicit RegisterAllocation(bool isBasic) {
        if (isBasic) RegisterRegAlloc::setDefault(createBasicRegisterAllocator);
    }
    ~RegisterAllocation() { RegisterRegAlloc::setDefault(standardAllocator()); }
};

std::mutex addingPasses;

/// The passes of `CodeGenTargetMachineImpl::addPassesToEmitFile`; whether the target has them.
bool addPasses(
    legacy::PassManager &passes, CodeGenTargetMachineImpl &machine, wasmc_machine_code_options options,
    raw_pwrite_stream &stream) {
    std::lock_guard<std::mutex> lock(addingPasses);
    PassRegistry &registry = *PassRegistry::getPassRegistry();
    initializeCodeGen(registry);
    RegisterAllocation allocation(options.is_fast);
    TargetPassConfig *config = machine.createPassConfig(passes);
    config->setDisableVerify(true);
    // It computes where each value is, whether or not there is a variable.
    if (!options.has_variables) config->disablePass(&LiveDebugValuesID);
    if (options.is_fast) {
        // The last pass that makes vectors of others.
        const PassInfo *last = registry.getPassInfo(StringRef("codegenprepare"));
        if (!last) return false;
        config->insertPass(last->getTypeInfo(), wasmc::createSelectionChoice(machine));
    }
    auto *information = new MachineModuleInfoWrapperPass(&machine);
    passes.add(config);
    passes.add(information);
    // Without it no function of the C library is known to be there, and memory.copy and memory.fill become loops over bytes
    // where their sizes are not small constants.
    const TargetOptions &target = machine.Options;
    passes.add(new RuntimeLibraryInfoWrapper(
        machine.getTargetTriple(), target.ExceptionModel, target.FloatABIType, target.EABIVersion,
        target.MCOptions.ABIName));
    if (config->addISelPasses()) return false;
    config->addMachinePasses();
    config->setInitialized();
    auto kind = options.is_assembly ? CodeGenFileType::AssemblyFile : CodeGenFileType::ObjectFile;
    if (machine.addAsmPrinter(passes, stream, nullptr, kind, information->getMMI().getContext())) return false;
    passes.add(createFreeMachineFunctionPass());
    return true;
}

}  // namespace

char *wasmc_machine_code_emit(
    LLVMOpaqueModule *moduleRef, LLVMOpaqueTargetMachine *machineRef, wasmc_machine_code_options options,
    LLVMOpaqueMemoryBuffer **code) {
    Module &module = *unwrap(moduleRef);
    // All of LLVM's machines are.
    auto &machine = static_cast<CodeGenTargetMachineImpl &>(*reinterpret_cast<TargetMachine *>(machineRef));
    module.setDataLayout(machine.createDataLayout());
    SmallString<0> bytes;
    raw_svector_ostream stream(bytes);
    legacy::PassManager passes;
    if (!addPasses(passes, machine, options, stream)) return strdup("the target cannot emit this kind of file");
    passes.run(module);
    *code = wrap(new SmallVectorMemoryBuffer(std::move(bytes), /*RequiresNullTerminator=*/false));
    return nullptr;
}

void wasmc_machine_code_free(char *message) { free(message); }

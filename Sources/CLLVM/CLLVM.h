/* CLLVM.h - the part of LLVM 22's C API that LLVMBridge wraps.
 *
 * The headers are found through the include path that Package.swift derives from LLVM_PREFIX. The version
 * test comes first: another LLVM earlier on the path would otherwise give a library and headers that
 * disagree, which shows as memory corruption and not as an error.
 */
#ifndef WASMC_CLLVM_H
#define WASMC_CLLVM_H

#include <llvm/Config/llvm-config.h>

#if LLVM_VERSION_MAJOR != 22
#error "wasmc needs the headers of LLVM 22: set LLVM_PREFIX to its installation prefix"
#endif

#include <llvm-c/Analysis.h>
#include <llvm-c/BitWriter.h>
#include <llvm-c/Comdat.h>
#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>
#include <llvm-c/Error.h>
#include <llvm-c/ErrorHandling.h>
#include <llvm-c/IRReader.h>
#include <llvm-c/Object.h>
#include <llvm-c/Support.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>

/* Major version of the headers, to be compared with that of the loaded library. */
enum { WASMC_LLVM_HEADER_MAJOR = LLVM_VERSION_MAJOR };

#endif

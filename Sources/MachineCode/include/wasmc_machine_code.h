/* wasmc_machine_code.h - from an LLVM module to machine code, with choices that LLVM's C API does not have: they are its
 * command line's, for a whole process (RATIONALE.md).
 */
#ifndef WASMC_MACHINE_CODE_H
#define WASMC_MACHINE_CODE_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

struct LLVMOpaqueMemoryBuffer;
struct LLVMOpaqueModule;
struct LLVMOpaqueTargetMachine;

struct wasmc_machine_code_options {
    /* Assembly in place of an object file. */
    bool is_assembly;
    /* Whether the module says of variables where they are; without, nobody looks for them. */
    bool has_variables;
    /* Whether instructions are selected one by one (FastISel) in functions without loops and vectors, and registers
     * are given out without taking values apart. Not for machines that do not optimise. */
    bool is_fast;
};

/* Generates code, which changes the module.
 *
 * Gives null and the code, or a message, to be freed with wasmc_machine_code_free, and no code. */
char *wasmc_machine_code_emit(
    struct LLVMOpaqueModule *module, struct LLVMOpaqueTargetMachine *machine,
    struct wasmc_machine_code_options options, struct LLVMOpaqueMemoryBuffer **code);

void wasmc_machine_code_free(char *message);

#ifdef __cplusplus
}
#endif

#endif

/* wasmc_loops.h - LLVM's pipelines with this project's transformations of loops in them.
 *
 * LLVM's C API has neither scalar evolution nor a way to put passes into its pipelines, so this target is C++ behind a C
 * interface (RATIONALE.md). It knows nothing of WebAssembly but what `wasmc_loop_facts` says of guest memory.
 */
#ifndef WASMC_LOOPS_H
#define WASMC_LOOPS_H

#ifdef __cplusplus
extern "C" {
#endif

struct LLVMOpaqueModule;
struct LLVMOpaqueTargetMachine;

/* Runs passes, in the syntax of `opt -passes=`, on a module. LLVM's `default<O2>` and `default<O3>` contain the
 * transformations of loops, ahead of the vectoriser, and that of wide products; each is a pass of its own, too:
 * `wasmc-exit-tests`, `wasmc-loop-roots`, `wasmc-reroll`, `wasmc-wide-products`.
 * So is `wasmc-kept-values`, which is in none of them.
 *
 * machine  may be null; then nothing is vectorised.
 *
 * Gives null, or a message for a malformed pipeline, to be freed with wasmc_loops_free. */
char *wasmc_loops_run_passes(
    struct LLVMOpaqueModule *module, const char *passes, struct LLVMOpaqueTargetMachine *machine);

void wasmc_loops_free(char *message);

#ifdef __cplusplus
}
#endif

#endif

/* wasmc_passes.h - LLVM's pipelines with this project's passes in them.
 *
 * LLVM's C API has neither scalar evolution nor a way to put passes into its pipelines, so this target is C++ behind a C
 * interface (RATIONALE.md). It knows nothing of WebAssembly but that an address in guest memory is a base and an index, and where
 * memories lie (Addresses.h).
 */
#ifndef WASMC_PASSES_H
#define WASMC_PASSES_H

#ifdef __cplusplus
extern "C" {
#endif

struct LLVMOpaqueModule;
struct LLVMOpaqueTargetMachine;

/* Runs passes, in the syntax of `opt -passes=`, on a module. All of them know what addresses of guest memory are to each other.
 * LLVM's `default<O2>` and `default<O3>` contain the transformations of loops, ahead of the vectoriser, and those of wide products
 * and of addresses; each is a pass of its own, too:
 * `wasmc-exit-tests`, `wasmc-loop-roots`, `wasmc-reroll`, `wasmc-wide-products`, `wasmc-shared-roots`.
 * So are `wasmc-kept-values` and `wasmc-parallel-sums`, which are in none of them.
 *
 * machine  may be null; then nothing is vectorised.
 *
 * Gives null, or a message for a malformed pipeline, to be freed with wasmc_passes_free. */
char *wasmc_passes_run(
    struct LLVMOpaqueModule *module, const char *passes, struct LLVMOpaqueTargetMachine *machine);

void wasmc_passes_free(char *message);

#ifdef __cplusplus
}
#endif

#endif

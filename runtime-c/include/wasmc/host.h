/* host.h - wasi.def as C data, for the compiler (which imports it as CWasmcABI). */
#ifndef WASMC_HOST_H
#define WASMC_HOST_H

struct wasmc_host_function {
    const char *module;
    const char *name;
    const char *symbol;
    const char *signature;
};

/* Every known host function, ended by an entry whose module is null. */
static const struct wasmc_host_function wasmc_host_functions[] = {
#define WASMC_HOST(module, name, symbol, signature) {#module, #name, #symbol, signature},
#include "wasi.def"
#undef WASMC_HOST
    {0, 0, 0, 0},
};

/* The i-th entry of wasmc_host_functions (Swift cannot index a C array of this size). */
static inline struct wasmc_host_function wasmc_host_function_at(unsigned index) {
    return wasmc_host_functions[index];
}

/* The spec's phrase for a trap code, or null for an unknown one. */
static inline const char *wasmc_trap_phrase(unsigned code) {
    switch (code) {
#define WASMC_TRAP(name, value, phrase) \
    case value: return phrase;
#include "traps.def"
#undef WASMC_TRAP
    default: return 0;
    }
}

#endif

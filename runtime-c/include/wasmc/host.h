/* host.h - the tables of this folder as C data, for the compiler (which imports it as CWasmcABI). */
#ifndef WASMC_HOST_H
#define WASMC_HOST_H

#include "abi.h"

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

/* The builtins, by the names that compiled code calls. */
enum WASMC_SWIFT_ENUM("RuntimeBuiltin") wasmc_builtin {
#define WASMC_BUILTIN(result, name, parameters, doc) WASMC_BUILTIN_##name WASMC_SWIFT_CASE(#name),
#define WASMC_BUILTIN_NORETURN(name, parameters, doc) WASMC_BUILTIN(void, name, parameters, doc)
#include "builtins.def"
#undef WASMC_BUILTIN
#undef WASMC_BUILTIN_NORETURN
};

/* A builtin's declaration, as text in C. */
struct wasmc_builtin_declaration {
    const char *name;
    const char *result;
    const char *parameters; /* with parentheses */
    int is_noreturn;
};

/* Every builtin, in the order of the enumeration, ended by one whose name is null. */
static const struct wasmc_builtin_declaration wasmc_builtin_declarations[] = {
#define WASMC_BUILTIN(result, name, parameters, doc) {#name, #result, #parameters, 0},
#define WASMC_BUILTIN_NORETURN(name, parameters, doc) {#name, "void", #parameters, 1},
#include "builtins.def"
#undef WASMC_BUILTIN
#undef WASMC_BUILTIN_NORETURN
    {0, 0, 0, 0},
};

/* The i-th of wasmc_builtin_declarations. */
static inline struct wasmc_builtin_declaration wasmc_builtin_at(unsigned index) {
    return wasmc_builtin_declarations[index];
}

/* The spec's phrase for a trap code, or null for an unknown one. */
static inline const char *wasmc_trap_phrase(unsigned code) {
    switch (code) {
#define WASMC_TRAP(name, swift, value, phrase) \
    case value: return phrase;
#include "traps.def"
#undef WASMC_TRAP
    default: return 0;
    }
}

#endif

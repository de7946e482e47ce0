/* call.c - calls of host functions by a signature that is known at run time only. */
#include <ffi.h>
#include <stdlib.h>
#include <string.h>

#include "attempt.h"
#include "host.h"
#include "wasmc/wasi.h"

struct row {
    const char *symbol;
    wasmc_host_code code;
};

/* Unlike in compiled programs, all host functions are there. */
static const struct row rows[] = {
#define WASMC_HOST(module, name, symbol, signature) {#symbol, (wasmc_host_code)symbol},
#include "wasmc/wasi.def"
#undef WASMC_HOST
};

wasmc_host_code wasmc_host_find(const char *symbol)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].symbol, symbol) == 0)
            return rows[i].code;
    }
    return NULL;
}

/* More than any row of wasi.def has. */
#define PARAMETER_LIMIT 16

struct wasmc_host_signature {
    ffi_cif cif;
    uint32_t parameter_count; /* without the context */
    bool has_result;
    ffi_type *types[1 + PARAMETER_LIMIT];
};

static ffi_type *type_of(char kind)
{
    switch (kind) {
    case 'i': return &ffi_type_uint32;
    case 'l': return &ffi_type_uint64;
    default: return NULL;
    }
}

static bool prepare(struct wasmc_host_signature *signature, const char *text)
{
    uint32_t count = 0;
    signature->types[0] = &ffi_type_pointer;
    for (; *text != ':'; text++) {
        ffi_type *type = type_of(*text);
        if (type == NULL || count == PARAMETER_LIMIT)
            return false;
        signature->types[1 + count++] = type;
    }
    const char *results = text + 1;
    ffi_type *result = results[0] == '\0' ? &ffi_type_void : type_of(results[0]);
    if (result == NULL || (results[0] != '\0' && results[1] != '\0'))
        return false;
    signature->parameter_count = count;
    signature->has_result = result != &ffi_type_void;
    return ffi_prep_cif(&signature->cif, FFI_DEFAULT_ABI, 1 + count, result, signature->types) == FFI_OK;
}

struct wasmc_host_signature *wasmc_host_signature_create(const char *text)
{
    struct wasmc_host_signature *signature = calloc(1, sizeof *signature);
    if (signature != NULL && !prepare(signature, text)) {
        free(signature);
        return NULL;
    }
    return signature;
}

void wasmc_host_signature_destroy(struct wasmc_host_signature *signature)
{
    free(signature);
}

struct call {
    struct wasmc_ctx *ctx;
    const struct wasmc_host_signature *signature;
    wasmc_host_code code;
    uint64_t *slots;
};

static void run_call(void *argument)
{
    struct call *call = argument;
    const struct wasmc_host_signature *signature = call->signature;
    void *values[1 + PARAMETER_LIMIT] = {&call->ctx};
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        /* The lower half of a slot comes first: an i32 is read from there. */
        values[1 + i] = &call->slots[i];
    }
    ffi_arg result = 0;
    ffi_call((ffi_cif *)&signature->cif, call->code, &result, values);
    if (signature->has_result) {
        bool is_i32 = signature->cif.rtype == &ffi_type_uint32;
        call->slots[0] = is_i32 ? (uint32_t)result : (uint64_t)result;
    }
}

/* Other threads may be in calls with the same memory: it stays where it is and never shrinks. */
static void set_memory(struct wasmc_memory *memory, uint8_t *base, uint64_t size_bytes)
{
    if (base == NULL)
        return;
    __atomic_store_n(&memory->base, base, __ATOMIC_RELAXED);
    uint64_t known = __atomic_load_n(&memory->size_bytes, __ATOMIC_RELAXED);
    while (known < size_bytes && !__atomic_compare_exchange_n(&memory->size_bytes, &known, size_bytes, false,
                                                              __ATOMIC_RELEASE, __ATOMIC_RELAXED))
        continue;
}

static _Thread_local volatile bool is_calling;

bool wasmc_host_is_calling(void)
{
    return is_calling;
}

void wasmc_host_call(struct wasmc_host *host, const struct wasmc_host_signature *signature, wasmc_host_code code,
                     uint8_t *base, uint64_t size_bytes, uint64_t *slots, struct wasmc_host_outcome *outcome)
{
    set_memory(&host->memory, base, size_bytes);
    struct call call = {&host->ctx, signature, code, slots};
    is_calling = true;
    wasmc_host_attempt(run_call, &call, outcome);
    is_calling = false;
}

/* record.h - programs of `wasmc diff` record their host calls, in the file of wasmc/record.h.
 *
 * The linker puts these functions in the place of those they are named after (--wrap), in such programs only: no other
 * contains a byte of it.
 */
#ifndef WASMC_SRC_RECORD_H
#define WASMC_SRC_RECORD_H

#include "guest.h"
#include "runtime.h"
#include "wasmc/record.h"

/* Appends an entry, which is complete before the file's length says so. Ends the program when the file is full. */
void wasmc_record_append(uint32_t kind, uint32_t number, uint64_t place, const void *data, uint64_t data_bytes);

/* The program's globals, made by the compiler. */
extern const struct wasmc_recorded_global wasmc_recorded_globals[];

/* The functions that are replaced, and what replaces them: before descriptors are closed, the file is mapped; from the
 * first instantiation on the program records, and not the processes beside it, which it has started before. */
void __real_wasmc_start_process(const struct wasmc_program *program, struct wasmc_grants *grants, int argc, char **argv,
                                char **envp);
void __wrap_wasmc_start_process(const struct wasmc_program *program, struct wasmc_grants *grants, int argc, char **argv,
                                char **envp);
void __real_wasmc_instantiate(const struct wasmc_instance *instance);
void __wrap_wasmc_instantiate(const struct wasmc_instance *instance);
uint8_t *__real_wasmc_guest_bytes(const struct wasmc_guest *guest, guest_addr addr, uint64_t bytes);
uint8_t *__wrap_wasmc_guest_bytes(const struct wasmc_guest *guest, guest_addr addr, uint64_t bytes);
_Noreturn void __real_wasmc_sys_exit(int status);
_Noreturn void __wrap_wasmc_sys_exit(int status);

/* record_invoke.c, where --invoke is linked in. */
int __real_wasmc_invoke(const struct wasmc_instance *instance, const char *name, int argument_count, char **arguments);
int __wrap_wasmc_invoke(const struct wasmc_instance *instance, const char *name, int argument_count, char **arguments);

#endif

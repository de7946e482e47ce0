/* record.h - what a program that `wasmc diff` makes leaves behind: its host calls and its end, for the interpreter to do
 * the same. A file that the program maps, written by memory alone: no system call is made after the start, so that the
 * filter and the seal are those of any program, and what was recorded is there whatever ends the process.
 *
 * The file begins with a header; entries follow, each with its bytes behind it, up to a multiple of 8. All numbers are of
 * this machine's order: writer and reader are the same build of wasmc.
 *
 *     call     WASMC_RECORD_CALL, then a RANGE for each range of memory that the call looked at or wrote (guest.h), then
 *              what it changed there, then its RETURN; a call that ends the program has none
 *     trap     WASMC_RECORD_TRAP
 *     end      WASMC_RECORD_EXIT, memories with what in them is not zero, globals, WASMC_RECORD_END
 */
#ifndef WASMC_RECORD_H
#define WASMC_RECORD_H

#include <stdint.h>

/* The descriptor of the file, when the program starts. Those of brokers are the next ones. */
#define WASMC_RECORD_DESCRIPTOR 253

/* At the start of the file. */
struct wasmc_record_header {
    uint64_t used_bytes; /* header and complete entries */
};

enum wasmc_record_kind {
    WASMC_RECORD_CALL = 1,    /* number: host function, its place in wasi.def; place: module; data: arguments, a u64 each */
    WASMC_RECORD_RANGE = 2,   /* place: guest address; data: what was there when the call first asked for it */
    WASMC_RECORD_CHANGE = 3,  /* place: guest address; data: what is there after the call */
    WASMC_RECORD_RETURN = 4,  /* place: the result, zero-extended */
    WASMC_RECORD_RESULTS = 5, /* of --invoke; data: slots as wasmc_export has them */
    WASMC_RECORD_TRAP = 6,    /* number: code; place: module offset or WASMC_MODULE_OFFSET_UNKNOWN */
    WASMC_RECORD_EXIT = 7,    /* number: exit status */
    WASMC_RECORD_MEMORY = 8,  /* number: which of the module's own; place: module; data: size in bytes, a u64 */
    WASMC_RECORD_BLOCK = 9,   /* of the memory above; place: address; data: bytes of which one is not 0 */
    WASMC_RECORD_GLOBAL = 10, /* number: which of the module's own; place: module; data: its bytes, as in memory */
    WASMC_RECORD_END = 11,
};

/* Behind the header, and behind each other. */
struct wasmc_record_entry {
    uint32_t kind; /* enum wasmc_record_kind */
    uint32_t number;
    uint64_t place;
    uint64_t data_bytes;
};

/* Length of a BLOCK, but for a memory's last. */
#define WASMC_RECORD_BLOCK_BYTES 4096

/* A mutable global that holds a number. Modules that define no such have an entry less. */
struct wasmc_recorded_global {
    const void *address; /* null: the list's end */
    uint32_t instance;
    uint32_t number;     /* among those that the module defines */
    uint64_t bytes;
};

#endif

/* trap_place.h - where a trap happened, as its message says it: the same for compiled and interpreted programs. */
#ifndef WASMC_TRAP_PLACE_H
#define WASMC_TRAP_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

/* What a message shows of a stack: so many frames of the innermost, and so many of the outermost when there are more. */
#define WASMC_TRAP_FIRST_FRAMES 100
#define WASMC_TRAP_LAST_FRAMES 20

/* Where a call is in the source. */
struct wasmc_trap_source {
    const char *file; /* UTF-8, or null: not known */
    uint32_t line;    /* from 1, or 0: not known */
    uint32_t column;  /* from 1, or 0: not known */
    bool is_inlined;  /* into the next one, whose place in the module this is */
};

/* A call in guest code. */
struct wasmc_trap_place {
    const char *module;     /* null in a program of one module */
    uint32_t module_offset; /* or WASMC_MODULE_OFFSET_UNKNOWN */
    uint32_t func_index;
    const char *func_name; /* UTF-8, or "" for a function without a name; null: do not name the function */
    const struct wasmc_trap_source *source; /* or null: not known */
};

/* Fields of a message: begin, then the parts in their order, then end.
 *
 *     wasmc: trap: unreachable
 *         at check (inlined) app.c:2:39
 *         at fail (module offset 0x2c) app.c:5:7
 *         at descend (module offset 0x40)
 *         [previous frame repeated 3 more times]
 *         [2 more frames]
 *         at _start (module offset 0x51)
 *
 * As JSON, fields of the first frame, and "frames", an array of objects with the same fields; "repeated" says how many
 * more there are of a frame, and an object with "omitted" that some are left out. */
struct wasmc_trap_frames {
    struct wasmc_text *text;
    bool is_first;
    bool is_open; /* an object of JSON */
};

void wasmc_trap_frames_begin(struct wasmc_trap_frames *frames, struct wasmc_text *text);
/* As JSON, begins an object of the array, for who writes its fields. */
void wasmc_trap_begin_frame(struct wasmc_trap_frames *frames);
void wasmc_trap_put_frame(struct wasmc_trap_frames *frames, const struct wasmc_trap_place *place);
void wasmc_trap_put_repeated(struct wasmc_trap_frames *frames, uint64_t count);
void wasmc_trap_put_omitted(struct wasmc_trap_frames *frames, uint64_t count);
void wasmc_trap_frames_end(struct wasmc_trap_frames *frames);

/* The host function in which a trap happened; before the frames. */
void wasmc_trap_put_call(struct wasmc_text *text, const char *call);

/* What a place says of its source: source_text.c, which only programs contain that know of any. */
void wasmc_trap_put_source(struct wasmc_text *text, const struct wasmc_trap_source *source);

#endif

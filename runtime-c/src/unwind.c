#include "unwind.h"

#include <elf.h>
#include <stdatomic.h>

#include "runtime.h"
#include "sys/sys.h"
#include "text.h"

extern const Elf64_Ehdr __ehdr_start __attribute__((visibility("hidden")));

static _Noreturn void fail(const char *what, uintptr_t pc)
{
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "internal");
    wasmc_text_string(&text, "internal error: an exception cannot be unwound: ");
    wasmc_text_string(&text, what);
    wasmc_text_string(&text, ", pc ");
    wasmc_text_hex(&text, pc);
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
    wasmc_sys_exit(WASMC_EXIT_TRAP);
}

static struct wasmc_unwind_tables find_tables(void)
{
    struct wasmc_unwind_tables tables = {.begin = (const uint8_t *)&__ehdr_start};
    const Elf64_Phdr *headers = (const Elf64_Phdr *)(const void *)(tables.begin + __ehdr_start.e_phoff);
    tables.end = tables.begin;
    for (unsigned i = 0; i < __ehdr_start.e_phnum; i++) {
        const uint8_t *start = tables.begin + headers[i].p_vaddr;
        if (headers[i].p_type == PT_GNU_EH_FRAME)
            tables.header = start;
        if (headers[i].p_type == PT_LOAD && start + headers[i].p_filesz > tables.end)
            tables.end = start + headers[i].p_filesz;
    }
    return tables;
}

/* --- what has been learnt of places in the code
 *
 * Exceptions come by the same ways again and again, and the tables are slow to read: of so many places, by the low bits of
 * their addresses, what a walk needs is kept. */
enum { PLACES = 512 };

struct place {
    uintptr_t return_address;
    struct place *caller; /* the first that it had, which it mostly has: nobody need wait for its address to be looked up */
    uint32_t cfa_offset;
    uint8_t cfa_register;
    uint8_t saved_mask;
    int8_t saved[WASMC_REGISTERS]; /* in words from the frame address */
    uint32_t argument_bytes;
    const uint8_t *handlers;        /* the function's table, where it may have a handler for a call here */
    const struct wasmc_tag *tag;    /* what was caught here last */
    uintptr_t landing_pad;
};

static_assert(WASMC_REGISTERS <= 8, "a bit of saved_mask for each");

/* Nobody has to look whether another thread is writing. */
static _Thread_local struct place places[PLACES];

/* The way that the exception has gone. */
struct walk {
    struct wasmc_exception *exception;
    struct wasmc_registers *registers;
    struct wasmc_frames_start thrown; /* where it began */
    struct wasmc_unwind_tables tables;
};

static uintptr_t find_handler(struct walk *walk, const struct wasmc_unwind_frame *frame, uintptr_t pc)
{
    uintptr_t landing_pad = 0;
    if (wasmc_unwind_find_handler(&walk->tables, frame, pc, walk->exception->tag, &landing_pad) ==
        WASMC_UNWIND_BROKEN)
        fail("unknown table of handlers", pc);
    return landing_pad;
}

static struct wasmc_unwind_frame find_frame(struct walk *walk, uintptr_t pc)
{
    struct wasmc_unwind_frame frame;
    if (walk->tables.header == NULL) {
        walk->tables = find_tables();
        if (walk->tables.header == NULL)
            fail("no table of frames", pc);
    }
    switch (wasmc_unwind_find_frame(&walk->tables, pc, &frame)) {
    case WASMC_UNWIND_FOUND: return frame;
    case WASMC_UNWIND_NONE: wasmc_exception_unhandled(walk->exception, &walk->thrown);
    default: fail("unknown call frame information", pc);
    }
}

/* Fills in what the tables say of a place. */
static void learn(struct walk *walk, struct place *place, uintptr_t return_address)
{
    /* That may lie behind the end of the range that the call belongs to. */
    uintptr_t pc = return_address - 1;
    struct wasmc_unwind_frame frame = find_frame(walk, pc);
    int base = wasmc_register_number(frame.cfa_register);
    if (base < 0 || frame.cfa_offset < 0 || frame.cfa_offset > UINT32_MAX || frame.argument_bytes > UINT32_MAX)
        fail("a frame that is no frame of guest code", pc);
    struct place learnt = {
        .cfa_offset = (uint32_t)frame.cfa_offset,
        .cfa_register = (uint8_t)base,
        .argument_bytes = (uint32_t)frame.argument_bytes,
        .handlers = frame.handlers,
    };
    for (int i = 0; i < WASMC_REGISTERS; i++) {
        int64_t words = frame.saved[i] / 8;
        if (words * 8 != frame.saved[i] || words < INT8_MIN || words > INT8_MAX)
            fail("a register that is saved far away", pc);
        learnt.saved[i] = (int8_t)words;
        if (words != 0)
            learnt.saved_mask |= (uint8_t)(1u << i);
    }
    learnt.landing_pad = find_handler(walk, &frame, pc);
    learnt.tag = walk->exception->tag;
    /* A timeout may come in between, and in a script's program something else after it. */
    place->return_address = 0;
    atomic_signal_fence(memory_order_seq_cst);
    *place = learnt;
    atomic_signal_fence(memory_order_seq_cst);
    place->return_address = return_address;
}

static _Noreturn void enter(struct walk *walk, const struct place *place, uintptr_t stack_pointer)
{
    walk->registers->values[WASMC_REGISTER_PC] = place->landing_pad;
    walk->registers->values[WASMC_REGISTER_SP] = stack_pointer + place->argument_bytes;
    wasmc_registers_enter(walk->registers, walk->exception);
}

/* Takes what the frame has saved out of it. */
static inline void take_saved(const struct place *place, const uint64_t *frame_address, uint64_t *values)
{
    for (int i = 0; i < WASMC_REGISTER_SP; i++)
        if ((place->saved_mask & 1u << i) != 0)
            values[i] = frame_address[place->saved[i]];
}

static struct place *place_of(struct walk *walk, uintptr_t return_address)
{
    struct place *place = &places[return_address % PLACES];
    if (place->return_address != return_address)
        learn(walk, place, return_address);
    return place;
}

_Noreturn void wasmc_unwind(struct wasmc_exception *exception, struct wasmc_registers *registers)
{
    struct walk walk = {
        .exception = exception,
        .registers = registers,
        .thrown = {.return_address = (uintptr_t)registers->values[WASMC_REGISTER_PC],
                   .stack_pointer = (uintptr_t)registers->values[WASMC_REGISTER_SP]},
    };
    uint64_t *values = registers->values;
    uintptr_t stack_pointer = (uintptr_t)values[WASMC_REGISTER_SP];
    struct place *place = place_of(&walk, (uintptr_t)values[WASMC_REGISTER_PC]);
    for (;;) {
        if (place->handlers != NULL) {
            if (place->tag != exception->tag)
                learn(&walk, place, place->return_address);
            if (place->landing_pad != 0)
                enter(&walk, place, stack_pointer);
        }
        uintptr_t base =
            place->cfa_register == WASMC_REGISTER_SP ? stack_pointer : (uintptr_t)values[place->cfa_register];
        const uint64_t *frame_address = (const uint64_t *)(base + place->cfa_offset);
        take_saved(place, frame_address, values);
        stack_pointer = (uintptr_t)frame_address;
        uintptr_t return_address = (uintptr_t)frame_address[place->saved[WASMC_REGISTER_PC]];
        struct place *caller = place->caller;
        if (caller == NULL)
            caller = place->caller = place_of(&walk, return_address);
        else if (caller->return_address != return_address)
            caller = place_of(&walk, return_address);
        place = caller;
    }
}

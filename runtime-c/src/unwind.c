#include "unwind.h"

#include <elf.h>

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

/* The caller's registers. */
static void leave_frame(const struct wasmc_unwind_frame *frame, struct wasmc_registers *registers)
{
    int base = wasmc_register_number(frame->cfa_register);
    if (base < 0)
        fail("the frame has no register", registers->values[WASMC_REGISTER_PC]);
    uintptr_t address = (uintptr_t)registers->values[base] + (uintptr_t)frame->cfa_offset;
    for (int i = 0; i < WASMC_REGISTERS; i++)
        if (frame->saved[i] != 0)
            registers->values[i] = *(const uint64_t *)(address + (uintptr_t)frame->saved[i]);
    registers->values[WASMC_REGISTER_SP] = address;
}

_Noreturn void wasmc_unwind(struct wasmc_exception *exception, struct wasmc_registers *registers)
{
    struct wasmc_unwind_tables tables = find_tables();
    if (tables.header == NULL)
        fail("no table of frames", 0);
    for (;;) {
        /* A return address may lie behind the end of the range that its call belongs to. */
        uintptr_t pc = (uintptr_t)registers->values[WASMC_REGISTER_PC] - 1;
        struct wasmc_unwind_frame frame;
        enum wasmc_unwind_result result = wasmc_unwind_find_frame(&tables, pc, &frame);
        if (result == WASMC_UNWIND_NONE)
            wasmc_exception_unhandled(exception);
        if (result == WASMC_UNWIND_BROKEN)
            fail("unknown call frame information", pc);
        uintptr_t landing_pad = 0;
        result = wasmc_unwind_find_handler(&tables, &frame, pc, exception->tag, &landing_pad);
        if (result == WASMC_UNWIND_BROKEN)
            fail("unknown table of handlers", pc);
        if (result == WASMC_UNWIND_FOUND) {
            registers->values[WASMC_REGISTER_PC] = landing_pad;
            registers->values[WASMC_REGISTER_SP] += frame.argument_bytes;
            wasmc_registers_enter(registers, exception);
        }
        leave_frame(&frame, registers);
    }
}

#include "record.h"

#include <limits.h>
#include <string.h>

#include "grants.h"
#include "sys/sys.h"
#include "text.h"

/* The file in memory. */
static struct {
    uint8_t *base;
    uint64_t bytes;
} file;

/* Whether this process is the guest's, and runs. */
static bool is_recording;

/* Where the entry of the call is that has not come back, or 0; and the memory that it works on. */
static uint64_t open_call;
static uint8_t *call_memory;

static const uint8_t zeros[WASMC_RECORD_BLOCK_BYTES];

static struct wasmc_record_header *header(void)
{
    return (struct wasmc_record_header *)(void *)file.base;
}

static struct wasmc_record_entry *entry_at(uint64_t offset)
{
    return (struct wasmc_record_entry *)(void *)(file.base + offset);
}

static uint64_t entry_bytes(uint64_t data_bytes)
{
    return sizeof(struct wasmc_record_entry) + ((data_bytes + 7) & ~UINT64_C(7));
}

static _Noreturn void fail(const char *reason)
{
    is_recording = false;
    wasmc_fail(WASMC_EXIT_START, "", "the record of host calls ", NULL, reason);
}

void wasmc_record_append(uint32_t kind, uint32_t number, uint64_t place, const void *data, uint64_t data_bytes)
{
    uint64_t at = header()->used_bytes;
    if (data_bytes > file.bytes - at || entry_bytes(data_bytes) > file.bytes - at)
        fail("is full");
    struct wasmc_record_entry *entry = entry_at(at);
    *entry = (struct wasmc_record_entry){kind, number, place, data_bytes};
    if (data_bytes > 0)
        memcpy(entry + 1, data, data_bytes);
    __atomic_store_n(&header()->used_bytes, at + entry_bytes(data_bytes), __ATOMIC_RELEASE);
}

/* Records what of a range is no longer as it was. */
static void append_change(const struct wasmc_record_entry *range)
{
    const uint8_t *before = (const uint8_t *)(range + 1);
    const uint8_t *now = call_memory + range->place;
    uint64_t first = 0;
    uint64_t end = range->data_bytes;
    if (memcmp(before, now, end) == 0)
        return;
    while (before[first] == now[first])
        first++;
    while (before[end - 1] == now[end - 1])
        end--;
    wasmc_record_append(WASMC_RECORD_CHANGE, 0, range->place + first, now + first, end - first);
}

/* Records what the open call has changed, as it returns or ends the program. */
static void close_call(void)
{
    if (open_call == 0)
        return;
    uint64_t end = header()->used_bytes;
    for (uint64_t at = open_call; at < end; at += entry_bytes(entry_at(at)->data_bytes)) {
        if (entry_at(at)->kind == WASMC_RECORD_RANGE)
            append_change(entry_at(at));
    }
    open_call = 0;
}

void wasmc_record_call(uint32_t instance, uint32_t function, const uint64_t *arguments, uint32_t count)
{
    uint64_t at = header()->used_bytes;
    wasmc_record_append(WASMC_RECORD_CALL, function, instance, arguments, count * sizeof *arguments);
    open_call = at;
}

void wasmc_record_return(uint64_t result)
{
    close_call();
    wasmc_record_append(WASMC_RECORD_RETURN, 0, result, NULL, 0);
}

uint8_t *__wrap_wasmc_guest_bytes(const struct wasmc_guest *guest, guest_addr addr, uint64_t bytes)
{
    uint8_t *pointer = __real_wasmc_guest_bytes(guest, addr, bytes);
    if (open_call != 0 && bytes > 0) {
        call_memory = guest->ctx->memory->base;
        wasmc_record_append(WASMC_RECORD_RANGE, 0, addr, pointer, bytes);
    }
    return pointer;
}

static void record_trap(uint32_t code, uint32_t module_offset, uint64_t element)
{
    (void)element;
    close_call();
    wasmc_record_append(WASMC_RECORD_TRAP, code, module_offset, NULL, 0);
}

static void append_memory(uint32_t instance, uint32_t number, const struct wasmc_memory *memory)
{
    uint64_t size = memory->size_bytes;
    wasmc_record_append(WASMC_RECORD_MEMORY, number, instance, &size, sizeof size);
    for (uint64_t at = 0; at < size; at += WASMC_RECORD_BLOCK_BYTES) {
        uint64_t bytes = size - at < WASMC_RECORD_BLOCK_BYTES ? size - at : WASMC_RECORD_BLOCK_BYTES;
        if (memcmp(memory->base + at, zeros, bytes) != 0)
            wasmc_record_append(WASMC_RECORD_BLOCK, 0, at, memory->base + at, bytes);
    }
}

_Noreturn void __wrap_wasmc_sys_exit(int status)
{
    if (is_recording) {
        is_recording = false;
        close_call();
        wasmc_record_append(WASMC_RECORD_EXIT, (uint32_t)status & 0xff, 0, NULL, 0);
        for (uint32_t i = 0; i < wasmc_running->instance_count; i++) {
            for (uint32_t k = 0; k < wasmc_running->instances[i].memory_count; k++)
                append_memory(i, k, &wasmc_running->instances[i].memories[k]);
        }
        for (const struct wasmc_recorded_global *global = wasmc_recorded_globals; global->address != NULL; global++)
            wasmc_record_append(WASMC_RECORD_GLOBAL, global->number, global->instance, global->address, global->bytes);
        wasmc_record_append(WASMC_RECORD_END, 0, 0, NULL, 0);
    }
    __real_wasmc_sys_exit(status);
}

/* Listening sockets are passed to the process of `wasmc diff`, and named as its own (LISTEN_PID); this one stands for it. */
static void take_listeners(char **envp)
{
    static char own[] = "LISTEN_PID=##########";
    const size_t prefix = sizeof "LISTEN_PID=" - 1;
    char *digits = own + sizeof own - 1;
    for (int rest = wasmc_sys_process_id(); rest > 0; rest /= 10)
        *--digits = (char)('0' + rest % 10);
    memmove(own + prefix, digits, strlen(digits) + 1);
    for (char **entry = envp; *entry != NULL; entry++) {
        if (strncmp(*entry, own, prefix) == 0 &&
            wasmc_grants_parse_count(*entry + prefix, INT_MAX) == wasmc_sys_parent_id())
            *entry = own;
    }
}

void __wrap_wasmc_start_process(const struct wasmc_program *program, struct wasmc_grants *grants, int argc, char **argv,
                                char **envp)
{
    file.base = wasmc_sys_map_record(WASMC_RECORD_DESCRIPTOR, &file.bytes);
    if (file.base == NULL || file.bytes < sizeof(struct wasmc_record_header))
        fail("is missing: this program was made by `wasmc diff`, for itself");
    header()->used_bytes = sizeof(struct wasmc_record_header);
    take_listeners(envp);
    __real_wasmc_start_process(program, grants, argc, argv, envp);
}

void __wrap_wasmc_instantiate(const struct wasmc_instance *instance)
{
    is_recording = true;
    wasmc_trap_hook = record_trap;
    __real_wasmc_instantiate(instance);
}

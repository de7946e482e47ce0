/* harness.c - main of a program that runs scripts: instantiates and invokes on command.
 *
 * It reads one command a line from standard input and answers each with one line:
 *
 *   i INSTANCE                  instantiate             -> ok | trap CODE OFFSET | unlinkable IMPORT
 *   c INSTANCE EXPORT WORD...   invoke an export        -> ok WORD... | trap CODE OFFSET [ELEMENT]
 *
 * The second word of a reference that is not null and none to a function says what it is (enum wasmc_gc_kind).
 * EXPORT is the index in wasmc_instance.exports; a value is two 64-bit WORDs in hexadecimal, the low one first.
 * A trap ends the call and not the process: the instances stay as it left them.
 *
 * With an argument N it has N threads beside the main one, which do the same: thread I, from 0 on, has its commands from
 * descriptor 3 + 2 I and answers on 4 + 2 I. Two threads never use one instance.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <string.h>

#include "grants.h"
#include "runtime.h"
#include "sys/sys.h"
#include "text.h"

enum { LINE_BYTES = 1 << 16, MAX_WORDS = 2048 };

static struct wasmc_grants grants;

/* Whose commands are being run. */
struct session {
    int commands;
    int answers;
    char line[LINE_BYTES];
    uint64_t slots[MAX_WORDS];
};

static struct session main_session = {.commands = 0, .answers = 1};

/* One line without its newline; false at the end of input. The driver never sends longer ones. */
static bool read_line(struct session *session)
{
    size_t length = 0;
    char byte;
    while (length + 1 < sizeof session->line) {
        struct iovec one = {&byte, 1};
        ssize_t count = wasmc_sys_readv(session->commands, &one, 1);
        if (count <= 0)
            return false;
        if (byte == '\n')
            break;
        session->line[length++] = byte;
    }
    session->line[length] = '\0';
    return true;
}

static uint64_t next_word(char **cursor, int base)
{
    return strtoull(*cursor, cursor, base);
}

static void answer_trap(const struct session *session, const struct wasmc_trap *trap)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, session->answers);
    wasmc_text_string(&text, "trap ");
    wasmc_text_decimal(&text, trap->code);
    wasmc_text_string(&text, " ");
    wasmc_text_decimal(&text, trap->module_offset);
    if (trap->element != WASMC_NO_ELEMENT) {
        wasmc_text_string(&text, " ");
        wasmc_text_decimal(&text, trap->element);
    }
    wasmc_text_string(&text, "\n");
    wasmc_text_flush(&text);
}

static void answer_words(const struct session *session, size_t count)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, session->answers);
    wasmc_text_string(&text, "ok");
    for (size_t i = 0; i < count; i++) {
        wasmc_text_string(&text, " ");
        wasmc_text_hex(&text, session->slots[i]);
    }
    wasmc_text_string(&text, "\n");
    wasmc_text_flush(&text);
}

static void instantiate(void *instance)
{
    wasmc_instance_open(&wasmc_program, instance, &grants);
    wasmc_instantiate(instance);
}

static void command_instantiate(struct session *session, char *cursor)
{
    const struct wasmc_instance *instance = &wasmc_program.instances[next_word(&cursor, 10)];
    const char *import;
    if (!wasmc_imports_fit(instance, &import)) {
        struct wasmc_text text;
        wasmc_text_begin(&text, session->answers);
        wasmc_text_string(&text, "unlinkable ");
        wasmc_text_string(&text, import);
        wasmc_text_string(&text, "\n");
        wasmc_text_flush(&text);
        return;
    }
    struct wasmc_trap trap;
    if (wasmc_script_call(instantiate, (void *)(uintptr_t)instance, &trap) != WASMC_TRAP_NONE)
        answer_trap(session, &trap);
    else
        answer_words(session, 0);
}

/* Only a program with a heap has one. */
extern const struct wasmc_gc_program wasmc_gc_program __attribute__((weak));

static uint32_t kind_of(uint32_t reference)
{
    if (reference & 1)
        return WASMC_GC_I31;
    if (reference & 2)
        return WASMC_GC_HOST;
    uint32_t number = *(const uint32_t *)(uintptr_t)reference;
    return number < wasmc_gc_program.type_count ? wasmc_gc_program.types[number].kind : WASMC_GC_EXCEPTION;
}

static void add_kinds(const char *signature, uint64_t *words)
{
    for (size_t i = 0; signature[i] != '\0'; i++) {
        uint64_t *value = &words[WASMC_SLOTS_PER_VALUE * i];
        if ((signature[i] == 'R' || signature[i] == 'E') && value[0] != 0)
            value[1] = kind_of((uint32_t)value[0]);
    }
}

static void command_call(struct session *session, char *cursor)
{
    const struct wasmc_instance *instance = &wasmc_program.instances[next_word(&cursor, 10)];
    const struct wasmc_export *export_ = &instance->exports[next_word(&cursor, 10)];
    size_t parameters = strcspn(export_->signature, ":");
    size_t results = strlen(export_->signature) - parameters - 1;
    for (size_t i = 0; i < WASMC_SLOTS_PER_VALUE * parameters && i < MAX_WORDS; i++)
        session->slots[i] = next_word(&cursor, 16);
    struct wasmc_trap trap;
    if (wasmc_script_invoke(export_->invoke, session->slots, &trap) != WASMC_TRAP_NONE) {
        answer_trap(session, &trap);
    } else {
        if (&wasmc_gc_program != NULL)
            add_kinds(export_->signature + parameters + 1, session->slots);
        answer_words(session, WASMC_SLOTS_PER_VALUE * results);
    }
}

static void run_session(struct session *session)
{
    while (read_line(session)) {
        if (session->line[0] == 'i')
            command_instantiate(session, session->line + 1);
        else if (session->line[0] == 'c')
            command_call(session, session->line + 1);
    }
}

static void run_thread(const struct wasmc_thread *thread)
{
    run_session(thread->context);
}

static void start_threads(unsigned long count)
{
    for (unsigned long i = 0; i < count; i++) {
        struct session *session = wasmc_sys_map(sizeof *session);
        if (session == NULL)
            wasmc_sys_exit(WASMC_EXIT_START);
        session->commands = 3 + 2 * (int)i;
        session->answers = 4 + 2 * (int)i;
        const struct wasmc_thread thread = {.run = run_thread, .context = session};
        if (!wasmc_thread_start(&thread, wasmc_program.default_stack_bytes))
            wasmc_sys_exit(WASMC_EXIT_START);
    }
}

int main(int argc, char **argv, char **envp)
{
    /* A call that never ends must not outlive a driver that was killed. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    wasmc_start_process(&wasmc_program, &grants, argc, argv, envp);
    if (argc > 1)
        start_threads(strtoul(argv[1], NULL, 10));
    run_session(&main_session);
    wasmc_sys_exit(0);
}

/* harness.c - main of a program that runs scripts: instantiates and invokes on command.
 *
 * It reads one command a line from standard input and answers each with one line:
 *
 *   i INSTANCE                  instantiate             -> ok | trap CODE OFFSET | unlinkable IMPORT
 *   c INSTANCE EXPORT WORD...   invoke an export        -> ok WORD... | trap CODE OFFSET [ELEMENT]
 *
 * EXPORT is the index in wasmc_instance.exports; a value is two 64-bit WORDs in hexadecimal, the low one first.
 * A trap ends the call and not the process: the instances stay as it left them.
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
static char line[LINE_BYTES];
static uint64_t slots[MAX_WORDS];

/* One line without its newline; false at the end of input. The driver never sends longer ones. */
static bool read_line(void)
{
    size_t length = 0;
    char byte;
    while (length + 1 < sizeof line) {
        struct iovec one = {&byte, 1};
        ssize_t count = wasmc_sys_readv(0, &one, 1);
        if (count <= 0)
            return false;
        if (byte == '\n')
            break;
        line[length++] = byte;
    }
    line[length] = '\0';
    return true;
}

static uint64_t next_word(char **cursor, int base)
{
    return strtoull(*cursor, cursor, base);
}

static void answer_trap(uint32_t code, uint32_t module_offset)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, 1);
    wasmc_text_string(&text, "trap ");
    wasmc_text_decimal(&text, code);
    wasmc_text_string(&text, " ");
    wasmc_text_decimal(&text, module_offset);
    if (wasmc_trap_element_index != WASMC_NO_ELEMENT) {
        wasmc_text_string(&text, " ");
        wasmc_text_decimal(&text, wasmc_trap_element_index);
        wasmc_trap_element_index = WASMC_NO_ELEMENT;
    }
    wasmc_text_string(&text, "\n");
    wasmc_text_flush(&text);
}

static void answer_words(const uint64_t *words, size_t count)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, 1);
    wasmc_text_string(&text, "ok");
    for (size_t i = 0; i < count; i++) {
        wasmc_text_string(&text, " ");
        wasmc_text_hex(&text, words[i]);
    }
    wasmc_text_string(&text, "\n");
    wasmc_text_flush(&text);
}

static void instantiate(void *instance)
{
    wasmc_instance_open(&wasmc_program, instance, &grants);
    wasmc_instantiate(instance);
}

static void command_instantiate(char *cursor)
{
    const struct wasmc_instance *instance = &wasmc_program.instances[next_word(&cursor, 10)];
    const char *import;
    if (!wasmc_imports_fit(instance, &import)) {
        struct wasmc_text text;
        wasmc_text_begin(&text, 1);
        wasmc_text_string(&text, "unlinkable ");
        wasmc_text_string(&text, import);
        wasmc_text_string(&text, "\n");
        wasmc_text_flush(&text);
        return;
    }
    uint32_t module_offset;
    uint32_t code = wasmc_script_call(instantiate, (void *)(uintptr_t)instance, &module_offset);
    if (code != WASMC_TRAP_NONE)
        answer_trap(code, module_offset);
    else
        answer_words(slots, 0);
}

static void command_call(char *cursor)
{
    const struct wasmc_instance *instance = &wasmc_program.instances[next_word(&cursor, 10)];
    const struct wasmc_export *export_ = &instance->exports[next_word(&cursor, 10)];
    size_t parameters = strcspn(export_->signature, ":");
    size_t results = strlen(export_->signature) - parameters - 1;
    for (size_t i = 0; i < WASMC_SLOTS_PER_VALUE * parameters && i < MAX_WORDS; i++)
        slots[i] = next_word(&cursor, 16);
    uint32_t module_offset;
    uint32_t code = wasmc_script_invoke(export_->invoke, slots, &module_offset);
    if (code != WASMC_TRAP_NONE)
        answer_trap(code, module_offset);
    else
        answer_words(slots, WASMC_SLOTS_PER_VALUE * results);
}

int main(int argc, char **argv, char **envp)
{
    /* A call that never ends must not outlive a driver that was killed. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    wasmc_start_process(&wasmc_program, &grants, argc, argv, envp);
    while (read_line()) {
        if (line[0] == 'i')
            command_instantiate(line + 1);
        else if (line[0] == 'c')
            command_call(line + 1);
    }
    wasmc_sys_exit(0);
}

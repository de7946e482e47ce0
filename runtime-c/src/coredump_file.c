#include "coredump_file.h"

#include <errno.h>

#include "sys/sys.h"
#include "text.h"

static int file = -1;
static const char *path;

static const char *reason(int error)
{
    switch (-error) {
    case EACCES:
    case EPERM:
    case EROFS: return ": permission denied";
    case ENOENT: return ": no such directory";
    case EISDIR:
    case EINVAL: return ": no regular file";
    case EFBIG: return ": the limit on the size of files (ulimit -f) is reached";
    case ENOSPC:
    case EDQUOT: return ": no space is left";
    default: return ": the host refuses it";
    }
}

void wasmc_coredump_open(const struct wasmc_grants *grants)
{
    path = wasmc_grants_word(grants, WASMC_GRANT_COREDUMP);
    if (path == NULL)
        return;
    /* Else whoever starts it says where. */
    if (path[0] != '/' && wasmc_sys_is_privileged())
        wasmc_fail(WASMC_EXIT_START, "", "--coredump ", path, ": an absolute path is needed where the file has privileges");
    file = wasmc_sys_create_ambient(path);
    if (file < 0)
        wasmc_fail(WASMC_EXIT_START, "", "cannot create the file of --coredump ", path, reason(file));
}

void wasmc_coredump_put(const struct wasmc_coredump_program *program,
                        void (*put_frames)(void *context, struct wasmc_coredump_frames *frames), void *context)
{
    if (file < 0)
        return;
    /* --timeout ends what is not done in time, and this is. */
    wasmc_sys_stop_timer();
    int error = wasmc_coredump_write(file, program, put_frames, context);
    if (error == 0)
        return;
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "environment");
    wasmc_text_string(&text, "the core dump is not complete");
    wasmc_text_string(&text, reason(error));
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
}

/* isolate_error.h - what it says when the kernel refuses an isolated network. */
#ifndef WASMC_NET_ISOLATE_ERROR_H
#define WASMC_NET_ISOLATE_ERROR_H

/* Steps of isolation, by what a refusal means. */
enum wasmc_isolate_step {
    WASMC_ISOLATE_NAMESPACE,
    WASMC_ISOLATE_LOOPBACK,
    WASMC_ISOLATE_COOKIE,
    WASMC_ISOLATE_CAPABILITIES,
    WASMC_ISOLATE_NAME,
};

/* Ends the program with status 1.
 *
 *   error   a negative errno
 */
_Noreturn void wasmc_isolate_refused(enum wasmc_isolate_step step, int error);

#endif

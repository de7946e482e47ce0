/* trace_line.h - a line of --trace-wasi that is put together piece by piece, for the calls that have what wasmc_trace
 * has no kind for: addresses of sockets. A file of its own, so that programs without sockets do not grow.
 *
 *     sock_connect(fd=3, address=192.0.2.1:443) = success
 */
#ifndef WASMC_WASI_TRACE_LINE_H
#define WASMC_WASI_TRACE_LINE_H

#include "../guest.h"
#include "../net/endpoint.h"
#include "../text.h"

struct wasmc_trace_line {
    struct wasmc_text text;
    const char *separator;
};

/* The call's name; then come its parameters. Call it when guest->ctx->trace is set, after the call. */
void wasmc_trace_begin(struct wasmc_trace_line *line, const struct wasmc_guest *guest);

void wasmc_trace_decimal(struct wasmc_trace_line *line, const char *name, uint64_t value);
void wasmc_trace_hex(struct wasmc_trace_line *line, const char *name, uint64_t value);
void wasmc_trace_text(struct wasmc_trace_line *line, const char *name, const char *text, size_t bytes);

/* 192.0.2.1:443, [2001:db8::1]:443, unix:"path", or - when there is none. */
void wasmc_trace_endpoint(struct wasmc_trace_line *line, const char *name, const struct wasmc_endpoint *endpoint);

/* Behind the parameters; after a success results may follow. Errors of names (wasmedge/errno.h) have theirs. */
void wasmc_trace_outcome(struct wasmc_trace_line *line, wasi_errno error);
void wasmc_trace_end(struct wasmc_trace_line *line);

#endif

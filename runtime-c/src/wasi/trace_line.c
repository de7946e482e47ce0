#include "trace_line.h"

#include <string.h>

#include "wasmedge/errno.h"

/* How much of a name or a path a line shows. */
#define TEXT_LIMIT_BYTES 120

static const char *errno_name(wasi_errno error)
{
    static const char *const names[] = {
#define WASI_ERRNO(name, value, text) [value] = text,
        WASI_ERRNOS(WASI_ERRNO)
        WASMEDGE_ERRNOS(WASI_ERRNO)
#undef WASI_ERRNO
    };
    return error < sizeof names / sizeof names[0] ? names[error] : "?";
}

void wasmc_trace_begin(struct wasmc_trace_line *line, const struct wasmc_guest *guest)
{
    const struct wasmc_ctx *ctx = guest->ctx;
    wasmc_text_begin(&line->text, 2);
    if (ctx->next != NULL) {
        wasmc_text_escaped(&line->text, ctx->name, strlen(ctx->name), TEXT_LIMIT_BYTES);
        wasmc_text_string(&line->text, ": ");
    }
    wasmc_text_string(&line->text, guest->call);
    line->separator = "(";
}

static void put_name(struct wasmc_trace_line *line, const char *name)
{
    wasmc_text_string(&line->text, line->separator);
    wasmc_text_string(&line->text, name);
    wasmc_text_string(&line->text, "=");
    line->separator = ", ";
}

void wasmc_trace_decimal(struct wasmc_trace_line *line, const char *name, uint64_t value)
{
    put_name(line, name);
    wasmc_text_decimal(&line->text, value);
}

void wasmc_trace_hex(struct wasmc_trace_line *line, const char *name, uint64_t value)
{
    put_name(line, name);
    wasmc_text_hex(&line->text, value);
}

static void put_quoted(struct wasmc_trace_line *line, const char *text, size_t bytes)
{
    wasmc_text_string(&line->text, "\"");
    wasmc_text_escaped(&line->text, text, bytes, TEXT_LIMIT_BYTES);
    wasmc_text_string(&line->text, "\"");
}

void wasmc_trace_text(struct wasmc_trace_line *line, const char *name, const char *text, size_t bytes)
{
    put_name(line, name);
    put_quoted(line, text, bytes);
}

void wasmc_trace_endpoint(struct wasmc_trace_line *line, const char *name, const struct wasmc_endpoint *endpoint)
{
    struct wasmc_text *text = &line->text;
    put_name(line, name);
    if (endpoint->family == AF_UNIX) {
        wasmc_text_string(text, "unix:");
        put_quoted(line, endpoint->path, endpoint->path_bytes);
    } else if (endpoint->family == AF_INET || endpoint->family == AF_INET6) {
        wasmc_endpoint_put_address(text, endpoint);
        wasmc_text_string(text, ":");
        wasmc_text_decimal(text, endpoint->port);
    } else {
        wasmc_text_string(text, "-");
    }
}

void wasmc_trace_outcome(struct wasmc_trace_line *line, wasi_errno error)
{
    wasmc_text_string(&line->text, *line->separator == '(' ? "() = " : ") = ");
    wasmc_text_string(&line->text, errno_name(error));
    line->separator = ", ";
}

void wasmc_trace_end(struct wasmc_trace_line *line)
{
    wasmc_text_string(&line->text, "\n");
    wasmc_text_flush(&line->text);
}

#include "trace.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "../text.h"

/* How much of a path a line shows. */
#define TEXT_LIMIT_BYTES 120

static const char *errno_name(wasi_errno error)
{
    static const char *const names[] = {
#define WASI_ERRNO(name, value, text) [value] = text,
        WASI_ERRNOS(WASI_ERRNO)
#undef WASI_ERRNO
    };
    return error < WASI_ERRNO_COUNT ? names[error] : "?";
}

/* One word of the format. */
struct field {
    const char *name;
    size_t name_bytes;
    char kind;
    bool is_result;
};

static bool next_field(const char **format, struct field *field)
{
    const char *at = *format;
    while (*at == ' ')
        at++;
    if (*at == '\0')
        return false;
    field->is_result = *at == '>';
    if (field->is_result)
        at++;
    field->name = at;
    field->name_bytes = strcspn(at, ":");
    field->kind = at[field->name_bytes + 1];
    *format = at + field->name_bytes + 2;
    return true;
}

static void put_text(struct wasmc_text *text, const struct wasmc_guest *guest, guest_addr addr, uint32_t bytes)
{
    /* A call that failed early has not looked at the address. */
    if (!wasmc_guest_contains(guest, addr, bytes)) {
        wasmc_text_hex(text, addr);
        return;
    }
    wasmc_text_string(text, "\"");
    wasmc_text_escaped(text, (const char *)wasmc_guest_bytes(guest, addr, bytes), bytes, TEXT_LIMIT_BYTES);
    wasmc_text_string(text, "\"");
}

static void put_result(struct wasmc_text *text, const struct wasmc_guest *guest, char kind, guest_addr addr)
{
    uint64_t value = 0;
    wasmc_guest_copy_in(guest, &value, addr, kind == '8' ? 8 : 4);
    wasmc_text_decimal(text, value);
}

static void put_parameters(struct wasmc_text *text, const struct wasmc_guest *guest, const char *format,
                           va_list values)
{
    struct field field;
    const char *separator = "";
    while (next_field(&format, &field)) {
        wasmc_text_string(text, separator);
        wasmc_text_bytes(text, field.name, field.name_bytes);
        wasmc_text_string(text, "=");
        separator = ", ";
        if (field.kind == 'd') {
            wasmc_text_signed(text, (int64_t)va_arg(values, uint64_t));
        } else if (field.kind == 'r') {
            wasmc_text_hex(text, va_arg(values, uint64_t));
        } else if (field.kind == 's') {
            guest_addr addr = va_arg(values, uint32_t);
            put_text(text, guest, addr, va_arg(values, uint32_t));
        } else if (field.kind == 'u') {
            wasmc_text_decimal(text, va_arg(values, uint32_t));
        } else {
            wasmc_text_hex(text, va_arg(values, uint32_t));
        }
    }
}

static void put_results(struct wasmc_text *text, const struct wasmc_guest *guest, const char *format, va_list values)
{
    struct field field;
    while (next_field(&format, &field)) {
        if (field.is_result) {
            wasmc_text_string(text, ", ");
            wasmc_text_bytes(text, field.name, field.name_bytes);
            wasmc_text_string(text, "=");
            put_result(text, guest, field.kind, va_arg(values, uint32_t));
        } else if (field.kind == 'd' || field.kind == 'r') {
            (void)va_arg(values, uint64_t);
        } else {
            (void)va_arg(values, uint32_t);
            if (field.kind == 's')
                (void)va_arg(values, uint32_t);
        }
    }
}

/* Which module calls, when there are several. */
static void put_module(struct wasmc_text *text, const struct wasmc_ctx *ctx)
{
    if (ctx->next == NULL)
        return;
    wasmc_text_escaped(text, ctx->name, strlen(ctx->name), TEXT_LIMIT_BYTES);
    wasmc_text_string(text, ": ");
}

void wasmc_trace(const struct wasmc_guest *guest, wasi_errno error, const char *format, ...)
{
    struct wasmc_text text;
    va_list values;
    wasmc_text_begin(&text, 2);
    put_module(&text, guest->ctx);
    wasmc_text_string(&text, guest->call);
    wasmc_text_string(&text, "(");
    va_start(values, format);
    put_parameters(&text, guest, format, values);
    va_end(values);
    wasmc_text_string(&text, ") = ");
    wasmc_text_string(&text, errno_name(error));
    if (error == WASI_ERRNO_SUCCESS) {
        va_start(values, format);
        put_results(&text, guest, format, values);
        va_end(values);
    }
    wasmc_text_string(&text, "\n");
    wasmc_text_flush(&text);
}

#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "net_double.h"
#include "wasi/trace_line.h"
#include "wasi/wasmedge/errno.h"

/* What is written on standard error, which is given back afterwards. */
struct caught {
    int saved, reading;
};

static struct caught catch(void)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    struct caught caught = {dup(2), ends[0]};
    CHECK(dup2(ends[1], 2) == 2);
    close(ends[1]);
    return caught;
}

static const char *caught_text(struct caught caught)
{
    static char text[1024];
    CHECK(dup2(caught.saved, 2) == 2);
    close(caught.saved);
    ssize_t bytes = read(caught.reading, text, sizeof text - 1);
    text[bytes > 0 ? bytes : 0] = '\0';
    close(caught.reading);
    return text;
}

static const char *line_of(struct fixture *fixture, struct wasmc_endpoint endpoint, wasi_errno error)
{
    struct wasmc_guest guest = {&fixture->ctx, "sock_bind"};
    struct wasmc_trace_line line;
    struct caught caught = catch();
    wasmc_trace_begin(&line, &guest);
    wasmc_trace_decimal(&line, "fd", 3);
    wasmc_trace_endpoint(&line, "address", &endpoint);
    wasmc_trace_hex(&line, "flags", 16);
    wasmc_trace_outcome(&line, error);
    wasmc_trace_text(&line, "text", "a\nb", 3);
    wasmc_trace_end(&line);
    return caught_text(caught);
}

void test_trace_line(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    static const struct {
        int family;
        const char *address, *text;
    } rows[] = {
        {AF_INET, "0.0.0.0", "0.0.0.0:80"}, {AF_INET, "255.10.0.1", "255.10.0.1:80"}, {AF_INET6, "::", "[::]:80"},
        {AF_INET6, "::1", "[::1]:80"}, {AF_INET6, "1::", "[1::]:80"}, {AF_INET6, "2001:db8::9", "[2001:db8::9]:80"},
        {AF_INET6, "1:0:0:2:0:0:0:3", "[1:0:0:2::3]:80"}, {AF_INET6, "1:0:0:2:3:0:0:4", "[1::2:3:0:0:4]:80"},
        {AF_INET6, "1:0:2:3:4:5:6:7", "[1:0:2:3:4:5:6:7]:80"}, {AF_INET6, "0:0:1:2:3:4:5:6", "[::1:2:3:4:5:6]:80"},
        {AF_INET6, "1:2:3:4:5:6:0:0", "[1:2:3:4:5:6::]:80"},
        {AF_INET6, "fedc:ba98:7654:3210:0fed:00ba:0007:ffff", "[fedc:ba98:7654:3210:fed:ba:7:ffff]:80"},
        {AF_INET6, "::ffff:192.0.2.1", "[::ffff:c000:201]:80"}, {AF_UNIX, "run/\x1bsock", "unix:\"run/\\x1bsock\""},
        {AF_UNSPEC, "", "-"},
    };
    char wanted[200];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct wasmc_endpoint endpoint = net_double_endpoint(rows[i].family, rows[i].address, 80);
        snprintf(wanted, sizeof wanted, "sock_bind(fd=3, address=%s, flags=0x10) = acces, text=\"a\\x0ab\"\n",
                 rows[i].text);
        CHECK_TEXT(line_of(&fixture, endpoint, WASI_ERRNO_ACCES), wanted);
    }
    struct wasmc_endpoint none = {0};
    CHECK(strstr(line_of(&fixture, none, WASI_ERRNO_SUCCESS), ") = success") != NULL);
    CHECK(strstr(line_of(&fixture, none, WASMEDGE_ERRNO_AINONAME), ") = ainoname") != NULL);
    CHECK(strstr(line_of(&fixture, none, WASMEDGE_ERRNO_AISYSTEM + 1), ") = ?") != NULL);
    struct wasmc_ctx other = {.name = "other"};
    fixture.ctx.next = &other;
    fixture.ctx.name = "main";
    CHECK(strncmp(line_of(&fixture, none, 0), "main: sock_bind(fd=3, ", 22) == 0);
    fixture.ctx.next = NULL;
    fixture_end(&fixture);
}

/* resolver_musl.c - what musl calls. */
#include "resolver_musl.h"

#include <string.h>

#include "../sys/resolver.h"

/* Of each question, which of its addresses this call of getaddrinfo gets. */
struct page {
    unsigned first;
    unsigned end;
};

/* One lookup at a time, in a process of its own. */
static struct {
    const char *resolv_conf;
    struct wasmc_resolv_conf conf;
    struct wasmc_musl_asked asked;
    struct page pages[WASMC_DNS_QUESTIONS];
    bool is_second_page;
} lookup;

/* How many of its addresses a question gets: where there is no room for all, each family has a half for itself. */
static unsigned share(unsigned question, unsigned room)
{
    const struct wasmc_musl_asked *asked = &lookup.asked;
    unsigned count = asked->answers[question].count;
    unsigned other = asked->count == 2 ? asked->answers[1 - question].count : 0;
    unsigned reserved = other < room / 2 ? other : room / 2;
    return count < room - reserved ? count : room - reserved;
}

static void set_pages(void)
{
    for (unsigned i = 0; i < lookup.asked.count; i++) {
        unsigned end = share(i, WASMC_MUSL_ADDRESSES);
        lookup.pages[i] = (struct page){0, end};
        if (lookup.is_second_page)
            lookup.pages[i] = (struct page){end, share(i, WASMC_NET_ADDRESSES)};
    }
}

void wasmc_musl_start(const char *resolv_conf)
{
    lookup.resolv_conf = resolv_conf;
    lookup.asked.is_asked = false;
    lookup.asked.count = 0;
    lookup.is_second_page = false;
}

const struct wasmc_musl_asked *wasmc_musl_asked(void)
{
    return &lookup.asked;
}

bool wasmc_musl_turn_page(void)
{
    unsigned rest = 0;
    lookup.is_second_page = true;
    set_pages();
    for (unsigned i = 0; i < lookup.asked.count; i++)
        rest += lookup.pages[i].end - lookup.pages[i].first;
    return rest > 0;
}

int __get_resolv_conf(struct wasmc_musl_resolv_conf *conf, char *search, size_t search_bytes)
{
    static char text[1 << 14];
    ssize_t bytes = wasmc_sys_resolver_read_file_ambient(lookup.resolv_conf, text, sizeof text);
    wasmc_resolv_conf_parse(text, bytes > 0 ? (size_t)bytes : 0, &lookup.conf);
    *conf = (struct wasmc_musl_resolv_conf){
        .server_count = lookup.conf.server_count,
        .attempts = lookup.conf.attempts,
        .ndots = lookup.conf.ndots,
        .timeout_s = lookup.conf.timeout_s,
    };
    if (search != NULL && search_bytes >= sizeof lookup.conf.search)
        memcpy(search, lookup.conf.search, sizeof lookup.conf.search);
    else if (search != NULL)
        *search = '\0';
    return 0;
}

/* What musl sees of an answer: which one it is, and in the place of a header's the code. */
enum { ANSWER_BYTES = 12, ANSWER_INDEX = 0, ANSWER_CODE = 3 };

/* A name with addresses of one family is there, whatever is said of the other: servers that know only IPv4 say of AAAA
 * that there is no such name, or nothing at all (RFC 4074). musl would believe them. */
static void forgive(struct wasmc_dns_answer *answer, const struct wasmc_dns_answer *other)
{
    if (answer->code == WASMC_DNS_NO_ERROR || other->code != WASMC_DNS_NO_ERROR || other->count == 0)
        return;
    answer->code = WASMC_DNS_NO_ERROR;
    answer->count = 0;
    answer->canonical = other->canonical;
}

static void ask(int count, const unsigned char *const *queries, const int *query_bytes)
{
    struct wasmc_musl_asked *asked = &lookup.asked;
    asked->is_asked = true;
    asked->count = 0;
    for (int i = 0; i < count && i < WASMC_DNS_QUESTIONS; i++) {
        if (wasmc_dns_read_query(queries[i], (size_t)query_bytes[i], &asked->questions[asked->count]))
            asked->count++;
    }
    wasmc_dns_exchange(&lookup.conf, asked->questions, asked->count, asked->answers);
    for (unsigned i = 0; asked->count == 2 && i < 2; i++)
        forgive(&asked->answers[i], &asked->answers[1 - i]);
    set_pages();
}

int __res_msend_rc(int count, const unsigned char *const *queries, const int *query_bytes,
                   unsigned char *const *answers, int *answer_bytes, int room,
                   const struct wasmc_musl_resolv_conf *conf)
{
    (void)conf;
    if (!lookup.is_second_page)
        ask(count, queries, query_bytes);
    for (int i = 0; i < count; i++) {
        answer_bytes[i] = 0;
        if (i >= (int)lookup.asked.count || room < ANSWER_BYTES)
            continue;
        memset(answers[i], 0, ANSWER_BYTES);
        answers[i][ANSWER_INDEX] = (unsigned char)i;
        answers[i][ANSWER_CODE] = lookup.asked.answers[i].code;
        answer_bytes[i] = ANSWER_BYTES;
    }
    return 0;
}

int __dns_parse(const unsigned char *answer, int bytes, wasmc_musl_take_record *take, void *context)
{
    if (bytes < ANSWER_BYTES || answer[ANSWER_INDEX] >= lookup.asked.count || answer[ANSWER_CODE] != WASMC_DNS_NO_ERROR)
        return -1;
    unsigned index = answer[ANSWER_INDEX];
    const struct wasmc_dns_question *question = &lookup.asked.questions[index];
    const struct wasmc_dns_answer *found = &lookup.asked.answers[index];
    char text[WASMC_DNS_NAME_BYTES];
    if (!wasmc_dns_is_same_name(&found->canonical, &question->name) && wasmc_dns_name_text(&found->canonical, text)) {
        const uint8_t *name = found->canonical.bytes;
        (void)take(context, WASMC_DNS_CNAME, name, found->canonical.count, name, found->canonical.count);
    }
    int size = question->type == WASMC_DNS_A ? 4 : 16;
    for (unsigned i = lookup.pages[index].first; i < lookup.pages[index].end; i++) {
        if (take(context, question->type, found->addresses[i], size, answer, bytes) < 0)
            return -1;
    }
    return 0;
}

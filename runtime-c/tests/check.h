/* check.h - the smallest test harness: counts, prints what fails, goes on. */
#ifndef WASMC_TESTS_CHECK_H
#define WASMC_TESTS_CHECK_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

extern int checks_passed;
extern int checks_failed;

static inline void check_failed(const char *file, int line, const char *what)
{
    checks_failed++;
    printf("%s:%d: failed: %s\n", file, line, what);
}

#define CHECK(condition) \
    ((condition) ? (void)checks_passed++ : check_failed(__FILE__, __LINE__, #condition))

/* The context goes into the message, for table-driven tests. */
#define CHECK_EQUAL(actual, expected, context)                                                              \
    do {                                                                                                    \
        long long actual_ = (long long)(actual);                                                            \
        long long expected_ = (long long)(expected);                                                        \
        if (actual_ == expected_) {                                                                         \
            checks_passed++;                                                                                \
        } else {                                                                                            \
            char message_[400];                                                                             \
            snprintf(message_, sizeof message_, "%s: %s is %lld, expected %lld", context, #actual, actual_, \
                     expected_);                                                                            \
            check_failed(__FILE__, __LINE__, message_);                                                     \
        }                                                                                                   \
    } while (0)

#define CHECK_TEXT(actual, expected) \
    (strcmp(actual, expected) == 0 ? (void)checks_passed++ : check_failed(__FILE__, __LINE__, actual))

void test_budget(void);
void test_cpu(void);
void test_clones(void);
void test_filter(void);
void test_dns(void);
void test_errno_map(void);
void test_fd_table(void);
void test_fd_calls(void);
void test_flows(void);
void test_forward_words(void);
void test_fuzz(void);
void test_gc(void);
void test_grants(void);
void test_grant_words(void);
void test_guest(void);
void test_memory(void);
void test_net_policy(void);
void test_number(void);
void test_path(void);
void test_path_calls(void);
void test_path_set_mode(bool missing); /* whether openat2 seems to be missing */
void test_path_fail_again(int count); /* how often openat2 meets a rename from now on */
void test_pcmap(void);
void test_poll(void);
void test_poll_sequences(void);
void test_poll_set(void);
void test_resolv_conf(void);
void test_race(long opens); /* in each of the two resolvers */
void test_readdir(void);
void test_dir_cookies(void);
void test_rules(void);
void test_sequences(long count, uint64_t seed); /* operations on each of two trees */
void test_sock(void);
void test_modules(void);
void test_ceiling(void);
void test_strings(void);
void test_table(void);
void test_source(void);
void test_text(void);
void test_timestamp(void);
void test_stream_ahead(void);
void test_twins(void);
void test_unwind(void);
void test_trace_line(void);
void test_wamr(void);
void test_wasmedge(void);
void test_wasmedge_names(void);

#endif

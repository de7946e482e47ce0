#include <unistd.h>

#include "check.h"
#include "text.h"

/* What the calls in between write, read back through a pipe. */
static int ends[2];

static struct wasmc_text begin(void)
{
    struct wasmc_text text;
    CHECK(pipe(ends) == 0);
    wasmc_text_begin(&text, ends[1]);
    return text;
}

static const char *end(struct wasmc_text *text)
{
    static char result[4096];
    wasmc_text_flush(text);
    close(ends[1]);
    ssize_t bytes = read(ends[0], result, sizeof result - 1);
    result[bytes < 0 ? 0 : bytes] = '\0';
    close(ends[0]);
    return result;
}

static const char *escaped(const char *bytes, size_t count, size_t limit)
{
    struct wasmc_text text = begin();
    wasmc_text_escaped(&text, bytes, count, limit);
    return end(&text);
}

void test_text(void)
{
    struct wasmc_text text = begin();
    wasmc_text_decimal(&text, 0);
    wasmc_text_string(&text, " ");
    wasmc_text_decimal(&text, UINT64_MAX);
    wasmc_text_string(&text, " ");
    wasmc_text_signed(&text, INT64_MIN);
    wasmc_text_string(&text, " ");
    wasmc_text_hex(&text, 0);
    wasmc_text_hex(&text, UINT64_MAX);
    CHECK_TEXT(end(&text), "0 18446744073709551615 -9223372036854775808 0x00xffffffffffffffff");

    CHECK_TEXT(escaped("plain \xc3\xa4", 8, 100), "plain \xc3\xa4");
    CHECK_TEXT(escaped("\x1b[2J\n\x7f", 6, 100), "\\x1b[2J\\x0a\\x7f");
    CHECK_TEXT(escaped("a\0b", 3, 100), "a\\x00b");
    CHECK_TEXT(escaped("\xc2\x9b" "1m", 4, 100), "\\xc2\\x9b1m");
    CHECK_TEXT(escaped("abcdef", 6, 3), "abc...");
    CHECK_TEXT(escaped("abc", 3, 3), "abc");

    /* Characters stay whole, and those that change how others are seen do not pass. */
    CHECK_TEXT(escaped("ab\xc3\xa4", 4, 3), "ab...");
    CHECK_TEXT(escaped("\xe2\x80\xae" "gnp", 6, 100), "\\xe2\\x80\\xaegnp");
    CHECK_TEXT(escaped("\xe2\x81\xa6\xe2\x80\xa8\xef\xbb\xbf", 9, 100),
               "\\xe2\\x81\\xa6\\xe2\\x80\\xa8\\xef\\xbb\\xbf");
    CHECK_TEXT(escaped("\xf3\xa0\x81\x81", 4, 100), "\\xf3\\xa0\\x81\\x81");
    CHECK_TEXT(escaped("\xf0\x9f\x98\x80\xe4\xb8\xad", 7, 100), "\xf0\x9f\x98\x80\xe4\xb8\xad");
    /* No UTF-8: cut off, overlong, a surrogate, too large, a byte that continues nothing. */
    CHECK_TEXT(escaped("\xe2\x80", 2, 100), "\\xe2\\x80");
    CHECK_TEXT(escaped("\xc0\xaf", 2, 100), "\\xc0\\xaf");
    CHECK_TEXT(escaped("\xed\xa0\x80", 3, 100), "\\xed\\xa0\\x80");
    CHECK_TEXT(escaped("\xf4\x90\x80\x80", 4, 100), "\\xf4\\x90\\x80\\x80");
    CHECK_TEXT(escaped("\x9b" "a\xff", 3, 100), "\\x9ba\\xff");

    /* In JSON, as JSON has it. */
    text = begin();
    text.in_json = 1;
    wasmc_text_escaped(&text, "a\"\\\n\xe2\x80\xae\xf3\xa0\x81\x81\xff\xc3\xa4", 14, 100);
    CHECK_TEXT(end(&text), "a\\u0022\\u005c\\u000a\\u202e\\udb40\\udc41\\ufffd\xc3\xa4");

    /* Longer than the buffer. */
    text = begin();
    for (int i = 0; i < 1000; i++)
        wasmc_text_string(&text, "xy");
    CHECK_EQUAL(strlen(end(&text)), 2000, "a long message");
}

// Text made of words, which are found again, compared, folded to one case and counted: the C library's string functions.
#include "kernel.h"

#include <ctype.h>
#include <string.h>

enum { WORDS = 40000, ROUNDS = 120 };
static char text[WORDS * 10 + 1];

int main(void) {
    static const char *parts[] = {"Lorem ", "ipsum, ", "dolor ", "SIT ", "amet; ", "elit\n", "Consectetur "};
    uint32_t state = 3;
    size_t used = 0;
    unsigned long found = 0, letters = 0, order = 0;
    for (int i = 0; i < WORDS; i++) {
        const char *part = parts[(noise(&state) >> 16) % 7];
        if (used + strlen(part) >= sizeof text) break;
        strcpy(text + used, part);
        used += strlen(part);
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (const char *at = text; (at = strstr(at, "amet; e")) != NULL; at++) found += (size_t)(at - text) % 11;
        for (char *at = text; *at != 0; at++) {
            if (isalpha((unsigned char)*at)) letters += (unsigned long)tolower((unsigned char)*at);
        }
        for (const char *at = text, *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
            order += memcmp(at, text, 6) < 0 ? 1 : strspn(at, "abcdefghijklmnopqrstuvwxyz ") % 3;
        }
        text[(size_t)round * 97 % used] = '#';
    }
    printf("%lu %lu %lu\n", found, letters, order);
    return 0;
}

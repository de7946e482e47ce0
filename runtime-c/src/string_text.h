/* string_text.h - where the runtime's memcpy, memmove and memset lie: a section of their own, so
 * that a fault in them can be told from a fault in the rest of the runtime. */
#ifndef WASMC_STRING_TEXT_H
#define WASMC_STRING_TEXT_H

#include <stdbool.h>
#include <stdint.h>

extern const uint8_t __start_wasmc_string[] __attribute__((weak));
extern const uint8_t __stop_wasmc_string[] __attribute__((weak));

static inline bool wasmc_in_string_text(uintptr_t pc)
{
    return pc >= (uintptr_t)__start_wasmc_string && pc < (uintptr_t)__stop_wasmc_string;
}

#endif

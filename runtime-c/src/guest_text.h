/* guest_text.h - where compiled guest code lies. */
#ifndef WASMC_GUEST_TEXT_H
#define WASMC_GUEST_TEXT_H

#include <stdbool.h>
#include <stdint.h>

/* Absent in a program that has none. */
extern const uint8_t __start_wasmc_text[] __attribute__((weak));
extern const uint8_t __stop_wasmc_text[] __attribute__((weak));

static inline bool wasmc_in_guest_text(uintptr_t pc)
{
    return pc >= (uintptr_t)__start_wasmc_text && pc < (uintptr_t)__stop_wasmc_text;
}

#endif

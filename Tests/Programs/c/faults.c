/* FLAGS: -O1
 *
 * faults.c - what must trap and what must not: `faults WHAT`. Every fault comes after a flushed line, so that output
 * before a trap is seen to arrive. Exit status 134 for a trap, 0 else.
 */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_BYTES 65536u

typedef int (*operation)(int);

static volatile int sink;
static volatile uintptr_t address;

static int twice(int value)
{
    return 2 * value;
}

static double half(double value)
{
    return value / 2;
}

/* Not a tail call: the frame is needed after the call. */
static int recurse(int depth)
{
    volatile int here = depth;

    return depth == 0 ? 0 : recurse(depth - 1) + (here & 1);
}

/* The same without a frame in linear memory: only the machine's own stack can run out. */
static int recurse_in_registers(int depth)
{
    return depth == 0 ? 0 : recurse_in_registers(depth - 1) * 3 + depth;
}

static void recursion(void)
{
    sink = recurse(INT_MAX);
}

static void recursion_in_registers(void)
{
    sink = recurse_in_registers(INT_MAX);
}

static void deep_recursion(void)
{
    printf("%d\n", recurse_in_registers(2000));
}

static void load_after_the_end(void)
{
    address = __builtin_wasm_memory_size(0) * PAGE_BYTES;
    sink = *(volatile char *)address;
}

static void load_before_the_end(void)
{
    address = __builtin_wasm_memory_size(0) * PAGE_BYTES - sizeof(int);
    sink = *(volatile int *)address;
    puts("the last word is readable");
}

static void load_across_the_end(void)
{
    address = __builtin_wasm_memory_size(0) * PAGE_BYTES - sizeof(int) + 1;
    sink = *(volatile int *)address;
}

static void store_after_the_end(void)
{
    address = UINT32_MAX - 3;
    *(volatile int *)address = 1;
}

/* The result is not used; the access still traps. */
static void dead_load(void)
{
    address = 0xfffffff0u;
    (void)*(volatile int64_t *)address;
}

/* An address near the end plus a constant offset: the sum exceeds 32 bits and must not wrap around. */
static void offset_does_not_wrap(void)
{
    struct large {
        char before[4096];
        int member;
    };

    address = 0xffffff00u;
    sink = ((volatile struct large *)address)->member;
}

static void null_is_an_address(void)
{
    address = 0;
    sink = *(volatile int *)address;
    puts("address 0 is readable");
}

static void grown_memory(void)
{
    size_t before = __builtin_wasm_memory_size(0);
    size_t result = __builtin_wasm_memory_grow(0, 3);

    if (result != before || __builtin_wasm_memory_size(0) != before + 3) {
        puts("memory.grow failed");
        return;
    }
    address = (before + 3) * PAGE_BYTES - 1;
    printf("a new page holds %d\n", *(volatile char *)address);
    *(volatile char *)address = 7;
    printf("and now %d\n", *(volatile char *)address);
    printf("too much: %d\n", (int)__builtin_wasm_memory_grow(0, 65536));
}

static void divide_by_zero(void)
{
    volatile int zero = 0;

    sink = 7 / zero;
}

static void remainder_by_zero(void)
{
    volatile unsigned long long zero = 0;

    sink = (int)(7ull % zero);
}

static void divide_overflow(void)
{
    volatile int smallest = INT_MIN, minus_one = -1;

    sink = smallest / minus_one;
}

static void remainder_of_overflow(void)
{
    volatile int64_t smallest = INT64_MIN, minus_one = -1;

    printf("%lld\n", (long long)(smallest % minus_one));
}

static void convert_too_large(void)
{
    volatile float large = 3e9f;

    sink = __builtin_wasm_trunc_s_i32_f32(large);
}

static void convert_nan(void)
{
    volatile double not_a_number = __builtin_nan("");

    sink = (int)__builtin_wasm_trunc_u_i64_f64(not_a_number);
}

static void convert_saturating(void)
{
    volatile double large = 1e20, not_a_number = __builtin_nan("");

    printf("%d %llu %d\n", (int)__builtin_wasm_trunc_saturate_s_i32_f64(-large),
           (unsigned long long)__builtin_wasm_trunc_saturate_u_i64_f64(large),
           (int)__builtin_wasm_trunc_saturate_s_i32_f64(not_a_number));
}

static void call_null(void)
{
    volatile operation null = NULL;

    sink = null(1);
}

static void call_wrong_type(void)
{
    volatile uintptr_t function = (uintptr_t)half;

    sink = ((operation)function)(1);
}

static void call_outside_table(void)
{
    volatile uintptr_t function = 0x12345678;

    sink = ((operation)function)(1);
}

static void call_right_type(void)
{
    volatile operation function = twice;

    printf("%d\n", function(21));
}

static void copy_past_the_end(void)
{
    address = __builtin_wasm_memory_size(0) * PAGE_BYTES - 16;
    memset((void *)address, 1, 17);
}

static const struct {
    const char *name;
    void (*run)(void);
} faults[] = {
    {"recursion", recursion},
    {"recursion-in-registers", recursion_in_registers},
    {"deep-recursion", deep_recursion},
    {"load-after-the-end", load_after_the_end},
    {"load-before-the-end", load_before_the_end},
    {"load-across-the-end", load_across_the_end},
    {"store-after-the-end", store_after_the_end},
    {"dead-load", dead_load},
    {"offset-does-not-wrap", offset_does_not_wrap},
    {"null-is-an-address", null_is_an_address},
    {"grown-memory", grown_memory},
    {"divide-by-zero", divide_by_zero},
    {"remainder-by-zero", remainder_by_zero},
    {"divide-overflow", divide_overflow},
    {"remainder-of-overflow", remainder_of_overflow},
    {"convert-too-large", convert_too_large},
    {"convert-nan", convert_nan},
    {"convert-saturating", convert_saturating},
    {"call-null", call_null},
    {"call-wrong-type", call_wrong_type},
    {"call-outside-table", call_outside_table},
    {"call-right-type", call_right_type},
    {"copy-past-the-end", copy_past_the_end},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        if (argc > 1 && strcmp(argv[1], faults[i].name) == 0) {
            puts(faults[i].name);
            fflush(stdout);
            faults[i].run();
            return 0;
        }
    }
    fprintf(stderr, "usage: faults WHAT\n");
    return 2;
}

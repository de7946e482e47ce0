/* FLAGS: -mtail-call
 *
 * tail_calls.c - calls in tail position that must not use stack: between functions of different numbers and types of
 * parameters, through tables, and from functions that were called in the plain way and go on afterwards.
 * Prints one line for each; exit status 0.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define MUST_TAIL __attribute__((musttail))
#define KEPT __attribute__((noinline))

/* Far more than any stack holds frames. */
static volatile int rounds = 3000000;
static volatile int64_t one = 1;

KEPT static int64_t count_down(int64_t left, int64_t sum);
KEPT static int64_t count_odd(int64_t left, int64_t sum);

static int64_t count_down(int64_t left, int64_t sum)
{
    if (left <= 0) {
        return sum;
    }
    MUST_TAIL return count_odd(left - 1, sum + one);
}

static int64_t count_odd(int64_t left, int64_t sum)
{
    if (left <= 0) {
        return -sum;
    }
    MUST_TAIL return count_down(left - 1, sum + 2 * one);
}

/* More parameters than there are registers, rotated at every call. */
KEPT static int64_t rotate(int64_t left, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f, int64_t g,
                           double x, double y)
{
    if (left == 0) {
        return a + 2 * b + 3 * c + 5 * d + 7 * e + 11 * f + 13 * g + (int64_t)(x * 17 + y * 19);
    }
    MUST_TAIL return rotate(left - 1, b, c, d, e, f, g, a, y, x + 1);
}

/* Different signatures: WebAssembly allows a tail call whenever the results are the same, C's musttail does not, so
 * these are left to the optimizer and do not go deep. The parameters of `many` do not fit into registers, those of
 * `few` do; a chain goes from few to many, from many to many more, and back, once directly and once through a table.
 */
typedef void few_function(int32_t left, int64_t a);
typedef void many_function(int32_t left, int32_t a, int64_t b, double c, int32_t d, int64_t e, int32_t f, int32_t g,
                           int64_t h, int32_t i);
typedef void more_function(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f, int64_t g, int64_t h,
                           int64_t i, int64_t j, int64_t k, int32_t left, int64_t l);

static volatile int64_t total;

KEPT static few_function few, few_by_table;
KEPT static many_function many, many_by_table;
KEPT static more_function more, more_by_table;
static few_function *volatile few_pointer = few_by_table;
static many_function *volatile many_pointer = many_by_table;
static more_function *volatile more_pointer = more_by_table;

static int64_t weigh(int32_t a, int64_t b, double c, int32_t d, int64_t e, int32_t f, int32_t g, int64_t h, int32_t i)
{
    return a + 2 * b + (int64_t)(3 * c) + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i;
}

static void few(int32_t left, int64_t a)
{
    total = total * 3 + a;
    if (left > 0) {
        many(left, 1, a, 0.5, 3, one, 5, 6, total & 0xff, 8);
        return;
    }
    total++;
}

static void many(int32_t left, int32_t a, int64_t b, double c, int32_t d, int64_t e, int32_t f, int32_t g, int64_t h,
                 int32_t i)
{
    total = (total ^ weigh(a, b, c, d, e, f, g, h, i)) & 0xffffffffff;
    more(a, b, d, e, f, g, h, i, total & 7, 10, 11, left, one);
}

static void more(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f, int64_t g, int64_t h, int64_t i,
                 int64_t j, int64_t k, int32_t left, int64_t l)
{
    total += a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9 + j * 10 + k * 11 + l * 12;
    few(left - 1, b + l);
}

static void few_by_table(int32_t left, int64_t a)
{
    total = total * 3 + a;
    if (left > 0) {
        many_pointer(left, 1, a, 0.5, 3, one, 5, 6, total & 0xff, 8);
        return;
    }
    total++;
}

static void many_by_table(int32_t left, int32_t a, int64_t b, double c, int32_t d, int64_t e, int32_t f, int32_t g,
                          int64_t h, int32_t i)
{
    total = (total ^ weigh(a, b, c, d, e, f, g, h, i)) & 0xffffffffff;
    more_pointer(a, b, d, e, f, g, h, i, total & 7, 10, 11, left, one);
}

static void more_by_table(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f, int64_t g, int64_t h,
                          int64_t i, int64_t j, int64_t k, int32_t left, int64_t l)
{
    total += a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9 + j * 10 + k * 11 + l * 12;
    few_pointer(left - 1, b + l);
}

/* The caller of a chain of tail calls needs its own frame, and the stack where it was, afterwards. */
KEPT static void frame_after(const char *text, few_function *start, int32_t left)
{
    volatile int64_t before[8] = {left, 2, 3, 4, 5, 6, 7, 8};

    for (int i = 1; i < 8; i++) {
        start(left, i);
        before[0] += before[i] * i;
    }
    printf("%-10s %lld %lld\n", text, (long long)total, (long long)before[0]);
}

/* A state machine through a table: how interpreters are written for tail calls. */
struct machine {
    const uint8_t *code;
    int64_t stack[16];
    int64_t steps;
};

typedef int64_t handler(struct machine *machine, int64_t *top, const uint8_t *at);

static handler push_one, add, duplicate, jump_if_less, stop;
static handler *const volatile handlers[] = {push_one, add, duplicate, jump_if_less, stop};

#define NEXT(top, at) MUST_TAIL return handlers[*(at)](machine, (top), (at))

static int64_t push_one(struct machine *machine, int64_t *top, const uint8_t *at)
{
    *++top = 1;
    machine->steps++;
    NEXT(top, at + 1);
}

static int64_t add(struct machine *machine, int64_t *top, const uint8_t *at)
{
    top[-1] += top[0];
    machine->steps++;
    NEXT(top - 1, at + 1);
}

static int64_t duplicate(struct machine *machine, int64_t *top, const uint8_t *at)
{
    top[1] = top[0];
    machine->steps++;
    NEXT(top + 1, at + 1);
}

static int64_t jump_if_less(struct machine *machine, int64_t *top, const uint8_t *at)
{
    machine->steps++;
    if (top[0] < rounds) {
        NEXT(top - 1, machine->code + 1);
    }
    NEXT(top - 1, at + 1);
}

static int64_t stop(struct machine *machine, int64_t *top, const uint8_t *at)
{
    (void)at;
    return top[0] + machine->steps;
}

static int by_value(const void *left, const void *right)
{
    return (*(const int *)left > *(const int *)right) - (*(const int *)left < *(const int *)right);
}

int main(void)
{
    /* 1; then: 1, add, duplicate, back to the second instruction while less than `rounds` */
    static const uint8_t code[] = {0, 0, 1, 2, 3, 4};
    struct machine machine = {.code = code};
    int values[] = {5, 3, 9, 1, 7};

    printf("mutual     %lld\n", (long long)count_down(rounds, 0));
    printf("rotate     %lld\n", (long long)rotate(rounds, 1, 2, 3, 4, 5, 6, 7, 0.5, 0.25));
    frame_after("direct", few, rounds / 3000);
    many(10, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    frame_after("table", few_pointer, rounds / 3000);
    more_pointer(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 10, 13);
    printf("mixed      %lld\n", (long long)total);
    printf("machine    %lld\n", (long long)handlers[code[0]](&machine, machine.stack, code));
    qsort(values, 5, sizeof values[0], by_value);
    printf("sorted     %d %d %d %d %d\n", values[0], values[1], values[2], values[3], values[4]);
    return 0;
}

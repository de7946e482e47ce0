// A list of operations on a value, called by pointers as a small interpreter does.
#include "kernel.h"

typedef uint32_t (*Operation)(uint32_t value, uint32_t operand);

static uint32_t add(uint32_t value, uint32_t operand) { return value + operand; }
static uint32_t multiply(uint32_t value, uint32_t operand) { return value * (operand | 1); }
static uint32_t mask(uint32_t value, uint32_t operand) { return value ^ (value & operand) >> 3; }
static uint32_t rotate(uint32_t value, uint32_t operand) {
    uint32_t by = operand & 31;
    return value << by | value >> (32 - by) % 32;
}

enum { LENGTH = 1000, TIMES = 60000 };
static struct {
    Operation operation;
    uint32_t operand;
} program[LENGTH];

int main(void) {
    static const Operation operations[] = {add, multiply, mask, rotate};
    uint32_t state = 9, value = 1;
    for (int i = 0; i < LENGTH; i++) {
        program[i].operation = operations[noise(&state) >> 30];
        program[i].operand = noise(&state) >> 7;
    }
    for (int time = 0; time < TIMES; time++) {
        for (int i = 0; i < LENGTH; i++) value = program[i].operation(value, program[i].operand);
    }
    printf("%u\n", value);
    return 0;
}

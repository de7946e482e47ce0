// Counting keys of 64 bits in a table with open addressing.
#include "kernel.h"

enum { SLOTS = 1 << 18, KEYS = 12000000 };
static uint64_t keys[SLOTS];
static uint32_t counts[SLOTS];

static uint64_t mixed(uint64_t key) {
    key ^= key >> 33;
    key *= 0xff51afd7ed558ccdULL;
    key ^= key >> 29;
    key *= 0xc4ceb9fe1a85ec53ULL;
    return key ^ key >> 32;
}

static void count(uint64_t key) {
    uint64_t slot = mixed(key) % SLOTS;
    while (counts[slot] != 0 && keys[slot] != key) slot = (slot + 1) % SLOTS;
    keys[slot] = key;
    counts[slot]++;
}

int main(void) {
    uint32_t state = 5;
    uint64_t sum = 0;
    for (int i = 0; i < KEYS; i++) count((uint64_t)(noise(&state) >> 15) << 20 | 7);
    for (int i = 0; i < SLOTS; i++) sum = sum * 31 + counts[i] * keys[i];
    printf("%016llx\n", (unsigned long long)sum);
    return 0;
}

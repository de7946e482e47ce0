// Pointers through memory in no order.
#include "kernel.h"
#define N (1 << 16)
struct node {
    struct node *next;
    uint32_t value;
};
static struct node nodes[N];
static uint32_t order[N];
static double result[1];
int main(void) {
    uint32_t state = 25, sum = 0;
    for (uint32_t i = 0; i < N; i++) order[i] = i, nodes[i].value = i * 7;
    for (uint32_t i = N - 1; i > 0; i--) {
        uint32_t j = noise(&state) % i, kept = order[i];
        order[i] = order[j], order[j] = kept;
    }
    for (uint32_t i = 0; i < N; i++) nodes[order[i]].next = &nodes[order[(i + 1) % N]];
    struct node *node = nodes;
    for (int t = 0; t < 20 * N; t++) sum = sum * 3 + node->value, node = node->next;
    result[0] = sum;
    PRINT(result);
}

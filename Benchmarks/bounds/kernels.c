/* kernels.c - loops over memory as compilers leave them. One of them runs, the one that KERNEL names. */
#include <stddef.h>
#include <stdint.h>

enum { COUNT = 1 << 16, SIDE = 192 };

struct body { double x, y, z, vx, vy, vz, mass, pad; };

static uint32_t words[COUNT];
static uint8_t bytes[COUNT * 4];
static double a[SIDE][SIDE], b[SIDE][SIDE], c[SIDE][SIDE];
static struct body bodies[1024];
static struct node { struct node *next; uint32_t value; } nodes[COUNT];

/* An induction variable, one access for each turn. */
static uint32_t sum(void)
{
    uint32_t result = 0;
    for (uint32_t i = 0; i < COUNT; i++)
        result = result * 31 + words[i];
    return result;
}

/* Two dimensions, three accesses. */
static uint32_t matrix(void)
{
    for (int i = 0; i < SIDE; i++)
        for (int k = 0; k < SIDE; k++)
            for (int j = 0; j < SIDE; j++)
                c[i][j] += a[i][k] * b[k][j];
    return (uint32_t)c[3][5];
}

/* Eight words of a structure at one address. */
static uint32_t structures(void)
{
    for (int i = 0; i < 1024; i++) {
        struct body *body = &bodies[i];
        body->x += body->vx * body->mass;
        body->y += body->vy * body->mass;
        body->z += body->vz * body->mass;
    }
    return (uint32_t)bodies[7].x;
}

/* Strides that change. */
static uint32_t sieve(void)
{
    for (uint32_t i = 2; i < sizeof bytes; i++)
        bytes[i] = 1;
    for (uint32_t i = 2; i * i < sizeof bytes; i++)
        for (uint32_t k = i * i; bytes[i] && k < sizeof bytes; k += i)
            bytes[k] = 0;
    return bytes[65521];
}

/* Addresses that were loaded. */
static uint32_t list(void)
{
    uint32_t result = 0;
    for (struct node *node = &nodes[0]; node != NULL; node = node->next)
        result += node->value;
    return result;
}

/* Indices that were loaded. */
static uint32_t histogram(void)
{
    for (uint32_t i = 0; i < sizeof bytes; i++)
        words[(bytes[i] * 2654435761u) % COUNT]++;
    return words[1];
}

uint32_t result;

__attribute__((export_name("_start"))) void _start(void)
{
    /* Whose memory never grows has its size as a constant; most programs are not of that kind. */
    __builtin_wasm_memory_grow(0, 1);
    for (uint32_t i = 0; i < COUNT; i++) {
        words[i] = i;
        bytes[i] = (uint8_t)(i * 7);
        nodes[i].value = i;
        nodes[i].next = i + 1 < COUNT ? &nodes[(i * 5 + 1) % COUNT] : NULL;
    }
    for (int i = 0; i < SIDE; i++)
        for (int k = 0; k < SIDE; k++)
            a[i][k] = b[k][i] = i - k;
    for (uint32_t i = 0; i < TURNS; i++) {
        __asm__ volatile("" ::: "memory");
        result += KERNEL();
    }
}

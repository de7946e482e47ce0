/* What the sessions of debugging.py look at; they know the numbers of its lines. */
#include <stdio.h>
#include <stdlib.h>

struct point { int x, y; double weight; };
struct node { struct node *next; int value; const char *name; };
enum colour { RED, GREEN = 5, BLUE };
typedef struct { unsigned low : 3, high : 5; short rest; } bits;

__attribute__((always_inline)) static inline int scale(int value, int factor) {
    int scaled = value * factor;
    return scaled + (scaled & 1);
}

__attribute__((noinline)) int total(struct node *list, int factor) {
    int sum = 0;
    for (struct node *n = list; n; n = n->next) {
        sum += scale(n->value, factor);
        sum ^= n->name[0];
    }
    return sum;
}

__attribute__((noinline)) struct node *push(struct node *list, int value, const char *name) {
    struct node *n = malloc(sizeof *n);
    n->next = list;
    n->value = value;
    n->name = name;
    return n;
}

int main(int argc, char **argv) {
    struct point p = {3, 4, 2.5};
    enum colour colour = argc > 5 ? RED : BLUE;
    bits b = {5, 17, -3};
    int numbers[4] = {10, 20, 30, argc};
    struct node *list = NULL;
    for (int i = 0; i < 4; i++) list = push(list, numbers[i] * 10, "item");
    int result = total(list, 3);
    printf("%d %d %g %d %d\n", result, p.x + p.y, p.weight, colour, b.high);
    return 0;
}

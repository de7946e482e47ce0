#include <stdio.h>
#include <stdlib.h>
struct node { struct node *next; int value; };
__attribute__((noinline)) int deref(struct node *n) { return n->value + 1; }
__attribute__((noinline)) int divide(int a, int b) { return a / b; }
__attribute__((noinline)) int index_(const char *t, unsigned i) { return t[i] & 4 ? 3 : 4; }
int main(int argc, char **argv) {
    int which = argc > 1 ? atoi(argv[1]) : 0;
    if (which == 1) return deref((struct node *)0xfffffff0u);
    if (which == 2) return divide(5, which - 2);
    if (which == 3) return index_(argv[0], 0xf0000000u);
    if (which == 4) __builtin_trap();
    if (which == 5) return ((int (*)(void))1)();
    return 0;
}

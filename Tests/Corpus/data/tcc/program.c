/* A program for the C compiler to compile: no headers, most constructs of the language. */

typedef unsigned char byte;
typedef struct point { double x, y; } point;
union number { long integer; double real; };
enum colour { RED, GREEN = 5, BLUE };

struct node {
    struct node *next;
    union number value;
    unsigned flags : 3, kind : 5;
};

static const char *const names[] = {"red", "green", "blue", [5] = "five"};
static int table[16] = {1, 2, [7] = 8, 9};
extern int printf(const char *format, ...);
extern void *malloc(unsigned long size);

static point middle(point a, point b)
{
    point result = {.x = (a.x + b.x) / 2, .y = (a.y + b.y) / 2};

    return result;
}

static struct node *push(struct node *list, long value)
{
    struct node *node = malloc(sizeof *node);

    node->next = list;
    node->value.integer = value;
    node->flags = value & 7;
    node->kind = GREEN;
    return node;
}

static int classify(int value)
{
    switch (value) {
    case -1:
        return 100;
    case 0 ... 9:
        return table[value] << 2;
    case 'a':
    case 'b':
        value *= 3;
        /* falls through */
    default:
        return value % 7 ? ~value : -value;
    }
}

static long apply(long (*operation)(long, long), long a, long b)
{
    return operation(a, b);
}

static long gcd(long a, long b)
{
    return b == 0 ? a : gcd(b, a % b);
}

#define SQUARE(x) ((x) * (x))
#define CONCAT_(a, b) a##b
#define CONCAT(a, b) CONCAT_(a, b)
#define STRING(x) #x

int CONCAT(ma, in)(int argc, char **argv)
{
    struct node *list = 0;
    point p = middle((point){1, 2}, (point){3.5, -4});
    long double precise = 1.0L / 3;
    unsigned long long wide = 0xfedcba9876543210ull >> 3;
    float narrow = (float)p.x * 2.5f;
    volatile byte small = 250;
    int i, total = 0;

    for (i = 0; i < argc * 10; i++) {
        list = push(list, SQUARE(i));
        if (i == 7) {
            continue;
        }
        total += classify(i);
    }
    while (list) {
        total += (int)list->value.integer;
        list = list->next;
    }
    do {
        small += 3;
    } while (small > 5);
    if (total > 1000 && argv[0]) {
        goto end;
    }
    printf("%s %s %d\n", names[BLUE - 4], STRING(SQUARE(2)), (int)sizeof(struct node));
end:
    return (int)(apply(gcd, total, 84) + (long)(precise * 3) + (long)(wide & 0xf) + (long)narrow + small);
}

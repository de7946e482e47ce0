/* tree.h - what a directory of the host holds, as text, for comparing it with another or with itself later. */
#ifndef WASMC_TESTS_TREE_H
#define WASMC_TESTS_TREE_H

#include <stddef.h>

/* Room for a description; what does not fit is left out. */
#define TREE_BYTES (1 << 20)

enum tree_detail {
    TREE_COMPARABLE, /* names, types, sizes, counts of links, contents: the same for a copy */
    TREE_EXACT,      /* also numbers, modes, owners and times: as long as nobody touched it */
};

/* Describes everything below a directory, and itself, a line each in the order of names. */
void tree_describe(const char *path, enum tree_detail detail, char *text);

/* How many names are in a directory, "." and ".." left out. */
int tree_count(const char *path);

#endif

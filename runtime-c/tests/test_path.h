/* test_path.h - the tree of files and the table of paths that the resolver is tried with. */
#ifndef TEST_PATH_H
#define TEST_PATH_H

#include "fixture.h"

/* Makes the tree that the table is about. */
void test_path_make_tree(struct fixture *fixture);

/* Opens each path of the table below root; mode names the resolver in what is printed. The tree is then as before. */
void test_path_check_table(struct fixture *fixture, int root, const char *mode);

#endif

/* helper.h - system calls of the process that an embedder starts for a program's network. Never sealed: its children are. */
#ifndef WASMC_SYS_HELPER_H
#define WASMC_SYS_HELPER_H

#include <stddef.h>

/* Reads so many bytes of a stream; -1 when it ends before. */
int wasmc_helper_read(int stream, void *bytes, size_t count);

/* Sends a byte for each descriptor, 0 for -1, and the others along. */
int wasmc_helper_pass(int stream, const int *fds, size_t count);

#endif

/* host_dirent.h - what getdents64(2) writes, an entry of reclen bytes after the other. */
#ifndef WASMC_WASI_HOST_DIRENT_H
#define WASMC_WASI_HOST_DIRENT_H

#include <stdint.h>

struct wasmc_host_dirent {
    uint64_t ino;
    int64_t next; /* position behind this entry: an opaque number */
    uint16_t reclen;
    uint8_t type;
    char name[];
};

/* Room for at least one entry of any file system. */
#define WASMC_HOST_DIRENT_BYTES 4096u

#endif

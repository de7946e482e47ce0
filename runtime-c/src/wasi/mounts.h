/* mounts.h - start-up: what /proc tells of mounts. Nothing where there is no /proc. */
#ifndef WASMC_WASI_MOUNTS_H
#define WASMC_WASI_MOUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "MAJOR:MINOR" and a NUL. */
#define WASMC_MOUNT_DEVICE_BYTES 24

/* The lines of /proc/self/mountinfo; longer ones are passed over. */
struct wasmc_mounts {
    int fd;
    size_t begin; /* of what is read and not yet looked at */
    size_t end;
    char bytes[16384];
};

/* One of them; the texts live until the next. */
struct wasmc_mount {
    uint64_t id;
    char device[WASMC_MOUNT_DEVICE_BYTES];
    const char *root;  /* what of the file system is mounted, an absolute path in it */
    const char *point; /* where */
};

bool wasmc_mounts_open(struct wasmc_mounts *mounts);
bool wasmc_mounts_next(struct wasmc_mounts *mounts, struct wasmc_mount *mount);
void wasmc_mounts_close(struct wasmc_mounts *mounts);

/* The mount that an open directory was reached through, and its path there. */
bool wasmc_mount_of(int fd, uint64_t *id);
bool wasmc_mount_path(int fd, char *path, size_t room);

#endif

/* dir_cookies.h - the numbers by which a guest names places in a directory.
 *
 * A place is the host's position, of which nothing is known but that seeking to it works: ext4's has 63 bits. wasi-libc
 * keeps a cookie in a long of 32. So positions below 2^30 are cookies, and the others get numbers in the order in which
 * they come up, from 2^30 on; a position that has a number keeps it, whatever happens to the directory meanwhile.
 *
 * Memory is bounded: of a directory the last WASMC_DIR_COOKIES numbers are remembered, and of those before them, some.
 * Another old place is counted out from the last one before it, which is exact if the directory has not changed. Of a
 * directory that has more, places are forgotten when it has been listed from its start twice since; POSIX forgets them
 * at rewinddir.
 */
#ifndef WASMC_WASI_DIR_COOKIES_H
#define WASMC_WASI_DIR_COOKIES_H

#include "fd_table.h"

/* Numbers of a directory that are remembered, unless the program has too many such directories. */
#define WASMC_DIR_COOKIES 32768u

/* Where a listing is. */
struct wasmc_dir_scan {
    struct wasmc_desc *desc;
    uint32_t previous; /* the number of the last place that has one, or 0: not known */
};

/* Seeks to a cookie, 0 or what wasmc_dir_cookie returned for the same descriptor. -EINVAL: it is none; -ENOMEM. */
int wasmc_dir_seek(struct wasmc_dir_scan *scan, uint64_t cookie);

/* The cookie of the host's position behind the entry that was just read; a negative errno. */
int64_t wasmc_dir_cookie(struct wasmc_dir_scan *scan, int64_t position);

/* Ends what desc->cookies holds. Weak: absent in a program that lists no directory. */
void wasmc_dir_cookies_free(struct wasmc_dir_cookies *cookies) __attribute__((weak));

#endif

/* filestat.h - the guest's filestat, in both layouts, and the times that a guest can set. */
#ifndef WASMC_WASI_FILESTAT_H
#define WASMC_WASI_FILESTAT_H

#include <sys/stat.h>
#include <time.h>

#include "../guest.h"

/* wasi_snapshot_preview1, 64 bytes:
 *   | u64 dev | u64 ino | u8 filetype, 7 pad | u64 nlink | u64 size | u64 atim | u64 mtim | u64 ctim |
 */
void wasmc_filestat_write(const struct wasmc_guest *guest, guest_addr addr, const struct stat *stat, uint8_t filetype);

/* wasi_unstable, 56 bytes:
 *   | u64 dev | u64 ino | u8 filetype, 3 pad | u32 nlink | u64 size | u64 atim | u64 mtim | u64 ctim |
 */
void wasmc_filestat0_write(const struct wasmc_guest *guest, guest_addr addr, const struct stat *stat,
                           uint8_t filetype);

/* Makes the pair that utimensat(2) takes: access time, modification time; those not asked for stay.
 * Errors: INVAL unknown flags, or a time and "now" for the same one. */
wasi_errno wasmc_filestat_times(uint64_t atim_ns, uint64_t mtim_ns, uint32_t flags, struct timespec times[2]);

#endif

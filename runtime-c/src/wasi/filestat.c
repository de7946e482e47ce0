#include "filestat.h"

#include "timestamp.h"

struct filestat {
    uint64_t dev;
    uint64_t ino;
    uint8_t filetype;
    uint8_t reserved[7];
    uint64_t nlink;
    uint64_t size;
    uint64_t atim;
    uint64_t mtim;
    uint64_t ctim;
};
static_assert(sizeof(struct filestat) == 64, "filestat");

struct filestat0 {
    uint64_t dev;
    uint64_t ino;
    uint8_t filetype;
    uint8_t reserved[3];
    uint32_t nlink;
    uint64_t size;
    uint64_t atim;
    uint64_t mtim;
    uint64_t ctim;
};
static_assert(sizeof(struct filestat0) == 56, "filestat of wasi_unstable");

void wasmc_filestat_write(const struct wasmc_guest *guest, guest_addr addr, const struct stat *stat, uint8_t filetype)
{
    struct filestat filestat = {
        .dev = stat->st_dev,
        .ino = stat->st_ino,
        .filetype = filetype,
        .nlink = stat->st_nlink,
        .size = (uint64_t)stat->st_size,
        .atim = wasmc_timestamp_from(stat->st_atim),
        .mtim = wasmc_timestamp_from(stat->st_mtim),
        .ctim = wasmc_timestamp_from(stat->st_ctim),
    };
    wasmc_guest_copy_out(guest, addr, &filestat, sizeof filestat);
}

void wasmc_filestat0_write(const struct wasmc_guest *guest, guest_addr addr, const struct stat *stat, uint8_t filetype)
{
    struct filestat0 filestat = {
        .dev = stat->st_dev,
        .ino = stat->st_ino,
        .filetype = filetype,
        .nlink = stat->st_nlink > UINT32_MAX ? UINT32_MAX : (uint32_t)stat->st_nlink,
        .size = (uint64_t)stat->st_size,
        .atim = wasmc_timestamp_from(stat->st_atim),
        .mtim = wasmc_timestamp_from(stat->st_mtim),
        .ctim = wasmc_timestamp_from(stat->st_ctim),
    };
    wasmc_guest_copy_out(guest, addr, &filestat, sizeof filestat);
}

static bool choose_time(bool is_set, bool is_now, uint64_t time_ns, struct timespec *time)
{
    if (is_set && is_now)
        return false;
    if (is_set)
        *time = wasmc_timestamp_to(time_ns);
    else
        *time = (struct timespec){.tv_nsec = is_now ? UTIME_NOW : UTIME_OMIT};
    return true;
}

wasi_errno wasmc_filestat_times(uint64_t atim_ns, uint64_t mtim_ns, uint32_t flags, struct timespec times[2])
{
    bool valid = (flags & ~(uint32_t)WASI_FSTFLAGS_ALL) == 0 &&
                 choose_time(flags & WASI_FSTFLAGS_ATIM, flags & WASI_FSTFLAGS_ATIM_NOW, atim_ns, &times[0]) &&
                 choose_time(flags & WASI_FSTFLAGS_MTIM, flags & WASI_FSTFLAGS_MTIM_NOW, mtim_ns, &times[1]);
    return valid ? WASI_ERRNO_SUCCESS : WASI_ERRNO_INVAL;
}

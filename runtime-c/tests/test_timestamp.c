#include "check.h"
#include "fixture.h"
#include "wasi/filestat.h"
#include "wasi/timestamp.h"

static void test_from(void)
{
    CHECK(wasmc_timestamp_from((struct timespec){0, 0}) == 0);
    CHECK(wasmc_timestamp_from((struct timespec){1, 5}) == 1000000005);
    CHECK(wasmc_timestamp_from((struct timespec){-1, 999999999}) == 0);
    CHECK(wasmc_timestamp_from((struct timespec){18446744073, 709551615}) == UINT64_MAX);
    CHECK(wasmc_timestamp_from((struct timespec){18446744073, 709551616}) == UINT64_MAX);
    CHECK(wasmc_timestamp_from((struct timespec){INT64_MAX, 0}) == UINT64_MAX);
    CHECK(wasmc_timestamp_from((struct timespec){INT64_MIN, 0}) == 0);
}

static void test_to(void)
{
    struct timespec time = wasmc_timestamp_to(UINT64_MAX);
    CHECK(time.tv_sec == 18446744073 && time.tv_nsec == 709551615);
    time = wasmc_timestamp_to(999999999);
    CHECK(time.tv_sec == 0 && time.tv_nsec == 999999999);
}

static void test_file_times(void)
{
    struct timespec times[2];
    CHECK(wasmc_filestat_times(1500000000, 7, WASI_FSTFLAGS_ATIM, times) == WASI_ERRNO_SUCCESS);
    CHECK(times[0].tv_sec == 1 && times[0].tv_nsec == 500000000 && times[1].tv_nsec == UTIME_OMIT);
    CHECK(wasmc_filestat_times(0, 0, WASI_FSTFLAGS_MTIM_NOW, times) == WASI_ERRNO_SUCCESS);
    CHECK(times[0].tv_nsec == UTIME_OMIT && times[1].tv_nsec == UTIME_NOW);
    CHECK(wasmc_filestat_times(0, 0, WASI_FSTFLAGS_ATIM | WASI_FSTFLAGS_ATIM_NOW, times) == WASI_ERRNO_INVAL);
    CHECK(wasmc_filestat_times(0, 0, WASI_FSTFLAGS_MTIM | WASI_FSTFLAGS_MTIM_NOW, times) == WASI_ERRNO_INVAL);
    CHECK(wasmc_filestat_times(0, 0, 16, times) == WASI_ERRNO_INVAL);
}

void test_timestamp(void)
{
    test_from();
    test_to();
    test_file_times();
}

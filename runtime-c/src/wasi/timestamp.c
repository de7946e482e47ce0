#include "timestamp.h"

uint64_t wasmc_timestamp_from(struct timespec time)
{
    uint64_t result;
    if (time.tv_sec < 0)
        return 0;
    if (__builtin_mul_overflow((uint64_t)time.tv_sec, WASMC_NS_PER_SECOND, &result) ||
        __builtin_add_overflow(result, (uint64_t)time.tv_nsec, &result))
        return UINT64_MAX;
    return result;
}

struct timespec wasmc_timestamp_to(uint64_t timestamp_ns)
{
    return (struct timespec){
        .tv_sec = (time_t)(timestamp_ns / WASMC_NS_PER_SECOND),
        .tv_nsec = (long)(timestamp_ns % WASMC_NS_PER_SECOND),
    };
}

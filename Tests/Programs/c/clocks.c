/* clocks.c - clocks, sleeping and randomness, whose values differ from run to run: prints only what must hold.
 *
 * Exit status: the number of properties that do not hold.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S INT64_C(1000000000)

static int failures;

static void check(bool holds, const char *property)
{
    printf("%s: %s\n", holds ? "ok" : "WRONG", property);
    failures += !holds;
}

static int64_t now_ns(clockid_t clock)
{
    struct timespec time;

    return clock_gettime(clock, &time) == 0 ? time.tv_sec * NS_PER_S + time.tv_nsec : -1;
}

static void check_clocks(void)
{
    struct timespec resolution = {0};
    struct timeval of_day;
    int64_t previous = now_ns(CLOCK_MONOTONIC);
    bool rises = true;

    for (int i = 0; i < 1000; i++) {
        int64_t next = now_ns(CLOCK_MONOTONIC);

        rises = rises && next >= previous;
        previous = next;
    }
    check(previous > 0 && rises, "the monotonic clock never goes back");
    check(now_ns(CLOCK_REALTIME) > 1600000000 * NS_PER_S, "the real-time clock is after 2020");
    check(clock_getres(CLOCK_MONOTONIC, &resolution) == 0 && resolution.tv_sec * NS_PER_S + resolution.tv_nsec > 0,
          "the monotonic clock has a resolution");
    check(gettimeofday(&of_day, NULL) == 0 && llabs(of_day.tv_sec - time(NULL)) <= 1, "gettimeofday and time agree");
}

static void check_sleep(void)
{
    struct timespec short_sleep = {.tv_nsec = 20 * 1000 * 1000}, remaining = {0}, until;
    int64_t start = now_ns(CLOCK_MONOTONIC);
    int64_t elapsed;

    check(nanosleep(&short_sleep, &remaining) == 0, "nanosleep succeeds");
    elapsed = now_ns(CLOCK_MONOTONIC) - start;
    check(elapsed >= short_sleep.tv_nsec && elapsed < 5 * NS_PER_S, "it takes 20 ms and not 5 s");

    start = now_ns(CLOCK_MONOTONIC);
    until.tv_sec = (start + 10 * 1000 * 1000) / NS_PER_S;
    until.tv_nsec = (start + 10 * 1000 * 1000) % NS_PER_S;
    check(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == 0, "an absolute sleep succeeds");
    check(now_ns(CLOCK_MONOTONIC) - start >= 10 * 1000 * 1000, "it lasts until its time");
    start = now_ns(CLOCK_MONOTONIC);
    check(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &(struct timespec){.tv_sec = 0}, NULL) == 0,
          "an absolute sleep until the past succeeds");
    check(now_ns(CLOCK_MONOTONIC) - start < NS_PER_S, "it returns at once");
}

static void check_random(void)
{
    unsigned char first[200] = {0}, second[200] = {0}, none[200] = {0};
    unsigned different = 0;

    check(getentropy(first, sizeof first) == 0 && getentropy(second, sizeof second) == 0, "getentropy succeeds");
    check(memcmp(first, second, sizeof first) != 0 && memcmp(first, none, sizeof first) != 0, "two fillings differ");
    for (size_t i = 1; i < sizeof first; i++) {
        different += first[i] != first[i - 1];
    }
    check(different > 150, "its bytes differ from one another");
    check(getentropy(first, 0) == 0, "no bytes can be asked for");
}

int main(void)
{
    check_clocks();
    check_sleep();
    check_random();
    return failures;
}

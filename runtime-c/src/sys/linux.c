/* linux.c - sys.h on Linux. */
#include "sys.h"

#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h> /* renameat */
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <unistd.h>

#include "kernel.h"
#include "linux.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif
#ifndef AT_EMPTY_PATH
#define AT_EMPTY_PATH 0x1000
#endif
#ifndef SYS_openat2
#define SYS_openat2 437 /* the same number on every architecture */
#endif

uint64_t wasmc_sys_page_bytes(void)
{
#ifdef WASMC_ARCH_PAGE_BYTES
    return WASMC_ARCH_PAGE_BYTES;
#else
    return getauxval(AT_PAGESZ);
#endif
}

void *wasmc_sys_reserve(size_t bytes)
{
    void *base = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return base == MAP_FAILED ? NULL : base;
}

int wasmc_sys_reserve_at(void *base, size_t bytes)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
    void *got = mmap(base, bytes, PROT_NONE, flags, -1, 0);
    if (got == MAP_FAILED)
        return -errno;
    if (got == base)
        return 0;
    /* A kernel before 4.17 takes the address as a hint. */
    munmap(got, bytes);
    return -EEXIST;
}

int wasmc_sys_make_accessible(void *base, size_t bytes)
{
    WASMC_SYSCALL_ONLY(mprotect, WASMC_HIGH_ZERO(2), WASMC_VALUE(2, PROT_READ | PROT_WRITE), WASMC_ANY, WASMC_ANY);
    return make_accessible(base, bytes);
}

int wasmc_sys_move_writable(void *from, size_t bytes, void *to)
{
    /* First, as a limit on memory may refuse it. */
    if (mprotect(from, bytes, PROT_READ | PROT_WRITE) != 0)
        return -errno;
    return mremap(from, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, to) == MAP_FAILED ? -errno : 0;
}

extern const Elf64_Ehdr __ehdr_start __attribute__((visibility("hidden")));

/* PT_GNU_RELRO, which the start files of a static executable leave to nobody. */
int wasmc_sys_protect_constants(void)
{
    const uint8_t *base = (const uint8_t *)&__ehdr_start;
    const Elf64_Phdr *headers = (const Elf64_Phdr *)(base + __ehdr_start.e_phoff);
    for (unsigned i = 0; i < __ehdr_start.e_phnum; i++) {
        if (headers[i].p_type != PT_GNU_RELRO)
            continue;
        uintptr_t page_mask = ~(uintptr_t)(wasmc_sys_page_bytes() - 1);
        uintptr_t start = ((uintptr_t)base + headers[i].p_vaddr) & page_mask;
        uintptr_t end = ((uintptr_t)base + headers[i].p_vaddr + headers[i].p_memsz) & page_mask;
        return (int)result_of(mprotect((void *)start, end - start, PROT_READ));
    }
    return 0;
}

void *wasmc_sys_map(size_t bytes)
{
    WASMC_SYSCALL_ONLY(mmap, WASMC_NULL(0) | WASMC_HIGH_ZERO(2) | WASMC_HIGH_ZERO(3),
                       WASMC_VALUE(2, PROT_READ | PROT_WRITE),
                       WASMC_VALUE(3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE), WASMC_VALUE(4, -1));
    return map_zeroed(bytes);
}

void wasmc_sys_unmap(void *base, size_t bytes)
{
    WASMC_SYSCALL(munmap);
    munmap(base, bytes);
}

int wasmc_sys_openat(int dir, const char *path, int flags, mode_t mode)
{
    /* O_TMPFILE is none of them. */
    WASMC_SYSCALL_ONLY(openat, 0, WASMC_DESCRIPTOR(0),
                       WASMC_FLAGS(2, O_NOFOLLOW | O_CLOEXEC,
                                   O_ACCMODE | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND | O_NONBLOCK | O_SYNC |
                                       O_DIRECTORY | O_PATH),
                       WASMC_FLAGS(3, 0, 0666));
    long fd;
    RETRY(fd, syscall(SYS_openat, dir, path, flags | O_CLOEXEC, mode));
    return above_standard_streams(fd);
}

int wasmc_sys_openat2(int dir, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve)
{
    /* struct open_how; the kernel's header may be older than the kernel. */
    struct {
        uint64_t flags;
        uint64_t mode;
        uint64_t resolve;
    } how = {flags | O_CLOEXEC, mode, resolve};
    WASMC_SYSCALL_ONLY(openat2, WASMC_HIGH_ZERO(3), WASMC_DESCRIPTOR(0), WASMC_VALUE(3, sizeof how), WASMC_ANY);
    long fd;
    RETRY(fd, syscall(SYS_openat2, dir, path, &how, sizeof how));
    return above_standard_streams(fd);
}

int wasmc_sys_close(int fd)
{
    WASMC_SYSCALL(close);
    /* Not again on EINTR: Linux has closed it by then. */
    return (int)result_of(close(fd));
}

void wasmc_sys_raise_open_files(void)
{
    /* The kernel's structure. Not libc's calls: musl's stops all threads for it. */
    uint64_t limit[2];
    if (syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, limit) != 0 || limit[0] == limit[1])
        return;
    limit[0] = limit[1];
    syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, limit, NULL);
}

ssize_t wasmc_sys_readv(int fd, const struct iovec *iovs, int count)
{
    WASMC_SYSCALL(readv);
    long result;
    RETRY(result, readv(fd, iovs, count));
    return result;
}

ssize_t wasmc_sys_writev(int fd, const struct iovec *iovs, int count)
{
    WASMC_SYSCALL(writev);
    long result;
    RETRY(result, writev(fd, iovs, count));
    return result;
}

ssize_t wasmc_sys_preadv(int fd, const struct iovec *iovs, int count, off_t offset)
{
    WASMC_SYSCALL(preadv);
    long result;
    RETRY(result, preadv(fd, iovs, count, offset));
    return result;
}

ssize_t wasmc_sys_pwritev(int fd, const struct iovec *iovs, int count, off_t offset)
{
    WASMC_SYSCALL(pwritev);
    long result;
    RETRY(result, pwritev(fd, iovs, count, offset));
    return result;
}

/* 1: ready; 0: not in time; or a negative errno. */
static __attribute__((noinline)) int wait_for_reader(int fd, int patience_ms)
{
    struct pollfd waiting = {.fd = fd, .events = POLLOUT};
    int ready;
    do {
        ready = wasmc_sys_poll_ms(&waiting, 1, patience_ms);
    } while (ready == -EINTR);
    return ready;
}

bool wasmc_sys_write_all(int fd, const char *bytes, size_t count, int patience_ms)
{
    WASMC_SYSCALL(write);
    while (count > 0) {
        /* A pipe that is ready takes more than any message of ours at once. */
        if (patience_ms >= 0 && wait_for_reader(fd, patience_ms) == 0)
            return false;
        long written;
        RETRY(written, write(fd, bytes, count));
        /* Someone made our stderr non-blocking. */
        if (written == -EAGAIN && wait_for_reader(fd, patience_ms) > 0)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        count -= (size_t)written;
    }
    return true;
}

off_t wasmc_sys_seek(int fd, off_t offset, int whence)
{
    WASMC_SYSCALL(lseek);
    return result_of(lseek(fd, offset, whence));
}

int wasmc_sys_sync(int fd)
{
    WASMC_SYSCALL(fsync);
    long result;
    RETRY(result, fsync(fd));
    return (int)result;
}

int wasmc_sys_datasync(int fd)
{
    WASMC_SYSCALL(fdatasync);
    long result;
    RETRY(result, fdatasync(fd));
    return (int)result;
}

int wasmc_sys_advise(int fd, off_t offset, off_t bytes, int advice)
{
    WASMC_SYSCALL(fadvise64);
    return -posix_fadvise(fd, offset, bytes, advice);
}

int wasmc_sys_allocate(int fd, off_t offset, off_t bytes)
{
    /* No mode: such as punching holes. */
    WASMC_SYSCALL_ONLY(fallocate, WASMC_ZERO(1), WASMC_ANY, WASMC_ANY, WASMC_ANY);
    long result;
    RETRY(result, syscall(SYS_fallocate, fd, 0, offset, bytes));
    return (int)result;
}

int wasmc_sys_truncate(int fd, off_t bytes)
{
    WASMC_SYSCALL(ftruncate);
    long result;
    RETRY(result, ftruncate(fd, bytes));
    return (int)result;
}

/* Not libc's: at EINVAL, musl's tries more. */
int wasmc_sys_duplicate(int fd)
{
    WASMC_SYSCALL_ONLY(fcntl, WASMC_HIGH_ZERO(2), WASMC_VALUE(1, F_DUPFD_CLOEXEC), WASMC_VALUE(2, 3), WASMC_ANY);
    return (int)result_of(syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 3L));
}

int wasmc_sys_set_flags(int fd, int flags)
{
    /* O_ASYNC is none of them: a signal for whom the descriptor names. */
    WASMC_SYSCALL_ONLY(fcntl, WASMC_HIGH_ZERO(2), WASMC_VALUE(1, F_SETFL), WASMC_FLAGS(2, 0, O_APPEND | O_NONBLOCK),
                       WASMC_ANY);
    return (int)result_of(syscall(SYS_fcntl, fd, F_SETFL, (long)(flags & (O_APPEND | O_NONBLOCK))));
}

int wasmc_sys_bytes_to_read(int fd)
{
    WASMC_SYSCALL_ONLY(ioctl, 0, WASMC_VALUE(1, FIONREAD), WASMC_ANY, WASMC_ANY);
    int bytes = 0;
    int error = (int)result_of(ioctl(fd, FIONREAD, &bytes));
    return error < 0 ? error : bytes;
}

int wasmc_sys_stat(int fd, struct stat *stat)
{
    WASMC_SYSCALL(fstat);
    return stat_of(fd, stat);
}

int wasmc_sys_is_procfs(int fd)
{
    WASMC_SYSCALL(fstatfs);
    return is_procfs(fd);
}

int wasmc_sys_stat_at(int dir, const char *name, struct stat *stat)
{
    WASMC_SYSCALL_ONLY(newfstatat, 0, WASMC_DESCRIPTOR(0), WASMC_VALUE(3, AT_SYMLINK_NOFOLLOW), WASMC_ANY);
    return (int)result_of(syscall(SYS_newfstatat, dir, name, stat, AT_SYMLINK_NOFOLLOW));
}

/* Not libc's, in these three: at ENOSYS, musl's tries futimesat, which a sealed program may not call. */
int wasmc_sys_set_open_times(int fd, const struct timespec times[2])
{
    WASMC_SYSCALL_ONLY(utimensat, WASMC_NULL(1) | WASMC_ZERO(3), WASMC_DESCRIPTOR(0), WASMC_ANY, WASMC_ANY);
    return (int)result_of(syscall(SYS_utimensat, fd, NULL, times, 0));
}

int wasmc_sys_set_path_times(int fd, const struct timespec times[2])
{
    WASMC_SYSCALL_ONLY(utimensat, 0, WASMC_DESCRIPTOR(0), WASMC_VALUE(3, AT_EMPTY_PATH), WASMC_ANY);
    return (int)result_of(syscall(SYS_utimensat, fd, "", times, AT_EMPTY_PATH));
}

int wasmc_sys_set_times_at(int dir, const char *name, const struct timespec times[2])
{
    WASMC_SYSCALL_ONLY(utimensat, 0, WASMC_DESCRIPTOR(0), WASMC_VALUE(3, AT_SYMLINK_NOFOLLOW), WASMC_ANY);
    return (int)result_of(syscall(SYS_utimensat, dir, name, times, AT_SYMLINK_NOFOLLOW));
}

ssize_t wasmc_sys_read_dir(int fd, void *buffer, size_t bytes)
{
    WASMC_SYSCALL(getdents64);
    return result_of(syscall(SYS_getdents64, fd, buffer, bytes));
}

int wasmc_sys_make_dir_at(int dir, const char *name)
{
    WASMC_SYSCALL_ONLY(mkdirat, 0, WASMC_DESCRIPTOR(0), WASMC_VALUE(2, 0777), WASMC_ANY);
    return (int)result_of(mkdirat(dir, name, 0777));
}

int wasmc_sys_remove_at(int dir, const char *name, int flags)
{
    WASMC_SYSCALL_ONLY(unlinkat, 0, WASMC_DESCRIPTOR(0), WASMC_FLAGS(2, 0, AT_REMOVEDIR), WASMC_ANY);
    return (int)result_of(unlinkat(dir, name, flags));
}

int wasmc_sys_rename_at(int from_dir, const char *from, int to_dir, const char *to)
{
    WASMC_SYSCALL_ONLY(renameat, 0, WASMC_DESCRIPTOR(0), WASMC_DESCRIPTOR(2), WASMC_ANY);
    return (int)result_of(renameat(from_dir, from, to_dir, to));
}

int wasmc_sys_link_at(int from_dir, const char *from, int to_dir, const char *to)
{
    /* No flag: AT_EMPTY_PATH links what a descriptor names. */
    WASMC_SYSCALL_ONLY(linkat, WASMC_ZERO(4), WASMC_DESCRIPTOR(0), WASMC_DESCRIPTOR(2), WASMC_ANY);
    return (int)result_of(linkat(from_dir, from, to_dir, to, 0));
}

int wasmc_sys_symlink_at(const char *content, int dir, const char *name)
{
    WASMC_SYSCALL_ONLY(symlinkat, 0, WASMC_DESCRIPTOR(1), WASMC_ANY, WASMC_ANY);
    return (int)result_of(symlinkat(content, dir, name));
}

ssize_t wasmc_sys_read_link_at(int dir, const char *name, char *buffer, size_t bytes)
{
    WASMC_SYSCALL_ONLY(readlinkat, 0, WASMC_DESCRIPTOR(0), WASMC_ANY, WASMC_ANY);
    /* Not libc's: musl's puts a byte into an empty buffer. */
    return result_of(syscall(SYS_readlinkat, dir, name, buffer, bytes));
}

/* The others name a process, or a descriptor. */
enum { CLOCKS = CLOCK_REALTIME | CLOCK_MONOTONIC | CLOCK_PROCESS_CPUTIME_ID | CLOCK_THREAD_CPUTIME_ID };

int wasmc_sys_clock_get(clockid_t id, struct timespec *time)
{
    WASMC_SYSCALL_ONLY(clock_gettime, 0, WASMC_FLAGS(0, 0, CLOCKS), WASMC_ANY, WASMC_ANY);
    return (int)result_of(clock_gettime(id, time));
}

int wasmc_sys_clock_resolution(clockid_t id, struct timespec *resolution)
{
    WASMC_SYSCALL_ONLY(clock_getres, 0, WASMC_FLAGS(0, 0, CLOCKS), WASMC_ANY, WASMC_ANY);
    return (int)result_of(clock_getres(id, resolution));
}

enum { NS_PER_MS = 1000000 };

/* Nothing is compared but the number, which the kernel knows once the filter has been installed. */
int wasmc_sys_poll_ms(struct pollfd *fds, size_t count, int timeout_ms)
{
    WASMC_SYSCALL(poll);
    return (int)result_of(poll(fds, (nfds_t)count, timeout_ms));
}

int wasmc_sys_poll(struct pollfd *fds, size_t count, const struct timespec *timeout)
{
    if (timeout == NULL)
        return wasmc_sys_poll_ms(fds, count, -1);
    if (timeout->tv_nsec % NS_PER_MS == 0 && timeout->tv_sec < INT_MAX / 1000)
        return wasmc_sys_poll_ms(fds, count, (int)(timeout->tv_sec * 1000 + timeout->tv_nsec / NS_PER_MS));
    /* No mask: --timeout is a signal. */
    WASMC_SYSCALL_ONLY(ppoll, WASMC_NULL(3), WASMC_ANY, WASMC_ANY, WASMC_ANY);
    return (int)result_of(ppoll(fds, (nfds_t)count, timeout, NULL));
}

void wasmc_sys_yield(void)
{
    WASMC_SYSCALL(sched_yield);
    sched_yield();
}

ssize_t wasmc_sys_random(void *buffer, size_t bytes)
{
    WASMC_SYSCALL_ONLY(getrandom, WASMC_ZERO(2), WASMC_ANY, WASMC_ANY, WASMC_ANY);
    long result;
    RETRY(result, getrandom(buffer, bytes, 0));
    return result;
}

bool wasmc_sys_is_privileged(void)
{
    return getauxval(AT_SECURE) != 0;
}

int wasmc_sys_process_id(void)
{
    return getpid();
}

/* Not libc's, whose sets are large. */
uint64_t wasmc_sys_unblock_signals(uint64_t signals)
{
    uint64_t blocked = 0;
    syscall(SYS_rt_sigprocmask, SIG_UNBLOCK, &signals, &blocked, sizeof blocked);
    return blocked;
}

/* linux_namespace.c - namespace.h on Linux: namespaces, capabilities, names of namespaces. */
#include "namespace.h"

#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "linux.h"

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

#define CAPABILITY_VERSION 0x20080522 /* _LINUX_CAPABILITY_VERSION_3: two words of 32 */

int wasmc_sys_isolate_network(bool *is_privileged)
{
    int error = (int)result_of(unshare(CLONE_NEWNET));
    *is_privileged = error == 0;
    return error == -EPERM ? (int)result_of(unshare(CLONE_NEWUSER | CLONE_NEWNET)) : error;
}

int wasmc_sys_start_loopback(void)
{
    int fd = (int)result_of(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (fd < 0)
        return fd;
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    int error = (int)result_of(ioctl(fd, SIOCSIFFLAGS, &request));
    close(fd);
    return error;
}

int wasmc_sys_free_low_ports(void)
{
    int fd = (int)result_of(open("/proc/sys/net/ipv4/ip_unprivileged_port_start", O_WRONLY | O_CLOEXEC));
    if (fd < 0)
        return fd;
    long written = result_of(write(fd, "0", 1));
    close(fd);
    return written < 0 ? (int)written : 0;
}

int wasmc_sys_keep_capabilities(uint64_t kept)
{
    struct {
        uint32_t version;
        int process;
    } head = {CAPABILITY_VERSION, 0};
    struct {
        uint32_t effective;
        uint32_t permitted;
        uint32_t inheritable;
    } sets[2];
    int error = (int)result_of(syscall(SYS_capget, &head, sets));
    if (error < 0)
        return error;
    for (int i = 0; i < 2; i++) {
        uint32_t word = (uint32_t)(kept >> (32 * i));
        sets[i].effective &= word;
        sets[i].permitted &= word;
        sets[i].inheritable = 0;
    }
    return (int)result_of(syscall(SYS_capset, &head, sets));
}

uint64_t wasmc_sys_network_cookie(void)
{
    uint64_t cookie = 0;
    socklen_t bytes = sizeof cookie;
    int fd = (int)result_of(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (fd < 0)
        return 0;
    if (getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &bytes) != 0)
        cookie = 0;
    close(fd);
    return cookie;
}

char wasmc_sys_setting_ambient(const char *path)
{
    char byte = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    if (read(fd, &byte, 1) != 1)
        byte = 0;
    close(fd);
    return byte;
}

/* As `ip netns add` does, under the same lock: mounted twice, names below the first mount could not be taken away. */
static int share_directory(const char *directory)
{
    if (mkdir(directory, 0755) != 0 && errno != EEXIST)
        return -errno;
    int fd = (int)result_of(open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd < 0)
        return fd;
    int error = (int)result_of(flock(fd, LOCK_EX));
    if (error == 0 && mount("", directory, "none", MS_SHARED | MS_REC, NULL) != 0) {
        error = -errno; /* -EINVAL: nothing is mounted there */
        if (error == -EINVAL)
            error = (int)result_of(mount(directory, directory, "none", MS_BIND | MS_REC, NULL));
        if (error == 0)
            error = (int)result_of(mount("", directory, "none", MS_SHARED | MS_REC, NULL));
    }
    close(fd); /* and with it the lock */
    return error;
}

/* The kernel's limit on a path that is mounted on. */
enum { PATH_BYTES = 256 };

static bool join(char path[PATH_BYTES], const char *directory, const char *name)
{
    size_t directory_bytes = strlen(directory);
    size_t name_bytes = strlen(name);
    if (directory_bytes + 1 + name_bytes >= PATH_BYTES)
        return false;
    memcpy(path, directory, directory_bytes);
    path[directory_bytes] = '/';
    memcpy(path + directory_bytes + 1, name, name_bytes + 1);
    return true;
}

int wasmc_sys_mount_network_ambient(const char *directory, const char *name)
{
    char path[PATH_BYTES];
    if (!join(path, directory, name))
        return -ENAMETOOLONG;
    int error = share_directory(directory);
    if (error < 0)
        return error;
    /* What is there was left by a process of the same number, of which this one is not beside. */
    (void)umount2(path, MNT_DETACH);
    int fd = (int)result_of(open(path, O_RDONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0));
    if (fd < 0)
        return fd;
    close(fd);
    error = (int)result_of(mount("/proc/self/ns/net", path, "none", MS_BIND, NULL));
    if (error < 0)
        unlink(path);
    return error;
}

int wasmc_sys_unmount_network_ambient(const char *directory, const char *name)
{
    WASMC_SYSCALL_OF(KEEPER, umount2, 0, WASMC_VALUE(1, MNT_DETACH), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(KEEPER, unlinkat, WASMC_ZERO(2), WASMC_VALUE(0, (uint32_t)AT_FDCWD), WASMC_ANY, WASMC_ANY);
    char path[PATH_BYTES];
    if (!join(path, directory, name))
        return -ENAMETOOLONG;
    int error = (int)result_of(umount2(path, MNT_DETACH));
    return error < 0 ? error : (int)result_of(syscall(SYS_unlinkat, AT_FDCWD, path, 0L));
}

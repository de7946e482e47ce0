/* namespace.h - a network of one's own, and processes beside the program's. For start-up, but for what keeps the name
 * of a namespace. Convention of sys.h: 0 or a negative errno. */
#ifndef WASMC_SYS_NAMESPACE_H
#define WASMC_SYS_NAMESPACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From here on this process, which has one thread, is in a network namespace of its own.
 *
 *   is_privileged   receives whether that was permitted as it is; else there is a user namespace around it, too
 *
 * A user namespace would take away what the privileges of root are for outside it, such as other users' files; so it is
 * made only for those who have none. It has no map: nothing is executed in it, and files keep the owner that this
 * process has outside. */
int wasmc_sys_isolate_network(bool *is_privileged);

/* Brings the loopback interface up; the kernel adds 127.0.0.1/8 and ::1. */
int wasmc_sys_start_loopback(void);

/* Lets everybody in this namespace bind to ports below 1024. */
int wasmc_sys_free_low_ports(void);

/* Linux's numbers of capabilities, as bits. */
#define WASMC_CAPABILITIES_OF_FILES UINT64_C(0x1f) /* CHOWN, DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER, FSETID */
#define WASMC_CAPABILITY_LOW_PORTS (UINT64_C(1) << 10)
#define WASMC_CAPABILITY_MOUNT (UINT64_C(1) << 21)

/* Gives up all capabilities but these, of which those remain that there are. */
int wasmc_sys_keep_capabilities(uint64_t kept);

/* The number of this process's network namespace, which no other one had since the host started. 0: the kernel (before
 * 5.14) does not tell. */
uint64_t wasmc_sys_network_cookie(void);

/* The first byte of a file of the kernel's settings, or 0. */
char wasmc_sys_setting_ambient(const char *path);

/* Mounts this process's network namespace on DIRECTORY/NAME, the directory as `ip netns` makes it: made when it is not
 * there, and mounted on itself so that mounts in it are seen in every mount namespace. */
int wasmc_sys_mount_network_ambient(const char *directory, const char *name);

/* Only by the keeper: takes that name away. */
int wasmc_sys_unmount_network_ambient(const char *directory, const char *name);

/* A process beside this one, which runs until it has seen the end of this one: signals that end others are not for it,
 * as whoever sends them to a terminal or a group means the program.
 *
 *   name     what `ps` shows for it, at most 15 bytes
 *   kept     descriptors that the new process has as 3, 4, ...; 0 to 2 are WASMC_LIFE, and nothing else is open
 *   answer   receives, in both, a descriptor for what it says once; null when nobody wants to know
 *
 * Returns its number, 0 in the new process. */
int wasmc_sys_start_beside(const char *name, const int *kept, size_t count, int *answer);

#define WASMC_BESIDE_LIMIT 256 /* of kept descriptors */

/* In the new process: at its end, and readable, when the other one is gone. */
#define WASMC_LIFE 0

/* In the new process: 0 or a negative errno. */
void wasmc_sys_answer_beside(int answer, int result);

/* In the old one: waits for that. -ECHILD: it ended without. */
int wasmc_sys_await_beside(int answer);

/* Only by the keeper: waits until the other process is gone. */
void wasmc_sys_await_end(void);

#endif

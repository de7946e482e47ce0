/* linux_helper.c - helper.h on Linux. */
#include "helper.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PASSED_LIMIT 4

int wasmc_helper_read(int stream, void *bytes, size_t count)
{
    char *at = bytes;
    while (count > 0) {
        ssize_t result = read(stream, at, count);
        if (result == 0 || (result < 0 && errno != EINTR))
            return -1;
        if (result > 0) {
            at += result;
            count -= (size_t)result;
        }
    }
    return 0;
}

int wasmc_helper_pass(int stream, const int *fds, size_t count)
{
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(PASSED_LIMIT * sizeof(int))];
    } control = {0};
    char there[PASSED_LIMIT];
    int passed[PASSED_LIMIT];
    size_t used = 0;
    for (size_t i = 0; i < count && i < PASSED_LIMIT; i++) {
        there[i] = fds[i] >= 0;
        if (fds[i] >= 0)
            passed[used++] = fds[i];
    }
    struct iovec part = {there, count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (used > 0) {
        message.msg_control = &control;
        message.msg_controllen = (socklen_t)CMSG_SPACE(used * sizeof(int));
        control.head.cmsg_len = (socklen_t)CMSG_LEN(used * sizeof(int));
        control.head.cmsg_level = SOL_SOCKET;
        control.head.cmsg_type = SCM_RIGHTS;
        memcpy(CMSG_DATA(&control.head), passed, used * sizeof(int));
    }
    return sendmsg(stream, &message, MSG_NOSIGNAL) == (ssize_t)count ? 0 : -1;
}

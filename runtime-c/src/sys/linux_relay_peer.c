/* linux_relay_peer.c - relay.h on Linux: datagrams and who sent them. */
#include <string.h>

#include "linux.h"
#include "relay.h"

/* Of which there is one, where wasmc_sys_relay_open asked for it. */
union control {
    struct cmsghdr head;
    char v4[CMSG_SPACE(sizeof(struct in_pktinfo))];
    char v6[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

static void read_local(struct msghdr *message, struct wasmc_relay_peer *peer)
{
    const struct cmsghdr *head = CMSG_FIRSTHDR(message);
    if (head == NULL)
        return;
    peer->has_local = 1;
    if (head->cmsg_level == IPPROTO_IP) {
        struct in_pktinfo info;
        memcpy(&info, CMSG_DATA(head), sizeof info);
        memcpy(peer->local, &info.ipi_spec_dst, sizeof info.ipi_spec_dst);
    } else {
        struct in6_pktinfo info;
        memcpy(&info, CMSG_DATA(head), sizeof info);
        memcpy(peer->local, &info.ipi6_addr, sizeof info.ipi6_addr);
        peer->interface = IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr) ? info.ipi6_ifindex : 0;
    }
}

ssize_t wasmc_sys_relay_receive_from(int fd, void *buffer, size_t bytes, struct wasmc_relay_peer *peer)
{
    WASMC_SYSCALL_OF(FORWARDER, recvmsg, 0, WASMC_VALUE(2, MSG_DONTWAIT), WASMC_ANY, WASMC_ANY);
    union control control;
    struct iovec iovec = {buffer, bytes};
    struct msghdr message = {0};
    memset(peer, 0, sizeof *peer);
    message.msg_name = &peer->address;
    message.msg_namelen = sizeof peer->address;
    message.msg_iov = &iovec;
    message.msg_iovlen = 1;
    message.msg_control = &control;
    message.msg_controllen = sizeof control;
    ssize_t received = result_of(syscall(SYS_recvmsg, fd, &message, (long)MSG_DONTWAIT));
    if (received >= 0)
        read_local(&message, peer);
    return received;
}

static void write_local(struct msghdr *message, union control *control, const struct wasmc_relay_peer *peer)
{
    bool is_v6 = peer->address.any.sa_family == AF_INET6;
    struct in_pktinfo v4 = {0};
    struct in6_pktinfo v6 = {.ipi6_ifindex = peer->interface};
    memcpy(&v4.ipi_spec_dst, peer->local, sizeof v4.ipi_spec_dst);
    memcpy(&v6.ipi6_addr, peer->local, sizeof v6.ipi6_addr);
    memset(control, 0, sizeof *control);
    control->head.cmsg_level = is_v6 ? IPPROTO_IPV6 : IPPROTO_IP;
    control->head.cmsg_type = is_v6 ? IPV6_PKTINFO : IP_PKTINFO;
    control->head.cmsg_len = is_v6 ? CMSG_LEN(sizeof v6) : CMSG_LEN(sizeof v4);
    memcpy(CMSG_DATA(&control->head), is_v6 ? (const void *)&v6 : (const void *)&v4, is_v6 ? sizeof v6 : sizeof v4);
    message->msg_control = control;
    message->msg_controllen = is_v6 ? sizeof control->v6 : sizeof control->v4;
}

ssize_t wasmc_sys_relay_send_to(int fd, const void *buffer, size_t bytes, const struct wasmc_relay_peer *peer)
{
    WASMC_SYSCALL_OF(FORWARDER, sendmsg, 0, WASMC_VALUE(2, MSG_DONTWAIT | MSG_NOSIGNAL), WASMC_ANY, WASMC_ANY);
    union control control;
    struct iovec iovec = {(void *)(uintptr_t)buffer, bytes};
    struct msghdr message = {0};
    message.msg_name = (void *)(uintptr_t)&peer->address;
    message.msg_namelen = peer->address.any.sa_family == AF_INET6 ? sizeof peer->address.v6 : sizeof peer->address.v4;
    message.msg_iov = &iovec;
    message.msg_iovlen = 1;
    if (peer->has_local)
        write_local(&message, &control, peer);
    return result_of(syscall(SYS_sendmsg, fd, &message, (long)(MSG_DONTWAIT | MSG_NOSIGNAL)));
}

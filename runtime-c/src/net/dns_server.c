/* dns_server.c - connecting to a server; TCP, for answers that no datagram holds (RFC 7766). */
#include "dns_server.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>

#include "../sys/resolver.h"

/* A number, or a name that the host knows. */
static uint32_t scope_number(const char *scope)
{
    uint32_t number = 0;
    for (const char *digit = scope; *digit != '\0'; digit++) {
        if (*digit < '0' || *digit > '9')
            return wasmc_sys_resolver_link_number(scope);
        number = number * 10 + (uint32_t)(*digit - '0');
    }
    return number;
}

int wasmc_dns_connect(const struct wasmc_resolv_server *server, int type)
{
    if (server->family == AF_INET) {
        struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(server->port)};
        memcpy(&v4.sin_addr, server->address, sizeof v4.sin_addr);
        return wasmc_sys_resolver_connect(type, (const struct sockaddr *)&v4, sizeof v4);
    }
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(server->port)};
    memcpy(&v6.sin6_addr, server->address, sizeof v6.sin6_addr);
    v6.sin6_scope_id = scope_number(server->scope);
    return wasmc_sys_resolver_connect(type, (const struct sockaddr *)&v6, sizeof v6);
}

static bool wait_for(int fd, short events, uint64_t end_ms)
{
    int ready = -EINTR;
    while (ready == -EINTR) {
        uint64_t now_ms = wasmc_sys_resolver_now_ms();
        if (now_ms >= end_ms)
            return false;
        ready = wasmc_sys_resolver_poll(&(struct pollfd){fd, events, 0}, 1, end_ms - now_ms);
    }
    return ready > 0;
}

static bool send_all(int fd, const uint8_t *bytes, size_t count, uint64_t end_ms)
{
    while (count > 0) {
        if (!wait_for(fd, POLLOUT, end_ms))
            return false;
        ssize_t sent = wasmc_sys_resolver_send(fd, bytes, count);
        if (sent < 0 && sent != -EAGAIN)
            return false;
        bytes += sent > 0 ? sent : 0;
        count -= sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

static bool receive_all(int fd, uint8_t *bytes, size_t count, uint64_t end_ms)
{
    while (count > 0) {
        if (!wait_for(fd, POLLIN, end_ms))
            return false;
        ssize_t received = wasmc_sys_resolver_receive(fd, bytes, count);
        if (received == 0 || (received < 0 && received != -EAGAIN))
            return false;
        bytes += received > 0 ? received : 0;
        count -= received > 0 ? (size_t)received : 0;
    }
    return true;
}

bool wasmc_dns_ask_tcp(const struct wasmc_resolv_server *server, const struct wasmc_dns_question *question,
                       uint64_t end_ms, uint8_t message[WASMC_DNS_MESSAGE_BYTES], struct wasmc_dns_answer *answer)
{
    uint16_t id;
    uint8_t query[2 + WASMC_DNS_QUERY_BYTES];
    uint8_t length[2];
    if (!wasmc_sys_resolver_random(&id, sizeof id))
        return false;
    int fd = wasmc_dns_connect(server, SOCK_STREAM);
    if (fd < 0)
        return false;
    size_t bytes = wasmc_dns_write_query(question, id, false, query + 2);
    query[0] = (uint8_t)(bytes >> 8);
    query[1] = (uint8_t)bytes;
    bool has_answer = send_all(fd, query, 2 + bytes, end_ms) && receive_all(fd, length, sizeof length, end_ms);
    bytes = (size_t)length[0] << 8 | length[1];
    has_answer = has_answer && receive_all(fd, message, bytes, end_ms) &&
                 wasmc_dns_read_answer(question, id, message, bytes, answer) == WASMC_DNS_ANSWERS;
    wasmc_sys_resolver_close(fd);
    return has_answer;
}

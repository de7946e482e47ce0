/* wasi_sockets.h - the host functions of WasmEdge's and WAMR's sockets, as wasi.h has those of WASI. */
#ifndef WASMC_WASI_SOCKETS_H
#define WASMC_WASI_SOCKETS_H

#include <stdint.h>

struct wasmc_ctx;

uint32_t wasmc_wasi_sock_listen(struct wasmc_ctx *ctx, uint32_t fd, uint32_t backlog);

uint32_t wasmc_wasmedge_sock_open(struct wasmc_ctx *ctx, uint32_t family, uint32_t type, uint32_t fd_addr);
uint32_t wasmc_wasmedge_sock_bind(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr, uint32_t port);
uint32_t wasmc_wasmedge_sock_connect(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr, uint32_t port);
uint32_t wasmc_wasmedge_sock_accept(struct wasmc_ctx *ctx, uint32_t fd, uint32_t fd_addr);
uint32_t wasmc_wasmedge_sock_recv_from(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                       uint32_t address_addr, uint32_t riflags, uint32_t bytes_addr,
                                       uint32_t roflags_addr);
uint32_t wasmc_wasmedge2_sock_recv_from(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                        uint32_t address_addr, uint32_t riflags, uint32_t port_addr,
                                        uint32_t bytes_addr, uint32_t roflags_addr);
uint32_t wasmc_wasmedge_sock_send_to(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                     uint32_t address_addr, uint32_t port, uint32_t siflags, uint32_t bytes_addr);
uint32_t wasmc_wasmedge_sock_getlocaladdr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr,
                                          uint32_t family_addr, uint32_t port_addr);
uint32_t wasmc_wasmedge2_sock_getlocaladdr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr,
                                           uint32_t port_addr);
uint32_t wasmc_wasmedge_sock_getpeeraddr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr,
                                         uint32_t family_addr, uint32_t port_addr);
uint32_t wasmc_wasmedge2_sock_getpeeraddr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr,
                                          uint32_t port_addr);
uint32_t wasmc_wasmedge_sock_getsockopt(struct wasmc_ctx *ctx, uint32_t fd, uint32_t level, uint32_t name,
                                        uint32_t value_addr, uint32_t length_addr);
uint32_t wasmc_wasmedge_sock_setsockopt(struct wasmc_ctx *ctx, uint32_t fd, uint32_t level, uint32_t name,
                                        uint32_t value_addr, uint32_t value_bytes);
uint32_t wasmc_wasmedge_sock_getaddrinfo(struct wasmc_ctx *ctx, uint32_t host_addr, uint32_t host_bytes,
                                         uint32_t service_addr, uint32_t service_bytes, uint32_t hints_addr,
                                         uint32_t list_addr, uint32_t capacity, uint32_t count_addr);
uint32_t wasmc_wasmedge_epoll_oneoff(struct wasmc_ctx *ctx, uint32_t subscriptions_addr, uint32_t events_addr,
                                     uint32_t count, uint32_t count_addr);

uint32_t wasmc_wamr_sock_open(struct wasmc_ctx *ctx, uint32_t pool_fd, uint32_t family, uint32_t type,
                              uint32_t fd_addr);
uint32_t wasmc_wamr_sock_close(struct wasmc_ctx *ctx, uint32_t fd);
uint32_t wasmc_wamr_sock_bind(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr);
uint32_t wasmc_wamr_sock_connect(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr);
uint32_t wasmc_wamr_sock_addr_local(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr);
uint32_t wasmc_wamr_sock_addr_remote(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr);
uint32_t wasmc_wamr_sock_recv_from(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                   uint32_t riflags, uint32_t address_addr, uint32_t bytes_addr);
uint32_t wasmc_wamr_sock_send_to(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                 uint32_t siflags, uint32_t address_addr, uint32_t bytes_addr);
uint32_t wasmc_wamr_sock_addr_resolve(struct wasmc_ctx *ctx, uint32_t host_addr, uint32_t service_addr,
                                      uint32_t hints_addr, uint32_t infos_addr, uint32_t capacity,
                                      uint32_t count_addr);
uint32_t wasmc_wamr_sock_set_broadcast(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_broadcast(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_keep_alive(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_keep_alive(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_reuse_addr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_reuse_addr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_reuse_port(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_reuse_port(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_recv_buf_size(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_recv_buf_size(struct wasmc_ctx *ctx, uint32_t fd, uint32_t number_addr);
uint32_t wasmc_wamr_sock_set_send_buf_size(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_send_buf_size(struct wasmc_ctx *ctx, uint32_t fd, uint32_t number_addr);
uint32_t wasmc_wamr_sock_set_recv_timeout(struct wasmc_ctx *ctx, uint32_t fd, uint64_t value);
uint32_t wasmc_wamr_sock_get_recv_timeout(struct wasmc_ctx *ctx, uint32_t fd, uint32_t time_addr);
uint32_t wasmc_wamr_sock_set_send_timeout(struct wasmc_ctx *ctx, uint32_t fd, uint64_t value);
uint32_t wasmc_wamr_sock_get_send_timeout(struct wasmc_ctx *ctx, uint32_t fd, uint32_t time_addr);
uint32_t wasmc_wamr_sock_set_linger(struct wasmc_ctx *ctx, uint32_t fd, uint32_t is_on, uint32_t seconds);
uint32_t wasmc_wamr_sock_get_linger(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr, uint32_t seconds_addr);
uint32_t wasmc_wamr_sock_set_tcp_no_delay(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_tcp_no_delay(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_tcp_quick_ack(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_tcp_quick_ack(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_tcp_fastopen_connect(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_tcp_fastopen_connect(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_tcp_keep_idle(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_tcp_keep_idle(struct wasmc_ctx *ctx, uint32_t fd, uint32_t number_addr);
uint32_t wasmc_wamr_sock_set_tcp_keep_intvl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_tcp_keep_intvl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t number_addr);
uint32_t wasmc_wamr_sock_set_ip_ttl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_ip_ttl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_ip_multicast_ttl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_ip_multicast_ttl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_ipv6_only(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
uint32_t wasmc_wamr_sock_get_ipv6_only(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_ip_multicast_loop(struct wasmc_ctx *ctx, uint32_t fd, uint32_t is_v6, uint32_t value);
uint32_t wasmc_wamr_sock_get_ip_multicast_loop(struct wasmc_ctx *ctx, uint32_t fd, uint32_t is_v6,
                                               uint32_t flag_addr);
uint32_t wasmc_wamr_sock_set_ip_add_membership(struct wasmc_ctx *ctx, uint32_t fd, uint32_t group_addr,
                                               uint32_t interface);
uint32_t wasmc_wamr_sock_set_ip_drop_membership(struct wasmc_ctx *ctx, uint32_t fd, uint32_t group_addr,
                                                uint32_t interface);

#endif

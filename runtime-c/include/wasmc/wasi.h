/* wasi.h - the host functions of wasi.def as C declarations. Each is documented where it is defined
 * (src/wasi/). All take the importing module's context first; guest addresses are u32; the result is
 * WASI's errno. `wasmc_wasi0_` are those of wasi_unstable whose layouts differ. */
#ifndef WASMC_WASI_H
#define WASMC_WASI_H

#include <stdint.h>

#include "wasi_sockets.h"

struct wasmc_ctx;

uint32_t wasmc_wasi_args_get(struct wasmc_ctx *ctx, uint32_t argv_addr, uint32_t buffer_addr);
uint32_t wasmc_wasi_args_sizes_get(struct wasmc_ctx *ctx, uint32_t count_addr, uint32_t bytes_addr);
uint32_t wasmc_wasi_environ_get(struct wasmc_ctx *ctx, uint32_t environ_addr, uint32_t buffer_addr);
uint32_t wasmc_wasi_environ_sizes_get(struct wasmc_ctx *ctx, uint32_t count_addr, uint32_t bytes_addr);

uint32_t wasmc_wasi_clock_res_get(struct wasmc_ctx *ctx, uint32_t id, uint32_t resolution_addr);
uint32_t wasmc_wasi_clock_time_get(struct wasmc_ctx *ctx, uint32_t id, uint64_t precision_ns, uint32_t time_addr);
uint32_t wasmc_wasi_random_get(struct wasmc_ctx *ctx, uint32_t buffer_addr, uint32_t bytes);
uint32_t wasmc_wasi_sched_yield(struct wasmc_ctx *ctx);
uint32_t wasmc_wasi_thread_spawn(struct wasmc_ctx *ctx, uint32_t argument);
_Noreturn void wasmc_wasi_proc_exit(struct wasmc_ctx *ctx, uint32_t status);
uint32_t wasmc_wasi_proc_raise(struct wasmc_ctx *ctx, uint32_t signal);
uint32_t wasmc_wasi_poll_oneoff(struct wasmc_ctx *ctx, uint32_t subscriptions_addr, uint32_t events_addr,
                                uint32_t count, uint32_t count_addr);
uint32_t wasmc_wasi0_poll_oneoff(struct wasmc_ctx *ctx, uint32_t subscriptions_addr, uint32_t events_addr,
                                 uint32_t count, uint32_t count_addr);

uint32_t wasmc_wasi_fd_advise(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint64_t length_bytes,
                              uint32_t advice);
uint32_t wasmc_wasi_fd_allocate(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint64_t length_bytes);
uint32_t wasmc_wasi_fd_close(struct wasmc_ctx *ctx, uint32_t fd);
uint32_t wasmc_wasi_fd_datasync(struct wasmc_ctx *ctx, uint32_t fd);
uint32_t wasmc_wasi_fd_fdstat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t fdstat_addr);
uint32_t wasmc_wasi_fd_fdstat_set_flags(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flags);
uint32_t wasmc_wasi_fd_fdstat_set_rights(struct wasmc_ctx *ctx, uint32_t fd, uint64_t base, uint64_t inheriting);
uint32_t wasmc_wasi_fd_filestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t filestat_addr);
uint32_t wasmc_wasi0_fd_filestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t filestat_addr);
uint32_t wasmc_wasi_fd_filestat_set_size(struct wasmc_ctx *ctx, uint32_t fd, uint64_t size_bytes);
uint32_t wasmc_wasi_fd_filestat_set_times(struct wasmc_ctx *ctx, uint32_t fd, uint64_t atim_ns, uint64_t mtim_ns,
                                          uint32_t flags);
uint32_t wasmc_wasi_fd_pread(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                             uint64_t offset_bytes, uint32_t bytes_addr);
uint32_t wasmc_wasi_fd_prestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t prestat_addr);
uint32_t wasmc_wasi_fd_prestat_dir_name(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr, uint32_t path_bytes);
uint32_t wasmc_wasi_fd_pwrite(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                              uint64_t offset_bytes, uint32_t bytes_addr);
uint32_t wasmc_wasi_fd_read(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                            uint32_t bytes_addr);
uint32_t wasmc_wasi_fd_readdir(struct wasmc_ctx *ctx, uint32_t fd, uint32_t buffer_addr, uint32_t buffer_bytes,
                               uint64_t cookie, uint32_t used_addr);
uint32_t wasmc_wasi_fd_renumber(struct wasmc_ctx *ctx, uint32_t from, uint32_t to);
uint32_t wasmc_wasi_fd_seek(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint32_t whence,
                            uint32_t position_addr);
uint32_t wasmc_wasi0_fd_seek(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint32_t whence,
                             uint32_t position_addr);
uint32_t wasmc_wasi_fd_sync(struct wasmc_ctx *ctx, uint32_t fd);
uint32_t wasmc_wasi_fd_tell(struct wasmc_ctx *ctx, uint32_t fd, uint32_t position_addr);
uint32_t wasmc_wasi_fd_write(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                             uint32_t bytes_addr);

uint32_t wasmc_wasi_path_create_directory(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr,
                                          uint32_t path_bytes);
uint32_t wasmc_wasi_path_filestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t lookupflags, uint32_t path_addr,
                                      uint32_t path_bytes, uint32_t filestat_addr);
uint32_t wasmc_wasi0_path_filestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t lookupflags, uint32_t path_addr,
                                       uint32_t path_bytes, uint32_t filestat_addr);
uint32_t wasmc_wasi_path_filestat_set_times(struct wasmc_ctx *ctx, uint32_t fd, uint32_t lookupflags,
                                            uint32_t path_addr, uint32_t path_bytes, uint64_t atim_ns,
                                            uint64_t mtim_ns, uint32_t fstflags);
uint32_t wasmc_wasi_path_link(struct wasmc_ctx *ctx, uint32_t from_fd, uint32_t lookupflags, uint32_t from_addr,
                              uint32_t from_bytes, uint32_t to_fd, uint32_t to_addr, uint32_t to_bytes);
uint32_t wasmc_wasi_path_open(struct wasmc_ctx *ctx, uint32_t fd, uint32_t lookupflags, uint32_t path_addr,
                              uint32_t path_bytes, uint32_t oflags, uint64_t base, uint64_t inheriting,
                              uint32_t fdflags, uint32_t fd_addr);
uint32_t wasmc_wasi_path_readlink(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr, uint32_t path_bytes,
                                  uint32_t buffer_addr, uint32_t buffer_bytes, uint32_t used_addr);
uint32_t wasmc_wasi_path_remove_directory(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr,
                                          uint32_t path_bytes);
uint32_t wasmc_wasi_path_rename(struct wasmc_ctx *ctx, uint32_t from_fd, uint32_t from_addr, uint32_t from_bytes,
                                uint32_t to_fd, uint32_t to_addr, uint32_t to_bytes);
uint32_t wasmc_wasi_path_symlink(struct wasmc_ctx *ctx, uint32_t content_addr, uint32_t content_bytes, uint32_t fd,
                                 uint32_t path_addr, uint32_t path_bytes);
uint32_t wasmc_wasi_path_unlink_file(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr, uint32_t path_bytes);

uint32_t wasmc_wasi_sock_accept(struct wasmc_ctx *ctx, uint32_t fd, uint32_t fdflags, uint32_t fd_addr);
uint32_t wasmc_wasi_sock_recv(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                              uint32_t riflags, uint32_t bytes_addr, uint32_t roflags_addr);
uint32_t wasmc_wasi_sock_send(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                              uint32_t siflags, uint32_t bytes_addr);
uint32_t wasmc_wasi_sock_shutdown(struct wasmc_ctx *ctx, uint32_t fd, uint32_t sdflags);

uint32_t wasmc_capability_fd_hand_over(struct wasmc_ctx *ctx, uint32_t fd, uint32_t name_addr, uint32_t name_bytes,
                                       uint64_t base, uint64_t inheriting, uint32_t fd_addr);

#endif

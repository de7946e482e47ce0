/* attack.c - a guest that has broken out of the compiled code and makes system calls of its own. Exit status: the
 * errno, 0 when the call succeeded. With -DPATHS the module imports path_open, so that openat2 is among its calls; with
 * -DALL it imports every host function, so that every call of the runtime is. */
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>

#include "program.h"

CTX_STORAGE(ctx);
static struct wasmc_memory memories[1];
static const struct wasmc_memory_desc memory_descs[1] = {MEMORY_DESC(1, 1)};

GUEST static long system_call6(long number, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

GUEST static long system_call(long number, long a, long b, long c, long d, long e)
{
    return system_call6(number, a, b, c, d, e, 0);
}

/* Leaves with the errno. A negative result is one. */
GUEST static _Noreturn void leave(long result)
{
    system_call(SYS_exit_group, result < 0 ? -result : 0, 0, 0, 0, 0);
    for (;;)
        continue;
}

GUEST static long open_how(long dir, const char *path, uint64_t flags)
{
    uint64_t how[3] = {flags, flags & O_CREAT ? 0600 : 0, 0};
    return system_call(SYS_openat2, dir, (long)path, (long)how, sizeof how, 0);
}

/* The host's descriptors of the granted directory and of a file that the starter left open. */
#define GRANTED 3
enum { INHERITED = 9 };

#define ATTACK(name) GUEST static void name(uint64_t *slots)

ATTACK(nothing) { (void)slots; }
ATTACK(open_file) { (void)slots; leave(system_call(SYS_open, (long)"/etc/passwd", O_RDONLY, 0, 0, 0)); }
ATTACK(openat_file) { (void)slots; leave(system_call(SYS_openat, GRANTED, (long)"/etc/passwd", O_NOFOLLOW | O_CLOEXEC, 0, 0)); }
ATTACK(openat2_file) { (void)slots; leave(open_how(GRANTED, "/etc/passwd", O_RDONLY)); }
ATTACK(openat2_up) { (void)slots; leave(open_how(GRANTED, "../outside/canary", O_RDONLY)); }
ATTACK(openat2_inside) { (void)slots; leave(open_how(GRANTED, "inside", O_RDONLY)); }
ATTACK(openat2_write) { (void)slots; leave(open_how(GRANTED, "inside", O_WRONLY)); }
ATTACK(openat2_create) { (void)slots; leave(open_how(GRANTED, "made", O_WRONLY | O_CREAT)); }
ATTACK(inherited) { (void)slots; leave(system_call(SYS_close, INHERITED, 0, 0, 0, 0)); }
ATTACK(execute) { (void)slots; leave(system_call(SYS_execve, (long)"/bin/true", 0, 0, 0, 0)); }
ATTACK(fork_) { (void)slots; leave(system_call(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }
ATTACK(trace) { (void)slots; leave(system_call(SYS_ptrace, 16, 1, 0, 0, 0)); }
ATTACK(prctl_) { (void)slots; leave(system_call(SYS_prctl, 4, 0, 0, 0, 0)); }
ATTACK(socket_) { (void)slots; leave(system_call(SYS_socket, AF_INET, SOCK_STREAM, 0, 0, 0)); }
ATTACK(kill_) { (void)slots; leave(system_call(SYS_kill, 1, 0, 0, 0, 0)); }
ATTACK(x32) { (void)slots; leave(system_call(0x40000000 | SYS_open, (long)"/etc/passwd", 0, 0, 0, 0)); }
ATTACK(ia32)
{
    (void)slots;
    long result = 20; /* getpid of the other architecture */
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
    leave(result);
}

ATTACK(map_code)
{
    (void)slots;
    leave(system_call(SYS_mmap, 0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1) < 0);
}

ATTACK(map_writable_code)
{
    (void)slots;
    int protection = PROT_READ | PROT_WRITE | PROT_EXEC;
    leave(system_call(SYS_mmap, 0, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1));
}

ATTACK(remap) { (void)slots; leave(system_call(SYS_mremap, WASMC_MEMORY_BASE, 4096, 4096, 0, 0)); }

ATTACK(protect_key) { (void)slots; leave(system_call(SYS_pkey_mprotect, WASMC_MEMORY_BASE, 4096, PROT_EXEC, -1, 0)); }
ATTACK(read_implies_exec) { (void)slots; leave(system_call(SYS_personality, 0x0400000, 0, 0, 0, 0)); }

ATTACK(map_fixed)
{
    (void)slots;
    leave(system_call(SYS_mmap, 0x10000, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1) < 0);
}

ATTACK(protect_code)
{
    (void)slots;
    leave(system_call(SYS_mprotect, WASMC_MEMORY_BASE, 4096, PROT_READ | PROT_EXEC, 0, 0));
}

ATTACK(protect_text) /* what execute-only hides, or a function to be patched */
{
    (void)slots;
    leave(system_call(SYS_mprotect, (long)system_call & -4096, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, 0, 0));
}

#ifdef ALL
/* The host's descriptors: the granted socket comes before the directory; standard input. */
#undef GRANTED
enum { LISTENER = 3, GRANTED = 4, FILE = 0, MAPPING = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE };

static char buffer[256];
static long bytes = sizeof buffer;
static uint64_t how[4] = {O_PATH};
static struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {__builtin_bswap32(INADDR_LOOPBACK)}};
static struct iovec part = {"stolen", 6};
static struct msghdr message = {.msg_name = &address, .msg_namelen = sizeof address, .msg_iov = &part, .msg_iovlen = 1};

#define CALL(name, number, ...) \
    GUEST static void name(uint64_t *slots) { (void)slots; leave(system_call6(number, __VA_ARGS__)); }
#include "attack_calls.def"
#undef CALL

/* With no more than the granted socket, to a port that nobody granted: a socket that no longer listens can connect. */
GUEST static void connect_by_message(uint64_t *slots)
{
    address.sin_port = __builtin_bswap16((uint16_t)slots[0]);
    (void)system_call(SYS_shutdown, LISTENER, SHUT_RD, 0, 0, 0);
    leave(system_call(SYS_sendmsg, LISTENER, (long)&message, MSG_FASTOPEN, 0, 0));
}

GUEST static void connect_by_address(uint64_t *slots)
{
    address.sin_port = __builtin_bswap16((uint16_t)slots[0]);
    (void)system_call(SYS_shutdown, LISTENER, SHUT_RD, 0, 0, 0);
    leave(system_call6(SYS_sendto, LISTENER, (long)"stolen", 6, MSG_FASTOPEN, (long)&address, sizeof address));
}

/* A system call by its number. */
GUEST static void call_number(uint64_t *slots)
{
    leave(system_call((long)slots[0], 0, 0, 0, 0, 0));
}

/* What the runtime itself says gets through. */
GUEST static void send_nothing(uint64_t *slots)
{
    (void)slots;
    leave(system_call6(SYS_sendto, LISTENER, 0, 0, MSG_NOSIGNAL | MSG_DONTWAIT, 0, 0));
}

GUEST static void receive_nothing(uint64_t *slots)
{
    (void)slots;
    leave(system_call6(SYS_recvfrom, LISTENER, 0, 0, MSG_DONTWAIT, 0, 0));
}

/* Everything that there is to import. */
__attribute__((used)) static void (*const imports[])(void) = {
#define WASMC_HOST(module, name, symbol, signature) (void (*)(void))symbol,
#include "wasmc/wasi.def"
#undef WASMC_HOST
};
#endif

GUEST static void start(void)
{
    guest_store(8, 100);
    guest_store(12, 0);
    (void)wasmc_wasi_fd_write(ctx, 1, 8, 1, 4);
    (void)wasmc_memory_grow(&memories[0], 1);
#ifdef PATHS
    (void)wasmc_wasi_path_open(ctx, 3, 0, 100, 0, 0, 0, 0, 0, 16);
#endif
}

#define ROW(function) EXPORT(#function, ":", function)
static const struct wasmc_export exports[] = {
    ROW(nothing), ROW(open_file), ROW(openat_file), ROW(openat2_file), ROW(openat2_up), ROW(openat2_inside),
    ROW(openat2_write), ROW(openat2_create), ROW(inherited), ROW(execute), ROW(fork_), ROW(trace), ROW(prctl_),
    ROW(socket_), ROW(kill_), ROW(x32), ROW(ia32), ROW(map_code), ROW(map_fixed), ROW(protect_code), ROW(protect_text),
    ROW(map_writable_code), ROW(remap), ROW(protect_key), ROW(read_implies_exec),
#ifdef ALL
    EXPORT("connect_by_message", "i:", connect_by_message), EXPORT("connect_by_address", "i:", connect_by_address),
    EXPORT("call_number", "i:", call_number), ROW(send_nothing), ROW(receive_nothing),
#define CALL(name, ...) ROW(name),
#include "attack_calls.def"
#undef CALL
#endif
};

static const struct wasmc_instance instances[1] = {{
    .module_name = "attack",
    .ctx = (struct wasmc_ctx *)ctx_storage,
    .memories = memories,
    .memory_descs = memory_descs,
    .memory_count = 1,
    .wasi_memory = &memories[0],
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .entry = start,
    .entry_kind = WASMC_ENTRY_REACTOR,
}};

const struct wasmc_program wasmc_program = {
    .abi_version = WASMC_ABI_VERSION,
    .flags = WASMC_PROGRAM_INVOKE,
    .instance_count = 1,
    .instances = instances,
    .default_stack_bytes = 1 << 20,
};

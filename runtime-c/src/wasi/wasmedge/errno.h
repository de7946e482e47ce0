/* errno.h - the errnos of sock_getaddrinfo, which WasmEdge counts on behind WASI's. */
#ifndef WASMC_WASI_WASMEDGE_ERRNO_H
#define WASMC_WASI_WASMEDGE_ERRNO_H

#include "../types.h"

#define WASMEDGE_ERRNOS(X)                \
    X(AIADDRFAMILY, 77, "aiaddrfamily")   \
    X(AIAGAIN, 78, "aiagain")             \
    X(AIBADFLAG, 79, "aibadflag")         \
    X(AIFAIL, 80, "aifail")               \
    X(AIFAMILY, 81, "aifamily")           \
    X(AIMEMORY, 82, "aimemory")           \
    X(AINODATA, 83, "ainodata")           \
    X(AINONAME, 84, "ainoname")           \
    X(AISERVICE, 85, "aiservice")         \
    X(AISOCKTYPE, 86, "aisocktype")       \
    X(AISYSTEM, 87, "aisystem")

enum {
#define WASMEDGE_ERRNO(name, value, text) WASMEDGE_ERRNO_##name = value,
    WASMEDGE_ERRNOS(WASMEDGE_ERRNO)
#undef WASMEDGE_ERRNO
};

#endif

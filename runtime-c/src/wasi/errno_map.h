#ifndef WASMC_WASI_ERRNO_MAP_H
#define WASMC_WASI_ERRNO_MAP_H

#include "types.h"

/* Turns a result of sys.h (a negative errno, or anything not negative) into WASI's errno. An errno
 * that WASI does not know is WASI_ERRNO_IO. */
wasi_errno wasmc_wasi_errno(long result);

#endif

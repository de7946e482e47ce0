# Mbed TLS: the self-test and the benchmark of every cipher and hash; 64-bit arithmetic, tables, bignums.
source_package=mbedtls
outputs='mbedtls-selftest.wasm'

build() {
    # No network and no operating system's entropy device: the parts that need them are configured away.
    cat > corpus_config.h <<CONFIG
#include "mbedtls/config.h"
#undef MBEDTLS_NET_C
#undef MBEDTLS_TIMING_C
#undef MBEDTLS_FS_IO
#undef MBEDTLS_PSA_ITS_FILE_C
#undef MBEDTLS_PSA_CRYPTO_STORAGE_C
#undef MBEDTLS_HAVE_TIME_DATE
#define MBEDTLS_NO_PLATFORM_ENTROPY
#define MBEDTLS_ENTROPY_HARDWARE_ALT
CONFIG
    wasm_program mbedtls-selftest.wasm -O2 -I. -I"$tree/include" -I"$tree/library" \
        -DMBEDTLS_CONFIG_FILE='"corpus_config.h"' "$tree"/library/*.c "$tree/programs/test/selftest.c" \
        "$here/drivers/mbedtls_entropy.c"
}

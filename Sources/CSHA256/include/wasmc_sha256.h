/* wasmc_sha256.h - the compression function of SHA-256 (FIPS 180-4, section 6.2.2).
 *
 * In C for the processor's own instructions: in Swift it took most of the time in which a program is found in the cache.
 */
#ifndef WASMC_SHA256_H
#define WASMC_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* Takes `count` blocks of 64 bytes into a state. */
void wasmc_sha256_compress(uint32_t state[8], const uint8_t *blocks, size_t count);

/* The same without special instructions, which are used where the processor has them. */
void wasmc_sha256_compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count);

#endif

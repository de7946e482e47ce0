/* mbedtls_entropy.c - the entropy source of Mbed TLS on WASI: random_get, through getentropy.
 *
 * Provides mbedtls_hardware_poll, which MBEDTLS_ENTROPY_HARDWARE_ALT asks the embedder for. Returns 0, or -1 when
 * the host has no randomness.
 */
#include <stddef.h>
#include <unistd.h>

int mbedtls_hardware_poll(void *data, unsigned char *output, size_t length, size_t *output_length);

int mbedtls_hardware_poll(void *data, unsigned char *output, size_t length, size_t *output_length)
{
    size_t chunk = length < 256 ? length : 256; /* getentropy's limit */

    (void)data;
    if (getentropy(output, chunk) != 0) {
        return -1;
    }
    *output_length = chunk;
    return 0;
}

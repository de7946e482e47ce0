/* x86_64.c - by the processor's instructions, of which each takes two rounds. */

#include "constants.h"
#include "wasmc_sha256.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

/* Whether there are SHA, SSSE3 and SSE4.1; asked once: in a virtual machine the answer takes a microsecond or more. */
static int find_instructions(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & bit_SSSE3) == 0 || (c & bit_SSE4_1) == 0) {
        return 0;
    }
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0;
}

/* Four rounds. The state is in two vectors, abef and cdgh; what was abef is cdgh two rounds later. */
WITH_SHA static void four_rounds(__m128i *abef, __m128i *cdgh, __m128i words, int first) {
    __m128i sum = _mm_add_epi32(words, _mm_load_si128((const __m128i *)&sha256_constants[first]));
    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, sum);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

/* The next four words of the schedule, from the last sixteen. */
WITH_SHA static __m128i next_words(__m128i w0, __m128i w1, __m128i w2, __m128i w3) {
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
    return _mm_sha256msg2_epu32(sum, w3);
}

WITH_SHA static void compress(uint32_t state[8], const uint8_t *blocks, size_t count) {
    const __m128i big_endian = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
    for (; count > 0; count--, blocks += 64) {
        __m128i abef_before = abef, cdgh_before = cdgh, words[4];
        for (int i = 0; i < 4; i++) {
            words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * i)), big_endian);
            four_rounds(&abef, &cdgh, words[i], 4 * i);
        }
        for (int i = 4; i < 16; i++) {
            __m128i next = next_words(words[0], words[1], words[2], words[3]);
            words[0] = words[1], words[1] = words[2], words[2] = words[3], words[3] = next;
            four_rounds(&abef, &cdgh, next, 4 * i);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

void wasmc_sha256_compress(uint32_t state[8], const uint8_t *blocks, size_t count) {
    /* Two threads that ask at the same time find the same. */
    static int answer = -1;
    int has_instructions = __atomic_load_n(&answer, __ATOMIC_RELAXED);
    if (has_instructions < 0) {
        has_instructions = find_instructions();
        __atomic_store_n(&answer, has_instructions, __ATOMIC_RELAXED);
    }
    (has_instructions ? compress : wasmc_sha256_compress_portable)(state, blocks, count);
}

#else

void wasmc_sha256_compress(uint32_t state[8], const uint8_t *blocks, size_t count) {
    wasmc_sha256_compress_portable(state, blocks, count);
}

#endif

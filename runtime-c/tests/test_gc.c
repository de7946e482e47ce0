/* The heap: allocation, collection, stress; the roots that it knows and the stack; damage. */
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "check.h"
#include "gc/heap.h"
#include "runtime.h"

#define HEAP_BYTES (UINT64_C(16) << 20)
/* Some large objects are made with a smaller heap: it must be full sooner. */
#define SMALL_HEAP_BYTES (UINT64_C(1) << 20)

enum { NODE = 1, BYTES, REFERENCES, LARGE, VECTORS, TYPE_COUNT, EXCEPTION = TYPE_COUNT };

static const uint32_t offsets[] = {4, 8, 24};

static const struct wasmc_gc_type types[] = {
    [0] = {.kind = WASMC_GC_NONE},
    [NODE] = {.kind = WASMC_GC_STRUCT, .size_bytes = 16, .first_reference = 0, .reference_count = 2},
    [BYTES] = {.kind = WASMC_GC_ARRAY, .size_bytes = 1},
    [REFERENCES] = {.kind = WASMC_GC_REFERENCES, .size_bytes = 4},
    [LARGE] = {.kind = WASMC_GC_STRUCT, .size_bytes = 40004},
    [VECTORS] = {.kind = WASMC_GC_ARRAY, .size_bytes = 16},
    /* What a tag's exceptions hold: an i64, then a reference. */
    [EXCEPTION] = {.kind = WASMC_GC_STRUCT, .size_bytes = 28, .first_reference = 2, .reference_count = 1},
};

static uint32_t roots[2];
static const uint32_t *const globals[] = {&roots[0], &roots[1]};
static uint32_t elements[4];
static struct wasmc_table table = {.elements = (const void **)(void *)elements, .size = 3};
static const struct wasmc_table *const tables[] = {&table};
static struct wasmc_elem_instance segment = {.elements = (const void *const *)(void *)elements, .size = 0};
static const struct wasmc_elem_instance *const segments[] = {&segment};

const struct wasmc_gc_program wasmc_gc_program = {
    .types = types,
    .reference_offsets = offsets,
    .globals = globals,
    .tables = tables,
    .segments = segments,
    .type_count = TYPE_COUNT,
    .tag_count = 1,
    .global_count = 2,
    .table_count = 1,
    .segment_count = 1,
};

static void *structures;
static void *heap_structures;
static struct wasmc_gc_roots program_roots = {globals, tables, segments, NULL};

/* A heap without a stack: only what the program's data refers to is alive. */
static void start(uint64_t heap_bytes)
{
    uint8_t *base = (uint8_t *)(uintptr_t)WASMC_GC_HEAP_BASE;
    CHECK(mmap(base, HEAP_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == (void *)base);
    free(structures);
    free(heap_structures);
    structures = calloc(1, wasmc_gc_space_structure_bytes(heap_bytes));
    memset(roots, 0, sizeof roots);
    memset(elements, 0, sizeof elements);
    wasmc_gc_space_start(base, heap_bytes, structures, &wasmc_gc_program);
    heap_structures = calloc(1, wasmc_gc_heap_structure_bytes());
    wasmc_gc_heap_start(heap_structures, &program_roots);
}

static uint32_t *at(uint32_t reference)
{
    return (uint32_t *)(uintptr_t)reference;
}

static uint32_t new_node(uint32_t left, uint32_t right)
{
    uint32_t node = wasmc_gc_new_struct(NODE, 0);
    at(node)[1] = left;
    at(node)[2] = right;
    return node;
}

static uint64_t live_after_collection(void)
{
    wasmc_gc_collect((const uint32_t *)(uintptr_t)UINTPTR_MAX);
    return wasmc_gc_heap.live_bytes;
}

static void test_objects(void)
{
    start(HEAP_BYTES);
    uint32_t node = wasmc_gc_new_struct(NODE, 0);
    CHECK(node >= WASMC_GC_HEAP_BASE && node % 16 == 0);
    CHECK(at(node)[0] == NODE && at(node)[1] == 0 && at(node)[2] == 0 && at(node)[3] == 0);
    uint32_t next = wasmc_gc_new_struct(NODE, 0);
    CHECK_EQUAL(next - node, 16, "cells of one size lie side by side");
    uint32_t bytes = wasmc_gc_new_array(BYTES, 1000, 0);
    CHECK(at(bytes)[0] == BYTES && at(bytes)[1] == 1000);
    uint32_t empty = wasmc_gc_new_array(REFERENCES, 0, 0);
    CHECK(at(empty)[0] == REFERENCES && at(empty)[1] == 0);
    uint32_t exception = wasmc_gc_new_exception(0, 0);
    CHECK(at(exception)[0] == EXCEPTION);
    uint32_t vectors = wasmc_gc_new_array(VECTORS, 3, 0);
    CHECK(WASMC_GC_ELEMENTS_OFFSET(16) == 16 && WASMC_GC_ELEMENTS_OFFSET(8) == 8);
    CHECK(at(vectors)[1] == 3 && vectors % 16 == 0);
    uint32_t large = wasmc_gc_new_struct(LARGE, 0);
    CHECK_EQUAL(large % WASMC_GC_BLOCK_BYTES, 0, "a large object begins a block");
    CHECK(at(large)[10000] == 0);
}

static void test_reachable(void)
{
    start(HEAP_BYTES);
    roots[0] = new_node(new_node(0, 0), new_node(0, new_node(0, 0)));
    new_node(0, 0);
    CHECK_EQUAL(live_after_collection(), 4 * 16, "globals and fields");
    at(roots[0])[1] = 0;
    CHECK_EQUAL(live_after_collection(), 3 * 16, "a field that was cleared");
    roots[0] = 9 << 1 | 1;
    roots[1] = 9 << 2 | 2;
    CHECK_EQUAL(live_after_collection(), 0, "an i31 and a reference of the host's");

    uint32_t exception = wasmc_gc_new_exception(0, 0);
    at(exception)[6] = new_node(0, 0);
    at(exception)[2] = new_node(0, 0);
    roots[0] = exception;
    CHECK_EQUAL(live_after_collection(), 32 + 16, "an exception's payload, by its tag");

    elements[2] = wasmc_gc_new_array(REFERENCES, 3, 0);
    at(elements[2])[2 + 2] = new_node(0, 0);
    elements[3] = new_node(0, 0);
    CHECK_EQUAL(live_after_collection(), 48 + 32 + 16, "elements of a table, within its size");
    segment.size = 4;
    elements[3] = new_node(0, 0);
    CHECK_EQUAL(live_after_collection(), 48 + 32 + 16 + 16, "a segment");
    segment.size = 0;

    start(HEAP_BYTES);
    roots[0] = wasmc_gc_new_array(BYTES, 8, 0);
    at(roots[0])[2] = new_node(0, 0);
    CHECK_EQUAL(live_after_collection(), 32, "bytes are no references");
}

/* Words of a stack: interior addresses count, and the one behind an array's last element. */
static void test_stack(void)
{
    start(HEAP_BYTES);
    uint32_t words[4] = {0};
    wasmc_gc_heap.roots.stack_top = (const uint8_t *)(words + 4);
    uint32_t array = wasmc_gc_new_array(REFERENCES, 2, 0);
    words[1] = array + 16;
    words[2] = array + 8;
    words[3] = new_node(0, 0) + 15;
    wasmc_gc_collect(words);
    CHECK_EQUAL(wasmc_gc_heap.live_bytes, 32 + 16, "interior addresses");
    words[3] = WASMC_GC_HEAP_BASE + 8 * WASMC_GC_BLOCK_BYTES;
    words[1] = 7;
    words[2] = UINT32_MAX;
    wasmc_gc_collect(words);
    CHECK_EQUAL(wasmc_gc_heap.live_bytes, 0, "words that are no addresses");
    uint32_t large = wasmc_gc_new_array(BYTES, 300000, 0);
    words[1] = large + 299999;
    wasmc_gc_collect(words);
    CHECK_EQUAL(wasmc_gc_heap.live_bytes, 5 * WASMC_GC_BLOCK_BYTES, "the end of a large object");
}

static void test_memory_is_used_again(void)
{
    start(SMALL_HEAP_BYTES);
    for (uint32_t i = 0; i < 1000000; i++) {
        uint32_t node = new_node(0, 0);
        if (i % 1000 == 0) {
            at(node)[1] = roots[0];
            roots[0] = node;
        }
        if (i % 30000 == 0)
            roots[0] = 0;
    }
    CHECK(wasmc_gc_space.collections >= 10);
    CHECK(wasmc_gc_space.block_used <= SMALL_HEAP_BYTES >> WASMC_GC_BLOCK_LOG2);
    roots[0] = 0;
    bool all_clear = true;
    for (uint32_t i = 0; i < 4000; i++) {
        uint32_t length = i * 37 % 70000;
        uint32_t array = wasmc_gc_new_array(BYTES, length, 0);
        const uint8_t *bytes = (const uint8_t *)(at(array) + 2);
        for (uint32_t k = 0; k < length; k++)
            all_clear = all_clear && bytes[k] == 0;
        memset(at(array) + 2, 0xff, length);
        roots[i % 2] = array;
    }
    CHECK(all_clear);
}

static jmp_buf exhausted;
static uint32_t exhausted_code;
static uint32_t exhausted_offset;

static void leave(uint32_t code, uint32_t module_offset, uint64_t element)
{
    (void)element;
    exhausted_code = code;
    exhausted_offset = module_offset;
    longjmp(exhausted, 1);
}

/* Makes arrays, each of which refers to the one before, until there is no room. */
static void exhaust(uint32_t length)
{
    wasmc_trap_hook = leave;
    if (setjmp(exhausted) == 0) {
        for (;;) {
            uint32_t array = wasmc_gc_new_array(REFERENCES, length, 77);
            at(array)[2] = roots[0];
            roots[0] = array;
        }
    }
    wasmc_trap_hook = NULL;
}

static void test_limit(void)
{
    start(SMALL_HEAP_BYTES);
    uint32_t lengths[] = {1, 1000, 10000, 100000, 1u << 20, UINT32_MAX};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        exhaust(lengths[i]);
        CHECK_EQUAL(exhausted_code, WASMC_TRAP_GC_HEAP_EXHAUSTED, "a full heap");
        CHECK_EQUAL(exhausted_offset, 77, "the place of the allocation");
        uint64_t live = wasmc_gc_heap.live_bytes;
        CHECK(lengths[i] > 100000 ? live == 0 : live > SMALL_HEAP_BYTES / 2 && live <= SMALL_HEAP_BYTES);
        roots[0] = 0;
        CHECK_EQUAL(live_after_collection(), 0, "what filled the heap is gone");
    }
}

/* More objects at once than the collector's stack holds. */
static void test_wide(void)
{
    start(HEAP_BYTES);
    roots[0] = wasmc_gc_new_array(REFERENCES, 1000, 0);
    for (uint32_t i = 0; i < 1000; i++) {
        uint32_t array = wasmc_gc_new_array(REFERENCES, 300, 0);
        at(roots[0])[2 + i] = array;
        for (uint32_t k = 0; k < 300; k++)
            at(array)[2 + k] = new_node(0, 0);
    }
    uint64_t live = live_after_collection();
    wasmc_gc_heap.mark_capacity = 64;
    CHECK(live > 300000 * 16);
    CHECK_EQUAL(live_after_collection(), live, "a small stack of objects");
}

static void test_stress(void)
{
    start(SMALL_HEAP_BYTES);
    wasmc_gc_space.stress = true;
    roots[0] = new_node(0, 0);
    uint32_t lost = new_node(0, 0);
    at(lost)[1] = 5;
    roots[1] = new_node(roots[0], 0);
    CHECK_EQUAL(wasmc_gc_space.collections, 3, "one at each allocation");
    CHECK(at(roots[1])[0] == NODE && at(roots[1])[1] == roots[0] && at(roots[1])[2] == 0);
    uint32_t large = wasmc_gc_new_array(BYTES, 100000, 0);
    new_node(0, 0);
    CHECK_EQUAL(at(large)[0], 0xdbdbdbdb, "what is freed is poisoned");
}

/* Headers, lengths and references that a damaged heap may hold. */
static void test_damage(void)
{
    start(HEAP_BYTES);
    uint32_t words[] = {UINT32_MAX, TYPE_COUNT + 1, LARGE, REFERENCES, 0xdbdbdbdb};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        roots[0] = new_node(0, 0);
        at(roots[0])[0] = words[i];
        at(roots[0])[1] = UINT32_MAX;
        at(roots[0])[2] = 0xfffffff0;
        at(roots[0])[3] = WASMC_GC_HEAP_BASE + HEAP_BYTES - 16;
        CHECK_EQUAL(live_after_collection(), 16, "only the object itself");
    }
}

/* Other threads, each with a heap of its own, in the same space. */
static void *in_a_thread(void *argument)
{
    void *own_structures = calloc(1, wasmc_gc_heap_structure_bytes());
    uint32_t own_root = 0;
    const uint32_t *own_globals[] = {&own_root, &own_root};
    const struct wasmc_gc_roots own = {own_globals, tables, segments, NULL};
    wasmc_gc_heap_start(own_structures, &own);
    uint32_t other = *(const uint32_t *)argument;
    CHECK(new_node(other, 0) / WASMC_GC_BLOCK_BYTES != other / WASMC_GC_BLOCK_BYTES);
    /* A reference to another's object, which nobody has, keeps nothing. */
    own_root = other;
    CHECK_EQUAL(live_after_collection(), 0, "what is another thread's");
    /* More than the space has, one after the other; then as much of it as there is. */
    for (uint32_t i = 0; i < 100000; i++)
        own_root = new_node(0, 0);
    exhausted_code = 0;
    uint32_t kept = roots[0];
    wasmc_trap_hook = leave;
    if (setjmp(exhausted) == 0) {
        for (;;) {
            uint32_t array = wasmc_gc_new_array(REFERENCES, 1000, 0);
            at(array)[2] = own_root;
            own_root = array;
        }
    }
    wasmc_trap_hook = NULL;
    CHECK_EQUAL(exhausted_code, WASMC_TRAP_GC_HEAP_EXHAUSTED, "the limit is of all heaps");
    CHECK(roots[0] == kept && wasmc_gc_space.block_taken == wasmc_gc_space.block_limit);
    wasmc_gc_heap_end();
    free(own_structures);
    return NULL;
}

static void test_threads(void)
{
    start(SMALL_HEAP_BYTES);
    roots[0] = new_node(0, 0);
    at(roots[0])[1] = new_node(0, 0);
    uint32_t taken = wasmc_gc_space.block_taken;
    for (int i = 0; i < 2; i++) {
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, in_a_thread, &roots[0]) == 0);
        pthread_join(thread, NULL);
        CHECK_EQUAL(wasmc_gc_space.block_taken, taken, "a thread's end frees its blocks");
    }
    CHECK(at(roots[0])[0] == NODE && at(at(roots[0])[1])[0] == NODE);
    CHECK_EQUAL(live_after_collection(), 2 * 16, "what others did is nothing to this heap");
    exhaust(1);
    CHECK_EQUAL(exhausted_code, WASMC_TRAP_GC_HEAP_EXHAUSTED, "a full heap");
    CHECK(wasmc_gc_heap.live_bytes > SMALL_HEAP_BYTES / 2);
}

/* Where half of the space is taken, a thread leaves no more behind than its part of the rest. */
static void test_parts(void)
{
    start(HEAP_BYTES);
    wasmc_gc_space.heap_count = 4;
    roots[0] = wasmc_gc_new_array(BYTES, HEAP_BYTES / 2, 0);
    CHECK_EQUAL(live_after_collection(), HEAP_BYTES / 2 + WASMC_GC_BLOCK_BYTES, "half of the space");
    for (uint32_t i = 0; i < 1000000; i++)
        new_node(0, 0);
    CHECK(wasmc_gc_space.collections >= 6);
    CHECK(wasmc_gc_space.block_used <= (HEAP_BYTES / 2 + HEAP_BYTES / 8) / WASMC_GC_BLOCK_BYTES + 3);
}

void test_gc(void)
{
    test_objects();
    test_reachable();
    test_stack();
    test_memory_is_used_again();
    test_limit();
    test_wide();
    test_stress();
    test_damage();
    test_threads();
    test_parts();
    free(structures);
    free(heap_structures);
    structures = heap_structures = NULL;
    munmap((void *)(uintptr_t)WASMC_GC_HEAP_BASE, HEAP_BYTES);
}

/* mark.c - finds what is alive. Nothing that lies in the heap is believed: numbers of types, lengths and references are
 * compared with what the collector knows itself, so that a damaged heap cannot lead it astray. */
#include "gc/heap.h"

/* Where an address lies. */
struct place {
    struct wasmc_gc_block *block;
    uint32_t *object;
    uint32_t cell;
};

/* The object that a word may point to or into; false: none. */
static inline bool find_object(uint32_t word, struct place *place)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    /* What is below the heap wraps around to behind it. */
    uint32_t offset = word - (uint32_t)(uintptr_t)wasmc_gc_space.base;
    uint32_t number = offset >> WASMC_GC_BLOCK_LOG2;
    if (number >= heap->block_end)
        return false;
    switch (heap->states[number]) {
    case WASMC_GC_CELLS: {
        struct wasmc_gc_block *block = &wasmc_gc_space.blocks[number];
        uint32_t cell = (uint32_t)(((uint64_t)(offset % WASMC_GC_BLOCK_BYTES) * block->reciprocal) >> 32);
        if (cell >= block->cell_count)
            return false;
        uint8_t *object = wasmc_gc_block_start(number) + (size_t)cell * block->cell_bytes;
        *place = (struct place){block, (uint32_t *)(void *)object, cell};
        return true;
    }
    case WASMC_GC_REST: number -= wasmc_gc_space.blocks[number].distance; /* fallthrough */
    case WASMC_GC_LARGE:
        *place = (struct place){&wasmc_gc_space.blocks[number], (uint32_t *)(void *)wasmc_gc_block_start(number), 0};
        return true;
    default: return false;
    }
}

static inline void mark_word(uint32_t word)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    struct place place;
    if (!find_object(word, &place))
        return;
    uint64_t bit = UINT64_C(1) << (place.cell % 64);
    uint64_t *marks = &place.block->marks[place.cell / 64];
    /* A free cell that was cleared has no type. */
    if ((*marks & bit) != 0 || place.object[0] == 0)
        return;
    *marks |= bit;
    place.block->marked++;
    heap->live_bytes += place.block->cell_bytes;
    if (heap->mark_count == heap->mark_capacity) {
        heap->mark_overflow = true;
        return;
    }
    heap->mark_stack[heap->mark_count++] = (uint32_t)(uintptr_t)place.object;
}

/* Null, an i31 and a reference of the host's are no addresses. */
static inline void mark_reference(uint32_t reference)
{
    if (reference != 0 && (reference & 3) == 0)
        mark_word(reference);
}

static void scan_struct(const uint32_t *object, const struct wasmc_gc_type *type, uint32_t cell_bytes)
{
    if (type->size_bytes > cell_bytes)
        return;
    const uint32_t *offsets = wasmc_gc_space.program->reference_offsets + type->first_reference;
    for (uint32_t i = 0; i < type->reference_count; i++)
        mark_reference(object[offsets[i] / sizeof *object]);
}

static void scan_array(const uint32_t *object, uint32_t cell_bytes)
{
    uint32_t first = WASMC_GC_ELEMENTS_OFFSET(sizeof *object) / sizeof *object;
    uint32_t room = cell_bytes / (uint32_t)sizeof *object - first;
    uint32_t length = object[1] < room ? object[1] : room;
    for (uint32_t i = 0; i < length; i++)
        mark_reference(object[first + i]);
}

static void scan_object(uint32_t address)
{
    const struct wasmc_gc_program *program = wasmc_gc_space.program;
    struct place place;
    if (!find_object(address, &place))
        return;
    uint32_t number = place.object[0];
    if (number >= program->type_count + program->tag_count)
        return;
    const struct wasmc_gc_type *type = &program->types[number];
    if (type->kind == WASMC_GC_STRUCT)
        scan_struct(place.object, type, place.block->cell_bytes);
    else if (type->kind == WASMC_GC_REFERENCES)
        scan_array(place.object, place.block->cell_bytes);
}

static void drain(void)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    while (heap->mark_count > 0)
        scan_object(heap->mark_stack[--heap->mark_count]);
}

static void scan_marked(uint32_t number)
{
    struct wasmc_gc_block *block = &wasmc_gc_space.blocks[number];
    for (uint32_t cell = 0; cell < block->cell_count; cell++) {
        if ((block->marks[cell / 64] >> (cell % 64) & 1) != 0) {
            scan_object((uint32_t)(uintptr_t)wasmc_gc_block_start(number) + cell * block->cell_bytes);
            drain();
        }
    }
}

/* Where the stack of objects was too small, all that are marked are looked at again, until none is new. Each time, at
 * least as many as it holds are done with: there are no more than a few times. */
static void drain_all(void)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    drain();
    while (heap->mark_overflow) {
        heap->mark_overflow = false;
        for (uint32_t number = 0; number < heap->block_end; number++) {
            if (heap->states[number] == WASMC_GC_CELLS || heap->states[number] == WASMC_GC_LARGE)
                scan_marked(number);
        }
    }
}

static void mark_references(const void *references, uint64_t count)
{
    const uint32_t *words = references;
    for (uint64_t i = 0; i < count; i++) {
        mark_reference(words[i]);
        drain();
    }
}

/* In a script, a thread may look at the tables of instances that are another's, while they grow: what is there by then is
 * not smaller than a size that was read before. */
static void mark_table(const struct wasmc_table *table)
{
    uint64_t size = __atomic_load_n(&table->size, __ATOMIC_ACQUIRE);
    mark_references(__atomic_load_n(&table->elements, __ATOMIC_RELAXED), size);
}

static void mark_roots(const struct wasmc_gc_program *program, const struct wasmc_gc_roots *roots)
{
    for (uint32_t i = 0; i < program->global_count; i++)
        mark_reference(*roots->globals[i]);
    for (uint32_t i = 0; i < program->table_count; i++)
        mark_table(roots->tables[i]);
    for (uint32_t i = 0; i < program->segment_count; i++)
        mark_references(roots->segments[i]->elements, roots->segments[i]->size);
}

/* Reads between the variables of frames, where a sanitizer expects nobody. */
__attribute__((noinline, no_sanitize("address"))) static void mark_stack(const uint32_t *low)
{
    const uint32_t *top = (const uint32_t *)(const void *)wasmc_gc_heap.roots.stack_top;
    for (const uint32_t *word = low; word < top; word++)
        mark_word(*word);
}

void wasmc_gc_mark(const uint32_t *low)
{
    mark_roots(wasmc_gc_space.program, &wasmc_gc_heap.roots);
    mark_stack(low);
    drain_all();
}

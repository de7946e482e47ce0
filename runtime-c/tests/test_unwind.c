/* The tables of unwind.h, made here as LLVM and the linker make them, whole and damaged. */
#include <stdlib.h>

#include "check.h"
#include "unwind.h"

/* A function of 64 bytes lies behind the image; calls at 16 to 20 have a handler for `first`, one at 24 for any tag, one at
 * 32 none. */
enum { FUNCTION = 0x1000, FUNCTION_BYTES = 64, PAD_FIRST = 40, PAD_ANY = 48, IMAGE_BYTES = 512 };

static const struct wasmc_tag first = {.name = "first", .signature = ""};
static const struct wasmc_tag second = {.name = "second", .signature = ""};

struct image {
    _Alignas(8) uint8_t bytes[IMAGE_BYTES];
    size_t size;
    size_t header;
    size_t handlers;
    size_t code_alignment;  /* where bytes are that tests change */
    size_t version;
    size_t augmentation;
    size_t instructions;
    size_t actions;
};

static void put(struct image *image, uint64_t value, size_t count)
{
    memcpy(image->bytes + image->size, &value, count);
    image->size += count;
}

static void put_bytes(struct image *image, const void *bytes, size_t count)
{
    memcpy(image->bytes + image->size, bytes, count);
    image->size += count;
}

/* From the place where it is written to `target`. */
static void put_relative(struct image *image, size_t target)
{
    put(image, (uint64_t)((int64_t)target - (int64_t)image->size), 4);
}

static void patch(struct image *image, size_t at, uint64_t value)
{
    memcpy(image->bytes + at, &value, 4);
}

static void put_handlers(struct image *image)
{
    size_t slots = image->size;
    put(image, (uintptr_t)&first, 8);
    image->handlers = image->size;
    put_bytes(image, (const uint8_t[]){0xff, 0x9b}, 2);
    size_t types_distance = image->size;
    put(image, 0, 1);
    put_bytes(image, (const uint8_t[]){0x01, 12}, 2);
    put_bytes(image, (const uint8_t[]){16, 4, PAD_FIRST, 1, 24, 4, PAD_ANY, 3, 32, 4, 0, 0}, 12);
    image->actions = image->size;
    /* At 1: first, and no more; at 3: any. */
    put_bytes(image, (const uint8_t[]){1, 0, 2, 0}, 4);
    put(image, 0, 4);           /* 2: any */
    put_relative(image, slots); /* 1: first, by a pointer to a pointer */
    image->bytes[types_distance] = (uint8_t)(image->size - types_distance - 1);
}

static void make(struct image *image)
{
    memset(image, 0, sizeof *image);
    put_handlers(image);
    size_t common = image->size;
    put(image, 0, 4);
    put(image, 0, 4);
    image->version = image->size;
    put(image, 1, 1);
    image->augmentation = image->size;
    put_bytes(image, "zPLR", 5);
    image->code_alignment = image->size;
    put_bytes(image, (const uint8_t[]){1, 0x78, 16, 7, 0x9b, 0, 0, 0, 0, 0x1b, 0x1b}, 11);
    put_bytes(image, (const uint8_t[]){0x0c, 7, 8, 0x90, 1}, 5); /* def_cfa rsp+8; rip at -8 */
    patch(image, common, image->size - common - 4);

    size_t entry = image->size;
    put(image, 0, 4);
    put(image, image->size - common, 4);
    put_relative(image, FUNCTION);
    put(image, FUNCTION_BYTES, 4);
    put(image, 4, 1);
    put_relative(image, image->handlers);
    image->instructions = image->size;
    /* push rbp; mov rbp, rsp; rbx saved; 16 bytes pushed for the call at 24. */
    put_bytes(image, (const uint8_t[]){0x41, 0x0e, 16, 0x86, 2, 0x43, 0x0d, 6, 0x44, 0x83, 3, 0x50, 0x2e, 16}, 14);
    patch(image, entry, image->size - entry - 4);
    put(image, 0, 4);

    image->header = image->size;
    put_bytes(image, (const uint8_t[]){1, 0x1b, 0x03, 0x3b}, 4);
    put(image, 0, 4);
    put(image, 1, 4);
    put(image, FUNCTION - image->header, 4);
    put(image, entry - image->header, 4);
}

static struct wasmc_unwind_tables tables_of(const struct image *image, size_t size)
{
    return (struct wasmc_unwind_tables){image->bytes, image->bytes + size, image->bytes + image->header};
}

static enum wasmc_unwind_result find(const struct image *image, uintptr_t at, struct wasmc_unwind_frame *frame)
{
    struct wasmc_unwind_tables tables = tables_of(image, image->size);
    return wasmc_unwind_find_frame(&tables, (uintptr_t)image->bytes + FUNCTION + at, frame);
}

static long handler(const struct image *image, uintptr_t at, const struct wasmc_tag *tag)
{
    struct wasmc_unwind_tables tables = tables_of(image, image->size);
    struct wasmc_unwind_frame frame;
    uintptr_t landing_pad = 0;
    if (find(image, at, &frame) != WASMC_UNWIND_FOUND)
        return -2;
    uintptr_t pc = (uintptr_t)image->bytes + FUNCTION + at;
    switch (wasmc_unwind_find_handler(&tables, &frame, pc, tag, &landing_pad)) {
    case WASMC_UNWIND_FOUND: return (long)(landing_pad - frame.start);
    case WASMC_UNWIND_NONE: return 0;
    default: return -1;
    }
}

static void test_frames(void)
{
    struct image image;
    struct wasmc_unwind_frame frame;
    make(&image);
    CHECK_EQUAL(find(&image, (uintptr_t)-1, &frame), WASMC_UNWIND_NONE, "before the function");
    CHECK_EQUAL(find(&image, FUNCTION_BYTES, &frame), WASMC_UNWIND_NONE, "behind it");
    CHECK_EQUAL(find(&image, 0, &frame), WASMC_UNWIND_FOUND, "its first byte");
    CHECK_EQUAL(frame.cfa_register, 7, "at entry");
    CHECK_EQUAL(frame.cfa_offset, 8, "at entry");
    CHECK_EQUAL(frame.saved[WASMC_REGISTER_RBP], 0, "at entry");
    CHECK_EQUAL(find(&image, 3, &frame), WASMC_UNWIND_FOUND, "after push");
    CHECK_EQUAL(frame.cfa_offset, 16, "after push");
    CHECK_EQUAL(frame.saved[WASMC_REGISTER_RBP], -16, "after push");
    CHECK_EQUAL(frame.cfa_register, 7, "after push");
    CHECK_EQUAL(find(&image, 20, &frame), WASMC_UNWIND_FOUND, "in the body");
    CHECK_EQUAL(frame.cfa_register, 6, "in the body");
    CHECK_EQUAL(frame.saved[WASMC_REGISTER_RBX], -24, "in the body");
    CHECK_EQUAL(frame.saved[WASMC_REGISTER_PC], -8, "in the body");
    CHECK_EQUAL(frame.argument_bytes, 0, "in the body");
    CHECK_EQUAL(find(&image, 24, &frame), WASMC_UNWIND_FOUND, "with arguments on the stack");
    CHECK_EQUAL(frame.argument_bytes, 16, "with arguments on the stack");
    CHECK_EQUAL(frame.start, (uintptr_t)image.bytes + FUNCTION, "start");
}

static void test_handlers(void)
{
    struct image image;
    make(&image);
    CHECK_EQUAL(handler(&image, 15, &first), 0, "before the first call");
    CHECK_EQUAL(handler(&image, 16, &first), PAD_FIRST, "the tag");
    CHECK_EQUAL(handler(&image, 19, &first), PAD_FIRST, "the last byte of the call");
    CHECK_EQUAL(handler(&image, 16, &second), 0, "another tag");
    CHECK_EQUAL(handler(&image, 20, &first), 0, "between calls");
    CHECK_EQUAL(handler(&image, 24, &first), PAD_ANY, "any tag");
    CHECK_EQUAL(handler(&image, 24, &second), PAD_ANY, "any tag");
    CHECK_EQUAL(handler(&image, 32, &first), 0, "no handler");
    CHECK_EQUAL(handler(&image, 63, &first), 0, "behind the last call");
    image.bytes[image.actions] = 0;
    CHECK_EQUAL(handler(&image, 16, &second), PAD_FIRST, "a cleanup is for all");
}

/* What is not known is an error, whatever would come of it. */
static void test_unknown(void)
{
    struct image image;
    struct wasmc_unwind_frame frame;
    static const uint8_t operations[] = {
        0x01, /* set_loc */
        0x07, /* undefined */
        0x09, /* register */
        0x0b, /* restore_state without remember_state */
        0x0f, /* def_cfa_expression */
        0x10, /* expression */
        0x11, /* offset_extended_sf */
        0x16, /* val_expression */
        0x2d, /* GNU_window_save */
        0x3f, /* nobody's */
        0x91, /* offset, of a register that nobody preserves */
    };
    for (size_t i = 0; i < sizeof operations; i++) {
        make(&image);
        image.bytes[image.instructions] = operations[i];
        CHECK_EQUAL(find(&image, 20, &frame), WASMC_UNWIND_BROKEN, "an unknown operation");
    }
    make(&image);
    memset(image.bytes + image.instructions, 0x0a, 5);
    CHECK_EQUAL(find(&image, 20, &frame), WASMC_UNWIND_BROKEN, "too many remembered");
    make(&image);
    image.bytes[image.version] = 4;
    CHECK_EQUAL(find(&image, 0, &frame), WASMC_UNWIND_BROKEN, "version");
    make(&image);
    image.bytes[image.code_alignment] = 4;
    CHECK_EQUAL(find(&image, 0, &frame), WASMC_UNWIND_BROKEN, "code alignment");
    make(&image);
    image.bytes[image.code_alignment + 1] = 0x7c;
    CHECK_EQUAL(find(&image, 0, &frame), WASMC_UNWIND_BROKEN, "data alignment");
    make(&image);
    image.bytes[image.augmentation + 1] = 'S';
    CHECK_EQUAL(find(&image, 0, &frame), WASMC_UNWIND_BROKEN, "a signal's frame");
    make(&image);
    image.bytes[image.augmentation] = 'e';
    CHECK_EQUAL(find(&image, 0, &frame), WASMC_UNWIND_BROKEN, "an old augmentation");
    make(&image);
    image.bytes[image.header + 3] = 0x0b;
    CHECK_EQUAL(find(&image, 0, &frame), WASMC_UNWIND_BROKEN, "a table of another kind");
    make(&image);
    memset(image.bytes + image.header + 8, 0xff, 4);
    CHECK_EQUAL(find(&image, 0, &frame), WASMC_UNWIND_BROKEN, "more functions than fit");
    make(&image);
    image.bytes[image.handlers] = 0x1b;
    CHECK_EQUAL(handler(&image, 16, &first), -1, "another base of landing pads");
    make(&image);
    image.bytes[image.handlers + 1] = 0x4b;
    CHECK_EQUAL(handler(&image, 16, &first), -1, "another base of tags");
    make(&image);
    image.bytes[image.actions] = 0x7f;
    CHECK_EQUAL(handler(&image, 16, &first), -1, "an exception specification");
    make(&image);
    image.bytes[image.actions] = 60;
    CHECK_EQUAL(handler(&image, 16, &first), -1, "a tag that is not there");
    make(&image);
    image.bytes[image.actions + 1] = 0x7f;
    CHECK_EQUAL(handler(&image, 16, &second), -1, "a list of actions without an end");
}

/* Whatever the bytes are, it ends, and nothing outside of the image is read (the sanitizer watches). */
static void test_damaged(void)
{
    uint64_t state = 7;
    for (int round = 0; round < 30000; round++) {
        struct image image;
        make(&image);
        for (int i = 0; i < 1 + round % 3; i++) {
            state = state * UINT64_C(6364136223846793005) + 1;
            image.bytes[(state >> 33) % image.size] = (uint8_t)(state >> 24);
        }
        size_t size = round % 4 == 0 ? (state >> 40) % (image.size + 1) : image.size;
        uint8_t *exact = malloc(size + 1);
        memcpy(exact, image.bytes, size);
        struct wasmc_unwind_tables tables = {exact, exact + size, exact + image.header};
        struct wasmc_unwind_frame frame;
        uintptr_t pc = (uintptr_t)exact + FUNCTION + (state >> 20) % FUNCTION_BYTES;
        uintptr_t landing_pad;
        if (wasmc_unwind_find_frame(&tables, pc, &frame) == WASMC_UNWIND_FOUND)
            (void)wasmc_unwind_find_handler(&tables, &frame, pc, &first, &landing_pad);
        free(exact);
    }
    checks_passed++;
}

void test_unwind(void)
{
    test_frames();
    test_handlers();
    test_unknown();
    test_damaged();
}

/* abi.h - the contract between compiled code and the runtime, written once.
 *
 * The compiler imports this header (module CWasmcABI) and lays out the same structures as LLVM
 * constants; the runtime includes it. A change here changes both sides; the static assertions at the
 * end fix every offset that compiled code uses.
 *
 * Units are last in names: _bytes, _pages, _log2. All structures are naturally aligned.
 */
#ifndef WASMC_ABI_H
#define WASMC_ABI_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* How Swift sees an enumeration: as one of its own, whose cases it can count, with names of its own. */
#ifdef __swift__
#define WASMC_SWIFT_ENUM(swift_name_) __attribute__((enum_extensibility(closed), swift_name(swift_name_)))
#define WASMC_SWIFT_CASE(swift_name_) __attribute__((swift_name(swift_name_)))
#else
#define WASMC_SWIFT_ENUM(swift_name_)
#define WASMC_SWIFT_CASE(swift_name_)
#endif

/* Raised with every incompatible change; the runtime refuses a program of another version. */
#define WASMC_ABI_VERSION 5u

/* Traps: code, spec phrase. Compiled code passes the code to wasmc_trap. */
enum WASMC_SWIFT_ENUM("TrapKind") wasmc_trap_code {
#define WASMC_TRAP(name, swift, code, phrase) WASMC_TRAP_##name WASMC_SWIFT_CASE(#swift) = code,
#include "traps.def"
#undef WASMC_TRAP
};

/* Exit statuses of a program, besides the guest's own: those of timeout(1), env(1) and the shells. */
enum wasmc_exit_status {
    WASMC_EXIT_LOST = 1,      /* the results of --invoke could not be written */
    WASMC_EXIT_TIMEOUT = 124, /* --timeout */
    WASMC_EXIT_START = 125,   /* it cannot start: on this machine, with these grants or arguments of --invoke */
    WASMC_EXIT_TRAP = 134,
};

/* One linear memory. Written by the runtime only; compiled code reads size_bytes and, for memories
 * whose base is not a link-time constant, base. */
struct wasmc_memory {
    uint8_t *base;           /* host address of guest address 0; never moves while the program runs */
    uint64_t size_bytes;     /* current size */
    uint64_t size_pages;     /* current size in pages of 1 << page_log2 bytes */
    uint64_t max_pages;      /* growth limit: the declared maximum or the granted one, the smaller */
    uint64_t reserved_bytes; /* address space held from base on, guard included */
    uint32_t page_log2;      /* 16, or the custom page size */
    uint32_t flags;          /* enum wasmc_memory_flags */
};

enum wasmc_memory_flags {
    WASMC_MEMORY_IS64 = 1u << 0,     /* 64-bit guest addresses */
    WASMC_MEMORY_SHARED = 1u << 1,   /* atomics and several threads */
    WASMC_MEMORY_EXPLICIT = 1u << 2, /* every access carries a compare; no guard region is needed */
};

/* What the module declares; a constant. */
struct wasmc_memory_desc {
    uint64_t min_pages;
    uint64_t max_pages;    /* declared maximum, or the largest the index type allows */
    uint64_t fixed_base;   /* link-time constant host address of the base; 0: any address */
    uint64_t guard_bytes;  /* unmapped bytes that must follow the largest index (offset space + widest access) */
    uint32_t page_log2;
    uint32_t flags;
};

/* Where memory k of an instance lives when its base is a link-time constant. The first is low
 * enough to fold into an x86-64 displacement and above every usual vm.mmap_min_addr; everything
 * below it is never mapped, which makes it a guard. */
#define WASMC_MEMORY_BASE 0x10000ULL
#define WASMC_MEMORY_STRIDE 0x300000000ULL
/* Offset space (4 GiB) + widest access (16 bytes), rounded up to a page of 64 KiB. */
#define WASMC_MEMORY32_GUARD_BYTES 0x100010000ULL

/* An active data segment whose offset the compiler has evaluated. Copied in order at start;
 * one that does not fit is WASMC_TRAP_OUT_OF_BOUNDS_MEMORY. */
struct wasmc_data_segment {
    uint64_t offset_bytes;   /* guest address */
    uint64_t size_bytes;
    const uint8_t *bytes;
    const struct wasmc_memory *memory; /* the instance's own or an imported one */
};

/* Active data segments of at least that many bytes lie as they will in memory: at the same place in a page. Who starts moves
 * their pages there instead of copying them (memory_map.c), which a program that has such a segment refers to. */
#define WASMC_MAPPED_DATA_BYTES 131072
#define WASMC_MAPPED_DATA_ALIGN 4096
#define WASMC_DATA_MAPPER "wasmc_memory_is_mapped"

/* An active element segment on a table that another instance defines; those on own tables are part of the
 * tables' first contents. One that does not fit is WASMC_TRAP_OUT_OF_BOUNDS_TABLE. */
struct wasmc_elem_segment {
    struct wasmc_table *table;
    uint64_t offset;         /* in elements */
    const void *const *elements;
    uint64_t size;           /* in elements */
};

/* An imported memory or table that has to be this large at instantiation, and was not when it was defined. */
struct wasmc_size_check {
    const uint64_t *actual;  /* pages or elements; null for what is each thread's */
    uint64_t minimum;
    const char *import;      /* "module name", for the message */
    const uint64_t *(*local)(void); /* where the calling thread's number lies, or null */
};

/* A passive data segment at run time: memory.init reads it, data.drop sets size_bytes to 0. */
struct wasmc_data_instance {
    const uint8_t *bytes;
    uint64_t size_bytes;
};

/* A function reference points to one of these (a constant); a null reference is a null pointer. */
struct wasmc_func_ref {
    uint32_t type_id;    /* canonical type, 1-based, unique in the program */
    uint32_t func_index; /* in its module */
    const void *code;    /* compiled code of the guest's own calling convention: never called from C */
    void (*invoke)(uint64_t *slots); /* C-callable thunk as in wasmc_export, or null */
};

/* A table that something can change. An element is a pointer: wasmc_func_ref * or an opaque host reference. */
struct wasmc_table {
    const void **elements;
    uint64_t size;       /* elements in use */
    uint64_t max;        /* growth limit in elements */
    uint64_t capacity;   /* elements allocated; those from size on are null */
    uint64_t instance;   /* index in wasmc_program of the instance that defines it */
};

/* An element segment at run time: table.init reads it, elem.drop sets size to 0. */
struct wasmc_elem_instance {
    const void *const *elements;
    uint64_t size;
};

/* --- The garbage-collected heap -------------------------------------------------------------------
 *
 * In a program that has one, every reference takes 32 bits, wherever it lies:
 *
 *   0                      null
 *   bit 0 is set           an i31: value << 1 | 1
 *   bits 1 and 0 are 10    a reference of the host's: value << 2 | 2
 *   a multiple of 16       the address of an object in the heap, which lies in the low 4 GiB
 *
 * A reference to a function is its number in the program's array of wasmc_func_ref, from 1 on; the collector never
 * looks at one. An object begins with the number of its type (u32), from 1 on; a free cell begins with 0.
 *
 *   struct, exception      header, fields at their natural alignment (v128: 8 bytes)
 *   array                  header, length (u32), elements from WASMC_GC_ELEMENTS_OFFSET on
 */
enum wasmc_gc_kind {
    WASMC_GC_NONE = 0,       /* a function type: nothing of it lies in the heap */
    WASMC_GC_STRUCT = 1,     /* a structure, or what a tag's exceptions hold */
    WASMC_GC_ARRAY = 2,      /* without references to the heap */
    WASMC_GC_REFERENCES = 3, /* an array of references to the heap */
    /* Only of references, not of types: */
    WASMC_GC_I31 = 4,
    WASMC_GC_HOST = 5,
    WASMC_GC_EXCEPTION = 6,
};

/* What the collector knows of a type; a constant. */
struct wasmc_gc_type {
    uint32_t kind;            /* enum wasmc_gc_kind */
    uint32_t size_bytes;      /* of a struct, with its header; of an array's element: 1, 2, 4, 8 or 16 */
    uint32_t first_reference; /* of a struct: in wasmc_gc_program.reference_offsets */
    uint32_t reference_count; /* of a struct: fields that are references to the heap */
};

#define WASMC_GC_LENGTH_OFFSET 4u
/* Elements of 16 bytes begin at the second multiple of that: also the address of the one before the first lies in the
 * object. */
#define WASMC_GC_ELEMENTS_OFFSET(element_bytes) ((element_bytes) == 16 ? 16u : 8u)

/* What the collector has to know of a program that has a heap; a constant. */
struct wasmc_gc_program {
    const struct wasmc_gc_type *types; /* type 0 is none; then all types, then what each tag's exceptions hold */
    const uint32_t *reference_offsets; /* in bytes from an object's start */
    const uint32_t *const *globals;    /* those that may refer to objects */
    const struct wasmc_table *const *tables;           /* the same; their elements are uint32_t */
    const struct wasmc_elem_instance *const *segments; /* the same */
    const struct wasmc_tag *const *tags; /* by number */
    /* Of a program that starts threads, each of which has globals, tables and segments of its own: the lists above are
     * null, and this writes the addresses of the calling thread's, in their order. */
    void (*thread_roots)(const void **roots);
    uint32_t type_count;               /* of `types` without those of tags; with type 0 */
    uint32_t tag_count;
    uint32_t global_count;
    uint32_t table_count;
    uint32_t segment_count;
    uint32_t flags;                    /* enum wasmc_gc_flags */
};

enum wasmc_gc_flags {
    WASMC_GC_STRESS = 1u << 0, /* for tests: a collection at each allocation, and what is freed is poisoned */
};

/* Defined by the compiler in a program that has a heap. */
extern const struct wasmc_gc_program wasmc_gc_program;

/* Where the heap lies: far from small integers, which the collector would take for references. Everything else below
 * 4 GiB, and so much behind it as an index of any array reaches, is never mapped in a program that has a heap. */
#define WASMC_GC_HEAP_BASE UINT64_C(0x20000000)
#define WASMC_GC_HEAP_END UINT64_C(0x100000000)
#define WASMC_GC_GUARD_BYTES UINT64_C(0x1000000000)
/* Memories lie behind that: the first one has this number among those of WASMC_MEMORY_STRIDE. */
#define WASMC_GC_FIRST_MEMORY 6

/* Every value that wasmc_export and wasmc_func_ref pass takes so many slots of 8 bytes. */
#define WASMC_SLOTS_PER_VALUE 2

/* Value kinds in wasmc_export signatures, one character each: 'i' i32, 'l' i64, 'f' f32, 'd' f64,
 * 'v' v128, 'F' funcref, 'E' externref, 'R' another reference; parameters, ':' and results: "il:f". */
struct wasmc_export {
    const char *name;         /* UTF-8, may contain NUL: name_bytes counts */
    uint64_t name_bytes;
    const char *signature;    /* NUL-terminated */
    /* A function, or a reader of the global (a signature without parameters).
     * Reads parameters from slots and writes results to slots, from the start each time; every value
     * takes WASMC_SLOTS_PER_VALUE, the unused upper part is zero. */
    void (*invoke)(uint64_t *slots);
};

/* A function's place in the module, for trap messages: sorted by code_offset. */
struct wasmc_func_info {
    uint32_t code_offset;  /* module offset of the function's body */
    uint32_t func_index;
    uint32_t name_offset;  /* into wasmc_instance.func_names, NUL-terminated UTF-8; 0 is the empty name */
};

/* A tag of exceptions; a constant, whose address is the tag's identity. */
struct wasmc_tag {
    const char *name;      /* NUL-terminated UTF-8: from the module's name section, or of an export, or "tag[0]" */
    const char *signature; /* of the values that an exception carries, as before ':' in wasmc_export: "il" */
    uint32_t number;       /* among the tags of the program */
    uint32_t reserved;
};

/* What prints floats and vectors in the message about an exception that nothing catches: a program that has tags with such
 * refers to it. */
#define WASMC_NUMBER_PRINTER "wasmc_value_put_number"

/* The exception that is on its way: compiled code fills it in, wasmc_throw carries it, and whoever catches it reads it
 * before anything else can be thrown. Its values follow, WASMC_SLOTS_PER_VALUE slots each; the upper part is undefined
 * where the value does not need it. */
struct wasmc_exception {
    const struct wasmc_tag *tag;
    uint32_t module_offset; /* of the instruction that has thrown it, for the message when nothing catches it */
    uint32_t slot_count;    /* how many slots follow */
};

/* Storage for a module's capability context; only the runtime knows its fields. */
#define WASMC_CTX_BYTES 4096
#define WASMC_CTX_ALIGN 64
struct wasmc_ctx;

/* One module instance of the program; a constant. */
struct wasmc_instance {
    const char *module_name;           /* NUL-terminated UTF-8; what others import it as, for the main one its file */
    struct wasmc_ctx *ctx;
    struct wasmc_memory *memories;     /* the memory_count that the instance defines, zero before start */
    const struct wasmc_memory_desc *memory_descs;
    const struct wasmc_memory *wasi_memory; /* the memory exported as "memory", or null */
    const struct wasmc_size_check *size_checks;
    const struct wasmc_elem_segment *elem_segments;
    const struct wasmc_data_segment *data_segments;
    const struct wasmc_export *exports; /* functions and globals; only when WASMC_PROGRAM_INVOKE is set */
    const struct wasmc_func_info *func_infos;
    const char *func_names;
    void (*start_function)(void);      /* the module's start function, or null */
    void (*entry)(void);               /* `_start` of a command, `_initialize` of a reactor, or null */
    uint64_t table_elements;           /* with which the tables that the instance defines begin, all together */
    uint32_t memory_count;
    uint32_t size_check_count;
    uint32_t elem_segment_count;
    uint32_t data_segment_count;
    uint32_t export_count;
    uint32_t func_info_count;
    uint32_t entry_kind;               /* enum wasmc_entry_kind */
    uint32_t instantiation_trap;       /* trap code that instantiation ends with before data segments, or 0 */
};

enum wasmc_entry_kind {
    WASMC_ENTRY_NONE = 0,
    WASMC_ENTRY_COMMAND = 1,
    WASMC_ENTRY_REACTOR = 2,
};

enum wasmc_program_flags {
    WASMC_PROGRAM_INVOKE = 1u << 0,  /* exports are filled in: --invoke works */
    WASMC_PROGRAM_CEILING = 1u << 1, /* `grants` are the most that the program ever has */
};

/* The section of compiled guest code, and of nothing else: a fault there is the guest's. The linker bounds it by
 * __start_wasmc_text and __stop_wasmc_text. Trap places of guard-page faults: see pcmap.h. */
#define WASMC_TEXT_SECTION "wasmc_text"

struct wasmc_program {
    uint32_t abi_version;    /* WASMC_ABI_VERSION */
    uint32_t instance_count;
    const struct wasmc_instance *instances; /* in instantiation order; the last is the main module */
    const char *grants;      /* NUL-separated words in the grammar of WASMC_GRANTS, ended by an empty word; a word
                              * --module=NAME begins the words of the linked module of that module_name */
    uint64_t default_stack_bytes; /* guest stack without --max-stack */
    uint32_t flags;          /* enum wasmc_program_flags */
    uint32_t cpu_features;   /* enum wasmc_cpu_level the code was compiled for; checked at start */
};

enum wasmc_cpu_level {
    WASMC_CPU_BASELINE = 0, /* nothing beyond the architecture's baseline */
    WASMC_CPU_X86_64_V2 = 2,
    WASMC_CPU_X86_64_V3 = 3,
    WASMC_CPU_X86_64_V4 = 4,
    WASMC_CPU_NATIVE = 255, /* the compiling machine's: cpuid is not checked beyond v3 */
};

/* Defined by the compiler, used by the runtime. */
extern const struct wasmc_program wasmc_program;

/* Of a program that has functions for several levels of CPUs, and of no other. Calls go where the first of a function's
 * pointers says; the runtime puts the one there for the highest level that this CPU has. */
struct wasmc_clones {
    uint32_t level_count;
    uint32_t function_count;
    const uint32_t *levels;  /* enum wasmc_cpu_level, ascending; the first is the program's cpu_features */
    const void **code;       /* for each function, a pointer for each level; constant once the program has started */
};

extern const struct wasmc_clones wasmc_clones;

/* Of a program that starts threads, and of no other: what a thread runs that an instance has started, by instance; null
 * for those that start none. What instances have and do not share is thread-local then; a thread begins with what its
 * storage does, and start_function makes the rest of it. */
extern void (*const wasmc_thread_starts[])(uint32_t thread_id, uint32_t argument);

/* Builtins: called by compiled code, defined by the runtime. module_offset is the offset of the
 * instruction in the module, for the trap message. */
#define WASMC_BUILTIN(result, name, parameters, doc) result name parameters;
#define WASMC_BUILTIN_NORETURN(name, parameters, doc) _Noreturn void name parameters;
#include "builtins.def"
#undef WASMC_BUILTIN
#undef WASMC_BUILTIN_NORETURN

/* The compiler takes every offset from the structures above. Those here stand in objects that other versions of it
 * have made: who changes one raises WASMC_ABI_VERSION. */
static_assert(offsetof(struct wasmc_program, abi_version) == 0, "wasmc_program.abi_version");
static_assert(offsetof(struct wasmc_memory, base) == 0, "wasmc_memory.base");
static_assert(offsetof(struct wasmc_memory, size_bytes) == 8, "wasmc_memory.size_bytes");
static_assert(offsetof(struct wasmc_memory, size_pages) == 16, "wasmc_memory.size_pages");
static_assert(sizeof(struct wasmc_memory) == 48, "wasmc_memory");
static_assert(sizeof(struct wasmc_memory_desc) == 40, "wasmc_memory_desc");
static_assert(sizeof(struct wasmc_data_segment) == 32, "wasmc_data_segment");
static_assert(offsetof(struct wasmc_data_instance, bytes) == 0, "wasmc_data_instance.bytes");
static_assert(offsetof(struct wasmc_data_instance, size_bytes) == 8, "wasmc_data_instance.size_bytes");
static_assert(sizeof(struct wasmc_data_instance) == 16, "wasmc_data_instance");
static_assert(offsetof(struct wasmc_func_ref, type_id) == 0, "wasmc_func_ref.type_id");
static_assert(offsetof(struct wasmc_func_ref, code) == 8, "wasmc_func_ref.code");
static_assert(sizeof(struct wasmc_func_ref) == 24, "wasmc_func_ref");
static_assert(offsetof(struct wasmc_table, elements) == 0, "wasmc_table.elements");
static_assert(offsetof(struct wasmc_table, size) == 8, "wasmc_table.size");
static_assert(sizeof(struct wasmc_table) == 40, "wasmc_table");
static_assert(offsetof(struct wasmc_elem_instance, size) == 8, "wasmc_elem_instance.size");
static_assert(sizeof(struct wasmc_elem_instance) == 16, "wasmc_elem_instance");
static_assert(sizeof(struct wasmc_export) == 32, "wasmc_export");
static_assert(sizeof(struct wasmc_tag) == 24, "wasmc_tag");
static_assert(sizeof(struct wasmc_exception) == 16, "wasmc_exception");
static_assert(sizeof(struct wasmc_func_info) == 12, "wasmc_func_info");
static_assert(sizeof(struct wasmc_elem_segment) == 32, "wasmc_elem_segment");
static_assert(sizeof(struct wasmc_size_check) == 32, "wasmc_size_check");
static_assert(sizeof(struct wasmc_instance) == 144, "wasmc_instance");
static_assert(sizeof(struct wasmc_program) == 40, "wasmc_program");
static_assert(sizeof(struct wasmc_clones) == 24, "wasmc_clones");

#endif

// As much of C++'s runtime for exceptions as the programs here need: Debian's for WASI is built without.
// Itanium C++ ABI, "Exception Handling"; the landing pads are numbers, as clang makes them for WebAssembly.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <typeinfo>

asm(".globl __cpp_exception\n.tagtype __cpp_exception i32\n__cpp_exception:\n");

namespace {

struct Header {
    std::type_info *type;
    void (*destroy)(void *);
    int handlers;
    Header *below;
};

Header *caught;

uintptr_t unsigned_number(const uint8_t *&at)
{
    uintptr_t value = 0;
    unsigned shift = 0;
    uint8_t byte;
    do {
        byte = *at++;
        value |= static_cast<uintptr_t>(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    return value;
}

intptr_t signed_number(const uint8_t *&at)
{
    const uint8_t *start = at;
    intptr_t value = static_cast<intptr_t>(unsigned_number(at));
    unsigned bits = 7 * static_cast<unsigned>(at - start);
    return bits < 32 && (at[-1] & 0x40) ? value - (intptr_t(1) << bits) : value;
}

}  // namespace

extern "C" {

struct {
    unsigned landing_pad;
    const uint8_t *table;
    unsigned selector;
} __wasm_lpad_context;

void *__cxa_allocate_exception(size_t bytes)
{
    return static_cast<Header *>(std::calloc(1, sizeof(Header) + bytes)) + 1;
}

void __cxa_free_exception(void *exception)
{
    std::free(static_cast<Header *>(exception) - 1);
}

void __cxa_throw(void *exception, std::type_info *type, void (*destroy)(void *))
{
    Header *header = static_cast<Header *>(exception) - 1;
    header->type = type;
    header->destroy = destroy;
    __builtin_wasm_throw(0, exception);
}

void *__cxa_begin_catch(void *exception) noexcept
{
    Header *header = static_cast<Header *>(exception) - 1;
    header->handlers++;
    header->below = caught;
    caught = header;
    return exception;
}

void __cxa_end_catch()
{
    Header *header = caught;
    caught = header->below;
    if (--header->handlers > 0)
        return;
    if (header->destroy != nullptr)
        header->destroy(header + 1);
    __cxa_free_exception(header + 1);
}

void __cxa_rethrow()
{
    caught->handlers++;
    __builtin_wasm_throw(0, caught + 1);
}

// Which of a landing pad's handlers is meant: the number of its type, or 0.
int _Unwind_CallPersonality(void *exception)
{
    auto &context = __wasm_lpad_context;
    context.selector = 0;
    const uint8_t *at = context.table;
    if (at == nullptr)
        return 0;
    at += 2;  // no base of landing pads; types are addresses
    uintptr_t distance = unsigned_number(at);
    auto types = reinterpret_cast<std::type_info *const *>(at + distance);
    at++;
    distance = unsigned_number(at);
    const uint8_t *actions = at + distance;
    for (unsigned i = 0; i < 2 * context.landing_pad + 1; i++)
        unsigned_number(at);
    uintptr_t action = unsigned_number(at);
    if (action == 0)
        return 0;
    for (at = actions + action - 1;;) {
        intptr_t number = signed_number(at);
        const uint8_t *place = at;
        intptr_t next = signed_number(at);
        if (number > 0 && (types[-number] == nullptr || types[-number] == (static_cast<Header *>(exception) - 1)->type)) {
            context.selector = static_cast<unsigned>(number);
            return 0;
        }
        if (next == 0)
            return 0;
        at = place + next;
    }
}

int __gxx_wasm_personality_v0()
{
    std::abort();
}

}

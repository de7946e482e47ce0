#include "guest.h"

bool wasmc_guest_contains(const struct wasmc_guest *guest, guest_addr addr, uint64_t bytes)
{
    uint64_t size = __atomic_load_n(&guest->ctx->memory->size_bytes, __ATOMIC_ACQUIRE);
    return bytes <= size && addr <= size - bytes;
}

uint8_t *wasmc_guest_bytes(const struct wasmc_guest *guest, guest_addr addr, uint64_t bytes)
{
    if (!wasmc_guest_contains(guest, addr, bytes))
        wasmc_trap_host_call(WASMC_TRAP_GUEST_POINTER, guest->call);
    return guest->ctx->memory->base + addr;
}

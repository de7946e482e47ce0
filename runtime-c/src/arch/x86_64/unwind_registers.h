/* unwind_registers.h - the registers that a function preserves for its caller, and DWARF's numbers for them. */
#ifndef WASMC_ARCH_UNWIND_REGISTERS_H
#define WASMC_ARCH_UNWIND_REGISTERS_H

#include <stdint.h>

enum {
    WASMC_REGISTER_RBX,
    WASMC_REGISTER_RBP,
    WASMC_REGISTER_R12,
    WASMC_REGISTER_R13,
    WASMC_REGISTER_R14,
    WASMC_REGISTER_R15,
    WASMC_REGISTER_SP,
    WASMC_REGISTER_PC,
    WASMC_REGISTERS,
};

/* The column of the return address. */
#define WASMC_DWARF_RETURN_ADDRESS 16

struct wasmc_registers {
    uint64_t values[WASMC_REGISTERS];
};

/* -1 for what is not preserved. */
static inline int wasmc_register_number(uint64_t dwarf_number)
{
    switch (dwarf_number) {
    case 3: return WASMC_REGISTER_RBX;
    case 6: return WASMC_REGISTER_RBP;
    case 7: return WASMC_REGISTER_SP;
    case 12: return WASMC_REGISTER_R12;
    case 13: return WASMC_REGISTER_R13;
    case 14: return WASMC_REGISTER_R14;
    case 15: return WASMC_REGISTER_R15;
    case WASMC_DWARF_RETURN_ADDRESS: return WASMC_REGISTER_PC;
    default: return -1;
    }
}

#endif

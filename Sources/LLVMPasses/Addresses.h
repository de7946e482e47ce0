// Addresses in guest memory, taken apart.

#pragma once

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Module.h"

#include <cstdint>
#include <optional>

namespace wasmc {

/// `base + index + offset` in 64 bits, where the index of a narrow address is the zero extension of `root + summand`, a sum
/// of 32 bits that may wrap.
struct Address {
    /// Null for an address that begins with a number, which `offset` has.
    llvm::Value *base = nullptr;
    /// Null for an address without an index. That of a narrow one may have more bits than the 32 that count.
    llvm::Value *root = nullptr;
    bool isNarrow = false;
    uint32_t summand = 0;
    uint64_t offset = 0;
};

/// Nothing for a pointer of another form.
std::optional<Address> takeApart(llvm::Value *pointer);

/// A memory whose indices have 32 bits. The list is the module's metadata `wasmc.memories`, `{base, greatest size}` each.
struct Memory {
    uint64_t base;
    /// Which it never grows beyond.
    uint64_t mostBytes;
};

llvm::SmallVector<Memory, 2> memories(const llvm::Module &module);

}  // namespace wasmc

// Addresses whose indices are sums of 32 bits.
//
// A frame in guest memory is addressed from one number, the shadow stack's pointer, as `zext(sp + 16) + 8` where a pointer to
// what lies there was made, and as `zext(sp) + 24` elsewhere. The sums may wrap, so that LLVM takes their zero extensions for
// unrelated numbers: each store may be to any place. Variables at constant addresses are numbers, which LLVM takes for unrelated
// objects and does not compare either.
//
// Exact. Let x be one number of 32 bits, the same in both addresses,
//
//     A = b + zext(x + p) + k        B = b + zext(x + q) + l        d = (q - p) mod 2^32, in 0..<2^32
//
// zext(x + q) is zext(x + p) + d where that is below 2^32, and otherwise zext(x + p) + d - 2^32; the latter only for d > 0. So
// B - A is D = d + l - k or, for d > 0, D - 2^32. Accesses of m bytes at A and n bytes at B have no byte in common where for
// both of these, m <= B - A or n <= A - B. Where d and D are 0 the addresses are the same. All is computed mod 2^64, as
// addresses are; differences beyond 2^40 in either direction are not looked at, so that none of them wraps.
//
// Addresses that begin with numbers lie, whatever x is, in k ..< k + 2^32 + m, or in k ..< k + m if they have no index. Where these
// ranges have nothing in common the accesses have not either.
//
// LLVM asks about values of several rounds of a loop at once. Then x and b have to be the same in all rounds: arguments,
// constants, and instructions of the block that a function begins with are.

#include "AddressAliases.h"
#include "Addresses.h"

#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace {

constexpr int64_t farthest = int64_t(1) << 40;
constexpr int64_t indices = int64_t(1) << 32;

/// The bytes from an address on that may be accessed; nothing where that is unknown.
std::optional<int64_t> extent(const MemoryLocation &location) {
    if (!location.Size.hasValue() || location.Size.isScalable()) return std::nullopt;
    uint64_t bytes = location.Size.getValue().getFixedValue();
    if (bytes > uint64_t(farthest)) return std::nullopt;
    return int64_t(bytes);
}

/// Whether accesses have no byte in common, the second being at some distance from the first.
bool areDisjoint(int64_t distance, int64_t bytes, int64_t otherBytes) {
    return distance >= bytes || -distance >= otherBytes;
}

bool isSameInAllRounds(const Value *value) {
    auto *instruction = dyn_cast_or_null<Instruction>(value);
    return !instruction || instruction->getParent()->isEntryBlock();
}

/// Whether the ranges that two addresses lie in, whatever their indices are, have nothing in common.
bool liesElsewhere(const wasmc::Address &one, const wasmc::Address &other, int64_t bytes, int64_t otherBytes) {
    auto hasRange = [](const wasmc::Address &address) {
        return !address.base && (!address.root || address.isNarrow) && address.offset < uint64_t(1) << 62;
    };
    if (!hasRange(one) || !hasRange(other)) return false;
    int64_t end = int64_t(one.offset) + bytes + (one.root ? indices : 0);
    int64_t otherEnd = int64_t(other.offset) + otherBytes + (other.root ? indices : 0);
    return end <= int64_t(other.offset) || otherEnd <= int64_t(one.offset);
}

}  // namespace

AnalysisKey wasmc::AddressAliasAnalysis::Key;

AliasResult wasmc::AddressAliases::alias(const MemoryLocation &one, const MemoryLocation &other, AAQueryInfo &query,
                                         const Instruction *) {
    auto *pointer = const_cast<Value *>(one.Ptr), *otherPointer = const_cast<Value *>(other.Ptr);
    std::optional<Address> first = takeApart(pointer);
    if (!first) return AliasResult::MayAlias;
    std::optional<Address> second = takeApart(otherPointer);
    if (!second) return AliasResult::MayAlias;
    std::optional<int64_t> bytes = extent(one), otherBytes = extent(other);
    if (bytes && otherBytes && liesElsewhere(*first, *second, *bytes, *otherBytes)) return AliasResult::NoAlias;
    bool isRelated = first->base == second->base && first->root == second->root && first->isNarrow == second->isNarrow;
    if (!isRelated) return AliasResult::MayAlias;
    if (query.MayBeCrossIteration && !(isSameInAllRounds(first->base) && isSameInAllRounds(first->root))) {
        return AliasResult::MayAlias;
    }
    int64_t between = int64_t(second->offset - first->offset);
    if (between > farthest || between < -farthest) return AliasResult::MayAlias;
    uint32_t further = second->summand - first->summand;
    int64_t distance = between + further;
    if (further == 0 && distance == 0) return AliasResult::MustAlias;
    if (!bytes || !otherBytes || !areDisjoint(distance, *bytes, *otherBytes)) return AliasResult::MayAlias;
    if (further != 0 && !areDisjoint(distance - indices, *bytes, *otherBytes)) return AliasResult::MayAlias;
    return AliasResult::NoAlias;
}

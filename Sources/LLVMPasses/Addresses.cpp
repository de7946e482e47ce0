#include "Addresses.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/Operator.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace {

/// Steps to take an address apart in.
constexpr unsigned depthLimit = 8;

constexpr uint64_t lowBits = 0xffffffff;

/// What `value` is a sum of: the other operand, and the constant, sign-extended; both kinds of `add`.
bool isSum(Value *value, Value *&other, int64_t &summand) {
    const APInt *constant;
    bool isFound = match(value, m_Add(m_Value(other), m_APInt(constant))) ||
                   match(value, m_DisjointOr(m_Value(other), m_APInt(constant)));
    if (!isFound || constant->getBitWidth() > 64) return false;
    summand = constant->getSExtValue();
    return true;
}

/// Takes the summands off a number of which 32 bits count.
void takeApartNarrow(Value *index, wasmc::Address &address) {
    address.isNarrow = true;
    for (unsigned depth = 0; depth < depthLimit; ++depth) {
        Value *other;
        int64_t summand;
        if (isSum(index, other, summand)) {
            address.summand += uint32_t(summand);
        } else if (!match(index, m_Trunc(m_Value(other)))) {
            break;
        }
        index = other;
    }
    address.root = index;
}

void takeApartIndex(Value *index, wasmc::Address &address) {
    for (unsigned depth = 0; depth < depthLimit; ++depth) {
        Value *other;
        int64_t summand;
        if (match(index, m_ZExt(m_Value(other))) && other->getType()->isIntegerTy(32)) {
            return takeApartNarrow(other, address);
        }
        if (match(index, m_And(m_Value(other), m_SpecificInt(lowBits)))) return takeApartNarrow(other, address);
        if (!isSum(index, other, summand)) break;
        address.offset += uint64_t(summand);
        index = other;
    }
    address.root = index;
}

}  // namespace

std::optional<wasmc::Address> wasmc::takeApart(Value *pointer) {
    Address address;
    for (unsigned depth = 0; depth < depthLimit; ++depth) {
        auto *sum = dyn_cast<GEPOperator>(pointer);
        if (!sum) break;
        bool isBytes = sum->getSourceElementType()->isIntegerTy(8) && sum->getNumIndices() == 1;
        Value *index = isBytes ? sum->getOperand(1) : nullptr;
        if (!index || !index->getType()->isIntegerTy(64)) return std::nullopt;
        if (auto *number = dyn_cast<ConstantInt>(index)) {
            address.offset += number->getZExtValue();
        } else if (!address.root) {
            takeApartIndex(index, address);
        } else {
            return std::nullopt;
        }
        pointer = sum->getPointerOperand();
    }
    const APInt *number;
    if (match(pointer, m_IntToPtr(m_APInt(number))) && number->getBitWidth() == 64) {
        address.offset += number->getZExtValue();
    } else {
        address.base = pointer;
    }
    return address;
}

SmallVector<wasmc::Memory, 2> wasmc::memories(const Module &module) {
    SmallVector<Memory, 2> result;
    const NamedMDNode *list = module.getNamedMetadata("wasmc.memories");
    if (!list) return result;
    for (const MDNode *node : list->operands()) {
        auto *base = mdconst::extract<ConstantInt>(node->getOperand(0));
        auto *most = mdconst::extract<ConstantInt>(node->getOperand(1));
        result.push_back({base->getZExtValue(), most->getZExtValue()});
    }
    return result;
}

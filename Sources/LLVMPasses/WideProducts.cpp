// Products of 128 bits that are spelled out in 64.
//
// WebAssembly has no instruction for the high half of a product, so that compilers call a function of their library
// (`__multi3`), and libraries of others have the same lines:
//
//     LL = lo(a) * lo(b)                         ; lo(x) = x & 0xffffffff, hi(x) = x >> 32
//     X  = hi(a) * lo(b) + hi(LL)                ; or lo(a) * hi(b)
//     Y  = lo(a) * hi(b) + lo(X)                 ; then hi(a) * lo(b)
//     high = hi(a) * hi(b) + hi(X) + hi(Y)
//     low  = (Y << 32) | lo(LL)
//
// Here they become one `mul i128`, which is one instruction.
//
// Exact: let M = 2^32. Factors are below M, so a product is at most (M - 1)^2 = M^2 - 2M + 1; with a summand of at most
// M - 1 it is below M^2, so that neither X nor Y wraps in 64 bits. As integers
//
//     a * b = hi(a) hi(b) M^2 + (hi(a) lo(b) + lo(a) hi(b)) M + LL
//           = hi(a) hi(b) M^2 + (X + lo(a) hi(b)) M + lo(LL)
//           = (hi(a) hi(b) + hi(X)) M^2 + Y M + lo(LL)
//           = (hi(a) hi(b) + hi(X) + hi(Y)) M^2 + lo(Y) M + lo(LL)
//
// and the last two summands are below M^2: they are the low half, and what is in brackets is the high one. Summands may be
// added in any order, as additions modulo 2^64 may. Both halves are total functions of a and b, and the wide product is made
// where LL is, which all of the rest depends on.

#include "Passes.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Transforms/Utils/Local.h"

#include <optional>

using namespace llvm;
using namespace llvm::PatternMatch;

namespace {

constexpr uint64_t lowMask = 0xffffffff;
/// Summands of a sum that is looked at: three of a product, and what it is added to.
constexpr unsigned mostSummands = 8;

/// What the low half of a number is taken of; null for anything else.
Value *ofLow(Value *value) {
    Value *whole;
    if (match(value, m_And(m_Value(whole), m_SpecificInt(lowMask)))) return whole;
    if (match(value, m_ZExt(m_Trunc(m_Value(whole)))) && whole->getType()->isIntegerTy(64)) {
        return cast<ZExtInst>(value)->getOperand(0)->getType()->isIntegerTy(32) ? whole : nullptr;
    }
    return nullptr;
}

/// What the high half of a number is taken of; null for anything else.
Value *ofHigh(Value *value) {
    Value *whole;
    return match(value, m_LShr(m_Value(whole), m_SpecificInt(32))) ? whole : nullptr;
}

/// The factors whose halves a product multiplies, in the order low and high where they differ; nulls for anything else.
struct Factors {
    Value *first = nullptr, *second = nullptr;
    explicit operator bool() const { return first != nullptr; }
};

Factors product(Value *value, Value *(*first)(Value *), Value *(*second)(Value *)) {
    Value *left, *right;
    if (!match(value, m_Mul(m_Value(left), m_Value(right)))) return {};
    for (int swapped = 0; swapped < 2; swapped++) {
        Factors factors{first(left), second(right)};
        if (factors.first && factors.second) return factors;
        std::swap(left, right);
    }
    return {};
}

/// A number `Y`, and what it was made of.
struct Middle {
    Instruction *low;
    Value *x, *a, *b;
};

/// `Y` of the lines above; nothing for other numbers.
std::optional<Middle> middle(Value *y) {
    Value *left, *right;
    if (!y->getType()->isIntegerTy(64) || !match(y, m_Add(m_Value(left), m_Value(right)))) return std::nullopt;
    for (int swapped = 0; swapped < 2; swapped++, std::swap(left, right)) {
        Value *x = ofLow(right), *xLeft, *xRight;
        Factors factors = product(left, ofLow, ofHigh);
        if (!x || !factors || !match(x, m_Add(m_Value(xLeft), m_Value(xRight)))) continue;
        for (int turned = 0; turned < 2; turned++, std::swap(xLeft, xRight)) {
            auto *low = dyn_cast_or_null<Instruction>(ofHigh(xRight));
            Factors crossed = product(xLeft, ofLow, ofHigh);
            if (!low || crossed.first != factors.second || crossed.second != factors.first) continue;
            Factors lows = product(low, ofLow, ofLow);
            if (!lows) continue;
            bool isSame = lows.first == factors.first && lows.second == factors.second;
            bool isTurned = lows.first == factors.second && lows.second == factors.first;
            if (isSame || isTurned) return Middle{low, x, factors.first, factors.second};
        }
    }
    return std::nullopt;
}

class Products {
public:
    /// Whether an instruction was replaced.
    bool replace(Instruction &instruction) {
        if (!instruction.getType()->isIntegerTy(64) || instruction.use_empty()) return false;
        Value *half = lowHalf(instruction);
        if (!half && instruction.getOpcode() == Instruction::Add) half = highHalf(instruction);
        if (!half) return false;
        instruction.replaceAllUsesWith(half);
        return true;
    }

private:
    /// The wide product that is made where a `LL` is.
    DenseMap<Instruction *, Value *> wide;

    Value *wideProduct(const Middle &middle) {
        Value *&product = wide[middle.low];
        if (product) return product;
        IRBuilder<> builder(middle.low);
        Type *type = builder.getInt128Ty();
        product = builder.CreateMul(builder.CreateZExt(middle.a, type), builder.CreateZExt(middle.b, type), "product",
                                    /*HasNUW=*/true);
        return product;
    }

    /// `(Y << 32) | lo(LL)`, the sum as well: no bit is in both.
    Value *lowHalf(Instruction &instruction) {
        Value *y, *low;
        bool isHalf = match(&instruction, m_c_Or(m_Shl(m_Value(y), m_SpecificInt(32)), m_Value(low))) && ofLow(low);
        if (!isHalf) isHalf = match(&instruction, m_c_Add(m_Shl(m_Value(y), m_SpecificInt(32)), m_Value(low))) && ofLow(low);
        if (!isHalf) return nullptr;
        std::optional<Middle> found = middle(y);
        if (!found || ofLow(low) != found->low) return nullptr;
        IRBuilder<> builder(&instruction);
        return builder.CreateTrunc(wideProduct(*found), builder.getInt64Ty(), "product.low");
    }

    /// Three summands of a sum are the high half.
    Value *highHalf(Instruction &sum) {
        SmallVector<Value *, mostSummands> summands;
        if (!flatten(&sum, summands)) return nullptr;
        for (Value *&third : summands) {
            Value *y = ofHigh(third);
            std::optional<Middle> found = y ? middle(y) : std::nullopt;
            if (!found) continue;
            auto second = find_if(summands, [&](Value *value) { return value != third && ofHigh(value) == found->x; });
            auto first = find_if(summands, [&](Value *value) {
                Factors factors = product(value, ofHigh, ofHigh);
                return (factors.first == found->a && factors.second == found->b)
                    || (factors.first == found->b && factors.second == found->a);
            });
            if (second == summands.end() || first == summands.end()) continue;
            IRBuilder<> builder(&sum);
            Value *high = builder.CreateLShr(wideProduct(*found), 64);
            high = builder.CreateTrunc(high, builder.getInt64Ty(), "product.high");
            for (Value *&value : summands) {
                if (&value != &third && &value != second && &value != first) high = builder.CreateAdd(high, value);
            }
            return high;
        }
        return nullptr;
    }

    /// The summands of a sum of sums; whether they are few enough.
    static bool flatten(Value *sum, SmallVectorImpl<Value *> &summands) {
        Value *left, *right;
        // Y and X are sums, too, but behind a shift.
        if (!match(sum, m_Add(m_Value(left), m_Value(right)))) {
            summands.push_back(sum);
            return summands.size() <= mostSummands;
        }
        return flatten(left, summands) && flatten(right, summands);
    }
};

}  // namespace

PreservedAnalyses wasmc::WideProducts::run(Function &function, FunctionAnalysisManager &) {
    Products products;
    SmallVector<WeakTrackingVH, 8> replaced;
    for (BasicBlock &block : function) {
        // From the end: a sum is met before those that it is made of.
        for (Instruction &instruction : reverse(block)) {
            if (products.replace(instruction)) replaced.push_back(&instruction);
        }
    }
    if (replaced.empty()) return PreservedAnalyses::all();
    RecursivelyDeleteTriviallyDeadInstructionsPermissive(replaced);
    PreservedAnalyses preserved;
    preserved.preserveSet<CFGAnalyses>();
    return preserved;
}

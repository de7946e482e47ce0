// Takes back the unrolling of a WebAssembly producer, so that the vectoriser sees the loop of the source.
//
// Producers unroll by 2 to 5 and more. The copies of the body address p, p + 8, p + 16..., and LLVM's vectoriser, which wants
// one access to an array in each round, falls back to interleaved accesses or gives up. A loop of one block whose accesses
// are U equal sequences becomes one that runs U times as often and has the first sequence only. Where the vectoriser does
// not take it, LLVM unrolls it by U again.
//
// Exact. Let the loop run N + 1 rounds, and number what the copies do k = i * U + j, for copy j of round i. A value `a` of
// the first copy and a value `b` of copy j *correspond* when b is in round i what a would be in round i + j / U:
//
// - both are the same and do not change in the loop;
// - both are integers or addresses that scalar evolution knows as start + i * S, U divides S, and b - a = j * (S / U), all
//   modulo 2^width. Then a is replaced by start + k * (S / U), a new recurrence computed from nothing but k: it is b in copy j
//   by definition, with whatever wraps, and carries no flag that could make it poison;
// - both are the load at the same place of their sequences;
// - a is a value carried from round to round, and b what takes its place behind copy j;
// - both are the same operation without access to memory on corresponding operands. Flags that not both have are dropped.
//
// Every access of copy j must correspond to that of the first copy in place, kind, type, address and stored value. So the
// sequence of accesses is the same, address by address and value by value, and with it all traps and their order, NaN bits
// included, since the operations on floating-point numbers are the same in the same order. What is carried must, behind the
// last copy, be what the loop carried; and nothing but what is carried is used behind the loop. (N + 1) * U does not wrap.

#include "Passes.h"
#include "Recurrences.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/LoopUtils.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

using namespace llvm;

namespace {

// What a body may cost to look at. Producers unroll small bodies only.
constexpr unsigned accessLimit = 96;
constexpr unsigned instructionLimit = 600;
constexpr unsigned factorLimit = 16;
constexpr unsigned depthLimit = 40;
/// Values that are looked at, for all factors of a loop together.
constexpr unsigned workLimit = 10000;

class Rerolling {
public:
    Rerolling(Loop &loop, ScalarEvolution &evolution)
        : loop(loop), evolution(evolution), body(loop.getHeader()), preheader(loop.getLoopPreheader()) {}

    /// Whether the loop has been rolled up.
    bool run();

private:
    Loop &loop;
    ScalarEvolution &evolution;
    BasicBlock *const body;
    BasicBlock *const preheader;
    /// Loads and stores in their order.
    SmallVector<Instruction *, 32> accesses;
    unsigned factor = 0;
    /// Accesses in a copy.
    unsigned length = 0;
    unsigned work = 0;

    using Place = std::pair<Value *, unsigned>;
    /// For a value of the first copy and the number of another, what corresponds there.
    DenseMap<Place, Value *> matched;
    /// Values that become recurrences of the new loop, and those that stay operations; none is both, in whatever copy.
    SmallSetVector<Value *, 16> stepping;
    SmallPtrSet<Value *, 32> operations;
    /// Phis of values that are carried and step by no constant, and what they are behind each copy.
    SmallVector<PHINode *, 4> carried;
    /// Operations of the first copy and what they have to have flags in common with.
    SmallVector<std::pair<Instruction *, Instruction *>, 32> twins;

    bool collect();
    bool matchCopies(unsigned copies);
    bool isStepping(PHINode &phi);
    bool seedCarried(PHINode &phi);
    bool seedLoaded(PHINode &phi, unsigned place);
    bool seedComputed(PHINode &phi);
    bool matchAccess(Instruction *first, Instruction *other, unsigned copy);
    bool matches(Value *first, Value *other, unsigned copy, unsigned depth = 0);
    bool steps(Value *first, Value *other, unsigned copy);
    bool matchOperations(Instruction *first, Instruction *other, unsigned copy, unsigned depth);
    bool dependsOn(Value *value, PHINode &phi, unsigned depth = 0);
    bool isUsedOutsideOnlyAsCarried();
    bool isSafeToExpand(const SCEV *expression);
    void rewrite(const SCEV *rounds);
    /// A value, and what replaces it in the first round.
    struct Step {
        Value *value, *first;
        int64_t distance;
    };
    void replaceStepping(ArrayRef<Step> steps, wasmc::Recurrences &recurrences);
    void removeOtherCopies();
    bool removeUnused(const SmallPtrSetImpl<Instruction *> &loads);
    void keepUnrollingFactor();
};

bool Rerolling::collect() {
    if (loop.getNumBlocks() != 1 || !loop.isLoopSimplifyForm() || body->size() > instructionLimit) return false;
    auto *branch = dyn_cast<BranchInst>(body->getTerminator());
    if (!branch || !branch->isConditional()) return false;
    for (Instruction &instruction : *body) {
        bool isAccess = isa<LoadInst, StoreInst>(instruction);
        if (isAccess) {
            if (instruction.isAtomic()) return false;
            accesses.push_back(&instruction);
        } else if (instruction.mayReadOrWriteMemory() || instruction.mayThrow() ||
                   (isa<CallBase>(instruction) && !isa<IntrinsicInst>(instruction))) {
            return false;
        }
    }
    return accesses.size() >= 2 && accesses.size() <= accessLimit;
}

bool Rerolling::isStepping(PHINode &phi) { return wasmc::constantStep(&phi, loop, evolution).has_value(); }

/// What is loaded at `place` and carried: behind copy j it is that load of copy j - 1 - delay, or, where that is a copy of
/// the round before, the phi of what that round has loaded.
bool Rerolling::seedLoaded(PHINode &phi, unsigned place) {
    unsigned delay = factor - 1 - place / length;
    unsigned index = place % length;
    for (unsigned copy = 1; copy <= factor; ++copy) {
        Value *value = nullptr;
        if (copy >= 1 + delay) {
            value = accesses[(copy - 1 - delay) * length + index];
        } else {
            Value *earlier = accesses[(factor + copy - 1 - delay) * length + index];
            for (PHINode &other : body->phis()) {
                if (other.getIncomingValueForBlock(body) == earlier) value = &other;
            }
        }
        if (!value) return false;
        matched[{&phi, copy}] = value;
    }
    return true;
}

bool Rerolling::dependsOn(Value *value, PHINode &phi, unsigned depth) {
    if (value == &phi) return true;
    auto *instruction = dyn_cast<Instruction>(value);
    if (++work > workLimit || depth > 200 || !instruction || instruction->getParent() != body) return false;
    if (isa<PHINode, LoadInst>(instruction)) return false;
    return any_of(instruction->operands(), [&](Value *operand) { return dependsOn(operand, phi, depth + 1); });
}

/// What is computed from itself, as a sum is: the operations on the way from the phi to what is carried, in U equal parts.
bool Rerolling::seedComputed(PHINode &phi) {
    SmallVector<Value *, 16> chain;
    Value *value = phi.getIncomingValueForBlock(body);
    while (value != &phi) {
        auto *operation = dyn_cast<Instruction>(value);
        if (!operation || operation->getParent() != body || isa<PHINode, LoadInst>(operation)) return false;
        chain.push_back(operation);
        Value *next = nullptr;
        for (Value *operand : operation->operands()) {
            if (!dependsOn(operand, phi)) continue;
            if (next && next != operand) return false;
            next = operand;
        }
        if (!next) return false;
        value = next;
    }
    if (chain.empty() || chain.size() % factor != 0) return false;
    size_t part = chain.size() / factor;
    for (unsigned copy = 1; copy <= factor; ++copy) matched[{&phi, copy}] = chain[chain.size() - copy * part];
    return true;
}

bool Rerolling::seedCarried(PHINode &phi) {
    Value *latest = phi.getIncomingValueForBlock(body);
    auto found = find(accesses, latest);
    if (found != accesses.end()) return seedLoaded(phi, found - accesses.begin());
    return seedComputed(phi);
}

/// Whether both step by one constant, and the other is where the first will be `copy` U-ths of a round later.
bool Rerolling::steps(Value *first, Value *other, unsigned copy) {
    if (!evolution.isSCEVable(first->getType())) return false;
    auto step = wasmc::constantStep(first, loop, evolution);
    if (!step || *step % int64_t(factor) != 0) return false;
    const SCEV *difference = evolution.getMinusSCEV(evolution.getSCEV(other), evolution.getSCEV(first));
    auto *constant = dyn_cast<SCEVConstant>(difference);
    if (!constant || !isSafeToExpand(cast<SCEVAddRecExpr>(evolution.getSCEV(first))->getStart())) return false;
    const APInt &distance = constant->getAPInt();
    APInt expected(64, uint64_t(copy * (*step / int64_t(factor))));
    return distance == expected.zextOrTrunc(distance.getBitWidth());
}

bool Rerolling::matchOperations(Instruction *first, Instruction *other, unsigned copy, unsigned depth) {
    if (!first->isSameOperationAs(other) || first->mayReadOrWriteMemory() || isa<PHINode>(first)) return false;
    if (other->getParent() != body) return false;
    bool same = true;
    for (unsigned index = 0; index < first->getNumOperands() && same; ++index) {
        same = matches(first->getOperand(index), other->getOperand(index), copy, depth + 1);
    }
    if (!same && first->isCommutative() && first->getNumOperands() >= 2) {
        same = matches(first->getOperand(0), other->getOperand(1), copy, depth + 1) &&
               matches(first->getOperand(1), other->getOperand(0), copy, depth + 1);
        for (unsigned index = 2; index < first->getNumOperands() && same; ++index) {
            same = matches(first->getOperand(index), other->getOperand(index), copy, depth + 1);
        }
    }
    return same;
}

bool Rerolling::matches(Value *first, Value *other, unsigned copy, unsigned depth) {
    if (first->getType() != other->getType() || depth > depthLimit || ++work > workLimit) return false;
    if (loop.isLoopInvariant(first)) return first == other;
    auto known = matched.find({first, copy});
    if (known != matched.end()) return known->second == other;
    auto *operation = dyn_cast<Instruction>(first);
    auto *otherOperation = dyn_cast<Instruction>(other);
    if (!operation || isa<LoadInst>(operation)) return false;
    if (!operations.contains(first) && steps(first, other, copy)) {
        stepping.insert(first);
        matched[{first, copy}] = other;
        return true;
    }
    if (stepping.contains(first) || !otherOperation) return false;
    if (!matchOperations(operation, otherOperation, copy, depth)) return false;
    operations.insert(first);
    twins.push_back({operation, otherOperation});
    matched[{first, copy}] = other;
    return true;
}

bool Rerolling::matchAccess(Instruction *first, Instruction *other, unsigned copy) {
    if (!first->isSameOperationAs(other)) return false;
    if (first->getMetadata(LLVMContext::MD_tbaa) != other->getMetadata(LLVMContext::MD_tbaa)) return false;
    if (!matches(getLoadStorePointerOperand(first), getLoadStorePointerOperand(other), copy)) return false;
    auto *store = dyn_cast<StoreInst>(first);
    return !store || matches(store->getValueOperand(), cast<StoreInst>(other)->getValueOperand(), copy);
}

bool Rerolling::isUsedOutsideOnlyAsCarried() {
    for (Instruction &instruction : *body) {
        bool isOutside = any_of(instruction.users(), [&](User *user) { return cast<Instruction>(user)->getParent() != body; });
        if (!isOutside) continue;
        bool isCarried =
            any_of(carried, [&](PHINode *phi) { return phi->getIncomingValueForBlock(body) == &instruction; });
        if (!isCarried) return false;
    }
    return true;
}

bool Rerolling::matchCopies(unsigned copies) {
    factor = copies;
    length = accesses.size() / copies;
    matched.clear();
    stepping.clear();
    operations.clear();
    carried.clear();
    twins.clear();
    for (unsigned copy = 1; copy < factor; ++copy) {
        for (unsigned index = 0; index < length; ++index) {
            if (isa<LoadInst>(accesses[index])) matched[{accesses[index], copy}] = accesses[copy * length + index];
        }
    }
    for (PHINode &phi : body->phis()) {
        if (isStepping(phi)) continue;
        if (!seedCarried(phi)) return false;
        carried.push_back(&phi);
    }
    for (unsigned copy = 1; copy < factor; ++copy) {
        for (unsigned index = 0; index < length; ++index) {
            if (!matchAccess(accesses[index], accesses[copy * length + index], copy)) return false;
        }
        for (PHINode *phi : carried) {
            if (!matches(matched.at({phi, 1}), matched.at({phi, copy + 1}), copy)) return false;
        }
    }
    for (PHINode *phi : carried) {
        if (matched.at({phi, factor}) != phi->getIncomingValueForBlock(body)) return false;
    }
    return isUsedOutsideOnlyAsCarried();
}

bool Rerolling::isSafeToExpand(const SCEV *expression) {
    return SCEVExpander(evolution, "reroll").isSafeToExpandAt(expression, preheader->getTerminator());
}

void Rerolling::replaceStepping(ArrayRef<Step> steps, wasmc::Recurrences &recurrences) {
    for (auto [value, first, distance] : steps) {
        Value *counter = recurrences.counter(distance);
        auto place = isa<PHINode>(value) ? body->getFirstInsertionPt() : cast<Instruction>(value)->getIterator();
        IRBuilder<> builder(body, place);
        Value *next;
        if (value->getType()->isPointerTy()) {
            next = builder.CreatePtrAdd(first, counter);
        } else {
            next = builder.CreateAdd(first, builder.CreateTrunc(counter, value->getType()));
        }
        next->takeName(value);
        value->replaceAllUsesWith(next);
    }
}

/// Removes what has no use any more, the given loads included, even those that are volatile; whether there was any.
bool Rerolling::removeUnused(const SmallPtrSetImpl<Instruction *> &loads) {
    SmallVector<WeakTrackingVH, 16> phis;
    for (PHINode &phi : body->phis()) phis.push_back(&phi);
    bool changed = false;
    for (WeakTrackingVH &phi : phis) {
        if (phi) changed |= RecursivelyDeleteDeadPHINode(cast<PHINode>(phi));
    }
    for (Instruction &instruction : make_early_inc_range(reverse(*body))) {
        bool isUnused = instruction.use_empty() && loads.contains(&instruction);
        if (!isUnused && !isInstructionTriviallyDead(&instruction)) continue;
        instruction.eraseFromParent();
        changed = true;
    }
    return changed;
}

void Rerolling::removeOtherCopies() {
    SmallPtrSet<Instruction *, 32> loads;
    for (Instruction *access : ArrayRef(accesses).drop_front(length)) {
        if (isa<LoadInst>(access)) {
            loads.insert(access);
        } else {
            access->eraseFromParent();
        }
    }
    while (removeUnused(loads)) {}
    size_t remaining = count_if(*body, [](Instruction &instruction) { return isa<LoadInst, StoreInst>(instruction); });
    if (remaining > length) report_fatal_error("a loop that was rolled up still needs what it does no more");
}

/// Metadata by which LLVM unrolls the loop as it was, unless it is vectorised.
void Rerolling::keepUnrollingFactor() {
    if (loop.getLoopID()) return;
    LLVMContext &context = body->getContext();
    Type *i32 = Type::getInt32Ty(context);
    auto number = [&](unsigned value) -> Metadata * { return ConstantAsMetadata::get(ConstantInt::get(i32, value)); };
    auto *unrolling = MDNode::get(context, {MDString::get(context, "llvm.loop.unroll.count"), number(factor)});
    auto *vectorized = MDNode::get(context, {MDString::get(context, "llvm.loop.isvectorized"), number(1)});
    auto *noRuntimeUnrolling = MDNode::get(context, {MDString::get(context, "llvm.loop.unroll.runtime.disable")});
    auto *followup = MDNode::get(
        context, {MDString::get(context, "llvm.loop.vectorize.followup_all"), vectorized, noRuntimeUnrolling});
    auto *identifier = MDNode::getDistinct(context, {nullptr, unrolling, followup});
    identifier->replaceOperandWith(0, identifier);
    loop.setLoopID(identifier);
}

void Rerolling::rewrite(const SCEV *rounds) {
    IRBuilder<> builder(preheader->getTerminator());
    SCEVExpander expander(evolution, "reroll");
    Value *taken = expander.expandCodeFor(rounds, rounds->getType(), preheader->getTerminator());
    Type *i64 = builder.getInt64Ty();
    Value *count = builder.CreateAdd(builder.CreateZExtOrTrunc(taken, i64), builder.getInt64(1), "", true, true);
    count = builder.CreateMul(count, builder.getInt64(factor), "reroll.count", true, true);
    // All of it before anything changes, from which scalar evolution would draw new conclusions.
    SmallVector<Step, 16> steps;
    for (Value *value : stepping) {
        const SCEV *start = cast<SCEVAddRecExpr>(evolution.getSCEV(value))->getStart();
        Value *first = expander.expandCodeFor(start, value->getType(), preheader->getTerminator());
        steps.push_back({value, first, *wasmc::constantStep(value, loop, evolution) / int64_t(factor)});
    }
    for (auto [first, other] : twins) first->andIRFlags(other);
    for (Instruction *access : ArrayRef(accesses).take_front(length)) {
        access->dropUnknownNonDebugMetadata({LLVMContext::MD_tbaa});
    }
    for (PHINode *phi : carried) {
        Value *first = matched.at({phi, 1});
        phi->getIncomingValueForBlock(body)->replaceUsesOutsideBlock(first, body);
        phi->setIncomingValueForBlock(body, first);
    }
    wasmc::Recurrences recurrences(loop, /*boundsSteps=*/true);
    replaceStepping(steps, recurrences);
    auto *branch = cast<BranchInst>(body->getTerminator());
    Value *next = recurrences.counter(1)->getIncomingValueForBlock(body);
    builder.SetInsertPoint(branch);
    bool continues = branch->getSuccessor(0) == body;
    branch->setCondition(builder.CreateICmp(continues ? ICmpInst::ICMP_NE : ICmpInst::ICMP_EQ, next, count));
    evolution.forgetTopmostLoop(&loop);
    removeOtherCopies();
    keepUnrollingFactor();
}

bool Rerolling::run() {
    if (!collect()) return false;
    const SCEV *rounds = evolution.getBackedgeTakenCount(&loop);
    if (isa<SCEVCouldNotCompute>(rounds) || evolution.getTypeSizeInBits(rounds->getType()) > 64) return false;
    // So that neither (N + 1) * U nor (N + 1) * S wraps.
    if (evolution.getUnsignedRangeMax(rounds).getActiveBits() > 32 || !isSafeToExpand(rounds)) return false;
    unsigned most = std::min<unsigned>(factorLimit, accesses.size());
    for (unsigned copies = most; copies >= 2; --copies) {
        if (accesses.size() % copies == 0 && matchCopies(copies)) {
            rewrite(rounds);
            return true;
        }
    }
    return false;
}

}  // namespace

PreservedAnalyses wasmc::Reroll::run(Function &function, FunctionAnalysisManager &analyses) {
    auto &loops = analyses.getResult<LoopAnalysis>(function);
    if (loops.empty()) return PreservedAnalyses::all();
    auto &evolution = analyses.getResult<ScalarEvolutionAnalysis>(function);
    bool changed = false;
    for (Loop *loop : loops.getLoopsInPreorder()) {
        // The copy for indices that wrap stays as it was.
        if (!loop->isInnermost() || getBooleanLoopAttribute(loop, "llvm.loop.isvectorized")) continue;
        changed |= Rerolling(*loop, evolution).run();
    }
    if (!changed) return PreservedAnalyses::all();
    PreservedAnalyses preserved;
    preserved.preserveSet<CFGAnalyses>();
    return preserved;
}

// Accesses that are known to be near each other get one root of 64 bits.
//
// What lies in a frame in guest memory is addressed as `zext(sp) + 24` by the function that has the frame, and as
// `zext(sp + 16) + 8` by what it has given a pointer to, once that is inlined. As sp + 16 may wrap, these are two numbers: what
// was stored by the one is loaded again by the other, and each has a register. Where an access shows that the sum does not
// wrap, the address becomes `zext(sp) + 16 + 8` here, and LLVM sees that both are one.
//
// Exact. Let a memory never be larger than M <= 2^32 bytes, and x a number of 32 bits. An access of n bytes at zext(x + p) + k that
// has happened shows that zext(x + p) + k + n <= M; so with u = zext(x + p) and R = 2^32 - M + k + n,
//
//     u + t < 2^32, and zext(x + p + t) = u + t, for 0 <= t < R.
//
// (k and n are those of the instruction: k >= 0 is what is added behind the extension, counted from the memory's base.) For an
// access at zext(x + q) + l with t = (q - p) mod 2^32 < R, the address u + t + l is therefore the same, and that it has happened
// shows the same of p with k = t + l. x is one value of SSA form, and an access that dominates another happens after each
// definition of x and before the other.
//
// The access that shows it may come later, too, when it comes in any case: in the same block, with nothing in between but
// computation, loads and stores (a *run*). Should what it shows not be so, some access of the run is outside its memory, in the
// program as it was and in the new one:
//
//   - as it was: if none with root x were, all of them would show what is above, one after the other;
//   - as it becomes: what is not rewritten is the same; what is rewritten shows by itself, in its new form, that
//     u + t + l + n <= M. So if none with root x were outside, what they show would be so, and no address would be another. x is
//     computed before the first that differs, and does not depend on what that loads or stores.
//
// Both trap for the same reason, and what they have stored in that run nobody sees, unless stores have to stay in order: those
// are volatile, and end a run. So do calls, which may not return, and atomic accesses.
//
// Whatever becomes of the access that has shown it - LLVM may leave it out, where traps are relaxed - the new address stays where
// the old one could be: t + l + n <= 2^32, so that it is in the memory's reservation and its guard.
//
// LLVM: the new additions are `nuw` and `nusw`: u < 2^32, t < 2^32, l < 2^33, and the base is far below 2^62.

#include "Addresses.h"
#include "Passes.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/Local.h"

#include <vector>

using namespace llvm;

namespace {

/// What is remembered of a root: places that others are addressed from.
constexpr size_t anchorLimit = 16;
/// What is looked at of what a root is computed from.
constexpr unsigned valueLimit = 16;
/// Beyond, it is no offset of 32 bits.
constexpr uint64_t offsetLimit = uint64_t(1) << 32;

/// An access with a narrow index in a known memory.
struct Access {
    Instruction *instruction;
    /// The number of its root.
    size_t root;
    /// p, k and k + n above.
    uint32_t summand;
    uint64_t offset;
    uint64_t end;
};

/// A place p that an access has shown something of.
struct Anchor {
    uint32_t summand;
    /// R above.
    uint64_t reach;
};

/// What an anchor was before a block.
struct Change {
    size_t root;
    /// Beyond the end of the list: it was not there.
    size_t anchor;
    uint64_t reach;
    bool isNew;
};

bool isGuestAccess(const Instruction &instruction) {
    const MDNode *tag = instruction.getMetadata(LLVMContext::MD_tbaa);
    auto *type = tag && tag->getNumOperands() > 0 ? dyn_cast_or_null<MDNode>(tag->getOperand(0)) : nullptr;
    auto *name = type && type->getNumOperands() > 0 ? dyn_cast_or_null<MDString>(type->getOperand(0)) : nullptr;
    return name && name->getString() == "memory";
}

/// Whether what comes behind may not happen, or nobody may see anything twice or not at all.
bool endsRun(const Instruction &instruction) {
    if (instruction.isAtomic() || instruction.isTerminator()) return true;
    if (isa<LoadInst>(instruction)) return false;
    if (auto *store = dyn_cast<StoreInst>(&instruction)) return store->isVolatile();
    return instruction.mayHaveSideEffects();
}

/// Whether a root is computed from what steps in a loop. Those are for `LoopRoots` and `Reroll`, which look for sums as they are.
bool steps(const Value *root) {
    SmallVector<const Value *, 4> pending{root};
    for (unsigned seen = 0; !pending.empty() && seen < valueLimit; ++seen) {
        const Value *value = pending.pop_back_val();
        if (auto *phi = dyn_cast<PHINode>(value)) {
            for (const Value *next : phi->incoming_values()) {
                auto *step = dyn_cast<BinaryOperator>(next);
                if (step && is_contained(step->operand_values(), phi)) return true;
            }
        } else if (isa<BinaryOperator>(value) || isa<CastInst>(value)) {
            append_range(pending, cast<Instruction>(value)->operand_values());
        }
    }
    return false;
}

/// A number of 32 bits, and a memory.
struct Root {
    Value *value;
    wasmc::Memory memory;
    uint32_t firstSummand;
    bool hasSeveral = false;
    const bool steps;
    SmallVector<Anchor, 4> anchors;
    /// Extensions that have been made, by summand, in a type with numbers to spare for the map.
    SmallDenseMap<uint64_t, Value *, 2> extensions;

    Root(Value *value, wasmc::Memory memory, uint32_t summand)
        : value(value), memory(memory), firstSummand(summand), steps(::steps(value)) {}
};

class Sharing {
public:
    Sharing(Function &function, DominatorTree &tree) : function(function), tree(tree) {}

    /// Whether an address is another now.
    bool run() {
        if (!collect()) return false;
        visitTree();
        SmallVector<WeakTrackingVH, 16> unused;
        for (auto [access, summand] : rewritten) rewrite(*access, summand, unused);
        RecursivelyDeleteTriviallyDeadInstructionsPermissive(unused);
        return !rewritten.empty();
    }

private:
    Function &function;
    DominatorTree &tree;
    std::vector<Access> accesses;
    DenseMap<const Instruction *, size_t> numbers;
    std::vector<Root> roots;
    SmallVector<Change, 32> changes;
    SmallVector<std::pair<const Access *, uint32_t>, 16> rewritten;

    bool collect();
    void visitTree();
    void visit(BasicBlock &block);
    void settle(MutableArrayRef<const Access *> run);
    void settle(const Access &access);
    void show(size_t root, uint32_t summand, uint64_t end);
    void takeBack(size_t length);
    Value *extension(Root &root, uint32_t summand);
    void rewrite(const Access &access, uint32_t summand, SmallVectorImpl<WeakTrackingVH> &unused);
};

/// Whether there is a root with several places.
bool Sharing::collect() {
    SmallVector<wasmc::Memory, 2> memories = wasmc::memories(*function.getParent());
    if (memories.empty()) return false;
    const DataLayout &layout = function.getDataLayout();
    DenseMap<std::pair<Value *, uint64_t>, size_t> known;
    bool hasSeveral = false;
    for (BasicBlock &block : function) {
        for (Instruction &instruction : block) {
            if (!isa<LoadInst, StoreInst>(instruction) || instruction.isAtomic() || !isGuestAccess(instruction)) continue;
            auto address = wasmc::takeApart(getLoadStorePointerOperand(&instruction));
            if (!address || address->base || !address->isNarrow || isa<Constant>(address->root)) continue;
            auto memory = find_if(memories, [&](wasmc::Memory memory) {
                return address->offset >= memory.base && address->offset - memory.base < offsetLimit;
            });
            if (memory == memories.end()) continue;
            auto [place, isNew] = known.insert({{address->root, memory->base}, roots.size()});
            if (isNew) roots.emplace_back(address->root, *memory, address->summand);
            Root &root = roots[place->second];
            if (root.steps) continue;
            root.hasSeveral |= root.firstSummand != address->summand;
            hasSeveral |= root.hasSeveral;
            uint64_t offset = address->offset - memory->base;
            uint64_t bytes = layout.getTypeStoreSize(getLoadStoreType(&instruction)).getFixedValue();
            numbers[&instruction] = accesses.size();
            accesses.push_back({&instruction, place->second, address->summand, offset, offset + bytes});
        }
    }
    return hasSeveral;
}

/// Blocks behind those that dominate them; what was shown is forgotten when a block's subtree ends.
void Sharing::visitTree() {
    struct Visit {
        DomTreeNode *node;
        DomTreeNode::iterator next;
        size_t length;
    };
    SmallVector<Visit, 32> path;
    auto enter = [&](DomTreeNode *node) {
        path.push_back({node, node->begin(), changes.size()});
        visit(*node->getBlock());
    };
    enter(tree.getRootNode());
    while (!path.empty()) {
        Visit &last = path.back();
        if (last.next == last.node->end()) {
            takeBack(last.length);
            path.pop_back();
        } else {
            enter(*last.next++);
        }
    }
}

void Sharing::visit(BasicBlock &block) {
    SmallVector<const Access *, 16> run;
    for (Instruction &instruction : block) {
        bool ends = endsRun(instruction);
        if (ends) {
            settle(run);
            run.clear();
        }
        auto number = numbers.find(&instruction);
        if (number == numbers.end() || !roots[accesses[number->second].root].hasSeveral) continue;
        if (ends) {
            settle(accesses[number->second]);
        } else {
            run.push_back(&accesses[number->second]);
        }
    }
}

/// From the lowest place of each root to the highest, as those show something of what is above.
void Sharing::settle(MutableArrayRef<const Access *> run) {
    sort(run, [](const Access *one, const Access *other) {
        if (one->root != other->root) return one->root < other->root;
        if (one->summand != other->summand) return int32_t(one->summand) < int32_t(other->summand);
        return one < other;
    });
    for (const Access *access : run) settle(*access);
}

void Sharing::settle(const Access &access) {
    const Anchor *lowest = nullptr;
    for (const Anchor &anchor : roots[access.root].anchors) {
        uint32_t further = access.summand - anchor.summand;
        if (further == 0 || further >= anchor.reach || further + access.end > offsetLimit) continue;
        if (!lowest || further > access.summand - lowest->summand) lowest = &anchor;
    }
    if (!lowest) return show(access.root, access.summand, access.end);
    uint32_t summand = lowest->summand;
    rewritten.push_back({&access, summand});
    show(access.root, summand, uint64_t(access.summand - summand) + access.end);
}

void Sharing::show(size_t number, uint32_t summand, uint64_t end) {
    Root &root = roots[number];
    uint64_t reach = (uint64_t(1) << 32) - root.memory.mostBytes + end;
    for (size_t index = 0; index < root.anchors.size(); ++index) {
        Anchor &anchor = root.anchors[index];
        if (anchor.summand != summand) continue;
        if (anchor.reach >= reach) return;
        changes.push_back({number, index, anchor.reach, false});
        anchor.reach = reach;
        return;
    }
    if (root.anchors.size() == anchorLimit) return;
    changes.push_back({number, root.anchors.size(), 0, true});
    root.anchors.push_back({summand, reach});
}

void Sharing::takeBack(size_t length) {
    while (changes.size() > length) {
        Change change = changes.pop_back_val();
        auto &anchors = roots[change.root].anchors;
        if (change.isNew) {
            anchors.pop_back();
        } else {
            anchors[change.anchor].reach = change.reach;
        }
    }
}

/// The zero extension of a root and a summand, where the root is computed; null where there is no place for it.
Value *Sharing::extension(Root &root, uint32_t summand) {
    Value *&known = root.extensions[summand];
    if (known) return known;
    BasicBlock::iterator place;
    if (auto *instruction = dyn_cast<Instruction>(root.value)) {
        std::optional<BasicBlock::iterator> next = instruction->getInsertionPointAfterDef();
        if (!next) return nullptr;
        place = *next;
    } else {
        place = function.getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
    }
    IRBuilder<> builder(place->getParent(), place);
    builder.SetCurrentDebugLocation(DebugLoc());
    Value *sum = builder.CreateTrunc(root.value, builder.getInt32Ty());
    if (summand != 0) sum = builder.CreateAdd(sum, builder.getInt32(summand));
    known = builder.CreateZExt(sum, builder.getInt64Ty(), "root");
    return known;
}

void Sharing::rewrite(const Access &access, uint32_t summand, SmallVectorImpl<WeakTrackingVH> &unused) {
    Root &root = roots[access.root];
    Value *index = extension(root, summand);
    if (!index) return;
    IRBuilder<> builder(access.instruction);
    auto flags = GEPNoWrapFlags::noUnsignedWrap() | GEPNoWrapFlags::noUnsignedSignedWrap();
    auto *base = ConstantExpr::getIntToPtr(builder.getInt64(root.memory.base), builder.getPtrTy());
    Value *address = builder.CreatePtrAdd(base, index, "", flags);
    uint64_t offset = uint64_t(access.summand - summand) + access.offset;
    if (offset != 0) address = builder.CreatePtrAdd(address, builder.getInt64(offset), "ea", flags);
    unsigned operand = isa<LoadInst>(access.instruction) ? LoadInst::getPointerOperandIndex()
                                                        : StoreInst::getPointerOperandIndex();
    unused.push_back(access.instruction->getOperand(operand));
    access.instruction->setOperand(operand, address);
}

}  // namespace

PreservedAnalyses wasmc::SharedRoots::run(Function &function, FunctionAnalysisManager &analyses) {
    auto &tree = analyses.getResult<DominatorTreeAnalysis>(function);
    if (!Sharing(function, tree).run()) return PreservedAnalyses::all();
    PreservedAnalyses preserved;
    preserved.preserveSet<CFGAnalyses>();
    return preserved;
}

// Calls: direct, through tables, through references, and tail calls.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#control-instructions

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmInstructionTable
import WasmSpec

// An ordinary call is `notail`: LLVM would make a loop of a recursion in tail position, and one without end would
// never exhaust the stack.

extension FunctionLowering {
    func lowerCall(_ callee: FunctionIndex) throws(Diagnostic) {
        let signature = module.signature(of: callee)
        let arguments = pop(signature.parameters.count)
        if owner.plan.definedPosition(instance.functions[callee.position]) != nil {
            let target = owner.callee(instance.functions[callee.position])
            let mayThrow = owner.plan.facts.throwing[instance.functions[callee.position]]
            call(signature, target.value, arguments, mayThrow: mayThrow).forEach(push)
        } else {
            // Authority follows the importing module: its capability context is a constant argument.
            let id = instance.functions[callee.position]
            let target = try owner.hostFunction(id)
            let capabilities = owner.storage.capabilities(of: id.instance)
            let result = callRuntime(target, [capabilities] + arguments)
            owner.results(signature.results, of: result).forEach(push)
        }
    }

    /// One unsigned compare for the bound and one for the type; a null entry has type 0, so that it needs none.
    func lowerCallIndirect(_ type: TypeIndex, _ table: TableIndex) {
        let signature = module.functionType(type)
        let index = pop()
        let arguments = pop(signature.parameters.count)
        let callees = countedCallees(of: type)
        guard !callees.isEmpty, !owner.outlinesOperations else {
            callIndirectly(type, indirectCallee(type, table, index), arguments).forEach(push)
            return
        }
        callCounted(callees, type, table, builder.zextOrTrunc(index, context.i64), arguments).forEach(push)
    }

    func callIndirectly(_ type: TypeIndex, _ code: IRValue, _ arguments: [IRValue]) -> [IRValue] {
        let mayThrow = owner.plan.facts.throwing.mayThrow(calling: instance.typeRange(type))
        return call(module.functionType(type), code, arguments, mayThrow: mayThrow)
    }

    func call(
        _ signature: FunctionType, _ code: IRValue, _ arguments: [IRValue], mayThrow: Bool
    ) -> [IRValue] {
        let unwind = landingPad(mayThrow: mayThrow)
        return located {
            owner.callGuest(signature, code, arguments, tailCall: .noTail, unwind: unwind) { type in
                inEntry { builder.alloca(type) }
            }
        }
    }

    /// The code of an element, which exists and has the type.
    private func indirectCallee(_ type: TypeIndex, _ table: TableIndex, _ operand: IRValue) -> IRValue {
        let index = builder.zextOrTrunc(operand, context.i64)
        guard owner.outlinesOperations else { return checkedCallee(type, table, index) }
        return callOutlined("callee.\(instance.number).\(table).\(type)", [index], returning: context.ptr) {
            checkedCallee(type, table, $0[0])
        }
    }

    func checkedCallee(_ type: TypeIndex, _ table: TableIndex, _ index: IRValue) -> IRValue {
        let expected = instance.typeRange(type)
        let image = image(table)
        if image.isImmutable {
            let size = context.constI64(UInt64(image.size))
            trapIf(
                builder.icmp(.uge, index, size), code: context.constI32(TrapKind.undefinedElement.rawValue),
                element: index)
            let entry = builder.gep(
                types.constantTableEntry, owner.storage.constantTable(instance.tables[table.position]), [index],
                name: "entry")
            let actual = builder.loadField(entry, \ConstantTableEntry.typeID, name: "type_id")
            trapUnlessType(actual, expected, element: index)
            return builder.loadField(entry, \ConstantTableEntry.code, name: "code")
        }
        return checkedCallee(type, element(table, toCallAt: index), index)
    }

    /// The reference to what a call through a table that may change would call; it may be null.
    func element(_ table: TableIndex, toCallAt index: IRValue) -> IRValue {
        loadElement(table, index, outOfBounds: .undefinedElement, isCall: true)
    }

    /// The code of an element that was loaded.
    func checkedCallee(_ type: TypeIndex, _ reference: IRValue, _ index: IRValue) -> IRValue {
        let expected = instance.typeRange(type)
        trapIf(
            builder.isNull(reference), code: context.constI32(TrapKind.uninitializedElement.rawValue), element: index)
        let entry = owner.plan.hasHeap ? functionEntry(reference) : reference
        let actual = builder.loadField(entry, \wasmc_func_ref.type_id, name: "type_id")
        trapIf(isNotBelow(actual, expected), .indirectCallTypeMismatch)
        return builder.loadField(entry, \wasmc_func_ref.code, name: "code")
    }

    private func isNotBelow(_ actual: IRValue, _ expected: ClosedRange<UInt32>) -> IRValue {
        guard expected.count == 1 else { return builder.not(isBelow(actual, expected)) }
        return builder.icmp(.ne, actual, actual.type.constInt(UInt64(expected.lowerBound)))
    }

    /// The cold path tells a null entry from one of another type.
    private func trapUnlessType(_ actual: IRValue, _ expected: ClosedRange<UInt32>, element: IRValue) {
        let trapBlock = function.appendBlock("trap")
        let next = function.appendBlock("next")
        builder.condBr(isNotBelow(actual, expected), trapBlock, next, weights: .unlikely)
        builder.positionAtEnd(trapBlock)
        let isNull = builder.icmp(.eq, actual, context.constI64(0))
        trap(
            code: builder.select(
                isNull, context.constI32(TrapKind.uninitializedElement.rawValue),
                context.constI32(TrapKind.indirectCallTypeMismatch.rawValue)), element: element)
        builder.positionAtEnd(next)
    }

    /// The code behind a reference; its type is known statically.
    ///
    /// Where modules that do not trust each other pass references on, it is compared all the same: a mistake in the
    /// matching of imports would else be a jump into code of another type. So it is in a program with a heap, from which
    /// the reference may come.
    private func popCallee(_ type: TypeIndex) -> IRValue {
        let reference = pop()
        guard owner.outlinesOperations else { return checkedCallee(type, reference: reference) }
        return callOutlined("callee.\(instance.number).\(type)", [reference], returning: context.ptr) {
            checkedCallee(type, reference: $0[0])
        }
    }

    func checkedCallee(_ type: TypeIndex, reference: IRValue) -> IRValue {
        trapIf(builder.isNull(reference), .nullFunctionReference)
        if owner.plan.hasHeap {
            let entry = functionEntry(reference)
            let actual = builder.loadField(entry, \wasmc_func_ref.type_id, name: "type_id")
            trapIf(isNotBelow(actual, instance.typeRange(type)), .indirectCallTypeMismatch)
            return builder.loadField(entry, \wasmc_func_ref.code, name: "code")
        }
        if owner.plan.instances.count > 1 {
            let actual = builder.loadField(reference, \wasmc_func_ref.type_id, name: "type_id")
            trapIf(
                builder.icmp(.ne, actual, context.constI32(instance.typeID(type))), .indirectCallTypeMismatch)
        }
        return builder.loadField(reference, \wasmc_func_ref.code, name: "code")
    }

    func lowerCallRef(_ type: TypeIndex) {
        let signature = module.functionType(type)
        let callees = countedCallees(of: type)
        guard !callees.isEmpty, !owner.outlinesOperations else {
            let code = popCallee(type)
            callIndirectly(type, code, pop(signature.parameters.count)).forEach(push)
            return
        }
        let reference = pop()
        callCounted(callees, type, reference, pop(signature.parameters.count)).forEach(push)
    }

    // MARK: Tail calls

    func lowerReturnCall(_ callee: FunctionIndex) throws(Diagnostic) {
        let signature = module.signature(of: callee)
        guard owner.plan.definedPosition(instance.functions[callee.position]) != nil else {
            // The host's frame comes and goes: the stack does not grow.
            try lowerCall(callee)
            lowerReturn()
            return
        }
        let arguments = pop(signature.parameters.count)
        finishTailCall(signature, owner.function(instance.functions[callee.position]).value, arguments)
    }

    func lowerReturnCallIndirect(_ type: TypeIndex, _ table: TableIndex) {
        let signature = module.functionType(type)
        let index = pop()
        let arguments = pop(signature.parameters.count)
        finishTailCall(signature, indirectCallee(type, table, index), arguments)
    }

    func lowerReturnCallRef(_ type: TypeIndex) {
        let signature = module.functionType(type)
        let code = popCallee(type)
        finishTailCall(signature, code, pop(signature.parameters.count))
    }

    private func finishTailCall(_ signature: FunctionType, _ code: IRValue, _ arguments: [IRValue]) {
        located(isTailCall: true) { owner.tailCallGuest(signature, code, arguments, from: function) }
        isReachable = false
    }
}

// What an instance does before its start function when its constant expressions make objects, or when its tables are
// written in a program with a heap.
// Spec: https://webassembly.github.io/spec/core/exec/modules.html#instantiation

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmSpec
import WasmValidation

/// A step of an instance's initialisation, in the specification's order.
private enum InitializationStep {
    /// The global that the instance defines there gets its first value.
    case global(Int)
    /// All elements of a table that the instance defines get their first value.
    case table(Int)
    /// An element of a segment gets its value.
    case element(segment: Int, position: Int, ConstantExpression)
    /// A segment is written into its table and dropped.
    case activeElements(Int)
    /// A segment does not fit the table that the compiler has made.
    case trap
    case activeData(Int)
}

extension ModuleLowering {
    /// Steps of one function, and the bytes of their constant expressions before the last one: it stays small, whatever a
    /// module has, unless one expression is large.
    private static let stepsPerFunction = 200
    private static let bytesPerFunction = 4 << 10
    /// Expressions of so many bytes in a function are not optimised: they run once, and each operand is an instruction
    /// of one block, in which passes look at pairs.
    private static let manyBytes = 1 << 10

    /// Defines the functions that initialise an instance, in the order in which they are to be called; none when its
    /// globals, tables and segments are constants. They write its active data segments, too: these come last. In a program
    /// that starts threads, each thread calls them, and data segments are written by the runtime, once.
    func defineInitialization(_ instance: InstancePlan) throws(Diagnostic) -> [IRFunction] {
        guard plan.hasHeap else { return [] }
        let steps = try steps(instance)
        let signature = FunctionType(parameters: [], results: [])
        var functions: [IRFunction] = []
        var rest = steps[...]
        while !rest.isEmpty {
            let name = "wasm.\(instance.number).initialize.\(functions.count)"
            let function = addOperation(name, guestFunctionType(signature))
            function.setCallingConvention(plan.callingConvention)
            var bytes = 0
            let lowering = FunctionLowering(self, instance, initialization: function)
            let count = rest.prefix(Self.stepsPerFunction).prefix { step in
                defer { bytes += expressionBytes(step, instance) }
                return bytes < Self.bytesPerFunction
            }.count
            if bytes >= Self.manyBytes {
                function.addAttribute(context.attribute(.noInline))
                function.addAttribute(context.attribute(.optNone))
            }
            try lowering.lowerInitialization { () throws(Diagnostic) in
                for step in rest.prefix(count) where lowering.isReachable { try initialize(step, lowering) }
            }
            rest = rest.dropFirst(count)
            functions.append(function)
        }
        return functions
    }

    /// How long the expression is that a step evaluates.
    private func expressionBytes(_ step: InitializationStep, _ instance: InstancePlan) -> Int {
        let module = instance.module.module
        return switch step {
        case .global(let position): module.globals[position].initializer.body.count
        case .table(let position): module.tables[position].initializer?.body.count ?? 0
        case .element(_, _, let expression): expression.body.count
        case .activeElements, .trap, .activeData: 0
        }
    }

    private func steps(_ instance: InstancePlan) throws(Diagnostic) -> [InitializationStep] {
        let module = instance.module.module
        var steps: [InitializationStep] = []
        for position in module.globals.indices
        where instance.constants[instance.module.importedGlobalCount + position] == .computed {
            steps.append(.global(position))
        }
        for (position, table) in module.tables.enumerated() {
            guard let initializer = table.initializer, plan.tables[instance.number][position].isWrittenAtStart,
                try instance.evaluate(initializer) != .nullReference
            else { continue }
            steps.append(.table(position))
        }
        var active: [InitializationStep] = []
        for (index, segment) in module.elementSegments.enumerated() {
            switch segment.mode {
            case .declarative: continue
            case .passive: break
            case .active(let table, _):
                guard isWrittenAtStart(table, instance) else { continue }
                active.append(.activeElements(index))
            }
            guard case .expressions(let expressions) = segment.elements else { continue }
            for (position, expression) in expressions.enumerated()
            where try instance.evaluate(expression) == .computed {
                steps.append(.element(segment: index, position: position, expression))
            }
        }
        steps += active
        guard !steps.isEmpty, !plan.isThreaded else { return steps }
        if try TableImage.instantiationTraps(instance, plan.tables[instance.number]) { steps.append(.trap) }
        for (index, segment) in module.dataSegments.enumerated() {
            if case .active = segment.mode { steps.append(.activeData(index)) }
        }
        return steps
    }

    private func initialize(_ step: InitializationStep, _ lowering: FunctionLowering) throws(Diagnostic) {
        let instance = lowering.instance
        let module = instance.module.module
        switch step {
        case .global(let position):
            let value = try lowering.evaluate(module.globals[position].initializer)
            builder.store(value, storage.global(GlobalID(instance: instance.number, position: position)))
        case .table(let position):
            guard let initializer = module.tables[position].initializer else { return }
            let value = try lowering.evaluate(initializer)
            let id = TableID(instance: instance.number, position: position)
            lowering.instructionOffset = Int(WASMC_MODULE_OFFSET_UNKNOWN)
            builder.call(
                builtin(.wasmc_gc_table_fill),
                [
                    storage.table(id), context.constI64(0), value, context.constI64(UInt64(plan.image(of: id).size)),
                    lowering.moduleOffset,
                ])
        case .element(let segment, let position, let expression):
            let value = try lowering.evaluate(expression)
            let count = module.elementSegments[segment].elements.count
            let elements = storage.elementsSymbol(
                instance.number, ElementIndex(segment), count: count, areComputed: true)
            builder.store(
                value, builder.gep(elements.value, offset: Int64(position * MemoryLayout<UInt32>.stride)))
        case .activeElements(let segment): try writeElements(segment, lowering)
        case .trap:
            lowering.instructionOffset = Int(WASMC_MODULE_OFFSET_UNKNOWN)
            lowering.trap(.outOfBoundsTableAccess)
            lowering.isReachable = false
        case .activeData(let segment):
            lowering.instructionOffset = Int(WASMC_MODULE_OFFSET_UNKNOWN)
            guard case .active(let memory, let offset) = module.dataSegments[segment].mode else { return }
            let address = context.constI64(address(try instance.evaluate(offset)))
            let count = context.constI64(UInt64(module.dataSegments[segment].contents.count))
            builder.memcpy(
                lowering.checkedRange(memory, address, count), segmentBytes(instance, segment).value, size: count)
        }
    }

    private func writeElements(_ segment: Int, _ lowering: FunctionLowering) throws(Diagnostic) {
        let instance = lowering.instance
        let module = instance.module.module
        guard case .active(let table, let offset) = module.elementSegments[segment].mode else { return }
        let elements = storage.elementSegment(instance.number, ElementIndex(segment))
        lowering.instructionOffset = Int(WASMC_MODULE_OFFSET_UNKNOWN)
        builder.call(
            builtin(.wasmc_gc_table_init),
            [
                storage.table(instance.tables[table.position]), elements,
                context.constI64(address(try instance.evaluate(offset))), context.constI64(0),
                context.constI64(UInt64(module.elementSegments[segment].elements.count)), lowering.moduleOffset,
            ])
        builder.storeField(0, elements, \wasmc_elem_instance.size, isVolatile: isStateExact)
    }
}

// Wasm types as LLVM types.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmSpec

/// LLVM types of one context, by Wasm type.
struct IRTypes {
    let context: LLVMContext
    /// v128 between instructions; each instruction bitcasts to the lanes it works on.
    let v128: IRType
    let i16x8: IRType
    let i8x16: IRType
    let i32x4: IRType
    let i64x2: IRType
    let f32x4: IRType
    let f64x2: IRType
    /// A reference: an address, or 32 bits in a program with a heap (abi.h).
    let reference: IRType
    /// Structures of the runtime.
    let structures: RuntimeStructures
    /// `wasmc_memory`
    let memoryStructure: IRType
    /// `wasmc_table`
    let tableStructure: IRType
    /// An entry of an immutable table: code and canonical type, side by side.
    let constantTableEntry: IRType
    /// `wasmc_func_ref`
    let functionReference: IRType
    /// `wasmc_elem_instance`
    let elementInstance: IRType
    /// `wasmc_data_instance`
    let dataInstance: IRType

    /// `wasmc_tag`
    let tag: IRType
    /// `wasmc_exception`
    let exception: IRType

    /// Throws `.internal` when a structure of the runtime is not laid out as LLVM would do it.
    ///
    /// - Parameter hasHeap: whether the program has a garbage-collected heap, to which references of 32 bits lead.
    init(_ context: LLVMContext, hasHeap: Bool) throws(Diagnostic) {
        self.context = context
        reference = hasHeap ? context.i32 : context.ptr
        i8x16 = context.vector(of: context.i8, count: 16)
        i16x8 = context.vector(of: context.i16, count: 8)
        i32x4 = context.vector(of: context.i32, count: 4)
        i64x2 = context.vector(of: context.i64, count: 2)
        f32x4 = context.vector(of: context.f32, count: 4)
        f64x2 = context.vector(of: context.f64, count: 2)
        v128 = i64x2
        structures = RuntimeStructures(context)
        memoryStructure = try structures.type(wasmc_memory.self)
        tableStructure = try structures.type(wasmc_table.self)
        constantTableEntry = try structures.type(ConstantTableEntry.self)
        functionReference = try structures.type(wasmc_func_ref.self)
        elementInstance = try structures.type(wasmc_elem_instance.self)
        tag = try structures.type(wasmc_tag.self)
        exception = try structures.type(wasmc_exception.self)
        dataInstance = try structures.type(wasmc_data_instance.self)
    }

    func type(_ type: ValueType) -> IRType {
        switch type {
        case .i32: context.i32
        case .i64: context.i64
        case .f32: context.f32
        case .f64: context.f64
        case .v128: v128
        case .reference: reference
        }
    }

    func type(_ type: AddressType) -> IRType { type == .i32 ? context.i32 : context.i64 }

    /// Several results are a literal structure; LLVM passes it in registers or through memory as it fits.
    func resultType(_ results: [ValueType]) -> IRType {
        switch results.count {
        case 0: context.void
        case 1: type(results[0])
        default: context.structure(results.map(type))
        }
    }

    /// A host function takes its module's capability context first.
    func hostFunctionType(_ signature: FunctionType) -> IRType {
        context.functionType(
            [context.ptr] + signature.parameters.map(type), returning: resultType(signature.results))
    }

    /// The value a local starts with.
    func zero(_ type: ValueType) -> IRValue { self.type(type).constNull() }
}

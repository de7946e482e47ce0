// What is exported: a wrapper for each generated function, which any engine's interface can call, and the state
// that all of them leave behind.

import WasmBinary
import WasmInstructionTable
import WasmSpec

/// Writes the functions of the harness.
struct Harness {
    let plan: ModulePlan
    let features: FeatureSet

    /// A type that wrappers have in place of another: floats are their bits, so that every NaN is compared exactly;
    /// vectors are two halves; references are only seen to be null.
    static func replacement(_ type: ValueType, isParameter: Bool) -> [ValueType] {
        switch type {
        case .i32, .f32: [.i32]
        case .i64, .f64: [.i64]
        case .v128: [.i64, .i64]
        case .reference: isParameter ? [] : [.i32]
        }
    }

    static func wrapperType(of type: FunctionType, features: FeatureSet) -> FunctionType {
        FunctionType(
            parameters: type.parameters.flatMap { replacement($0, isParameter: true) },
            results: features.contains(.multiValue)
                ? type.results.flatMap { replacement($0, isParameter: false) } : [.i64])
    }

    /// Refuels, calls `function` and converts its results.
    func wrapper(of function: Int) -> [UInt8] {
        let type = plan.types[plan.functionTypes[function]]
        let parameterCount = Harness.wrapperType(of: type, features: features).parameters.count
        var code = ByteWriter()
        code.vector(type.results) {
            $0.u32(1)
            $0.valueType($1)
        }
        code.i32Const(ModulePlan.fuel)
        code.variable("global.set", ModulePlan.fuelGlobal)
        if features.contains(.exceptions) { openHandler(&code) }
        arguments(type.parameters, to: &code)
        code.variable("call", function)
        for position in type.results.indices.reversed() { code.variable("local.set", parameterCount + position) }
        if features.contains(.exceptions) { closeHandler(type.results, firstLocal: parameterCount, &code) }
        if features.contains(.multiValue) {
            for (position, result) in type.results.enumerated() {
                exported(result, local: parameterCount + position, to: &code)
            }
        } else {
            code.i64Const(0)
            for (position, result) in type.results.enumerated() {
                mix(result, to: &code) { $0.variable("local.get", parameterCount + position) }
            }
        }
        code.operation("end")
        return code.bytes
    }

    /// Begins code whose exceptions end at `closeHandler`:
    ///
    ///     (block (block (try_table (catch_all 0) ...) (br 1)) ...)
    private func openHandler(_ code: inout ByteWriter) {
        for _ in 0..<2 {
            code.operation("block")
            code.blockType(.empty)
        }
        code.operation("try_table")
        code.blockType(.empty)
        code.append([1, 2, 0])
    }

    /// With an exception the integers among the results are a number that is rare otherwise.
    private func closeHandler(_ results: [ValueType], firstLocal: Int, _ code: inout ByteWriter) {
        code.operation("end")
        code.variable("br", 1)
        code.operation("end")
        for (position, type) in results.enumerated() where type == .i32 || type == .i64 {
            if type == .i32 { code.i32Const(0x0BAD) } else { code.i64Const(0x0BAD) }
            code.variable("local.set", firstLocal + position)
        }
        code.operation("end")
    }

    private func arguments(_ types: [ValueType], to code: inout ByteWriter) {
        var local = 0
        for type in types {
            if type.isReference {
                code.zero(type)
                continue
            }
            code.variable("local.get", local)
            switch type {
            case .f32: code.operation("f32.reinterpret_i32")
            case .f64: code.operation("f64.reinterpret_i64")
            case .v128:
                code.operation("i64x2.splat")
                code.variable("local.get", local + 1)
                code.operation("i64x2.replace_lane")
                code.byte(1)
            case .i32, .i64, .reference: break
            }
            local += Harness.replacement(type, isParameter: true).count
        }
    }

    private func exported(_ type: ValueType, local: Int, to code: inout ByteWriter) {
        for half in Harness.replacement(type, isParameter: false).indices {
            code.variable("local.get", local)
            switch type {
            case .i32, .i64: break
            case .f32: code.operation("i32.reinterpret_f32")
            case .f64: code.operation("i64.reinterpret_f64")
            case .v128:
                code.operation("i64x2.extract_lane")
                code.byte(UInt8(half))
            case .reference: code.operation("ref.is_null")
            }
        }
    }

    // MARK: State

    /// `() -> i64`: a hash of all globals, memories and tables.
    func state() -> [UInt8] {
        var code = ByteWriter()
        // Local 0 is the hash, 1 and 2 are positions in memories and tables of either address type.
        code.vector([ValueType.i64, .i32, .i64]) {
            $0.u32(1)
            $0.valueType($1)
        }
        for (index, global) in plan.globals.enumerated() where index != ModulePlan.fuelGlobal {
            code.variable("local.get", 0)
            mix(global.type.value, to: &code) { $0.variable("global.get", index) }
            code.variable("local.set", 0)
        }
        for index in plan.memories.indices { memory(index, to: &code) }
        if features.contains(.referenceTypes) { for index in plan.tables.indices { table(index, to: &code) } }
        code.variable("local.get", 0)
        code.operation("end")
        return code.bytes
    }

    /// Mixes a value of `type`, which `push` leaves on the stack, into the i64 on it.
    private func mix(_ type: ValueType, to code: inout ByteWriter, _ push: (inout ByteWriter) -> Void) {
        code.i64Const(0x0000_0100_0000_01B3)
        code.operation("i64.mul")
        push(&code)
        switch type {
        case .i32: code.operation("i64.extend_i32_u")
        case .i64: break
        case .f32:
            code.operation("i32.reinterpret_f32")
            code.operation("i64.extend_i32_u")
        case .f64: code.operation("i64.reinterpret_f64")
        case .v128:
            code.operation("i64x2.extract_lane")
            code.byte(0)
            code.operation("i64.xor")
            code.i64Const(31)
            code.operation("i64.rotl")
            push(&code)
            code.operation("i64x2.extract_lane")
            code.byte(1)
        case .reference:
            code.operation("ref.is_null")
            code.operation("i64.extend_i32_u")
        }
        code.operation("i64.xor")
        code.i64Const(17)
        code.operation("i64.rotl")
    }

    /// Counts a local down from the size and mixes what `push` leaves for each position. `scaleLog2` is that of the
    /// step, in elements.
    private func all(
        _ size: String, _ index: Int, _ type: AddressType, unitLog2: Int64, _ element: ValueType,
        to code: inout ByteWriter, _ push: (inout ByteWriter, Int) -> Void
    ) {
        let local = type == .i32 ? 1 : 2
        let prefix = type == .i32 ? "i32" : "i64"
        code.variable(size, index)
        code.addressConst(type, abs(unitLog2))
        code.operation(unitLog2 < 0 ? "\(prefix).shr_u" : "\(prefix).shl")
        code.variable("local.set", local)
        code.operation("block")
        code.blockType(.empty)
        code.operation("loop")
        code.blockType(.empty)
        code.variable("local.get", local)
        code.operation("\(prefix).eqz")
        code.variable("br_if", 1)
        code.variable("local.get", local)
        code.addressConst(type, 1)
        code.operation("\(prefix).sub")
        code.variable("local.set", local)
        code.variable("local.get", 0)
        mix(element, to: &code) { push(&$0, local) }
        code.variable("local.set", 0)
        code.variable("br", 0)
        code.operation("end")
        code.operation("end")
    }

    private func memory(_ index: Int, to code: inout ByteWriter) {
        let type = plan.memories[index].addressType
        let unitLog2 = Int64(plan.memories[index].pageSizeLog2) - 3
        all("memory.size", index, type, unitLog2: unitLog2, .i64, to: &code) { code, local in
            code.variable("local.get", local)
            code.addressConst(type, 3)
            code.operation(type == .i32 ? "i32.shl" : "i64.shl")
            code.operation("i64.load")
            code.u32(index > 0 ? 0x43 : 3)
            if index > 0 { code.u32(UInt32(index)) }
            code.u32(0)
        }
    }

    private func table(_ index: Int, to code: inout ByteWriter) {
        let table = plan.tables[index]
        all("table.size", index, table.addressType, unitLog2: 0, .reference(table.element), to: &code) { code, local in
            code.variable("local.get", local)
            code.variable("table.get", index)
        }
    }
}

extension ByteWriter {
    /// An instruction with one index.
    mutating func variable(_ mnemonic: String, _ index: Int) {
        operation(mnemonic)
        u32(UInt32(index))
    }
}

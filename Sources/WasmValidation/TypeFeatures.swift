// Which feature a type belongs to.

import WasmInstructionTable
import WasmSpec

extension ValueType {
    var feature: Feature {
        switch self {
        case .i32, .i64, .f32, .f64: .mvp
        case .v128: .simd
        case .reference(let type): type.feature
        }
    }
}

extension ReferenceType {
    var feature: Feature {
        switch heapType {
        case .concrete: .functionReferences
        case .abstract(let type):
            switch type {
            case .func, .extern: isNullable ? .referenceTypes : .functionReferences
            case .exn, .noexn: .exceptions
            case .any, .eq, .i31, .struct, .array, .none, .nofunc, .noextern: .gc
            }
        }
    }
}

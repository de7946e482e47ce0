// Values as the runtime prints them.

import WasmInterpreter
import WasmSpec

/// Values in slots of the runtime's, WASMC_SLOTS_PER_VALUE each, and the letters of their types (`wasmc_export`).
enum ValueSlots {
    static func letters(_ types: [ValueType], _ hierarchy: (ValueType) -> AbstractHeapType) -> String {
        types.map { type in
            switch type {
            case .i32: "i"
            case .i64: "l"
            case .f32: "f"
            case .f64: "d"
            case .v128: "v"
            case .reference:
                switch hierarchy(type) {
                case .func: "F"
                case .extern: "E"
                default: "R"
                }
            }
        }.joined()
    }

    static func write(_ value: Value, to slot: UnsafeMutablePointer<UInt64>) {
        slot[1] = 0
        switch value {
        case .i32(let value): slot[0] = UInt64(UInt32(bitPattern: value))
        case .i64(let value): slot[0] = UInt64(bitPattern: value)
        case .f32(let bits): slot[0] = UInt64(bits)
        case .f64(let bits): slot[0] = bits
        case .v128(let vector): (slot[0], slot[1]) = (vector.low, vector.high)
        case .reference(.null): slot[0] = 0
        case .reference: slot[0] = 1
        }
    }
}

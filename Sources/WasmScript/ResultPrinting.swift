// Results as a script would write them, for messages.

import WasmSpec
import WasmText

extension ScriptResult: CustomStringConvertible {
    public var description: String {
        switch self {
        case .i32(let bits): ResultPattern.i32(bits).description
        case .i64(let bits): ResultPattern.i64(bits).description
        case .f32(let bits): "(f32.const \(floatLiteral(f32: bits)))"
        case .f64(let bits): "(f64.const \(floatLiteral(f64: bits)))"
        case .v128(let value):
            "(v128.const i64x2 0x\(String(value.low, radix: 16)) 0x\(String(value.high, radix: 16)))"
        case .null: "(ref.null)"
        case .function: "(ref.func)"
        case .extern(let number): "(ref.extern \(number))"
        case .host(let number): "(ref.host \(number))"
        case .reference(let type): "(ref.\(type.keyword))"
        }
    }
}

/// Values one behind the other; `nothing` when there are none.
func describeValues(_ values: [some CustomStringConvertible]) -> String {
    values.isEmpty ? "nothing" : values.map(\.description).joined(separator: " ")
}

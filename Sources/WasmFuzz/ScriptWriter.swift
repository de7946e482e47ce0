// Scripts of generated modules, for two engines to be compared: they say what is done, not what comes of it.

import WasmSpec

/// Writes generated modules and invocations of their exports as commands of a script, a line for each.
public struct ScriptWriter {
    private let generator: ModuleGenerator
    /// Invocations of each export; the state is asked for after each round.
    private static let rounds = 2

    public init(_ generator: ModuleGenerator) { self.generator = generator }

    /// The commands of a seed. Of every fourth, two modules are linked.
    public func commands(seed: UInt64, choices: [UInt8]) -> [String] {
        var numbers = SplitMix64(seed: seed)
        let isPair = seed % 4 == 3
        let modules = isPair ? generator.pair(choices: choices) : [generator.single(choices: choices)]
        // Of a module that does not come to be, nothing can be invoked: the names are for the messages.
        var lines: [String] = []
        for (position, module) in modules.enumerated() {
            lines.append("(module $m\(position) binary \"\(Self.text(module.bytes))\")")
            if position < modules.count - 1 { lines.append("(register \"\(ModuleWriter.libraryName)\" $m\(position))") }
        }
        for _ in 0..<Self.rounds {
            for (position, module) in modules.enumerated() {
                for (index, type) in module.exports.enumerated() {
                    let arguments = type.parameters.map { " " + Self.constant($0, &numbers) }.joined()
                    lines.append("(invoke $m\(position) \"f\(index)\"\(arguments))")
                }
                lines.append("(invoke $m\(position) \"state\")")
            }
        }
        return lines
    }

    private static func text(_ bytes: [UInt8]) -> String {
        bytes.map { "\\" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static let edges: [UInt64] = [
        0, 1, .max, 2, 7, 31, 32, 63, 64, 255, 65_535, 65_536, 0x7FFF_FFFF, 0x8000_0000, 0x1_0000_0000, 1 << 63,
        (1 << 63) - 1, 0x3F80_0000, 0x7FC0_0000, 0x7FA0_0000, 0x3FF0 << 48, 0x7FF8 << 48, 0x41E0 << 48,
    ]

    /// An integer: wrappers take nothing else.
    private static func constant(_ type: ValueType, _ numbers: inout SplitMix64) -> String {
        let isEdge = numbers.number(below: 10) < 6
        let bits = isEdge ? edges[numbers.number(below: edges.count)] : numbers.next()
        return type == .i64
            ? "(i64.const 0x\(String(bits, radix: 16)))"
            : "(i32.const 0x\(String(UInt32(truncatingIfNeeded: bits), radix: 16)))"
    }
}

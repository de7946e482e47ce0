import Diagnostics
import Testing
import WasmBinary
import WasmSpec

/// Input that is made to exhaust something: the answer comes in bounded time and memory.
@Suite struct HostileInputTests {
    private func leb(_ value: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.u64(value)
        return writer.bytes
    }

    private func code(_ bytes: [UInt8], count: Int) -> Code {
        var code: [UInt8] = []
        code.reserveCapacity(bytes.count * count)
        for _ in 0..<count { code += bytes }
        return Code(bytes: code)
    }

    @Test func deepBlocks() {
        let (open, close) = (code([0x02, 0x40], count: 99_999), code([0x0B], count: 99_999))
        #expect(ModuleText.function(open, close).error() == nil)
        #expect(ModuleText.function(open, open, close, close).error()?.hasPrefix("too many nested blocks") == true)
        let unclosed = ModuleText.function(code([0x02, 0x40], count: 90_000)).error()
        #expect(unclosed == "unexpected end of section or function")
    }

    @Test func millionLocals() {
        let locals = Code(bytes: [1] + leb(1_000_000) + [0x7F])
        #expect(ModuleText(functions: [(0, [locals], [])]).error()?.hasPrefix("too many locals") == true)
    }

    /// As many locals as are allowed in each of very many functions: they must cost nothing until they are used.
    @Test func manyFunctionsWithManyLocals() {
        let locals = Code(bytes: [1] + leb(50_000) + [0x64, 0x00])
        let functions = [(type: UInt8, locals: [Code], body: [Code])](repeating: (0, [locals], []), count: 50_000)
        #expect(ModuleText(functions: functions).error() == nil)
    }

    /// A call of two bytes that pushes a thousand values.
    @Test func operandsOutOfProportion() {
        let results = [UInt8](repeating: 0x7F, count: 1000)
        let module = ModuleText(
            types: [[[0x60, 0, 0]], [Code(bytes: [0x60, 0] + leb(1000) + results)]],
            functions: [(0, [], [code([0x10, 1], count: 100_000)]), (1, [], ["unreachable"])])
        #expect(module.error()?.hasPrefix("too many operands") == true)
    }

    /// In unreachable code there are as many operands as one likes: 2^32-1 of them.
    @Test func fixedArrayOfUnreachableOperands() {
        let types: [[Code]] = [[[0x60, 0, 0]], [[0x5E, 0x7F, 0]]]
        let count = Code(bytes: leb(UInt64(UInt32.max)))
        let module = ModuleText(
            types: types, functions: [(0, [], ["unreachable", "array.new_fixed", 1, count, "drop"])])
        #expect(module.error() == nil)
        let reachable = ModuleText(types: types, functions: [(0, [], ["array.new_fixed", 1, count, "drop"])])
        #expect(reachable.error()?.hasPrefix("type mismatch: instruction requires 4294967295 of i32") == true)
    }

    @Test func hugeBranchTable() {
        let labels = [UInt8](repeating: 0, count: 1_000_000)
        let body: [Code] = ["unreachable", "br_table", Code(bytes: leb(1_000_000) + labels), 0]
        #expect(ModuleText(functions: [(0, [], body)]).error() == nil)
        let claimed: [Code] = ["unreachable", "br_table", Code(bytes: leb(UInt64(UInt32.max))), 0]
        #expect(ModuleText(functions: [(0, [], claimed)]).error()?.hasPrefix("length out of bounds") == true)
    }

    /// Half a million types, each below the one before, all in one group; matching must not walk the chain.
    @Test func deepSubtypesInOneGroup() {
        let count = 200_000
        var group: [UInt8] = [0x4E] + leb(UInt64(count + 2))
        let fields = code([0x63] + leb(UInt64(count)) + [0], count: 200).bytes
        group += [0x50, 0, 0x5F] + leb(200) + fields
        group += [0x50, 1, 0, 0x5F] + leb(200) + fields
        group += [0x50, 0, 0x5F, 0]
        for position in 3..<(count + 2) { group += [0x50, 1] + leb(UInt64(position - 1)) + [0x5F, 0] }
        #expect(ModuleText(types: [[Code(bytes: group)]]).error()?.hasPrefix("sub type hierarchy too deep") == true)
    }

    /// One large recursive group whose types all refer to each other, twice: linear in its size.
    @Test func largeRecursiveGroups() throws {
        let count = 20_000
        func group(_ start: Int) -> Code {
            var bytes: [UInt8] = [0x4E] + leb(UInt64(count))
            for position in 0..<count {
                bytes += [0x5F, 2, 0x63] + Code(integerLiteral: Int64(start + (position + 1) % count)).bytes + [1]
                bytes += [0x63] + Code(integerLiteral: Int64(start + (position * 7) % count)).bytes + [1]
            }
            return Code(bytes: bytes)
        }
        let module = try ModuleText(types: [[group(0)], [group(count)]]).check().get()
        #expect(module.canonicalTypes[count - 1] == module.canonicalTypes[2 * count - 1])
    }

    /// An error message does not repeat a million operands.
    @Test func messagesStayShort() throws {
        let error = try #require(ModuleText.function(code([0x41, 0], count: 100_000)).error())
        #expect(error.utf8.count < 1000)
    }

    /// A module with a bit of everything, cut off anywhere and with any bit flipped: valid or refused.
    @Test func truncationsAndBitFlips() {
        for module in samples {
            let bytes = module.bytes
            #expect(module.error() == nil)
            for count in bytes.indices { _ = validated(Array(bytes[..<count])) }
            for position in bytes.indices {
                for bit in 0..<8 as Range<UInt8> {
                    var flipped = bytes
                    flipped[position] ^= 1 << bit
                    _ = validated(flipped)
                }
            }
        }
    }

    private var samples: [ModuleText] {
        var first = ModuleText(types: [[[0x60, 0, 0]], [[0x60, 2, 0x7F, 0x7E, 1, 0x7F]], [[0x60, 1, 0x7F, 0]]])
        first.imports = [name("env") + name("f") + [0, 1], name("env") + name("g") + [3, 0x7F, 0]]
        first.functions = [
            (
                0, [2, 3, "i32", 1, "f64"],
                [
                    "block", "i32", "i32.const", 1, "i64.const", 2, "call", 0, "i32.const", 0, "br_if", 0, "drop",
                    "local.get", 2, "end", "if", "empty", "loop", "empty", "i32.const", 0, "br_table", [2, 0, 1], 2,
                    "end", "else", "nop", "end",
                    "i32.const", 8, "i32.load", 2, 4, "i32.const", 0, "i32.store8", 0, 0, "i32.const", 0,
                    "call_indirect", 0, 0, "memory.size", 0, "memory.grow", 0, "drop",
                ]
            ),
            (
                0, [],
                [
                    "try_table", "empty", [1, 2], 0, "i32.const", 1, "throw", 0, "end", "i32.const", 0, "i32.const", 0,
                    "i32.const", 0, "memory.init", 0, 0, "ref.func", 0, "drop", "return_call", 1,
                ]
            ),
        ]
        first.tables = [["funcref", 1, 2, 5]]
        first.memories = [[3, 1, 4]]
        first.tags = [[0, 2]]
        first.globals = [["i32", 1, "global.get", 0, "i32.const", 1, "i32.add", "end"]]
        first.exports = [("run", 0, 1), ("memory", 2, 0)]
        first.start = 1
        first.elements = [[0, "i32.const", 0, "end", 2, 0, 1], [5, "funcref", 1, "ref.null", "funcref", "end"]]
        first.dataCount = 1
        first.data = [[1, 3, [65, 66, 67]]]

        var second = ModuleText(types: [
            [[0x60, 0, 0]],
            [[0x4E, 2, 0x50, 0, 0x5F, 2, 0x7F, 1, 0x63, 2, 1, 0x50, 1, 1, 0x5F, 2, 0x7F, 1, 0x63, 2, 1]],
            [[0x5E, 0x78, 1]],
        ])
        second.functions = [
            (
                0, [1, 1, "ref", 1],
                [
                    "struct.new_default", 2, "local.tee", 0, "struct.get", 1, 0, "drop", "block", "anyref", "local.get",
                    0, "br_on_cast", [3], 0, "anyref", 2, "end", "drop", "i32.const", 3, "array.new_default", 3,
                    "i32.const", 0, "array.get_u", 3, "ref.i31", "i31.get_s", "drop", "local.get", 0, "ref.test", 2,
                    "drop", "try", "empty", "nop", "catch_all", "rethrow", 0, "end",
                    Code(bytes: [0xFD, 0x0C] + [UInt8](repeating: 7, count: 16)), "i8x16.extract_lane_s", [3], "drop",
                ]
            )
        ]
        return [first, second]
    }
}

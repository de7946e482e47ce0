import LLVMBridge
import Testing

@Suite struct ConstantTests {
    /// A signalling NaN with a payload, which a trip through `Double` or an x87 register would quiet.
    @Test(arguments: [0x7fa0_1234, 0xffa0_0001, 0x7fc0_0000, 0x8000_0000, 0x0000_0001] as [UInt32])
    func f32KeepsItsBitPattern(_ pattern: UInt32) throws {
        let fixture = try Fixture()
        let bytes = try fixture.emittedBytes(fixture.context.constF32(bitPattern: pattern))
        #expect(bytes == (0..<4).map { UInt8(truncatingIfNeeded: pattern >> (8 * $0)) })
    }

    @Test(arguments: [0x7ff4_0000_dead_beef, 0xfff0_0000_0000_0001, 0x7ff8_0000_0000_0000] as [UInt64])
    func f64KeepsItsBitPattern(_ pattern: UInt64) throws {
        let fixture = try Fixture()
        let bytes = try fixture.emittedBytes(fixture.context.constF64(bitPattern: pattern))
        #expect(bytes == (0..<8).map { UInt8(truncatingIfNeeded: pattern >> (8 * $0)) })
    }

    @Test(arguments: ["i8", "i16", "i32", "i64", "f32", "f64"])
    func vectorConstantHasTheGivenBytes(_ lane: String) throws {
        let fixture = try Fixture()
        let context = fixture.context
        let type =
            switch lane {
            case "i8": context.vector(of: context.i8, count: 16)
            case "i16": context.vector(of: context.i16, count: 8)
            case "i32": context.vector(of: context.i32, count: 4)
            case "i64": context.vector(of: context.i64, count: 2)
            case "f32": context.vector(of: context.f32, count: 4)
            default: context.vector(of: context.f64, count: 2)
            }
        // 0x7fa00001 in the third f32 lane and 0x7ff4... in the second f64 lane are signalling NaNs.
        let bytes: [UInt8] = [1, 2, 3, 4, 0x80, 0xff, 0, 7, 1, 0, 0xa0, 0x7f, 9, 0, 0xf4, 0x7f]
        #expect(try fixture.emittedBytes(type.constVector(bytes: bytes)) == bytes)
    }

    @Test func integersAreCutToTheirWidth() throws {
        let context = LLVMContext()
        #expect(context.i8.constInt(0x1ff).constantZExtValue == 0xff)
        #expect(context.i8.constInt(signed: -1).constantSExtValue == -1)
        #expect(context.i64.constInt(.max).constantZExtValue == .max)
        #expect(context.i128.constInt(signed: -2).print() == "i128 -2")
        #expect(context.i128.constInt(words: [1, 1]).print() == "i128 18446744073709551617")
        #expect(context.constI1(true).print() == "i1 true")
        #expect(context.constI32(signed: .min).constantSExtValue == Int64(Int32.min))
        #expect(context.i128.constInt(1).constantZExtValue == nil)
    }

    @Test func byteArraysKeepZeros() throws {
        let fixture = try Fixture()
        let bytes: [UInt8] = [0, 1, 0, 0xff, 0]
        #expect(try fixture.emittedBytes(fixture.context.constBytes(bytes)) == bytes)
        #expect(fixture.context.constBytes([]).type.arrayCount == 0)
        #expect(fixture.context.constString("ab").type.arrayCount == 3)
        #expect(fixture.context.constString("ab", nullTerminated: false).type.arrayCount == 2)
    }

    @Test func dataArrayOfIntegers() throws {
        let fixture = try Fixture()
        let words: [UInt32] = [1, 0xffff_fffe, 3]
        let constant = words.withUnsafeBytes { fixture.context.i32.constDataArray($0) }
        #expect(constant.print() == "[3 x i32] [i32 1, i32 -2, i32 3]")
        #expect(try fixture.emittedBytes(constant) == words.withUnsafeBytes { Array($0) })
    }

    @Test func aggregatesAndNulls() {
        let context = LLVMContext()
        let pair = context.constStructure([context.constI8(1), context.constI64(2)], packed: true)
        #expect(pair.print() == "<{ i8, i64 }> <{ i8 1, i64 2 }>")
        let named = context.namedStructure("entry")
        named.setBody([context.i32, context.ptr])
        #expect(named.structElements == [context.i32, context.ptr])
        let entry = named.constNamedStructure([context.constI32(7), context.constNullPointer()])
        #expect(entry.print() == "%entry { i32 7, ptr null }")
        let halves = context.i16.constArray([context.constI16(1), context.constI16(2)])
        #expect(halves.print() == "[2 x i16] [i16 1, i16 2]")
        #expect(named.constNull().isNull)
        #expect(context.i32.undef().isUndef && !context.i32.undef().isPoison)
        #expect(context.i32.poison().isPoison)
        #expect(context.i8.constAllOnes().constantZExtValue == 255)
    }

    @Test func pointerExpressions() throws {
        let fixture = try Fixture()
        let context = fixture.context
        let base = context.constPointer(address: 65536)
        #expect(base.print() == "ptr inttoptr (i64 65536 to ptr)")
        let table = fixture.module.addGlobal("table", context.array(of: context.i8, count: 64))
        #expect(context.constPointer(table.value, offset: 8).print() == "ptr getelementptr (i8, ptr @table, i64 8)")
        #expect(
            context.constPointer(table.value, offset: 8, flags: .inBounds).print()
                == "ptr getelementptr inbounds (i8, ptr @table, i64 8)")
        let other = fixture.module.addGlobal("other", context.i8, initializer: context.constI8(1), linkage: .internal)
        let offset = context.constPointerDifference(other.value, table.value, type: context.i32)
        #expect(
            offset.print()
                == "i32 trunc (i64 sub (i64 ptrtoint (ptr @other to i64), i64 ptrtoint (ptr @table to i64)) to i32)")
    }
}

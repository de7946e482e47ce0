// Vector loads and stores.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#vector-instructions

import LLVMBridge
import WasmSpec

extension FunctionLowering {
    func lowerVectorLoad(_ operation: VectorLoadOperation, _ memArg: MemArg) {
        let address = popAddress(memArg, widthBytes: operation.accessBytes)
        let (i8, i16, i32, i64) = (context.i8, context.i16, context.i32, context.i64)
        switch operation {
        case .v128Load: push(guestLoad(types.v128, address))
        case .v128Load8x8S: pushExtended(address, context.vector(of: i8, count: 8), types.i16x8, signed: true)
        case .v128Load8x8U: pushExtended(address, context.vector(of: i8, count: 8), types.i16x8, signed: false)
        case .v128Load16x4S: pushExtended(address, context.vector(of: i16, count: 4), types.i32x4, signed: true)
        case .v128Load16x4U: pushExtended(address, context.vector(of: i16, count: 4), types.i32x4, signed: false)
        case .v128Load32x2S: pushExtended(address, context.vector(of: i32, count: 2), types.i64x2, signed: true)
        case .v128Load32x2U: pushExtended(address, context.vector(of: i32, count: 2), types.i64x2, signed: false)
        case .v128Load8Splat: pushVector(builder.splat(guestLoad(i8, address), count: 16))
        case .v128Load16Splat: pushVector(builder.splat(guestLoad(i16, address), count: 8))
        case .v128Load32Splat: pushVector(builder.splat(guestLoad(i32, address), count: 4))
        case .v128Load64Splat: pushVector(builder.splat(guestLoad(i64, address), count: 2))
        case .v128Load32Zero:
            pushVector(builder.insertElement(types.i32x4.constNull(), guestLoad(i32, address), lane: 0))
        case .v128Load64Zero:
            pushVector(builder.insertElement(types.i64x2.constNull(), guestLoad(i64, address), lane: 0))
        }
    }

    private func pushExtended(_ address: IRValue, _ narrow: IRType, _ wide: IRType, signed: Bool) {
        let value = guestLoad(narrow, address)
        pushVector(signed ? builder.sext(value, wide) : builder.zext(value, wide))
    }

    func lowerVectorStore(_ memArg: MemArg) {
        let value = pop()
        guestStore(value, popAddress(memArg, widthBytes: 16))
    }

    private func laneType(bytes: UInt32) -> IRType {
        switch bytes {
        case 1: types.i8x16
        case 2: types.i16x8
        case 4: types.i32x4
        default: types.i64x2
        }
    }

    func lowerVectorLoadLane(_ operation: VectorLoadLaneOperation, _ memArg: MemArg, _ lane: UInt8) {
        let vector = popVector(laneType(bytes: operation.accessBytes))
        let address = popAddress(memArg, widthBytes: operation.accessBytes)
        pushVector(builder.insertElement(vector, guestLoad(vector.type.elementType, address), lane: Int(lane)))
    }

    func lowerVectorStoreLane(_ operation: VectorStoreLaneOperation, _ memArg: MemArg, _ lane: UInt8) {
        let vector = popVector(laneType(bytes: operation.accessBytes))
        let address = popAddress(memArg, widthBytes: operation.accessBytes)
        guestStore(builder.extractElement(vector, lane: Int(lane)), address)
    }
}

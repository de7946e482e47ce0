import LLVMBridge

extension ModuleLowering {
    /// `i8x16.swizzle` for CPUs without an instruction for it: lanes of the first parameter by the second's, 0 for indices
    /// of 16 and more.
    ///
    /// Each lane goes everywhere where its number stands: about a hundred vector instructions and no detour through memory.
    /// As a function of its own, many swizzles do not make a program large. It stays one, so that a load of an operand
    /// does not become one of single lanes.
    var swizzleFunction: IRFunction {
        let name = "wasm.swizzle"
        if let known = ir.namedFunction(name) { return known }
        let type = types.i8x16
        let function = ir.addFunction(name, context.functionType([type, type], returning: type), linkage: .internal)
        addUnwinding(to: function)
        function.addAttribute(context.attribute(.noInline))
        addTargetAttributes(to: function)
        let builder = IRBuilder(ir)
        builder.positionAtEnd(function.appendBlock("entry"))
        let (lanes, indices) = (function.parameter(0), function.parameter(1))
        var result = type.constNull()
        for lane in 0..<16 {
            let everywhere = builder.shuffleVector(lanes, mask: Array(repeating: lane, count: 16))
            let number = IRType.constSplat(context.constI8(UInt8(lane)), count: 16)
            let isHere = builder.sext(builder.icmp(.eq, indices, number), type)
            result = builder.or(result, builder.and(everywhere, isHere))
        }
        builder.ret(result)
        return function
    }
}

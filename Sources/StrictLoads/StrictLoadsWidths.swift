import LLVMBridge

/// Finds guest loads of which code generation might read less than they say.
///
/// A load that reaches over the end of its memory traps, also if only bytes inside are asked for: `i32.load` and then
/// `& 0xff`. Code generation reads a byte there. Memory ends above: of a load whose last byte somebody asks for, what
/// LLVM still reads traps whenever the whole does.
///
/// What is not known counts as not asking: the load becomes volatile, which after the last pass over the module costs
/// next to nothing. Vectors are looked at before the first pass, too: among the passes is one that loads single lanes.
struct StrictLoadsWidths {
    /// What may depend on the last byte of a load.
    private enum Part {
        /// Of an integer of at most 64 bits, or of a floating-point number.
        case bits(UInt64)
        /// Of a vector of at most 64 bytes; bit 0 is the byte with the lowest address.
        case bytes(UInt64)

        var isEmpty: Bool {
            switch self {
            case .bits(let mask), .bytes(let mask): mask == 0
            }
        }
    }

    /// Most values to look at for one load.
    private static let budget = 100

    private var seen: [IRValue] = []

    /// Whether somebody asks for the last byte of what `load` loads.
    static func asksForLastByte(of load: IRValue) -> Bool {
        let type = load.type
        let part: Part
        switch type.kind {
        case .integer where type.integerWidth <= 8: return true
        case .integer where type.integerWidth <= 64: part = .bits(0xff << UInt64(type.integerWidth - 8))
        case .float: part = .bits(0xff << 24)
        case .double: part = .bits(0xff << 56)
        case .vector:
            guard let count = byteCount(type) else { return false }
            if count == 1 || count > 64 { return true }
            part = .bytes(1 << UInt64(count - 1))
        case .pointer: return true
        default: return false
        }
        var widths = StrictLoadsWidths()
        return widths.isAskedFor(part, of: load)
    }

    private mutating func isAskedFor(_ part: Part, of value: IRValue) -> Bool {
        guard !part.isEmpty, seen.count < Self.budget, !seen.contains(value) else { return false }
        seen.append(value)
        var use = value.firstUse
        while let current = use {
            if isAskedFor(part, of: value, by: current.user) { return true }
            use = current.next
        }
        return false
    }

    private mutating func isAskedFor(_ part: Part, of value: IRValue, by user: IRValue) -> Bool {
        switch user.opcode {
        case .store, .ret, .atomicRMW, .atomicCmpXchg, .getElementPtr, .switch, .br, .insertValue: return true
        case .phi, .freeze: return isAskedFor(part, of: user)
        case .select: return user.operand(0) == value || isAskedFor(part, of: user)
        case .bitCast: return converted(part, of: value, to: user).map { isAskedFor($0, of: user) } ?? false
        case .call: return !user.isIntrinsicCall || isAskedFor(byIntrinsic: user, part, of: value)
        case .extractElement, .insertElement, .shuffleVector: break
        case let opcode:
            // Arithmetic on floating-point numbers, and whatever has no name here.
            if case .bits(let mask) = part {
                if value.type.kind != .integer || opcode == .icmp { return true }
                return bits(mask, of: value, in: user, opcode).map { isAskedFor(.bits($0), of: user) } ?? !opcode.isCast
            }
        }
        guard case .bytes(let mask) = part else {
            return inserted(part, of: value, by: user).map { isAskedFor($0, of: user) } ?? false
        }
        return isAskedFor(bytes: mask, of: value, by: user)
    }

    private mutating func isAskedFor(byIntrinsic call: IRValue, _ part: Part, of value: IRValue) -> Bool {
        switch (part, call.type.kind) {
        case (.bits, .integer) where call.type.integerWidth <= 64:
            return isAskedFor(.bits(Self.mask(call.type.integerWidth)), of: call)
        case (.bytes(let mask), .vector) where call.type.vectorCount == value.type.vectorCount:
            return lanes(mask, of: value, in: call).map { isAskedFor(.bytes($0), of: call) } ?? false
        case (.bytes, _): return call.type.kind != .vector
        default: return true
        }
    }

    // MARK: Integers

    private static func mask(_ width: Int) -> UInt64 { width >= 64 ? .max : (1 << UInt64(width)) - 1 }

    /// The bits of a computation's result that depend on bits of an operand; nil for one that is not known.
    private func bits(_ bits: UInt64, of value: IRValue, in user: IRValue, _ opcode: IROpcode) -> UInt64? {
        guard user.type.kind == .integer, user.type.integerWidth <= 64 else { return nil }
        let all = Self.mask(user.type.integerWidth)
        let sign = UInt64(1) << UInt64(value.type.integerWidth - 1)
        let isFirst = user.operand(0) == value
        let constant = opcode.isCast ? nil : user.operand(isFirst ? 1 : 0).constantZExtValue
        let upward = all & ~((bits & (~bits &+ 1)) &- 1)
        switch opcode {
        case .and: return bits & (constant ?? all)
        case .or: return bits & ~(constant ?? 0)
        case .xor: return bits
        case .add, .sub, .mul: return upward
        case .shl:
            guard isFirst else { return 0 }
            return constant.map { $0 < 64 ? bits << $0 & all : 0 } ?? upward
        case .lShr, .aShr:
            guard isFirst else { return 0 }
            let smeared = opcode == .aShr && bits & sign != 0
            guard let constant, constant < 64 else { return all }
            return bits >> constant | (smeared ? all & ~(all >> (constant + 1)) : 0)
        case .trunc: return bits & all
        case .zext: return bits
        case .sext: return bits | (bits & sign != 0 ? all & ~Self.mask(value.type.integerWidth) : 0)
        default: return nil
        }
    }

    // MARK: Vectors

    /// Bytes of a vector; nil where lanes are not whole bytes.
    private static func byteCount(_ type: IRType) -> Int? { laneBytes(type).map { $0 * type.vectorCount } }

    private static func laneBytes(_ type: IRType) -> Int? {
        let lane = type.elementType
        switch lane.kind {
        case .integer: return lane.integerWidth % 8 == 0 ? lane.integerWidth / 8 : nil
        case .half: return 2
        case .float: return 4
        case .double, .pointer: return 8
        default: return nil
        }
    }

    /// Bytes of lane `lane` of a vector type.
    private static func bytes(ofLane lane: Int, _ type: IRType) -> UInt64 {
        guard let size = laneBytes(type), size * (lane + 1) <= 64 else { return 0 }
        return mask(size) << UInt64(size * lane)
    }

    /// The lanes of a result that are computed from lanes of an operand; nil where they are not of the same number.
    private func lanes(_ bytes: UInt64, of value: IRValue, in user: IRValue) -> UInt64? {
        guard user.type.kind == .vector, user.type.vectorCount == value.type.vectorCount,
            let count = Self.byteCount(user.type), count <= 64
        else { return nil }
        return (0..<user.type.vectorCount).reduce(0) { result, lane in
            bytes & Self.bytes(ofLane: lane, value.type) != 0 ? result | Self.bytes(ofLane: lane, user.type) : result
        }
    }

    private mutating func isAskedFor(bytes: UInt64, of value: IRValue, by user: IRValue) -> Bool {
        switch user.opcode {
        case .extractElement:
            guard let lane = user.operand(1).constantZExtValue, let size = Self.laneBytes(value.type) else {
                return true
            }
            let part = bytes & Self.bytes(ofLane: Int(lane), value.type)
            guard user.type.kind == .integer else { return part != 0 }
            return isAskedFor(.bits(Self.bits(ofBytes: part >> UInt64(size * Int(lane)))), of: user)
        case .insertElement:
            guard let lane = user.operand(2).constantZExtValue else { return true }
            return isAskedFor(.bytes(bytes & ~Self.bytes(ofLane: Int(lane), value.type)), of: user)
        case .shuffleVector:
            var result: UInt64 = 0
            for (lane, source) in user.shuffleMask.enumerated() where source >= 0 {
                let count = value.type.vectorCount
                guard user.operand(source / count) == value else { continue }
                if bytes & Self.bytes(ofLane: source % count, value.type) != 0 {
                    result |= Self.bytes(ofLane: lane, user.type)
                }
            }
            return isAskedFor(.bytes(result), of: user)
        case .icmp, .fcmp: return true
        case .and, .or: if user.operand(0).isConstant || user.operand(1).isConstant { return false }
        case .trunc: return false
        default: break
        }
        return lanes(bytes, of: value, in: user).map { isAskedFor(.bytes($0), of: user) } ?? false
    }

    /// The lane of a vector that a scalar becomes.
    private func inserted(_ part: Part, of value: IRValue, by user: IRValue) -> Part? {
        guard user.opcode == .insertElement, case .bits(let bits) = part, user.operand(1) == value,
            let lane = user.operand(2).constantZExtValue, let size = Self.laneBytes(user.type)
        else { return nil }
        return .bytes(Self.bytes(ofBits: bits) << (UInt64(size) * lane) & Self.bytes(ofLane: Int(lane), user.type))
    }

    private static func bits(ofBytes bytes: UInt64) -> UInt64 {
        (0..<8).reduce(0) { bytes >> UInt64($1) & 1 != 0 ? $0 | 0xff << UInt64(8 * $1) : $0 }
    }

    private static func bytes(ofBits bits: UInt64) -> UInt64 {
        (0..<8).reduce(0) { bits >> UInt64(8 * $1) & 0xff != 0 ? $0 | 1 << UInt64($1) : $0 }
    }

    private func converted(_ part: Part, of value: IRValue, to user: IRValue) -> Part? {
        let isVector = user.type.kind == .vector
        switch part {
        case .bits(let bits) where isVector:
            return .bytes(Self.bytes(ofBits: bits))
        case .bytes(let bytes) where !isVector:
            guard let count = Self.byteCount(value.type), count <= 8 else { return nil }
            return .bits(Self.bits(ofBytes: bytes))
        default: return part
        }
    }
}

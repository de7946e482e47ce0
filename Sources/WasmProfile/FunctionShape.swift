// By what a function is known again in a module that was compiled anew, and where its counts belong.

import Diagnostics
import WasmBinary
import WasmSpec

/// What tells a profile's functions apart.
public struct FunctionIdentity: Hashable, Sendable {
    /// In the module that ran.
    public var index: UInt32
    /// `FunctionShape.hash`.
    public var hash: UInt64
    /// What the module's name section calls it.
    public var name: String?

    public init(index: UInt32, hash: UInt64, name: String? = nil) {
        self.index = index
        self.hash = hash
        self.name = name
    }
}

/// The instructions of a function without what changes when something else in the module does.
public struct FunctionShape: Sendable {
    /// Kinds of sites, as in `SiteCounts`.
    public enum SiteKind: Hashable, Sendable {
        case loop, branch, call
        /// With its number of labels, the default included.
        case table(Int)
    }

    /// Of the instructions and the labels that they name. Indices, constants and offsets are left out: another function, a
    /// longer string moves them everywhere.
    public private(set) var hash = ShapeHash()
    /// In the order of the code. Offsets are bytes from the beginning of the function's locals.
    public private(set) var sites: [(offset: UInt32, kind: SiteKind)] = []

    /// Throws what `InstructionReader` does, of modules that were not validated.
    public init(_ function: Function, in module: Module) throws(Diagnostic) {
        try module.source.withReader(function.body) { (reader) throws(Diagnostic) in
            var instructions = InstructionReader(reader)
            while !instructions.isAtEnd {
                let instruction = try instructions.next()
                hash.add(instruction.mnemonic)
                note(instruction, at: UInt32(truncatingIfNeeded: instructions.instructionOffset - function.offset))
            }
        }
    }

    private mutating func note(_ instruction: Instruction, at offset: UInt32) {
        switch instruction {
        case .loop: sites.append((offset, .loop))
        case .if: sites.append((offset, .branch))
        case .br(let label): hash.add(label)
        case .brIf(let label), .brOnNull(let label), .brOnNonNull(let label):
            hash.add(label)
            sites.append((offset, .branch))
        case .brOnCast(let branch), .brOnCastFail(let branch):
            hash.add(branch.label)
            sites.append((offset, .branch))
        case .brTable(let table):
            for label in table.labels + [table.defaultLabel] { hash.add(label) }
            sites.append((offset, .table(table.labels.count + 1)))
        case .callIndirect, .callRef, .returnCallIndirect, .returnCallRef: sites.append((offset, .call))
        // Nothing else divides control within the function.
        default: break
        }
    }
}

/// FNV-1a of 64 bits. Who makes two functions collide gets one of them compiled with the other's counts.
public struct ShapeHash: Hashable, Sendable {
    public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    fileprivate mutating func add(byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    fileprivate mutating func add(_ mnemonic: String) {
        for byte in mnemonic.utf8 { add(byte: byte) }
        add(byte: 0)
    }

    fileprivate mutating func add(_ label: LabelDepth) {
        withUnsafeBytes(of: label.rawValue.littleEndian) { for byte in $0 { add(byte: byte) } }
    }
}

extension SiteCounts {
    /// Zeros, for a site of a kind.
    public init(nothingOf kind: FunctionShape.SiteKind) {
        switch kind {
        case .loop: self = .loop(0)
        case .branch: self = .branch(reached: 0, taken: 0)
        case .call: self = .call(CallCounts())
        case .table(let labels): self = .table(Array(repeating: 0, count: labels))
        }
    }

    /// Whether these are the counts of such a site.
    func isOf(_ kind: FunctionShape.SiteKind) -> Bool {
        switch (self, kind) {
        case (.loop, .loop), (.branch, .branch), (.call, .call): true
        case (.table(let counts), .table(let labels)): counts.count == labels
        default: false
        }
    }
}

/// Which function is which.
enum FunctionPairing {
    /// For each of `functions` the position of the same one among `known`, or nil. Of those that look the same, names
    /// decide; then their order, if there are as many here as there; then the index.
    static func positions(of functions: [FunctionIdentity], among known: [FunctionIdentity]) -> [Int?] {
        let candidates = Dictionary(grouping: known.indices) { known[$0].hash }
        var result = [Int?](repeating: nil, count: functions.count)
        for (hash, members) in Dictionary(grouping: functions.indices, by: { functions[$0].hash }) {
            var (here, there) = (members, candidates[hash] ?? [])
            let names = unique(there) { known[$0].name }
            for (name, position) in unique(here, { functions[$0].name }) { result[position] = names[name] }
            let taken = Set(here.compactMap { result[$0] })
            here.removeAll { result[$0] != nil }
            there.removeAll(where: taken.contains)
            if here.count == there.count {
                for (position, other) in zip(here, there) { result[position] = other }
            } else {
                let indices = unique(there) { known[$0].index }
                for position in here { result[position] = indices[functions[position].index] }
            }
        }
        return result
    }

    /// Who has a key that no other has.
    private static func unique<Key: Hashable>(_ positions: [Int], _ key: (Int) -> Key?) -> [Key: Int] {
        var result: [Key: Int?] = [:]
        for position in positions {
            guard let key = key(position) else { continue }
            result[key] = .some(result[key] == nil ? position : nil)
        }
        return result.compactMapValues { $0 }
    }
}

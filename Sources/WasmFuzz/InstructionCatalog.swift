// The rows of the instruction table that can be generated from their signature alone, so that a new row is
// generated without a word here.

import WasmInstructionTable
import WasmSpec

/// Rows by what they result in.
struct InstructionCatalog: Sendable {
    /// Rows by the type of their first result.
    private(set) var producers: [ValueType: [InstructionRow]] = [:]
    /// The same without those that access memory.
    private(set) var pureProducers: [ValueType: [InstructionRow]] = [:]
    /// Rows that have operands but no result: stores.
    private(set) var stores: [InstructionRow] = []

    init(features: FeatureSet) {
        for row in InstructionTable.all.rows where features.contains(row.feature) && Self.isGenerated(row) {
            guard let signature = row.signature else { continue }
            guard let result = signature.results.first else {
                stores.append(row)
                continue
            }
            let type = result.valueType(address: .i32)
            producers[type, default: []].append(row)
            if !signature.parameters.contains(.address) { pureProducers[type, default: []].append(row) }
        }
    }

    /// Whether the signature and the immediates of a row are enough to generate it.
    static func isGenerated(_ row: InstructionRow) -> Bool {
        guard let signature = row.signature else { return false }
        guard !(signature.parameters.isEmpty && signature.results.isEmpty) else { return false }
        return row.form.immediates.allSatisfy { immediate in
            switch immediate {
            case .memArg, .lane, .lanes16, .i32, .i64, .f32, .f64, .v128: true
            case .blockType, .label, .branchTable, .branchOnCast, .catchClauses, .function, .type, .table, .memory,
                .global, .local, .tag, .data, .element, .field, .heapType, .valueTypes, .count, .zeroByte:
                false
            }
        }
    }
}

extension InstructionRow {
    /// The number of lanes that an immediate can select.
    var laneCount: Int {
        if let accessBytes { return 16 / accessBytes }
        guard let separator = mnemonic.firstIndex(of: "x") else { return 1 }
        return Int(mnemonic[mnemonic.index(after: separator)...].prefix { $0.isNumber }) ?? 1
    }

    /// The type whose NaNs the result may have with any sign and payload, as the specification leaves open; nil if
    /// the result is determined. For vectors, the lanes' type.
    var undeterminedNaN: ValueType? {
        let isDetermined = ["abs", "neg", "copysign", "pmin", "pmax"].contains { mnemonic.hasSuffix(".\($0)") }
        guard !isDetermined, !mnemonic.contains("reinterpret") else { return nil }
        switch form {
        case .floatUnary, .floatBinary, .conversion:
            return mnemonic.hasPrefix("f32.") ? .f32 : mnemonic.hasPrefix("f64.") ? .f64 : nil
        case .vectorUnary, .vectorBinary, .vectorTernary:
            return mnemonic.hasPrefix("f32x4.") ? .f32 : mnemonic.hasPrefix("f64x2.") ? .f64 : nil
        default: return nil
        }
    }
}

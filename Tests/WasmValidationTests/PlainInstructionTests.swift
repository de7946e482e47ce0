import Testing
import WasmInstructionTable
import WasmSpec

/// Every row of the table that has a signature is validated by that signature, whatever file does it.
@Suite struct PlainInstructionTests {
    static let rows = InstructionTable.all.rows.filter { $0.signature != nil }

    /// A constant of an operand type; addresses are those of a 32-bit memory.
    private func constant(_ type: OperandType) -> Code {
        switch type {
        case .i32, .address: [0x41, 0]
        case .i64: [0x42, 0]
        case .f32: [0x43, 0, 0, 0, 0]
        case .f64: [0x44, 0, 0, 0, 0, 0, 0, 0, 0]
        case .v128: Code(bytes: [0xFD, 0x0C] + [UInt8](repeating: 0, count: 16))
        }
    }

    private func immediates(_ row: InstructionRow) -> Code {
        var bytes: [UInt8] = []
        for immediate in row.form.immediates {
            switch immediate {
            case .memArg: bytes += [UInt8((row.accessBytes ?? 1).trailingZeroBitCount), 0]
            case .lane, .zeroByte, .i32, .i64: bytes.append(0)
            case .f32: bytes += [UInt8](repeating: 0, count: 4)
            case .f64: bytes += [UInt8](repeating: 0, count: 8)
            case .lanes16, .v128: bytes += [UInt8](repeating: 31, count: 16)
            default: Issue.record("\(row.mnemonic) has an immediate that this test does not know")
            }
        }
        return Code(bytes: bytes)
    }

    private func error(_ operands: [Code], _ row: InstructionRow, results: Int) -> String? {
        let body = operands + [Code(bytes: row.opcode.bytes), immediates(row)] + (0..<results).map { _ in "drop" }
        return ModuleText(functions: [(0, [], body)], memories: [[3, 1, 1]]).error()
    }

    @Test(arguments: rows.indices)
    func signatureIsWhatIsChecked(_ index: Int) throws {
        let row = Self.rows[index]
        let signature = try #require(row.signature)
        let operands = signature.parameters.map(constant)
        #expect(error(operands, row, results: signature.results.count) == nil, "\(row.mnemonic)")
        if let error = error(operands, row, results: signature.results.count + 1) {
            #expect(error.hasPrefix("type mismatch"))
        } else {
            Issue.record("\(row.mnemonic) leaves more than its results")
        }
        for position in operands.indices {
            var wrong = operands
            wrong[position] = constant(signature.parameters[position] == .f32 ? .i64 : .f32)
            let found = error(wrong, row, results: signature.results.count)
            #expect(found?.hasPrefix("type mismatch: instruction requires") == true, "\(row.mnemonic)")
            #expect(found?.hasSuffix("in `\(row.mnemonic)`") == true, "\(row.mnemonic)")
        }
        if !operands.isEmpty {
            let found = error(Array(operands.dropFirst()), row, results: signature.results.count)
            #expect(found?.hasPrefix("type mismatch") == true, "\(row.mnemonic)")
        }
        // The results are of the types that the table says.
        for (position, result) in signature.results.enumerated() {
            let drops = [Code](repeating: "drop", count: signature.results.count - position - 1)
            let body =
                ["block", result == .address ? "i32" : Code(stringLiteral: result.rawValue)] + operands
                + [Code(bytes: row.opcode.bytes), immediates(row)] + drops + ["br", 0, "end", "drop"]
            let found = ModuleText(functions: [(0, [], body)], memories: [[3, 1, 1]]).error()
            #expect(found == nil, "\(row.mnemonic): \(found ?? "")")
        }
    }

    /// A row with an access size accepts every alignment up to it, atomics that one alone.
    @Test(arguments: rows.indices.filter { rows[$0].accessBytes != nil })
    func alignment(_ index: Int) throws {
        let row = Self.rows[index]
        let natural = (row.accessBytes ?? 1).trailingZeroBitCount
        let lane: [UInt8] = row.form.immediates.contains(.lane) ? [0] : []
        for alignment in 0...7 {
            let access = Code(bytes: row.opcode.bytes + [UInt8(alignment), 0] + lane)
            let found = ModuleText(functions: [(0, [], ["unreachable", access, "unreachable"])], memories: [[0, 1]])
                .error()
            if alignment > natural {
                #expect(found?.hasPrefix("alignment must not be larger than natural") == true, "\(row.mnemonic)")
            } else if alignment < natural, row.form.family == .atomic {
                #expect(found?.hasPrefix("atomic alignment must be natural") == true, "\(row.mnemonic)")
            } else {
                #expect(found == nil, "\(row.mnemonic)")
            }
        }
    }

    /// Each instruction is refused by the name of its feature when that is not allowed.
    @Test func featureGate() {
        for row in InstructionTable.all.rows where row.feature != .mvp {
            guard row.form.immediates.isEmpty else { continue }
            let others = FeatureSet(Feature.allCases.filter { $0 != row.feature })
            let module = ModuleText.function("unreachable", Code(bytes: row.opcode.bytes), "unreachable")
            let expected = "\(row.feature.name) is not enabled: in `\(row.mnemonic)`"
            #expect(module.error(features: others) == expected)
        }
    }
}

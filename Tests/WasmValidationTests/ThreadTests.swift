import Diagnostics
import Testing
import WasmBinary
import WasmInstructionTable
import WasmSpec
import WasmValidation

/// Validation on several threads: nothing tells how many there were.
@Suite struct ThreadTests {
    private typealias Body = (type: UInt8, locals: [Code], body: [Code])

    private static let numbersOfThreads = [1, 2, 3, 8, 1000]

    private func module(_ functions: [Body]) throws(Diagnostic) -> Module {
        try decodeModule(ModuleText(functions: functions).bytes)
    }

    private func answer(_ module: Module, features: FeatureSet = .all, threads: Int) -> Result<FeatureSet, Diagnostic> {
        Result { () throws(Diagnostic) in try validate(module, features: features, threads: threads).features }
    }

    private func expectEqual(_ functions: [Body], isValid: Bool, features: FeatureSet = .all) throws {
        let module = try module(functions)
        let expected = answer(module, features: features, threads: 1)
        #expect((try? expected.get()) != nil || !isValid)
        for threads in Self.numbersOfThreads {
            switch (answer(module, features: features, threads: threads), expected) {
            case (.success(let found), .success(let expected)): #expect(isValid && found == expected)
            case (.failure(let found), .failure(let expected)):
                #expect(!isValid)
                #expect("\(found)" == "\(expected)")
            default: Issue.record("validity depends on the number of threads: \(threads)")
            }
        }
    }

    /// `count` functions with a body of about 1,000 bytes each, so that there are runs of 60.
    private func functions(_ count: Int) -> [Body] {
        let body = Code(bytes: [UInt8](repeating: 0x01, count: 1000))
        return [Body](repeating: (0, [], [body]), count: count)
    }

    @Test func featuresOfAllRuns() throws {
        var functions = functions(1000)
        functions[3].body.append(contentsOf: [Code(bytes: [0x41, 0, 0xC0, 0x1A])])
        functions[999].body.append(contentsOf: [Code(bytes: [0x41, 0, 0xFD, 0x0F, 0x1A])])
        try expectEqual(functions, isValid: true)
        let features = try answer(module(functions), threads: 8).get()
        #expect(features.contains(.signExtension) && features.contains(.simd))
    }

    /// The first in the order of the module, also where a later one is found sooner.
    @Test(arguments: [[0, 999], [59, 60, 61], [999], [500, 501], [998, 999], [10, 100, 300, 700]])
    func firstError(wrong: [Int]) throws {
        var functions = functions(1000)
        for (number, position) in wrong.enumerated() {
            let error = Code(bytes: number.isMultiple(of: 2) ? [0x1A] : [0x41, 0])
            // A later one stands at a body's beginning.
            functions[position].body.insert(error, at: number == 0 ? 1 : 0)
        }
        try expectEqual(functions, isValid: false)
    }

    @Test func featureThatIsOff() throws {
        var functions = functions(500)
        for position in [200, 400] {
            functions[position].body.append(contentsOf: [Code(bytes: [0x41, 0, 0xC0, 0x1A])])
        }
        try expectEqual(
            functions, isValid: false, features: FeatureSet(Feature.allCases.filter { $0 != .signExtension }))
    }

    @Test func manyTinyFunctions() throws {
        var functions = [Body](repeating: (0, [], []), count: 100_000)
        try expectEqual(functions, isValid: true)
        functions[99_999].body = [Code(bytes: [0x1A])]
        functions[50_000].body = [Code(bytes: [0x41, 0])]
        try expectEqual(functions, isValid: false)
    }

    @Test func oneLargeFunction() throws {
        let large = Code(bytes: [UInt8](repeating: 0x01, count: 2_000_000))
        try expectEqual([(0, [], [large])], isValid: true)
        try expectEqual(
            [(0, [], []), (0, [], [large, Code(bytes: [0x1A])]), (0, [], [Code(bytes: [0x1A])])], isValid: false)
        try expectEqual([], isValid: true)
    }
}

import Diagnostics
import Testing
import WasmBinary
import WasmSpec
import WasmText

@testable import WasmProfile

private func module(_ text: String) throws -> Module {
    try decodeModule(try assembleModule(text: Array(text.utf8)).bytes)
}

private func shapes(_ module: Module) throws -> [FunctionShape] {
    try module.functions.map { try FunctionShape($0, in: module) }
}

/// A profile of a module in which each function was called as often as `entries` says, and nothing else counted.
private func profile(_ module: Module, entries: [UInt64]) throws -> Profile {
    let shapes = try shapes(module)
    let functions = zip(zip(FunctionIdentity.all(of: module, shapes), shapes), entries).map { function, entries in
        FunctionProfile(
            identity: function.0, entries: entries,
            sites: entries == 0
                ? []
                : function.1.sites.map {
                    FunctionProfile.Site(offset: $0.offset, counts: SiteCounts(nothingOf: $0.kind))
                })
    }
    return Profile(modules: [ModuleProfile(name: nil, functions: functions)])
}

private func entries(_ profile: Profile, in module: Module) throws -> [UInt64?] {
    try MatchedProfile(profile, [(name: nil, module: module)]).functions[0].map { $0?.entries }
}

private let everything = Profile(modules: [
    ModuleProfile(
        name: "a module% of\nlines\u{7F}",
        functions: [
            FunctionProfile(
                identity: FunctionIdentity(index: 3, hash: 0xA, name: "f g"), entries: .max,
                sites: [
                    FunctionProfile.Site(offset: 1, counts: .loop(2)),
                    FunctionProfile.Site(offset: 3, counts: .branch(reached: 9, taken: 4)),
                    FunctionProfile.Site(offset: 5, counts: .table([6, 0, .max])),
                    FunctionProfile.Site(
                        offset: 7,
                        counts: .call(
                            CallCounts(
                                others: 1,
                                targets: [
                                    CallCounts.Target(module: 0, function: 0, count: 8),
                                    CallCounts.Target(module: 1, function: 0, count: 7),
                                ]))),
                ])
        ]),
    ModuleProfile(name: nil, functions: [FunctionProfile(identity: FunctionIdentity(index: 0, hash: .max))]),
])

@Suite struct ProfileTextTests {
    @Test func textIsReadAsItWasWritten() throws {
        #expect(try Profile(text: Array(everything.text.utf8)) == everything)
        #expect(try Profile(text: Array(Profile().text.utf8)) == Profile())
    }

    @Test func commentsAndTooLargeNumbersAreRead() throws {
        let text = "wasmc-profile 1\n# who\nmodule\nfunction 0 1 00000000000000ff 99999999999999999999 f\n\nend\n"
        let function = try Profile(text: Array(text.utf8)).modules[0].functions[0]
        #expect(function.entries == .max)
        #expect(function.identity == FunctionIdentity(index: 1, hash: 255, name: "f"))
    }

    @Test(arguments: [
        "", "end\n", "wasmc-profile 2\nend\n", "wasmc-profile\nend\n", "wasmc-profile 1\n", "wasmc-profile 1\nmodule\n",
        "wasmc-profile 1\nend\nend\n", "wasmc-profile 1\nmodule\nmodule\nend\n", "wasmc-profile 1\nmodule a b\nend\n",
        "wasmc-profile 1\nmodule %zz\nend\n", "wasmc-profile 1\nmodule %4\nend\n", "wasmc-profile 1\nloop 1 1\nend\n",
        "wasmc-profile 1\nfunction 0 0 0000000000000000 1\nend\n", "wasmc-profile 1\nmodule\nloop 1 1\nend\n",
        "wasmc-profile 1\nmodule\nfunction 1 0 0000000000000000 1\nend\n",
        "wasmc-profile 1\nmodule\nfunction 0 4294967296 0000000000000000 1\nend\n",
        "wasmc-profile 1\nmodule\nfunction 0 0 00000000000000 1\nend\n",
        "wasmc-profile 1\nmodule\nfunction 0 0 000000000000000G 1\nend\n",
        "wasmc-profile 1\nmodule\nfunction 0 0 0000000000000000 -1\nend\n",
    ]) func whatIsNoProfileIsRefused(text: String) {
        #expect(throws: Diagnostic.self) { try Profile(text: Array(text.utf8)) }
    }

    @Test(arguments: [
        "loop", "loop 1", "loop 1 2 3", "branch 1 2", "branch 1 2 3 4", "table 1", "calls 1", "calls 1 2 3",
        "calls 1 2 0:0", "calls 1 2 0=1", "calls 1 2 :0=1", "calls 1 2 0:1=1", "calls 1 2 1:0=1",
        "calls 1 2 99999999999999999999:0=1", "loop 4294967296 1", "call 1 2", "loop  1 2", "loop 1 2 ",
    ]) func damagedCountsAreRefused(line: String) {
        let text = "wasmc-profile 1\nmodule\nfunction 0 0 0000000000000000 1\n\(line)\nend\n"
        #expect(throws: Diagnostic.self) { try Profile(text: Array(text.utf8)) }
    }

    @Test func damagedTextIsReadOrRefused() {
        var generator = Generator(state: 7)
        let text = Array(everything.text.utf8)
        for _ in 0..<20_000 {
            var damaged = text
            for _ in 0...generator.next(below: 3) {
                let place = generator.next(below: damaged.count)
                switch generator.next(below: 4) {
                case 0: damaged[place] = UInt8(generator.next(below: 256))
                case 1: damaged.remove(at: place)
                case 2: damaged.insert(UInt8(ascii: " ") + UInt8(generator.next(below: 60)), at: place)
                default: damaged.removeLast(generator.next(below: damaged.count))
                }
                if damaged.isEmpty { damaged = [10] }
            }
            guard let profile = try? Profile(text: damaged) else { continue }
            #expect((try? Profile(text: Array(profile.text.utf8))) == profile)
        }
    }
}

/// Numbers that are the same in every run.
private struct Generator {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }
}

@Suite struct ProfileMatchingTests {
    private static let loop = "(loop (br_if 0 (i32.const 0)))"

    @Test func aFunctionIsKnownAgainWhereverItIs() throws {
        let old = try module("(module (func $f \(Self.loop)) (func $g (param i32) (drop (local.get 0))))")
        let new = try module(
            """
            (module (import "e" "h" (func)) (memory 1) (func $new nop)
              (func $g (param i32) (drop (local.get 0))) (func $f \(Self.loop)))
            """)
        #expect(try entries(profile(old, entries: [5, 6]), in: new) == [nil, 6, 5])
    }

    @Test func indicesAndConstantsDoNotCountAndInstructionsDo() throws {
        func hash(_ body: String) throws -> UInt64 {
            let text = "(module (memory 1) (func $a) (func $b) (func $f (local i32 i32) \(body)))"
            return try shapes(module(text))[2].hash.value
        }
        #expect(try hash("call $a") == hash("call $b"))
        #expect(try hash("(drop (i32.load offset=4 (i32.const 8)))") == hash("(drop (i32.load (i32.const 70000)))"))
        #expect(try hash("(drop (local.get 0))") != hash("(local.set 0 (i32.const 0))"))
        #expect(try hash("(block (block (br 0)))") != hash("(block (block (br 1)))"))
    }

    @Test func functionsThatLookTheSameAreToldApartByNameOrOrder() throws {
        let old = try module("(module (func $a) (func $b))")
        #expect(try entries(profile(old, entries: [1, 2]), in: module("(module (func $b) (func $a))")) == [2, 1])
        #expect(try entries(profile(old, entries: [1, 2]), in: module("(module (func) (func))")) == [1, 2])
        // A third one: names, and for the others their index.
        #expect(
            try entries(profile(old, entries: [1, 2]), in: module("(module (func $c) (func $b) (func $a))"))
                == [nil, 2, 1])
    }

    @Test func changedFunctionsHaveNoCounts() throws {
        let old = try module("(module (func $f \(Self.loop)) (func $g))")
        let new = try module("(module (func $f nop \(Self.loop)) (func $g))")
        let matched = try MatchedProfile(profile(old, entries: [5, 6]), [(name: nil, module: new)])
        #expect(matched.functions[0].map { $0?.entries } == [nil, 6])
        #expect((matched.executed, matched.found) == (2, 1))
    }

    @Test func countsOfAnotherShapeAreIgnored() throws {
        let module = try module("(module (func $f \(Self.loop)))")
        var damaged = try profile(module, entries: [5])
        damaged.modules[0].functions[0].sites.removeLast()
        #expect(try entries(damaged, in: module) == [nil])
        damaged.modules[0].functions[0].sites.append(FunctionProfile.Site(offset: 0, counts: .loop(1)))
        #expect(try entries(damaged, in: module) == [nil])
    }

    @Test func modulesAreKnownByName() throws {
        let module = try module("(module (func $f))")
        let other = Profile(modules: [
            ModuleProfile(name: "m", functions: try profile(module, entries: [3]).modules[0].functions)
        ])
        let matched = try MatchedProfile(other, [(name: "m", module: module), (name: nil, module: module)])
        #expect(matched.functions.map { $0.map { $0?.entries } } == [[3], [nil]])
    }
}

@Suite struct ProfileMergingTests {
    /// As everywhere, by bytes: one letter, and two that look the same.
    @Test func modulesWhoseNamesLookTheSameAreTwo() throws {
        let names = ["\u{E9}", "e\u{301}"]
        let profile = Profile(modules: names.map { ModuleProfile(name: $0) })
        #expect(try Profile(text: Array(profile.text.utf8)).modules.count == 2)
        var merged = Profile(modules: [profile.modules[0]])
        merged.merge(Profile(modules: [profile.modules[1]]))
        #expect(merged.modules.count == 2)
    }

    @Test func countsAreAddedUpAndSaturate() throws {
        var merged = everything
        merged.merge(everything)
        let function = merged.modules[0].functions[0]
        #expect(merged.modules.map(\.functions.count) == [1, 1])
        #expect(function.entries == .max)
        #expect(function.sites[0].counts == .loop(4))
        #expect(function.sites[1].counts == .branch(reached: 18, taken: 8))
        #expect(function.sites[2].counts == .table([12, 0, .max]))
        guard case .call(let calls) = function.sites[3].counts else {
            Issue.record("no call")
            return
        }
        #expect(calls.others == 2)
        #expect(calls.targets.map(\.count) == [16, 14])
    }

    @Test func functionsOfAnotherVersionStandBeside() throws {
        let call = "(call_indirect (i32.const 0))"
        let old = try module("(module (table 1 funcref) (func $f nop) (func $g \(call)))")
        let new = try module("(module (table 1 funcref) (func $h nop nop) (func $g \(call)))")
        var merged = try profile(old, entries: [1, 1])
        var second = try profile(new, entries: [2, 2])
        second.modules[0].functions[1].sites[0].counts = .call(
            CallCounts(targets: [CallCounts.Target(module: 0, function: 0, count: 9)]))
        merged.merge(second)
        #expect(merged.modules[0].functions.map(\.entries) == [1, 3, 2])
        #expect(
            merged.modules[0].functions[1].sites[0].counts
                == .call(CallCounts(targets: [CallCounts.Target(module: 0, function: 2, count: 9)])))
        #expect(try entries(merged, in: new) == [2, 3])
        #expect(try entries(merged, in: old) == [1, 3])
    }

    @Test func callsOfTooManyFunctionsAreOthers() {
        let targets = (0..<20).map { CallCounts.Target(module: 0, function: $0, count: UInt64($0)) }
        let counts = CallCounts(others: 1, targets: targets)
        #expect(counts.targets.map(\.function) == [19, 18, 17, 16, 15, 14, 13, 12])
        #expect(counts.others == 1 + (0..<12).reduce(0, +))
    }
}

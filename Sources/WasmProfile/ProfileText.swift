// Profiles as files: lines of words, so that people, `diff` and version control can read them.
//
//     wasmc-profile 1
//     module                                  the main module; a linked one has its name here
//     function 0 12 8c1f00aa52d3e97b 1000 sum  number here, index there, hash, entries, name
//     loop 7 90000                            offset, iterations
//     branch 23 90000 89000                   offset, how often reached, how often the condition held
//     table 40 5 0 995                        offset, how often each label, the default last
//     calls 61 3 0:12=900 1:4=97              offset, other callees, module:number=how often
//     end
//
// Names have `%` and two digits in place of bytes that would end a word or a line. A line that begins with `#` says nothing.

import Diagnostics
import WasmSpec

extension Profile {
    /// The newest version, which is written.
    static let version = 1
    private static let head = "wasmc-profile"

    /// The file that holds this.
    public var text: String {
        var text = "\(Self.head) \(Self.version)\n"
        for module in modules {
            text += module.name.map { "module \(ProfileWord.encode($0))\n" } ?? "module\n"
            for (number, function) in module.functions.enumerated() { function.print(number, to: &text) }
        }
        return text + "end\n"
    }

    /// Reads what `text` writes.
    ///
    /// - Throws: `profile` with the line of what is no profile, or not a whole one.
    public init(text: [UInt8]) throws(Diagnostic) {
        var parser = ProfileParser()
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // Behind the last line.
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines { try parser.read(line) }
        self = try parser.finished()
    }

    fileprivate static func checkHead(_ words: [ArraySlice<UInt8>]) throws(ProfileError) {
        guard words.count == 2, words[0].elementsEqual(head.utf8) else {
            throw ProfileError("not a profile", "expected `\(head) \(version)` as the first line")
        }
        guard words[1].elementsEqual(String(version).utf8) else {
            throw ProfileError(
                "a profile of another version", "this version of wasmc reads version \(version): count again")
        }
    }
}

extension FunctionProfile {
    fileprivate func print(_ number: Int, to text: inout String) {
        let digits = String(identity.hash, radix: 16)
        let hash = String(repeating: "0", count: 16 - digits.count) + digits
        let name = identity.name.map { " \(ProfileWord.encode($0))" } ?? ""
        text += "function \(number) \(identity.index) \(hash) \(entries)\(name)\n"
        for site in sites {
            switch site.counts {
            case .loop(let count): text += "loop \(site.offset) \(count)\n"
            case .branch(let reached, let taken): text += "branch \(site.offset) \(reached) \(taken)\n"
            case .table(let counts):
                text += "table \(site.offset)\(counts.map { " \($0)" }.joined())\n"
            case .call(let counts):
                let targets = counts.targets.map { " \($0.module):\($0.function)=\($0.count)" }.joined()
                text += "calls \(site.offset) \(counts.others)\(targets)\n"
            }
        }
    }
}

/// What is wrong with a line.
private struct ProfileError: Error {
    let message: String
    let detail: String

    init(_ message: String, _ detail: String) { (self.message, self.detail) = (message, detail) }

    static func damaged(_ detail: String) -> ProfileError { ProfileError("damaged profile", detail) }
}

private struct ProfileParser {
    private var profile = Profile()
    private var line = 0
    private var isBegun = false
    private var isEnded = false
    private var names: Set<ExactName?> = []

    mutating func read(_ text: ArraySlice<UInt8>) throws(Diagnostic) {
        line += 1
        do throws(ProfileError) { try parse(text) } catch {
            throw Diagnostic(.profile, error.message, error.detail, at: .text(line: line, column: 1))
        }
    }

    func finished() throws(Diagnostic) -> Profile {
        guard isEnded else {
            throw Diagnostic(
                .profile, isBegun ? "damaged profile" : "not a profile", "its end is missing",
                at: .text(line: max(line, 1), column: 1))
        }
        for module in profile.modules {
            for function in module.functions { try checkTargets(of: function) }
        }
        return profile
    }

    private func checkTargets(of function: FunctionProfile) throws(Diagnostic) {
        for site in function.sites {
            guard case .call(let counts) = site.counts else { continue }
            for target in counts.targets
            where !profile.modules.indices.contains(target.module)
                || !profile.modules[target.module].functions.indices.contains(target.function)
            {
                throw Diagnostic(
                    .profile, "damaged profile",
                    "a call of function \(target.module):\(target.function), which is not there")
            }
        }
    }

    // MARK: Lines

    private mutating func parse(_ text: ArraySlice<UInt8>) throws(ProfileError) {
        if text.isEmpty || text.first == UInt8(ascii: "#") { return }
        let words = text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard isBegun else {
            try Profile.checkHead(words)
            isBegun = true
            return
        }
        guard !isEnded else { throw .damaged("more behind `end`") }
        switch String(decoding: words[0], as: UTF8.self) {
        case "module": try beginModule(words)
        case "function": try beginFunction(words)
        case "loop": try add(words, counts: 1...1) { .loop($0[0]) }
        case "branch": try add(words, counts: 2...2) { .branch(reached: $0[0], taken: $0[1]) }
        case "table": try add(words, counts: 1...Int.max) { .table($0) }
        case "calls": try addCalls(words)
        case "end" where words.count == 1: isEnded = true
        default: throw .damaged("expected a module, a function, a count, or `end`")
        }
    }

    private mutating func beginModule(_ words: [ArraySlice<UInt8>]) throws(ProfileError) {
        guard words.count <= 2 else { throw .damaged("expected `module` and a name") }
        let name = words.count == 1 ? nil : try ProfileWord.decode(words[1])
        guard names.insert(name.map(ExactName.init)).inserted else { throw .damaged("a module stands twice") }
        profile.modules.append(ModuleProfile(name: name))
    }

    private mutating func beginFunction(_ words: [ArraySlice<UInt8>]) throws(ProfileError) {
        let module = profile.modules.count - 1
        guard module >= 0, 5...6 ~= words.count, let number = ProfileWord.number(words[1]),
            let index = ProfileWord.number(words[2]).flatMap({ UInt32(exactly: $0) }),
            let hash = ProfileWord.hash(words[3]), let entries = ProfileWord.number(words[4])
        else { throw .damaged("expected a function's number, index, hash, entries and name") }
        guard number == UInt64(profile.modules[module].functions.count) else {
            throw .damaged("functions are numbered from 0 on")
        }
        let name = words.count == 6 ? try ProfileWord.decode(words[5]) : nil
        profile.modules[module].functions.append(
            FunctionProfile(identity: FunctionIdentity(index: index, hash: hash, name: name), entries: entries))
    }

    private mutating func add(
        _ words: [ArraySlice<UInt8>], counts range: ClosedRange<Int>, _ counts: ([UInt64]) -> SiteCounts
    ) throws(ProfileError) {
        let numbers = words.dropFirst(2).map { ProfileWord.number($0) }
        guard range.contains(numbers.count), !numbers.contains(nil) else {
            throw .damaged("expected an offset and counts")
        }
        try add(words, counts(numbers.compactMap { $0 }))
    }

    private mutating func add(_ words: [ArraySlice<UInt8>], _ counts: SiteCounts) throws(ProfileError) {
        let module = profile.modules.count - 1
        guard module >= 0, !profile.modules[module].functions.isEmpty else {
            throw .damaged("a count of no function")
        }
        guard words.count > 1, let offset = ProfileWord.number(words[1]).flatMap({ UInt32(exactly: $0) }) else {
            throw .damaged("expected an offset")
        }
        let function = profile.modules[module].functions.count - 1
        profile.modules[module].functions[function].sites.append(
            FunctionProfile.Site(offset: offset, counts: counts))
    }

    private mutating func addCalls(_ words: [ArraySlice<UInt8>]) throws(ProfileError) {
        guard words.count > 2, let others = ProfileWord.number(words[2]) else {
            throw .damaged("expected an offset and counts")
        }
        var counts = CallCounts(others: others)
        for word in words.dropFirst(3) {
            guard let target = ProfileWord.target(word) else { throw .damaged("expected MODULE:FUNCTION=COUNT") }
            counts.targets.append(target)
        }
        counts.normalize()
        try add(words, .call(counts))
    }
}

/// Words of the lines.
private enum ProfileWord {
    static func encode(_ name: String) -> String {
        var result: [UInt8] = []
        for byte in name.utf8 {
            if byte > UInt8(ascii: " "), byte != UInt8(ascii: "%"), byte != 0x7F {
                result.append(byte)
            } else {
                let digits = String(byte, radix: 16)
                result += Array("%\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func decode(_ word: ArraySlice<UInt8>) throws(ProfileError) -> String {
        var result: [UInt8] = []
        var rest = word
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard rest.count >= 2, let value = hexadecimal(rest.prefix(2)) else {
                throw .damaged("`%` without two digits in a name")
            }
            result.append(UInt8(truncatingIfNeeded: value))
            rest = rest.dropFirst(2)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A decimal number; the largest there is in place of a larger one.
    static func number(_ word: some Collection<UInt8>) -> UInt64? {
        guard !word.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in word {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            value = overflows ? .max : product.adding(UInt64(byte - UInt8(ascii: "0")))
        }
        return value
    }

    static func hash(_ word: ArraySlice<UInt8>) -> UInt64? { word.count == 16 ? hexadecimal(word) : nil }

    private static func hexadecimal(_ word: ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for byte in word {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }

    static func target(_ word: ArraySlice<UInt8>) -> CallCounts.Target? {
        guard let colon = word.firstIndex(of: UInt8(ascii: ":")), let equals = word.firstIndex(of: UInt8(ascii: "=")),
            colon < equals, let module = number(word[..<colon]).flatMap({ Int(exactly: $0) }),
            let function = number(word[(colon + 1)..<equals]).flatMap({ Int(exactly: $0) }),
            let count = number(word[(equals + 1)...])
        else { return nil }
        return CallCounts.Target(module: module, function: function, count: count)
    }
}

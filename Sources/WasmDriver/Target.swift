import Diagnostics
import LLVMBridge
import WasmLowering

/// A platform that executables are made for.
public struct Target: Hashable, Sendable {
    public let architecture: Architecture

    /// The name on the command line and of the runtime's directory.
    public var triple: String { "\(architecture.rawValue)-linux-musl" }

    /// The linker's name of the output format.
    var linkerEmulation: String {
        switch architecture {
        case .x86_64: "elf_x86_64"
        }
    }

    /// CPU names with a documented meaning, lowest first, besides `native`.
    public var processorLevels: [String] { architecture.processorLevels.map(\.name) }
    public var defaultProcessor: String { architecture.defaultProcessor }

    /// CPU features, in LLVM's names, that every program needs, with the reason. LLVM ends the process without some.
    var neededFeatures: [String: String] {
        switch architecture {
        case .x86_64:
            [
                "64bit": "it is the instruction set itself",
                "sse": "functions pass floating-point numbers in its registers",
                "sse2": "functions pass floating-point numbers in its registers",
            ]
        }
    }

    public static let x86_64LinuxMusl = Target(architecture: .x86_64)

    /// Every platform there is a runtime for.
    public static let all = Architecture.allCases.map { Target(architecture: $0) }
    /// The platform this compiler runs on.
    public static let host = x86_64LinuxMusl

    /// The platform of a triple; vendor fields (`x86_64-unknown-linux-musl`) are accepted.
    ///
    /// - Throws: `unsupported`, with the list, for any other.
    public static func named(_ triple: String) throws(Diagnostic) -> Target {
        var parts = triple.split(separator: "-")
        if parts.count == 4 { parts.remove(at: 1) }
        let short = parts.joined(separator: "-")
        if let target = all.first(where: { $0.triple == short }) { return target }
        throw Diagnostic(
            .unsupported, "target `\(triple)`", "this version makes \(all.map(\.triple).joined(separator: ", "))")
    }

    /// Checks a CPU name of the command line.
    ///
    /// - Throws: `unsupported`, with the list. LLVM itself would only warn and compile for another CPU.
    func checkProcessor(_ name: String) throws(Diagnostic) {
        let known = processorLevels + (self == Target.host ? ["native"] : [])
        guard known.contains(name) else {
            throw Diagnostic(
                .unsupported, "CPU `\(name)` for \(triple)", "this version knows \(known.joined(separator: ", "))")
        }
    }

    /// The levels of a list on the command line, ascending. `v3` is short for `x86-64-v3`.
    ///
    /// - Throws: `unsupported` for a name that is no level, when there are several, and for one that stands twice.
    public func processors(_ list: String) throws(Diagnostic) -> [String] {
        let words = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard words.count > 1 else { return [list] }
        var numbers: [Int] = []
        for word in words {
            let known = processorLevels.firstIndex { $0 == word || $0 == "\(processorLevels[0])-\(word)" }
            guard let known else {
                throw Diagnostic(
                    .unsupported, "CPU `\(word)` in a list for \(triple)",
                    "this version knows the levels \(processorLevels.joined(separator: ", "))")
            }
            guard !numbers.contains(known) else {
                throw Diagnostic(.unsupported, "CPU `\(word)` twice in a list")
            }
            numbers.append(known)
        }
        return numbers.sorted().map { processorLevels[$0] }
    }

    /// Checks CPU features of the command line, `+a,-b`.
    ///
    /// - Throws: `unsupported`, with the word. LLVM itself would only warn.
    func checkFeatures(_ features: String) throws(Diagnostic) {
        guard !features.isEmpty else { return }
        // The host's list holds every feature of the architecture, present or not.
        let known = Set(Host.cpuFeatures.split(separator: ",").map { $0.dropFirst() })
        for word in features.split(separator: ",", omittingEmptySubsequences: false) {
            guard word.hasPrefix("+") || word.hasPrefix("-") else {
                throw Diagnostic(.unsupported, "CPU feature `\(word)`", "expected `+name` or `-name`")
            }
            guard known.contains(word.dropFirst()) else {
                throw Diagnostic(.unsupported, "CPU feature `\(word)`", "no feature of \(triple)")
            }
            if word.hasPrefix("-"), let reason = neededFeatures[String(word.dropFirst())] {
                throw Diagnostic(.unsupported, "CPU feature `\(word)`", "\(triple) cannot do without: \(reason)")
            }
        }
    }
}

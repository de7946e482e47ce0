import Diagnostics
import LLVMBridge
import WasmDriver

/// What can come next on a command line. The scripts of all shells ask `wasmc __complete WORD...`, whose last word is the
/// one to be completed, possibly empty; files and directories they list themselves.
struct Completion: Equatable {
    /// One word that can stand there, whole.
    struct Candidate: Equatable {
        var word: String
        var description = ""
    }

    /// What the shell lists besides.
    enum Files: Equatable {
        case none
        /// Files with these extensions first; all alike when there are none.
        case files([String])
        case directories
    }

    var candidates: [Candidate] = []
    var files = Files.none
    /// What of the word is no part of a file's name.
    var prefix = ""

    /// The first argument with which the scripts ask.
    static let command = "__complete"

    /// The reply for the scripts: a line with the kind of files, extensions and prefix, then a candidate in each line;
    /// tabs separate.
    var text: String {
        let header =
            switch files {
            case .none: "none\t\t"
            case .files(let extensions): "files\t\(extensions.joined(separator: ","))\t\(prefix)"
            case .directories: "directories\t\t\(prefix)"
            }
        return ([header] + candidates.map { "\($0.word)\t\($0.description)" }).joined(separator: "\n")
    }

    /// What can stand for the last of `words`, which are those behind `wasmc`.
    init(_ words: [String], root: CommandDefinition = .root) {
        let current = words.last ?? ""
        let before = Array(words.dropLast())
        if before.isEmpty {
            self = current.hasPrefix("-") ? Self.options(of: root, given: []) : Self.subcommands(of: root)
            keepMatches(current)
            return
        }
        let parsed = CommandLineWords(before, root: root)
        guard parsed.unknownCommand == nil else { return }
        if parsed.command.name == "help" {
            self = parsed.positionals.isEmpty ? Self.subcommands(of: root) : Completion()
        } else if parsed.command.passesArguments, !parsed.positionals.isEmpty {
            // The program's own arguments.
            files = .files([])
        } else if case .option(let option, _, nil, false)? = parsed.tokens.last, option.takesValue {
            self = Self.value(of: option, current, behind: "")
        } else if current.hasPrefix("-"), current != "-", !parsed.isEndOfOptions {
            self = Self.dashed(current, parsed)
        } else {
            self = Self.positional(parsed)
        }
        keepMatches(current)
    }

    private init() {}

    private mutating func keepMatches(_ current: String) { candidates.removeAll { !$0.word.hasPrefix(current) } }

    private static func subcommands(of root: CommandDefinition) -> Completion {
        var completion = Completion()
        completion.candidates = root.visibleSubcommands.map { Candidate(word: $0.name, description: $0.abstract) }
        return completion
    }

    /// Options by their long names, those with a short one only by that; what was given once is offered once more only
    /// when it can be.
    private static func options(of command: CommandDefinition, given: [String]) -> Completion {
        var completion = Completion()
        for option in command.options where !option.isHidden && (option.isRepeating || !given.contains(option.name)) {
            completion.candidates.append(Candidate(word: option.name, description: option.abstract))
        }
        return completion
    }

    /// An option, or one with its value behind `=` or joined.
    private static func dashed(_ current: String, _ parsed: CommandLineWords) -> Completion {
        let short = String(current.prefix(2))
        if let equals = current.firstIndex(of: "="), let option = parsed.command.option(String(current[..<equals])) {
            let prefix = String(current[...equals])
            return value(of: option, String(current.dropFirst(prefix.count)), behind: prefix)
        }
        if !current.hasPrefix("--"), let option = parsed.command.option(short), option.takesValue {
            return value(of: option, String(current.dropFirst(2)), behind: short)
        }
        let given = parsed.tokens.compactMap { token in
            if case .option(let option, _, _, _) = token { option.name } else { nil }
        }
        return options(of: parsed.command, given: given)
    }

    private static func positional(_ parsed: CommandLineWords) -> Completion {
        let given = parsed.positionals.count
        let known = parsed.command.positionals
        guard let positional = given < known.count ? known[given] : known.last(where: \.isRepeating) else {
            return Completion()
        }
        return complete(positional.completion, behind: "")
    }

    /// The value of an option. `prefix` is what of the word comes before it.
    private static func value(of option: OptionDefinition, _ value: String, behind prefix: String) -> Completion {
        var completion = complete(option.completion, behind: prefix)
        switch option.name {
        case "--emit":
            // Of a list the last word is completed, to one that is not there yet.
            let listed = value.split(separator: ",", omittingEmptySubsequences: false).dropLast().map(String.init)
            let list = listed.map { $0 + "," }.joined()
            completion.candidates = Artifact.allCases.map(\.rawValue).filter { !listed.contains($0) }.map {
                Candidate(word: prefix + list + $0)
            }
        case "--target-feature":
            let list = value.lastIndex(of: ",").map { String(value[...$0]) } ?? ""
            let sign = value.dropFirst(list.count).hasPrefix("-") ? "-" : "+"
            completion.candidates = Host.cpuFeatures.split(separator: ",").map {
                Candidate(word: prefix + list + sign + $0.dropFirst())
            }
        case "--preload":
            guard let equals = value.firstIndex(of: "=") else { return Completion() }
            completion.files = .files(["wasm", "wat"])
            completion.prefix = prefix + value[...equals]
        case "--env":
            completion.candidates = environmentNames().map { Candidate(word: prefix + $0) }
        default: break
        }
        return completion
    }

    private static func complete(_ kind: ValueCompletion, behind prefix: String) -> Completion {
        var completion = Completion()
        completion.prefix = prefix
        switch kind {
        case .none: break
        case .list(let values): completion.candidates = values.map { Candidate(word: prefix + $0) }
        case .file(let extensions): completion.files = .files(extensions)
        case .directory: completion.files = .directories
        }
        return completion
    }
}

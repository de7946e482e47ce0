/// A command line cut into the subcommand, its options with their values, and the rest.
struct CommandLineWords {
    /// One word, or an option with its value.
    enum Token {
        /// An option or flag of the command; `value` is what was behind `=`, joined, or the next word.
        case option(OptionDefinition, spelling: String, value: String?, isJoined: Bool)
        /// A word that begins with a dash and that the command does not know.
        case unknownOption(String)
        case positional(String)
    }

    /// The subcommand, or the root command when the first word is none.
    var command: CommandDefinition
    /// The first word, when it should have been a subcommand.
    var unknownCommand: String?
    /// Up to what is the program's.
    var tokens: [Token] = []
    /// The option whose value is missing at the end.
    var isEndOfOptions = false

    init(_ words: [String], root: CommandDefinition = .root) {
        var rest = words[...]
        command = root
        if let first = rest.first, !first.hasPrefix("-") {
            if let subcommand = root.subcommand(first) {
                command = subcommand
                rest = rest.dropFirst()
            } else {
                unknownCommand = first
                return
            }
        }
        while let word = rest.popFirst() {
            if isEndOfOptions || word == "-" || !word.hasPrefix("-") {
                tokens.append(.positional(word))
                if command.passesArguments { isEndOfOptions = true }
            } else if word == "--" {
                isEndOfOptions = true
            } else {
                tokens.append(contentsOf: Self.options(word, of: command, &rest))
            }
        }
    }

    /// The tokens of a word that begins with a dash.
    private static func options(
        _ word: String, of command: CommandDefinition, _ rest: inout ArraySlice<String>
    ) -> [Token] {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if let option = command.option(parts[0]) {
            if parts.count == 2 { return [.option(option, spelling: parts[0], value: parts[1], isJoined: true)] }
            guard option.takesValue else { return [.option(option, spelling: word, value: nil, isJoined: false)] }
            // As the parser: a word that begins with a dash is an option, unless the value may.
            guard let next = rest.first, option.takesDashes || next == "-" || !next.hasPrefix("-") else {
                return [.option(option, spelling: word, value: nil, isJoined: false)]
            }
            rest = rest.dropFirst()
            return [.option(option, spelling: word, value: next, isJoined: false)]
        }
        if !word.hasPrefix("--"), let option = command.option(String(word.prefix(2))), option.takesValue {
            return [
                .option(option, spelling: String(word.prefix(2)), value: String(word.dropFirst(2)), isJoined: true)
            ]
        }
        let letters = word.dropFirst().map { command.option("-\($0)") }
        if !word.hasPrefix("--"), letters.allSatisfy({ $0?.takesValue == false }) {
            return letters.compactMap { $0 }.map { .option($0, spelling: $0.name, value: nil, isJoined: false) }
        }
        return [.unknownOption(word)]
    }

    /// The last value of an option that was given, by its long name.
    func value(of name: String) -> String? {
        for case .option(let option, _, let value?, _) in tokens.reversed() where option.name == name { return value }
        return nil
    }

    func has(flag name: String) -> Bool {
        tokens.contains { if case .option(let option, _, _, _) = $0 { option.name == name } else { false } }
    }

    /// The arguments without a name.
    var positionals: [String] { tokens.compactMap { if case .positional(let word) = $0 { word } else { nil } } }
}

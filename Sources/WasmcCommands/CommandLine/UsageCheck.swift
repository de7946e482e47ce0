import Diagnostics
import Support
import WasmDriver

/// Says what is wrong with a command line that the argument parser refused: the first word that is wrong, the nearest
/// right one, and what another tool's word is called here.
struct UsageCheck {
    private let root: CommandDefinition
    private let arguments: [String]
    private let words: CommandLineWords

    init(_ arguments: [String], root: CommandDefinition = .root) {
        self.root = root
        self.arguments = arguments
        words = CommandLineWords(arguments, root: root)
    }

    /// The command that help is for, `wasmc build`.
    var commandName: String { isRoot ? root.name : "\(root.name) \(words.command.name)" }

    /// Whether no command was named that does something.
    private var isRoot: Bool { words.command.name == root.name || words.command.name == "help" }

    /// Whether errors are asked for as JSON.
    ///
    /// Without a command no word says what belongs to what.
    var isJSON: Bool { words.command.name == root.name ? arguments.contains("--json") : words.has(flag: "--json") }

    /// What explains more, a line behind the message.
    var reference: String {
        "`\(commandName) --help` " + (isRoot ? "lists the commands" : "explains the options")
    }

    /// The value of `--color`.
    var color: String? { words.value(of: "--color") }

    /// The first word that is wrong, or nil when the words by themselves are right.
    func diagnostic() -> Diagnostic? {
        if let command = words.unknownCommand { return unknownCommand(command) }
        if words.command.name == "help" {
            let name = words.positionals.first { root.subcommand($0) == nil }
            return name.map { unknownCommand($0, behind: "help") }
        }
        for (index, token) in words.tokens.enumerated() {
            switch token {
            case .unknownOption(let word): return unknownOption(word, next: positional(at: index + 1))
            case .option(let option, let spelling, let value, let isJoined):
                if let error = check(option, spelling, value, isJoined) { return error }
            case .positional: break
            }
        }
        return checkPositionals()
    }

    private func positional(at index: Int) -> String? {
        guard words.tokens.indices.contains(index), case .positional(let word) = words.tokens[index] else { return nil }
        return word
    }

    // MARK: Subcommands

    private func unknownCommand(_ word: String, behind help: String? = nil) -> Diagnostic {
        let visible = root.visibleSubcommands.map(\.name).filter { $0 != "help" }
        if help == nil, let remedy = moduleRemedy(word) {
            return Diagnostic(.usage, "`\(word)` is not a command", remedy)
        }
        let prefix = help.map { "\(root.name) \($0)" } ?? root.name
        if let name = ForeignWords.commands[word] ?? Spelling.nearest(to: word, among: visible) {
            let whole = name.hasPrefix("-") ? "\(root.name) \(name)" : "\(prefix) \(name)"
            return Diagnostic(.usage, "unknown command `\(word)`", "did you mean `\(whole)`?")
        }
        return Diagnostic(.usage, "unknown command `\(word)`", "expected " + list(visible))
    }

    private var commandList: String { list(root.visibleSubcommands.map(\.name).filter { $0 != "help" }) }

    /// A file where the command is missing.
    private func moduleRemedy(_ word: String) -> String? {
        if word.hasSuffix(".wast") { return "write `\(root.name) wast \(shown(arguments))`" }
        let isModule = word.hasSuffix(".wasm") || word.hasSuffix(".wat")
        guard isModule || Files.isFile(word) else { return nil }
        return "write `\(root.name) run \(shown(arguments))` to run it, or `\(root.name) build \(shown([word]))`"
    }

    /// The words as a shell takes them, not too many.
    private func shown(_ words: [String]) -> String {
        quotedLine(Array(words.prefix(4))) + (words.count > 4 ? " ..." : "")
    }

    // MARK: Options

    private func unknownOption(_ word: String, next: String?) -> Diagnostic {
        let name = word.hasPrefix("--") ? String(word.prefix { $0 != "=" }) : word
        let message = "unknown option `\(name)`"
        if words.command.name == root.name { return Diagnostic(.usage, message, rootRemedy(name, word)) }
        if let remedy = ForeignWords.remedy(forOption: word, next: next, in: words.command.name) {
            return Diagnostic(.usage, message, remedy)
        }
        let others = root.visibleSubcommands.filter { $0.option(name)?.isHidden == false }
            .map { "`\(root.name) \($0.name)`" }
        if !others.isEmpty { return Diagnostic(.usage, message, "it is an option of " + list(others, "and")) }
        let visible = words.command.options.filter { !$0.isHidden }.flatMap(\.names).filter { $0.utf8.count > 2 }
        if let nearest = Spelling.nearest(to: name, among: visible) {
            let value = word.dropFirst(name.count)
            return Diagnostic(.usage, message, "did you mean `\(nearest)\(value)`?")
        }
        let isFile = words.command.name == "run" && Files.isFile(word)
        return Diagnostic(.usage, message, isFile ? "write `--` before a file whose name begins with a dash" : "")
    }

    /// What to do about an option before the command.
    private func rootRemedy(_ name: String, _ word: String) -> String {
        if let remedy = ["-v": "--version", "-V": "--version", "-version": "--version", "-help": "--help"][name] {
            return "did you mean `\(root.name) \(remedy)`?"
        }
        let short = String(name.prefix(2))
        let owners = root.visibleSubcommands.filter { command in
            command.option(name)?.isHidden == false
                || (!name.hasPrefix("--") && command.option(short).map { $0.takesValue && !$0.isHidden } ?? false)
        }
        if let owner = owners.first {
            let command = arguments.first { argument in owners.contains { $0.name == argument } } ?? owner.name
            return "options come behind the command, as in `\(root.name) \(command) \(word) ...`"
        }
        let names = root.options.flatMap(\.names).filter { $0.utf8.count > 2 }
        if let nearest = Spelling.nearest(to: name, among: names) { return "did you mean `\(root.name) \(nearest)`?" }
        if let remedy = ForeignWords.remedy(forOption: word, next: nil, in: "run") { return remedy }
        return "a command comes first: " + commandList
    }

    private func check(
        _ option: OptionDefinition, _ spelling: String, _ value: String?, _ isJoined: Bool
    ) -> Diagnostic? {
        guard option.takesValue else {
            return value == nil
                ? nil : Diagnostic(.usage, "`\(spelling)` takes no value", "write `\(spelling)` alone")
        }
        guard let value else {
            return Diagnostic(
                .usage, "`\(spelling)` needs a value", "write `\(spelling) \(metavariable(option.valueName))`")
        }
        guard !option.values.isEmpty, !option.values.contains(value) else { return nil }
        if spelling == "-O", let remedy = ForeignWords.remedy(forOptimization: value) {
            return Diagnostic(.usage, "`-O \(value)`", remedy)
        }
        return Diagnostic(.usage, "`\(spelling) \(value)`", expected(option.values, value))
    }

    private func expected(_ values: [String], _ value: String) -> String {
        "expected \(list(values))"
            + (Spelling.nearest(to: value, among: values).map { "; did you mean `\($0)`?" } ?? "")
    }

    // MARK: Arguments

    private func checkPositionals() -> Diagnostic? {
        let given = words.positionals
        let known = words.command.positionals
        let engines = ["--interp", "--native"].filter { words.has(flag: $0) }
        if engines.count > 1 {
            return Diagnostic(.usage, "`--interp` and `--native` exclude each other", "write one of them")
        }
        if words.command.name == root.name, let word = given.first {
            return Diagnostic(.usage, "unexpected argument `\(word)`", "a command comes first: " + commandList)
        }
        if !known.contains(where: \.isRepeating), given.count > known.count {
            return Diagnostic(.usage, "unexpected argument `\(given[known.count])`", surplusRemedy(given))
        }
        guard let first = known.first, let word = given.first, !first.values.isEmpty, !first.values.contains(word)
        else { return missingArgument(given, known) }
        return Diagnostic(.usage, "`\(word)`", expected(first.values, word))
    }

    private func surplusRemedy(_ given: [String]) -> String {
        if words.command.name == "build" {
            return
                "`\(root.name) build` takes one module; others are linked with `--preload NAME=FILE`, and arguments are "
                + "given when the program is run"
        }
        return words.command.positionals.isEmpty
            ? "`\(commandName)` takes options only"
            : "`\(commandName)` takes one \(words.command.positionals[0].valueName)"
    }

    private func missingArgument(_ given: [String], _ known: [PositionalDefinition]) -> Diagnostic? {
        guard given.isEmpty, let first = known.first, !first.isOptional else { return nil }
        let choice = first.values.isEmpty ? "" : ": " + list(first.values)
        return Diagnostic(
            .usage, "no \(first.valueName) is given",
            "write `\(commandName) \(metavariable(first.valueName))\(first.isRepeating ? "..." : "")`\(choice)")
    }

    /// A value's name in a message: `HOST[::GUEST][::ro]`; what is lower case there is to be typed so.
    private func metavariable(_ name: String) -> String { name.uppercased().replacing("::RO", with: "::ro") }

    /// `a, b or c`.
    private func list(_ words: [String], _ last: String = "or") -> String {
        guard words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(last) \(words[words.count - 1])"
    }
}

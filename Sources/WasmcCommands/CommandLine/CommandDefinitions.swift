import ArgumentParser
import Diagnostics

/// The commands and their options as the argument parser knows them, for everything that speaks about them: errors of
/// the command line and completion.
struct CommandDefinition {
    var name: String
    var abstract: String
    /// Named options and flags, hidden ones too.
    var options: [OptionDefinition]
    /// What comes without a name, in order.
    var positionals: [PositionalDefinition]
    var subcommands: [CommandDefinition]
    /// Whether people do not call it, but what the compiler writes.
    var isHidden: Bool

    /// The root command.
    static let root = CommandDefinition(JSONReader.read(Wasmc._dumpHelp()) ?? .null, "command")

    private init(_ json: JSON, _ key: String? = nil) {
        let command = key.map { json[$0] } ?? json
        name = command["commandName"].string ?? ""
        abstract = command["abstract"].string ?? ""
        let arguments = command["arguments"].elements
        options = arguments.compactMap(OptionDefinition.init)
        positionals = arguments.compactMap(PositionalDefinition.init)
        subcommands = command["subcommands"].elements.map { CommandDefinition($0) }
        isHidden = !command["shouldDisplay"].boolean
    }

    /// Those that people know of.
    var visibleSubcommands: [CommandDefinition] { subcommands.filter { !$0.isHidden } }

    func subcommand(_ name: String) -> CommandDefinition? { subcommands.first { $0.name == name } }

    /// The option that a word names, `--name` or `-n`.
    func option(_ word: String) -> OptionDefinition? { options.first { $0.names.contains(word) } }

    /// Whether words behind the first positional are not this command's.
    var passesArguments: Bool { positionals.contains(where: \.takesAllWords) }
}

/// How a value is completed.
enum ValueCompletion: Equatable {
    case none
    case list([String])
    case file(extensions: [String])
    case directory
}

/// One option or flag.
struct OptionDefinition {
    /// With their dashes.
    var names: [String]
    var takesValue: Bool
    /// Whether the value may begin with a dash.
    var takesDashes: Bool
    var isHidden: Bool
    var isRepeating: Bool
    /// The value in help, such as `host[::guest][::ro]`.
    var valueName: String
    /// The only values there are; empty when there are others.
    var values: [String]
    var completion: ValueCompletion
    var abstract: String

    fileprivate init?(_ json: JSON) {
        guard let kind = json["kind"].string, kind != "positional" else { return nil }
        names = json["names"].elements.map { name in
            (name["kind"].string == "long" ? "--" : "-") + (name["name"].string ?? "")
        }
        takesValue = kind == "option"
        takesDashes = json["parsingStrategy"].string == "unconditional"
        isHidden = !json["shouldDisplay"].boolean
        isRepeating = json["isRepeating"].boolean
        valueName = json["valueName"].string ?? "value"
        values = json["allValues"].elements.compactMap(\.string)
        completion = ValueCompletion(json)
        abstract = json["abstract"].string ?? ""
    }

    /// The name that messages use: the long one.
    var name: String { names.first { $0.hasPrefix("--") } ?? names.first ?? "" }
}

/// One argument without a name.
struct PositionalDefinition {
    var valueName: String
    var isRepeating: Bool
    var isOptional: Bool
    /// Whether it takes everything behind it, too.
    var takesAllWords: Bool
    var values: [String]
    var completion: ValueCompletion

    fileprivate init?(_ json: JSON) {
        guard json["kind"].string == "positional" else { return nil }
        valueName = json["valueName"].string ?? "argument"
        isRepeating = json["isRepeating"].boolean
        isOptional = json["isOptional"].boolean
        takesAllWords = json["parsingStrategy"].string == "allRemainingInput"
        values = json["allValues"].elements.compactMap(\.string)
        completion = ValueCompletion(json)
    }
}

extension ValueCompletion {
    fileprivate init(_ json: JSON) {
        let values = json["allValues"].elements.compactMap(\.string)
        let kind = json["completionKind"]
        if case .object(let members) = kind, let name = members.members.first?.key {
            switch name {
            case "file": self = .file(extensions: kind[name]["extensions"].elements.compactMap(\.string))
            case "directory": self = .directory
            case "list": self = .list(kind[name]["values"].elements.compactMap(\.string))
            default: self = .none
            }
        } else {
            self = values.isEmpty ? .none : .list(values)
        }
    }
}

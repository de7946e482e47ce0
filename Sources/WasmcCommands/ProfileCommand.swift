import ArgumentParser
import Diagnostics
import WasmDriver

/// `wasmc profile`.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Work with profiles of `wasmc run --interp --profile-out`.",
        subcommands: [ProfileMergeCommand.self])
}

/// `wasmc profile merge`.
struct ProfileMergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Add up the counts of several runs.",
        discussion: """
            The runs may be of several versions of a program: functions that did not change are one, and `wasmc build \
            --profile-use` takes what there is of those that it compiles.
            """)

    @Argument(help: ArgumentHelp("Profiles.", valueName: "files"), completion: .file())
    var inputs: [String]

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("The profile to write.", valueName: "file"), completion: .file())
    var output: String

    @OptionGroup(title: "Messages") var messages: OutputOptions

    func run() throws {
        try messages.reporting { () throws(Diagnostic) in
            try OutputFile.check(output, isText: true)
            let text = try ProfileFile.merged(inputs).text
            let file = try OutputFile(path: output)
            try file.write(Array(text.utf8))
            try file.commit()
        }
    }
}

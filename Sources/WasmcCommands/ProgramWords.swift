import ArgumentParser

/// The words of a command that runs a program: a file, and everything behind it, which is the program's.
struct ProgramWords {
    private let words: [String]

    init(_ words: [String]) { self.words = words }

    var fileAndArguments: ArraySlice<String> { words.first == "--" ? words.dropFirst() : words[...] }

    /// Throws what is wrong with them, and what help and version are.
    func check(for command: some ParsableCommand, isFileOptional: Bool) throws {
        guard let file = fileAndArguments.first else {
            if isFileOptional { return }
            let name = type(of: command).configuration.commandName ?? ""
            throw ValidationError("no file is given: write `wasmc \(name) FILE [ARGUMENTS...]`, a .wasm or .wat file")
        }
        // What follows the last known option is captured, an unknown option too.
        if words.first == "--help" || words.first == "-h" { throw CleanExit.helpRequest(command) }
        if words.first == "--version" { throw CleanExit.message(Wasmc.configuration.version) }
        guard !file.hasPrefix("-") || file == "-" || words.first == "--" else {
            throw ValidationError("unknown option `\(file)`")
        }
    }
}

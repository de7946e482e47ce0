import ArgumentParser
import Diagnostics
import Glibc
import Support
import Synchronization
import WasmDriver

/// The standard streams.
enum Console {
    /// The first error of writing to standard output; 0 while there is none.
    private static let outputError = Mutex<Int32>(0)

    /// A line on standard output.
    static func print(_ text: TerminalText) { write(Array((text.description + "\n").utf8)) }

    /// A line on standard output; JSON is escaped as it is.
    static func print(_ json: JSON) { print(TerminalText(trusted: json.text)) }

    /// Lines on standard output.
    static func printPretty(_ json: JSON) { print(TerminalText(trusted: json.prettyText)) }

    /// A line on standard error.
    static func printError(_ text: TerminalText) { drawError(text + "\n") }

    /// A line on standard error.
    static func printError(_ json: JSON) { printError(TerminalText(trusted: json.text)) }

    /// Text on standard error without a line end. Where it cannot be written, nobody can be told.
    static func drawError(_ text: TerminalText) { _ = Files.write(Array(text.description.utf8), to: STDERR_FILENO) }

    /// Bytes on standard output. What cannot be written fails the command at its end (`checkOutput`); a reader that has
    /// gone ends it at once, without a word, as SIGPIPE does.
    static func write(_ bytes: [UInt8]) {
        let code = Files.write(bytes, to: STDOUT_FILENO)
        if code == EPIPE { endByPipe() }
        if code != 0 { outputError.withLock { if $0 == 0 { $0 = code } } }
    }

    /// An error if something that was printed did not arrive.
    static func checkOutput() throws(Diagnostic) {
        let code = outputError.withLock { $0 }
        guard code != 0 else { return }
        throw Diagnostic(.environment, "cannot write standard output", String(cString: strerror(code)))
    }

    /// Whether standard error is a terminal.
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether the terminal knows what escape sequences are.
    static var knowsEscapes: Bool {
        guard let name = getenv("TERM") else { return false }
        return strcmp(name, "dumb") != 0 && name[0] != 0
    }

    /// Makes sure that 0, 1 and 2 are standard streams: a file that is opened later must not become one. What was
    /// closed stays closed for a program that replaces this one, and fails here as it should.
    static func reserveStreams() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number, which is this one.
            _ = open("/dev/null", mode | O_CLOEXEC)
        }
    }

    private static func endByPipe() -> Never {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGPIPE)
        signal(SIGPIPE, SIG_DFL)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(SIGPIPE)
        _exit(128 + SIGPIPE)
    }
}

/// `--color`.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never

    /// Whether messages get colours. `auto`: on a terminal that has them, unless NO_COLOR is set and not empty
    /// (https://no-color.org).
    var usesColor: Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: Console.isErrorTerminal && Console.knowsEscapes && (getenv("NO_COLOR").map { $0[0] == 0 } ?? true)
        }
    }
}

/// How results and errors are printed; every command has these.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print facts and errors as JSON.")
    var isJSON = false

    @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Print errors only: no progress and no remarks.")
    var isQuiet = false

    @Option(name: .customLong("color"), help: ArgumentHelp("Colours in messages.", valueName: "when"))
    var color = ColorChoice.auto

    /// Runs `body`; a diagnostic is printed and ends the command with status 1, or `usageStatus` for one of usage.
    func reporting(
        file: String? = nil, usageStatus: Int32 = WasmcMain.usage, _ body: () throws(Diagnostic) -> Void
    ) throws {
        do throws(Diagnostic) { try body() } catch {
            report(error, file: file)
            throw ExitCode(error.phase == .usage ? usageStatus : WasmcMain.failure)
        }
    }

    /// Prints an error. The file is named where the error is about its contents.
    func report(_ diagnostic: Diagnostic, file: String?) {
        let renderer = DiagnosticRenderer(usesColor: color.usesColor && !isJSON)
        let named = diagnostic.phase == .environment || diagnostic.phase == .usage ? nil : file
        if isJSON {
            Console.printError(renderer.renderJSON(diagnostic, file: named))
        } else {
            Console.printError(renderer.render(diagnostic, file: named))
        }
    }

    /// Prints a remark that is no error.
    func note(_ text: String) {
        if !isQuiet { remark("note", text) }
    }

    /// Prints a remark about what is probably a mistake.
    func warn(_ text: String) { remark("warning", text) }

    private func remark(_ label: String, _ text: String) {
        guard !isJSON else { return }
        let label: TerminalText = color.usesColor ? "\u{1B}[1m\(label)\u{1B}[0m" : "\(label)"
        Console.printError("\(label): \(text)")
    }
}

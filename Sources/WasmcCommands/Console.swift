import ArgumentParser
import Diagnostics
import Glibc

/// The standard streams.
enum Console {
    /// A line on standard output.
    static func print(_ text: TerminalText) { write(text, to: STDOUT_FILENO) }

    /// A line on standard output; JSON is escaped as it is.
    static func print(_ json: JSON) { print(TerminalText(trusted: json.text)) }

    /// Lines on standard output.
    static func printPretty(_ json: JSON) { print(TerminalText(trusted: json.prettyText)) }

    /// A line on standard error.
    static func printError(_ text: TerminalText) { write(text, to: STDERR_FILENO) }

    /// A line on standard error.
    static func printError(_ json: JSON) { printError(TerminalText(trusted: json.text)) }

    /// Text on standard error without a line end.
    static func drawError(_ text: TerminalText) { write(text, to: STDERR_FILENO, lineEnd: "") }

    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Bytes on standard output.
    static func write(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    private static func write(_ text: TerminalText, to descriptor: Int32, lineEnd: String = "\n") {
        write(Array((text.description + lineEnd).utf8), to: descriptor)
    }

    /// Output that cannot be written (a closed pipe) is no reason to fail.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

/// `--color`.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never

    /// Whether messages get colours. `auto`: on a terminal, unless NO_COLOR is set (https://no-color.org).
    var usesColor: Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: Console.isErrorTerminal && getenv("NO_COLOR") == nil
        }
    }
}

/// How results and errors are printed; every command has these.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print facts and errors as JSON.")
    var isJSON = false

    @Option(name: .customLong("color"), help: "Colours in messages: auto, always or never.")
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
    func note(_ text: String) { remark("note", text) }

    /// Prints a remark about what is probably a mistake.
    func warn(_ text: String) { remark("warning", text) }

    private func remark(_ label: String, _ text: String) {
        guard !isJSON else { return }
        let label: TerminalText = color.usesColor ? "\u{1B}[1m\(label)\u{1B}[0m" : "\(label)"
        Console.printError("\(label): \(text)")
    }
}

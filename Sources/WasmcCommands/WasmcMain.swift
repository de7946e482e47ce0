import ArgumentParser
import Diagnostics
import Glibc
import WasmDriver

/// The program `wasmc`.
public enum WasmcMain {
    /// Statuses besides 0: an error in the input or on this machine, and a command line that makes no sense.
    static let failure: Int32 = 1
    static let usage: Int32 = 2
    /// As `WASMC_EXIT_START` of a program that cannot start.
    static let cannotStart: Int32 = 125

    /// Runs a command and ends the process.
    public static func main() -> Never {
        Interruption.install()
        exit(run(arguments()))
    }

    /// The command line without argument 0. Not Swift's arguments, which repair what is not UTF-8.
    private static func arguments() -> [String] {
        guard CommandLine.argc > 1 else { return [] }
        return (1..<Int(CommandLine.argc)).compactMap { number in
            CommandLine.unsafeArgv[number].map { HostText.text(cString: $0) }
        }
    }

    /// Runs a command and returns the exit status.
    static func run(_ arguments: [String]) -> Int32 {
        if arguments.isEmpty {
            Console.printError(TerminalText(trusted: Wasmc.helpMessage()))
            return usage
        }
        do {
            var command = try Wasmc.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let status as ExitCode {
            // Whatever a program ends with; one of them is what the parser says of a wrong command line.
            return status.rawValue
        } catch {
            return report(error, isJSON: arguments.prefix { $0 != "--" }.contains("--json"))
        }
    }

    /// Prints what the argument parser has to say (errors, help, the version), and returns the exit status.
    private static func report(_ error: any Error, isJSON: Bool) -> Int32 {
        let code = Wasmc.exitCode(for: error)
        let status = code == .validationFailure ? usage : code.rawValue
        let text = Wasmc.fullMessage(for: error)
        if text.isEmpty {
            // The command has said what was wrong.
        } else if code.isSuccess {
            Console.print(TerminalText(trusted: text))
        } else if isJSON {
            Console.printError(DiagnosticRenderer().renderJSON(Diagnostic(.usage, Wasmc.message(for: error))))
        } else {
            Console.printError(TerminalText(lines: text))
        }
        return status
    }
}

/// The root command.
struct Wasmc: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wasmc",
        abstract: "Compiles WebAssembly to small, self-contained native executables with a sandbox.",
        version: "wasmc \(WasmcVersion.text)",
        subcommands: [
            BuildCommand.self, RunCommand.self, ValidateCommand.self, InspectCommand.self, WatToWasmCommand.self,
            WasmToWatCommand.self, WastCommand.self,
            SettingsCommand.self, CompletionCommand.self,
        ])
}

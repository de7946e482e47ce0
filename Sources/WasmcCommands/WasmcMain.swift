import ArgumentParser
import CWasmcCommit
import Diagnostics
import Glibc
import LLVMBridge
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
        Console.reserveStreams()
        // A file that grows too large is an error of writing it, after which it can be removed.
        Interruption.ignoreFileSizeSignal()
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
        let status = runCommand(arguments)
        do throws(Diagnostic) { try Console.checkOutput() } catch {
            if UsageCheck(arguments).isJSON {
                Console.printError(DiagnosticRenderer().renderJSON(error))
            } else {
                Console.printError(DiagnosticRenderer().render(error))
            }
            return status == 0 ? failure : status
        }
        return status
    }

    private static func runCommand(_ arguments: [String]) -> Int32 {
        if arguments.isEmpty {
            Console.printError(TerminalText(trusted: Wasmc.helpMessage()))
            return usage
        }
        if arguments.first == Completion.command {
            Console.print(TerminalText(trusted: Completion(Array(arguments.dropFirst())).text))
            return 0
        }
        // The parser prints the root command's help for a command that is not there.
        if arguments.first == "help", let error = UsageCheck(arguments).diagnostic() {
            return report(error, UsageCheck(arguments))
        }
        do {
            var command = try Wasmc.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let status as ExitCode {
            // Whatever a program ends with; one of them is what the parser says of a wrong command line.
            return status.rawValue
        } catch {
            return report(error, arguments)
        }
    }

    /// Prints help, the version, or what is wrong with the command line, and returns the exit status.
    private static func report(_ error: any Error, _ arguments: [String]) -> Int32 {
        let code = Wasmc.exitCode(for: error)
        if code.isSuccess {
            let text = Wasmc.fullMessage(for: error)
            if !text.isEmpty { Console.print(TerminalText(trusted: text)) }
            return 0
        }
        // A command that has reported its error by itself.
        guard code == .validationFailure else { return code.rawValue }
        let check = UsageCheck(arguments)
        return report(check.diagnostic() ?? Diagnostic(.usage, Wasmc.message(for: error)), check)
    }

    /// Prints what is wrong with the command line, and returns the exit status.
    private static func report(_ diagnostic: Diagnostic, _ check: UsageCheck) -> Int32 {
        let color = check.color.flatMap(ColorChoice.init(rawValue:)) ?? .auto
        let renderer = DiagnosticRenderer(usesColor: color.usesColor && !check.isJSON)
        if check.isJSON {
            Console.printError(renderer.renderJSON(diagnostic))
        } else {
            Console.printError("\(renderer.render(diagnostic))\n\(check.reference)")
        }
        return usage
    }
}

/// The root command.
struct Wasmc: ParsableCommand {
    /// What `--version` prints: the version, the commit if it is known, and LLVM's version.
    static let version: String = {
        let commit = String(cString: wasmc_commit())
        let details = (commit.isEmpty ? [] : ["commit \(commit)"]) + ["LLVM \(LLVMLibrary.version)"]
        return "wasmc \(WasmcVersion.text) (\(details.joined(separator: ", ")))"
    }()

    static let configuration = CommandConfiguration(
        commandName: "wasmc",
        abstract: "Compiles WebAssembly to small, self-contained native executables with a sandbox.",
        version: version,
        subcommands: [
            BuildCommand.self, RunCommand.self, DiffCommand.self, ValidateCommand.self, InspectCommand.self,
            WatToWasmCommand.self,
            WasmToWatCommand.self, WastCommand.self, ExplainTrapCommand.self,
            ProfileCommand.self, CacheCommand.self, SettingsCommand.self, CompletionCommand.self,
            CompileUnitCommand.self, LinkUnitsCommand.self,
        ])
}

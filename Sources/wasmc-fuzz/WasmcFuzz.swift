// Generates modules for differential tests and fuzzes the front end. Not installed.

import ArgumentParser
import Diagnostics

@main
struct WasmcFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wasmc-fuzz", abstract: "Generate WebAssembly modules and fuzz the compiler with them.",
        subcommands: [
            GenerateCommand.self, GenerateScriptCommand.self, ShrinkCommand.self, DecodeCommand.self, ParseCommand.self,
            ValidateCommand.self,
            DebugInfoCommand.self,
        ])

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as Diagnostic {
            exit(withError: ValidationError("\(error.message): \(error.detail)"))
        } catch {
            exit(withError: error)
        }
    }
}

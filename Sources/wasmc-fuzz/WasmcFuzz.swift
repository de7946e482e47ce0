// Generates modules for differential tests and fuzzes the front end. Not installed.

import ArgumentParser

@main
struct WasmcFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wasmc-fuzz", abstract: "Generate WebAssembly modules and fuzz the compiler with them.",
        subcommands: [
            GenerateCommand.self, ShrinkCommand.self, DecodeCommand.self, ParseCommand.self, ValidateCommand.self,
        ])
}

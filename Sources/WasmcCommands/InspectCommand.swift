import ArgumentParser
import Diagnostics
import WasmDriver
import WasmSpec
import WasmValidation

/// `wasmc inspect`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a module contains and can do, or what an executable was granted.",
        discussion: "An executable that wasmc made is read, not run.")

    @Argument(
        help: ArgumentHelp("A .wasm or .wat file, an executable, or - for standard input.", valueName: "file"),
        completion: .file())
    var file: String

    @OptionGroup(title: "Messages") var messages: OutputOptions

    func run() throws {
        try messages.reporting(file: file) { () throws(Diagnostic) in
            let bytes = try ModuleInput.read(file, acceptsExecutables: true)
            if case .elf = ContentKind(of: bytes) {
                let note = try ExecutableNote.read(from: bytes)
                let report = ExecutableReport(
                    note: note, systemCalls: SystemCalls.read(from: bytes), size: bytes.count)
                messages.isJSON
                    ? Console.printPretty(report.json(file: file)) : Console.print(report.text(file: file))
            } else {
                try inspectModule(bytes)
            }
        }
    }

    /// Shows what could be decoded even of an invalid module, whose error is reported behind it.
    private func inspectModule(_ bytes: [UInt8]) throws(Diagnostic) {
        let input = try ModuleInput(bytes)
        var failure: Diagnostic?
        var features: [String]?
        do throws(Diagnostic) {
            features = try WasmValidation.validate(input.module).features.features.map(\.name)
        } catch {
            failure = input.located(error)
        }
        let report = ModuleReport(module: input.module, features: features, hash: SHA256.hexadecimal(bytes))
        messages.isJSON ? Console.printPretty(report.json(file: file)) : Console.print(report.text(file: file))
        if let failure { throw failure }
    }
}

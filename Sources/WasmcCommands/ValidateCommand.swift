import ArgumentParser
import Diagnostics
import WasmDriver
import WasmValidation

/// `wasmc validate`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check that modules are valid.",
        discussion: "Prints nothing for a valid module. With --json, one line for each file says the verdict.")

    @Argument(
        help: ArgumentHelp(".wasm or .wat files, or - for standard input.", valueName: "file"), completion: .modules)
    var files: [String]

    @OptionGroup(title: "Messages") var messages: OutputOptions

    func run() throws {
        var allAreValid = true
        for file in files {
            let error = check(file)
            if error != nil { allAreValid = false }
            if messages.isJSON {
                Console.print(verdict(file, error))
            } else if let error {
                messages.report(error, file: file)
            }
        }
        if !allAreValid { throw ExitCode(WasmcMain.failure) }
    }

    /// The first error of a file.
    private func check(_ file: String) -> Diagnostic? {
        do throws(Diagnostic) {
            let input = try ModuleInput(reading: file)
            do throws(Diagnostic) {
                _ = try WasmValidation.validate(input.module, threads: availableProcessors())
            } catch { throw input.located(error) }
            return nil
        } catch {
            return error
        }
    }

    private func verdict(_ file: String, _ error: Diagnostic?) -> JSON {
        var object = JSONObject()
        object.add("file", .string(file))
        object.add("valid", .bool(error == nil))
        if let error { object.add("error", .object(DiagnosticRenderer().jsonObject(error))) }
        return .object(object)
    }
}

import ArgumentParser
import Diagnostics
import Glibc
import Support
import WasmDriver
import WasmText
import WasmValidation

/// `wasmc wat2wasm`.
struct WatToWasmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wat2wasm",
        abstract: "Assemble the text format to the binary format.",
        discussion: "The module is validated first; nothing is written for an invalid one.")

    @OptionGroup var conversion: ConversionOptions

    @Flag(name: .customLong("no-check"), help: "Write modules that are not valid, too.")
    var skipsValidation = false

    func run() throws {
        try conversion.convert(to: ".wasm") { (bytes) throws(Diagnostic) in
            let input = try ModuleInput(bytes)
            if !skipsValidation {
                do throws(Diagnostic) {
                    _ = try WasmValidation.validate(input.module)
                } catch {
                    throw input.located(error)
                }
            }
            return input.module.source.bytes
        }
    }
}

/// `wasmc wasm2wat`.
struct WasmToWatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wasm2wat",
        abstract: "Print a module in the text format.",
        discussion: """
            Identifiers come from the name section. The module need not be valid, as long as it can be decoded. \
            Without -o the text goes to standard output.
            """)

    @OptionGroup var conversion: ConversionOptions

    func run() throws {
        try conversion.convert(to: nil) { (bytes) throws(Diagnostic) in
            try printModule(try ModuleInput(bytes).module)
        }
    }
}

/// Input and output of a conversion.
struct ConversionOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A .wat or .wasm file, or - for standard input.", valueName: "file"), completion: .modules)
    var file: String

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("The file to write, or - for standard output.", valueName: "file"), completion: .file())
    var output: String?

    @OptionGroup(title: "Messages") var messages: OutputOptions

    /// Writes what `body` makes of the input. Without `-o` it goes to a file named after the input with `suffix`, or
    /// to standard output when there is none to name it after.
    func convert(to suffix: String?, _ body: ([UInt8]) throws(Diagnostic) -> [UInt8]) throws {
        try messages.reporting(file: file) { () throws(Diagnostic) in
            let named = suffix.flatMap { file == "-" ? nil : Paths.withoutModuleExtension(Paths.baseName(file)) + $0 }
            let path = output ?? named ?? "-"
            try OutputFile.check(path, isText: suffix == nil, input: file)
            let bytes = try body(try ModuleInput.read(file))
            switch path {
            case "-": Console.write(bytes)
            default:
                let file = try OutputFile(path: path)
                try file.write(bytes)
                try file.commit()
            }
        }
    }
}

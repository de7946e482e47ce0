import ArgumentParser
import Diagnostics
import Support
import WasmDriver
import WasmLowering

/// `wasmc compile-unit`, which `build.ninja` of `--emit units` calls.
struct CompileUnitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile-unit", abstract: "Compile a unit of `wasmc build --emit units`.", shouldDisplay: false)

    @Argument(help: ArgumentHelp("A .unit file.", valueName: "file"), completion: .file(extensions: ["unit"]))
    var input: String

    @Option(
        name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The object to write.", valueName: "file"),
        completion: .file())
    var output: String

    @OptionGroup(title: "Messages") var messages: OutputOptions

    func run() throws {
        try messages.reporting(file: input) { () throws(Diagnostic) in
            let unit = try UnitFile.decoded(try Files.read(input))
            let object = try compileUnit(unit, name: Paths.baseName(input))
            try write(object, to: output, isExecutable: false)
        }
    }
}

/// `wasmc link-units`, the last command of `build.ninja`.
struct LinkUnitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link-units", abstract: "Link the units of `wasmc build --emit units`.", shouldDisplay: false)

    @Argument(help: ArgumentHelp("The plan, program.link.", valueName: "plan"), completion: .file(extensions: ["link"]))
    var plan: String

    @Argument(
        help: ArgumentHelp("The objects, in the order of the plan.", valueName: "objects"),
        completion: .file(extensions: ["o"]))
    var objects: [String] = []

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("The executable to write.", valueName: "file"), completion: .file())
    var output: String

    @OptionGroup(title: "Messages") var messages: OutputOptions

    func run() throws {
        try messages.reporting(file: plan) { () throws(Diagnostic) in
            let plan = try UnitLinkPlan(text: String(decoding: try Files.read(plan), as: UTF8.self))
            var bytes: [[UInt8]] = []
            for path in objects { bytes.append(try Files.read(path)) }
            try write(try plan.link(bytes, .current()), to: output, isExecutable: true)
        }
    }
}

private func write(_ bytes: [UInt8], to path: String, isExecutable: Bool) throws(Diagnostic) {
    let file = try OutputFile(path: path, isExecutable: isExecutable)
    try file.write(bytes)
    try file.commit()
}

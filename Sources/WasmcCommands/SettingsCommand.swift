import ArgumentParser
import Diagnostics
import LLVMBridge
import WasmBinary
import WasmDriver
import WasmInstructionTable

/// `wasmc settings`.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Print versions, targets, features, limits and where things are found.")

    @OptionGroup(title: "Messages") var messages: OutputOptions

    func run() {
        let facts = facts()
        messages.isJSON ? Console.printPretty(.object(facts)) : Console.print(text(facts))
    }

    private func facts() -> JSONObject {
        let search = ToolchainSearch.current()
        var object = JSONObject()
        object.add("version", .string(WasmcVersion.text))
        object.add("llvm", .string(LLVMLibrary.version))
        object.add("targets", .array(Target.all.map { .object(facts(of: $0, search)) }))
        object.add("linker", found { () throws(Diagnostic) in try search.linker() })
        object.add("cache", cache())
        object.add("license", .string(WasmcVersion.license))
        object.add("licenseText", found { () throws(Diagnostic) in try search.document(named: "LICENSE") })
        object.add("notices", found { () throws(Diagnostic) in try search.document(named: "NOTICE") })
        object.add("features", .array(Feature.allCases.map { .string($0.name) }))
        object.add("limits", .object(limits()))
        return object
    }

    private func facts(of target: Target, _ search: ToolchainSearch) -> JSONObject {
        var object = JSONObject()
        object.add("triple", .string(target.triple))
        object.add("cpus", .array((target.processorLevels + ["native"]).map { .string($0) }))
        object.add("defaultCpu", .string(target.defaultProcessor))
        object.add("runtime", found { () throws(Diagnostic) in try search.libraryDirectory(for: target) })
        return object
    }

    private func cache() -> JSON {
        guard let location = try? CompilationCache.standardLocation(), let path = location.path else { return .null }
        return .string(path)
    }

    /// A path, or null where there is none: this command reports and does not fail.
    private func found(_ find: () throws(Diagnostic) -> String) -> JSON {
        do throws(Diagnostic) { return .string(try find()) } catch { return .null }
    }

    private func limits() -> JSONObject {
        var object = JSONObject()
        object.add("moduleBytes", .integer(ImplementationLimits.moduleBytes))
        object.add("textBytes", .integer(ImplementationLimits.textBytes))
        object.add("types", .integer(ImplementationLimits.types))
        object.add("functions", .integer(ImplementationLimits.functions))
        object.add("entries", .integer(ImplementationLimits.entries))
        object.add("tables", .integer(ImplementationLimits.tables))
        object.add("memories", .integer(ImplementationLimits.memories))
        object.add("parametersOrResults", .integer(ImplementationLimits.parametersOrResults))
        object.add("structureFields", .integer(ImplementationLimits.structureFields))
        object.add("locals", .integer(ImplementationLimits.locals))
        object.add("functionBodyBytes", .integer(ImplementationLimits.functionBodyBytes))
        object.add("blockNesting", .integer(ImplementationLimits.blockNesting))
        object.add("textNesting", .integer(ImplementationLimits.textNesting))
        object.add("subtypeDepth", .integer(ImplementationLimits.subtypeDepth))
        object.add("initialTableElements", .integer(Int(ImplementationLimits.initialTableElements)))
        object.add("filledTableElements", .integer(Int(ImplementationLimits.filledTableElements)))
        return object
    }

    /// `key: value` lines, nested objects indented.
    private func text(_ object: JSONObject, indent: TerminalText = "") -> TerminalText {
        object.members.map { member in
            switch member.value {
            case .object(let inner): "\(indent)\(member.key):\n\(text(inner, indent: "\(indent)  "))"
            case .array(let values): "\(indent)\(member.key):\(elements(values, indent: indent))"
            case .null: "\(indent)\(member.key): not found"
            case .string(let string): "\(indent)\(member.key): \(string)"
            case .integer, .bool: "\(indent)\(member.key): \(member.value.text)"
            }
        }.lines
    }

    private func elements(_ values: [JSON], indent: TerminalText) -> TerminalText {
        values.map { (value) -> TerminalText in
            switch value {
            case .object(let inner): "\n\(text(inner, indent: "\(indent)  "))"
            case .string(let string): " \(string)"
            case .null, .array, .integer, .bool: " \(value.text)"
            }
        }.joined(by: "")
    }
}

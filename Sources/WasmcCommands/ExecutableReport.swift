import Diagnostics
import WasmDriver

/// What `wasmc inspect` prints of an executable.
struct ExecutableReport {
    var note: ExecutableNote
    /// The system calls that the executable may make when it is sealed; nil when it does not say.
    var systemCalls: SystemCalls?
    /// Bytes of the file.
    var size: Int

    func json(file: String) -> JSON {
        var object = JSONObject()
        object.add("file", .string(file))
        object.add("kind", .string("executable"))
        object.add("bytes", .integer(size))
        for (key, value) in facts { object.add(key, .string(value)) }
        object.add("invoke", .bool(note.hasInvoke))
        object.add("exports", strings(note.exports))
        object.add("features", strings(note.features))
        object.add("producers", strings(note.producers))
        object.add("memories", strings(note.memories))
        object.add("imports", strings(note.imports))
        if let systemCalls {
            object.add("systemCalls", strings(systemCalls.guest))
            object.add("brokerSystemCalls", strings(systemCalls.broker))
            object.add("forwarderSystemCalls", strings(systemCalls.forwarder))
        }
        object.add("ceiling", .bool(note.isCeiling))
        object.add("grants", strings(note.grants))
        object.add("network", .object(network(of: note.grants, note.imports, note.socketABIs).json(isProgram: true)))
        object.add("capabilities", strings(capabilities))
        object.add("seal", strings(seal))
        object.add("linkedModules", .array(note.linkedModules.map(json)))
        return .object(object)
    }

    func text(file: String) -> TerminalText {
        var lines: [TerminalText] = ["\(file): executable made by wasmc, \(size) bytes"]
        lines += facts.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)" }
        lines += section("producers", note.producers)
        if note.hasInvoke { lines.append("invoke: exports can be called by name") }
        lines += section("exports", note.exports)
        if !note.features.isEmpty { lines.append("features: \(note.features.joined(separator: " "))") }
        lines += section("memories", note.memories.map(Quantity.memory))
        lines += section("imports", note.imports)
        if let systemCalls {
            for (process, calls) in [
                ("", systemCalls.guest), (" of the broker", systemCalls.broker),
                (" of the forwarder", systemCalls.forwarder),
            ] where process.isEmpty || !calls.isEmpty {
                lines.append("system calls\(process): \(calls.map { "\($0)" }.joined(by: " "))")
            }
        }
        if note.isCeiling { lines.append("ceiling: nobody who starts it can grant more") }
        lines += grants(note.grants)
        lines += section("network", network(of: note.grants, note.imports, note.socketABIs).lines(isProgram: true))
        lines += section("capabilities", capabilities)
        lines += section("seal", seal)
        for module in note.linkedModules {
            lines.append("module \(module.name):")
            lines += text(module).map { "  \($0)" }
        }
        return lines.lines
    }

    private func text(_ module: ExecutableNote.LinkedModule) -> [TerminalText] {
        let hash: [TerminalText] = module.moduleHash.isEmpty ? [] : ["moduleSha256: \(module.moduleHash)"]
        return hash + section("memories", module.memories.map(Quantity.memory)) + section("imports", module.imports)
            + grants(module.grants)
            + section("network", network(of: module.grants, module.imports, module.socketABIs).lines(isProgram: false))
            + section("capabilities", capabilities(of: module))
    }

    private func network(of grants: [String], _ imports: [String], _ socketABIs: [String]) -> NetworkReport {
        NetworkReport(grants: NetworkGrants(grants), imports: imports, socketABIs: socketABIs)
    }

    private var capabilities: [String] {
        CapabilitySummary(
            subject: .program(isCeiling: note.isCeiling), imports: note.imports, grants: note.grants
        ).sentences
    }

    private func capabilities(of module: ExecutableNote.LinkedModule) -> [String] {
        CapabilitySummary(
            subject: .linkedModule(isCeiling: note.isCeiling), imports: module.imports, grants: module.grants,
            program: note.grants
        ).sentences
    }

    private var seal: [String] {
        let modes = note.grants.compactMap { Grant(word: $0) }
            .compactMap { if case .seal(let mode) = $0.value { mode } else { nil } }
        return SealSummary(mode: modes.last ?? .auto, systemCalls: systemCalls, isCeiling: note.isCeiling).sentences
    }

    private func grants(_ words: [String]) -> [TerminalText] {
        words.isEmpty ? ["grants: none"] : section("grants", words)
    }

    private func json(_ module: ExecutableNote.LinkedModule) -> JSON {
        var object = JSONObject()
        object.add("name", .string(module.name))
        object.add("moduleSha256", .string(module.moduleHash))
        object.add("memories", strings(module.memories))
        object.add("imports", strings(module.imports))
        object.add("grants", strings(module.grants))
        object.add(
            "network",
            .object(network(of: module.grants, module.imports, module.socketABIs).json(isProgram: false)))
        object.add("capabilities", strings(capabilities(of: module)))
        return .object(object)
    }

    private var facts: [(key: String, value: String)] {
        [
            ("version", note.version), ("module", note.moduleName), ("moduleSha256", note.moduleHash),
            ("target", note.target), ("cpu", note.processor),
            ("cpuFeatures", note.processorFeatures), ("optimization", note.optimization), ("bounds", note.bounds),
            ("traps", note.traps), ("initFunction", note.initializer),
        ]
    }

}

/// A title and an indented line for each value; nothing when there is none. Values may come from a hostile file.
func section(_ title: TerminalText, _ values: [String]) -> [TerminalText] {
    section(title, values.map { "\($0)" as TerminalText })
}

/// The same, with lines that consist of several values.
func section(_ title: TerminalText, _ lines: [TerminalText]) -> [TerminalText] {
    lines.isEmpty ? [] : ["\(title):"] + lines.map { "  \($0)" }
}

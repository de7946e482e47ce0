/// Renders diagnostics for people (text, colour) and programs (JSON). The only place that does.
public struct DiagnosticRenderer: Sendable {
    /// Whether ANSI colours are written.
    public var usesColor: Bool

    public init(usesColor: Bool = false) { self.usesColor = usesColor }

    /// One error: `file:place: phase: message: detail (in function)`, and behind it, on lines that are indented, the
    /// line of the text it is about and its notes.
    public func render(_ diagnostic: Diagnostic, file: String? = nil) -> TerminalText {
        var lines = [headline(diagnostic, file: file)]
        if let excerpt = diagnostic.excerpt { lines += excerpt.lines { colored($0, "1;32") } }
        lines += diagnostic.notes.map { note in
            let place = place(note.location)
            return place.isEmpty ? "    \(note.text)" : "    \(place) \(note.text)"
        }
        if diagnostic.phase == .internal {
            lines.append("    this is an error of wasmc, not of your module; please report it")
        }
        return lines.lines
    }

    /// The first line of `render` alone.
    public func headline(_ diagnostic: Diagnostic, file: String? = nil) -> TerminalText {
        var text: TerminalText = ""
        let place = place(diagnostic, file: file)
        if !place.isEmpty { text = "\(place) " }
        text = "\(text)\(colored(label(diagnostic.phase), "1;31")): \(diagnostic.message)"
        if !diagnostic.detail.isEmpty { text = "\(text): \(diagnostic.detail)" }
        if let function = diagnostic.function { text = "\(text) (in \(function))" }
        return text
    }

    /// `file:place:`, or nothing.
    private func place(_ diagnostic: Diagnostic, file: String?) -> String {
        ((diagnostic.file ?? file).map { "\($0):" } ?? "") + place(diagnostic.location)
    }

    private func place(_ location: Location) -> String {
        switch location {
        case .none: ""
        case .offset(let offset): "0x\(String(offset, radix: 16)):"
        case .text(let line, let column): "\(line):\(column):"
        }
    }

    /// One error as a JSON object on one line.
    public func renderJSON(_ diagnostic: Diagnostic, file: String? = nil) -> JSON {
        .object(jsonObject(diagnostic, file: file))
    }

    /// One error as a JSON object, to be part of a larger one.
    public func jsonObject(_ diagnostic: Diagnostic, file: String? = nil) -> JSONObject {
        var object = JSONObject()
        if let file = diagnostic.file ?? file { object.add("file", .string(file)) }
        object.add("phase", .string(diagnostic.phase.rawValue))
        object.add("message", .string(bounded(diagnostic.message)))
        if !diagnostic.detail.isEmpty { object.add("detail", .string(bounded(diagnostic.detail))) }
        add(diagnostic.location, to: &object)
        if let function = diagnostic.function { object.add("function", .string(bounded(function))) }
        if !diagnostic.notes.isEmpty {
            let notes = diagnostic.notes.map { note -> JSON in
                var object = JSONObject()
                object.add("message", .string(bounded(note.text)))
                add(note.location, to: &object)
                return .object(object)
            }
            object.add("notes", .array(notes))
        }
        return object
    }

    private func add(_ location: Location, to object: inout JSONObject) {
        switch location {
        case .none: break
        case .offset(let offset): object.add("offset", .integer(offset))
        case .text(let line, let column):
            object.add("line", .integer(line))
            object.add("column", .integer(column))
        }
    }

    private func bounded(_ text: String) -> String { shortened(text, limit: TerminalText.valueLimit) }

    private func label(_ phase: Phase) -> TerminalText {
        switch phase {
        case .foreign: "not a module"
        case .malformed: "malformed module"
        case .invalid: "invalid module"
        case .unsupported: "unsupported"
        case .unlinkable: "unlinkable"
        case .usage: "error"
        case .manifest: "invalid manifest"
        case .profile: "invalid profile"
        case .environment: "error"
        case .initialization: "initialization failed"
        case .divergence: "divergence"
        case .internal: "internal error"
        }
    }

    private func colored(_ text: TerminalText, _ code: TerminalText) -> TerminalText {
        usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

/// Renders diagnostics for people (text, colour) and programs (JSON). The only place that does.
public struct DiagnosticRenderer: Sendable {
    /// Whether ANSI colours are written.
    public var usesColor: Bool

    public init(usesColor: Bool = false) { self.usesColor = usesColor }

    /// One error: `file:place: phase: message: detail (in function)`. Control characters that come from the
    /// input are escaped, so that a hostile name cannot drive the terminal.
    public func render(_ diagnostic: Diagnostic, file: String? = nil) -> String {
        var text = ""
        if let file = diagnostic.file ?? file { text += "\(escaped(file)):" }
        switch diagnostic.location {
        case .none: break
        case .offset(let offset): text += "0x\(String(offset, radix: 16)):"
        case .text(let line, let column): text += "\(line):\(column):"
        }
        if !text.isEmpty { text += " " }
        text += colored(label(diagnostic.phase), "1;31") + ": " + escaped(diagnostic.message)
        if !diagnostic.detail.isEmpty { text += ": " + escaped(diagnostic.detail) }
        if let function = diagnostic.function { text += " (in \(escaped(function)))" }
        if diagnostic.phase == .internal { text += "\nthis is an error of wasmc, not of your module; please report it" }
        return text
    }

    /// One error as a JSON object on one line.
    public func renderJSON(_ diagnostic: Diagnostic, file: String? = nil) -> String {
        JSON.object(jsonObject(diagnostic, file: file)).text
    }

    /// One error as a JSON object, to be part of a larger one.
    public func jsonObject(_ diagnostic: Diagnostic, file: String? = nil) -> JSONObject {
        var object = JSONObject()
        if let file = diagnostic.file ?? file { object.add("file", .string(file)) }
        object.add("phase", .string(diagnostic.phase.rawValue))
        object.add("message", .string(diagnostic.message))
        if !diagnostic.detail.isEmpty { object.add("detail", .string(diagnostic.detail)) }
        switch diagnostic.location {
        case .none: break
        case .offset(let offset): object.add("offset", .integer(offset))
        case .text(let line, let column):
            object.add("line", .integer(line))
            object.add("column", .integer(column))
        }
        if let function = diagnostic.function { object.add("function", .string(function)) }
        return object
    }

    private func label(_ phase: Phase) -> String {
        switch phase {
        case .malformed: "malformed module"
        case .invalid: "invalid module"
        case .unsupported: "unsupported"
        case .unlinkable: "unlinkable"
        case .manifest: "invalid manifest"
        case .environment: "error"
        case .internal: "internal error"
        }
    }

    private func colored(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

/// The text with control characters, bidirectional overrides and unassigned scalars written as `\u{..}`.
public func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .privateUse where HostText.byte(of: scalar) != nil:
            result += "\\x" + String(HostText.byte(of: scalar)!, radix: 16)
        case .control where scalar == "\n" || scalar == "\t": result.unicodeScalars.append(scalar)
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            result += "\\u{\(String(scalar.value, radix: 16))}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

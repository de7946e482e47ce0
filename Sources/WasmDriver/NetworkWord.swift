// Rules of the network, patterns of names, and forwards. Their grammar is the runtime's alone (runtime-c/src/net), which
// is asked here; what is added is a spelling that it takes.

import CWasmcABI
import CWasmcRuntime
import Diagnostics

/// The words behind `--allow-outbound` and its like.
enum NetworkWord {
    /// What was expected and found, with what was probably meant; nil for a text that the grammar takes.
    ///
    /// - Precondition: `value` is one of the network's.
    static func refusal(of text: String, _ value: GrantKind.Value) -> String? {
        let kind = kind(value)
        guard let refusal = error(text, kind)?.description else { return nil }
        let meant = spellings(text, value).first { error($0, kind) == nil }
        return refusal + (meant.map { "; did you mean `\($0)`?" } ?? "")
    }

    /// What is wrong with a text, and where.
    private struct Refusal: CustomStringConvertible {
        var expected: String
        /// Nil at the end of the text.
        var found: (text: String, byte: Int)?

        var description: String {
            guard let found else { return "expected \(expected), found the end" }
            let what = found.text.isEmpty ? "nothing" : "`\(shortened(found.text, limit: 60))`"
            return "expected \(expected), found \(what) at byte \(found.byte)"
        }
    }

    private static func error(_ text: String, _ kind: wasmc_grant_value) -> Refusal? {
        let bytes = HostText.bytes(text)
        // A word of the runtime's would end there.
        if let end = bytes.firstIndex(of: 0) { return Refusal(expected: "no NUL", found: ("", end + 1)) }
        var error = wasmc_host_word_error()
        guard !wasmc_host_check_word(kind.rawValue, HostText.cString(text), &error) else { return nil }
        let expected = String(cString: error.expected)
        guard error.at < bytes.count else { return Refusal(expected: expected, found: nil) }
        let found = bytes[error.at..<min(error.at + error.bytes, bytes.count)]
        return Refusal(expected: expected, found: (HostText.text(found), error.at + 1))
    }

    private static func kind(_ value: GrantKind.Value) -> wasmc_grant_value {
        switch value {
        case .outboundRules: WASMC_VALUE_OUTBOUND
        case .inboundRules: WASMC_VALUE_INBOUND
        case .namePatterns: WASMC_VALUE_PATTERN
        case .forwards: WASMC_VALUE_FORWARD
        case .namePrefix: WASMC_VALUE_PREFIX
        default: preconditionFailure("\(value) is no value of the network's")
        }
    }
}

// MARK: - What was probably meant

extension NetworkWord {
    /// Texts that are tried in this order: a URL's host and port, and names without protocol or port.
    private static func spellings(_ text: String, _ value: GrantKind.Value) -> [String] {
        if text.isEmpty { return [] }
        let address = Address(text)
        switch value {
        case .outboundRules, .inboundRules:
            let usual = [address.knownPort, value == .outboundRules && address.transport == "tcp" ? "443" : nil]
                .compactMap { $0 }
            return (address.port.map { [$0] } ?? usual).map { "\(address.transport)://\(address.host):\($0)" }
        case .namePatterns: return [address.host]
        case .forwards: return [text.replacing("localhost", with: "127.0.0.1"), "\(text):\(text)"]
        default: return []
        }
    }

    /// The parts of what looks like a URL, or like the end of one.
    private struct Address {
        var transport = "tcp"
        var host: String
        var port: String?
        /// Of the URL's scheme.
        var knownPort: String?

        init(_ text: String) {
            var rest = text.lowercased()[...]
            if let colon = rest.firstRange(of: "://") {
                let scheme = String(rest[..<colon.lowerBound])
                rest = rest[colon.upperBound...]
                if scheme == "udp" { transport = "udp" }
                knownPort = ["http": "80", "ws": "80", "https": "443", "wss": "443"][scheme]
            }
            // A path, which is no length of a prefix.
            if let slash = rest.firstIndex(of: "/"), !(rest[rest.index(after: slash)...].first?.isNumber ?? false) {
                rest = rest[..<slash]
            }
            let end = rest.lastIndex(of: "]") ?? rest.startIndex
            if let colon = rest[end...].lastIndex(of: ":") {
                // Not the last group of ::1, behind which there is no port.
                if !rest[..<colon].hasSuffix(":") || rest[..<colon].hasSuffix("::") {
                    port = String(rest[rest.index(after: colon)...])
                    rest = rest[..<colon]
                }
            }
            if port == nil, UInt16(rest) != nil { (port, rest) = (String(rest), "") }
            if rest.contains(":"), !rest.contains("[") { rest = "[\(rest)]" }
            host = rest.isEmpty || rest == "localhost" ? "127.0.0.1" : String(rest)
        }
    }
}

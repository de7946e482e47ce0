// What a program may reach. What there is says grants.def (GrantKind.swift). The grammar is the runtime's
// (runtime-c/src/grants.c), which has the last word at start; here it is checked when somebody types it.

import Diagnostics
import Glibc

/// A word that is not a grant. The message names the option and what to write instead.
public struct GrantError: Error, Equatable, CustomStringConvertible {
    public var description: String

    init(_ description: String) { self.description = description }
}

/// One thing that a program may reach or has to obey.
public struct Grant: Hashable, Sendable {
    /// What follows an option, as it is meant.
    public enum Value: Hashable, Sendable {
        /// Of a flag.
        case given
        case text(String)
        /// Bytes, nanoseconds or a number of things.
        case number(UInt64)
        /// What the kernel is told before the guest runs.
        case seal(SealMode)
        /// A directory of the host, under a name of the guest's.
        case directory(DirectoryGrant)
        /// Without a value it is the starter's.
        case variable(name: String, value: String?)
        /// Where a socket listens.
        case address(SocketAddress)
        /// A standard stream for a linked module; the main one has all three.
        case stream(StandardStream)
    }

    public let kind: GrantKind
    public let value: Value

    /// - Precondition: it is a value of this kind.
    public init(_ kind: GrantKind, value: Value) {
        self.kind = kind
        self.value = value
    }

    /// The grant as one word, `--name=value`: a word is never empty, not even for an empty value.
    public var word: String { value == .given ? kind.option : "\(kind.option)=\(valueText)" }

    private var valueText: String {
        switch value {
        case .given: ""
        case .text(let text): text
        case .number(let number):
            switch kind.value {
            case .size: Quantity.size(bytes: number)
            case .duration: Quantity.duration(nanoseconds: number)
            default: "\(number)"
            }
        case .seal(let mode): mode.rawValue
        case .directory(let directory): "\(directory)"
        case .variable(let name, let value): name + (value.map { "=\($0)" } ?? "")
        case .address(let address): "\(address)"
        case .stream(let stream): stream.rawValue
        }
    }

    /// A line of the runtime's messages for machines.
    public static let json = Grant(.json, value: .given)
}

extension [Grant] {
    /// The export that is called instead of `_start`; the last word counts.
    public var invokedExport: String? {
        reduce(nil) { if $1.kind == .invoke, case .text(let name) = $1.value { name } else { $0 } }
    }

    /// The host's directories in which the program can write.
    public var writableDirectories: [String] {
        compactMap { if case .directory(let grant) = $0.value, !grant.isReadOnly { grant.host } else { nil } }
    }

    /// Whether the program has a network of its own.
    public var isolateNetwork: Bool { contains { $0.kind == .isolateNetwork } }
}

extension Grant {
    /// A grant from what follows its option; of a flag that is nothing.
    public init(_ kind: GrantKind, _ text: String) throws(GrantError) {
        self.init(kind, value: try Self.value(kind, text))
    }

    private static func value(_ kind: GrantKind, _ text: String) throws(GrantError) -> Value {
        func refusal(_ form: String) -> GrantError { GrantError("`\(kind.option) \(text)`: \(form)") }
        func number(_ number: UInt64?, _ form: String) throws(GrantError) -> Value {
            guard let number, kind.range.contains(number) else { throw refusal(form) }
            return .number(number)
        }
        switch kind.value {
        case .flag: return .given
        case .text, .texts: return .text(text)
        case .outboundRules, .inboundRules, .namePatterns, .forwards, .namePrefix:
            if let refusal = NetworkWord.refusal(of: text, kind.value) {
                throw GrantError("`\(kind.option) \(shortened(text))`: \(refusal)")
            }
            return .text(text)
        case .size: return try number(parseSize(text), sizeForm)
        case .duration: return try number(parseDuration(text), durationForm)
        case .count:
            let form = "expected a number from \(kind.range.lowerBound) to \(kind.range.upperBound)"
            return try number(parseQuantity(text, units: [("", 1)]), form)
        case .sealMode:
            guard let mode = SealMode(rawValue: text) else { throw refusal("expected auto, require, log or off") }
            return .seal(mode)
        case .streams:
            guard let stream = StandardStream(rawValue: text) else { throw refusal("expected stdin, stdout or stderr") }
            return .stream(stream)
        case .directories: return .directory(try DirectoryGrant(text, of: kind))
        case .addresses: return .address(try SocketAddress(text, of: kind))
        case .variables:
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard !parts[0].isEmpty else { throw refusal("expected NAME or NAME=VALUE") }
            return .variable(name: String(parts[0]), value: parts.count == 2 ? String(parts[1]) : nil)
        }
    }
}

/// What every process has.
public enum StandardStream: String, CaseIterable, Sendable {
    case stdin, stdout, stderr
}

/// How a program is sealed.
public enum SealMode: String, CaseIterable, Sendable {
    /// As much as the kernel supports.
    case auto
    /// Everything, or the program does not start.
    case require
    /// Nothing: say what would be, and let the kernel log other system calls.
    case log
    case off
}

/// An IPv4 or bracketed IPv6 address and a port. No names: what listens must not depend on a resolver.
public struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Parses `127.0.0.1:8080` or `[::1]:8080`. Port 0 is any free one.
    public init(_ text: String, of kind: GrantKind = .tcpListen) throws(GrantError) {
        let bytes = Array(text.utf8)
        let colon = bytes.lastIndex(of: UInt8(ascii: ":")) ?? 0
        var host = Array(bytes[..<colon])
        let isVersion6 = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]") && host.count > 2
        if isVersion6 { host = Array(host[1..<host.count - 1]) }
        let port = bytes.dropFirst(colon + 1)
        guard !host.contains(0), Self.isAddress(host, family: isVersion6 ? AF_INET6 : AF_INET),
            port.allSatisfy({ UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }),
            UInt16(String(decoding: port, as: UTF8.self)) != nil
        else { throw GrantError("`\(kind.option) \(text)`: \(Self.remedy(text))") }
        description = text
    }

    /// What to write instead of a word that is no address: with its port, if it has one.
    private static func remedy(_ text: String) -> String {
        let colon = text.lastIndex(of: ":")
        let host = colon.map { text[..<$0] } ?? ""
        let rest = colon.map { text[text.index(after: $0)...] } ?? text[...]
        let port = UInt16(rest).map { "\($0)" } ?? "8080"
        if host == "localhost" { return "names are not looked up; write 127.0.0.1:\(port) or [::1]:\(port)" }
        if UInt16(rest) != nil, ["", "*"].contains(host) {
            return "which address is missing; write 127.0.0.1:\(port) for this host, 0.0.0.0:\(port) for others too"
        }
        if isAddress(Array(host.utf8), family: AF_INET6) || isAddress(Array(text.utf8), family: AF_INET6) {
            return "an IPv6 address has brackets, as in [::1]:8080"
        }
        if isAddress(Array(text.utf8), family: AF_INET) { return "the port is missing; write \(text):8080" }
        return "expected an address and a port, such as 127.0.0.1:8080 or [::1]:8080; names are not looked up"
    }

    private static func isAddress(_ host: [UInt8], family: Int32) -> Bool {
        var address = in6_addr()  // has room for both
        return inet_pton(family, String(decoding: host, as: UTF8.self), &address) == 1
    }
}

/// A directory of the host, its name for the guest, and whether the guest may change it.
public struct DirectoryGrant: Hashable, Sendable, CustomStringConvertible {
    public var host: String
    public var guest: String
    public var isReadOnly: Bool

    /// Parses `HOST[::GUEST][::ro]`. `data::ro` is read-only data: of two readings, the one that grants less.
    public init(_ text: String, of kind: GrantKind = .directory) throws(GrantError) {
        var parts = split(text, separator: "::")
        if parts.count == 1, text.contains(":") {
            let sides = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            throw GrantError(
                "`\(kind.option) \(text)`: a single `:` could mean either order; write HOST::GUEST, either "
                    + "`\(sides[0])::\(sides[1])` (the host's \(sides[0]) is the guest's \(sides[1])) or "
                    + "`\(sides[1])::\(sides[0])` (the host's \(sides[1]) is the guest's \(sides[0]))")
        }
        isReadOnly = parts.count > 1 && parts.last == "ro"
        if isReadOnly { parts.removeLast() }
        guard parts.count <= 2 else { throw GrantError("`\(kind.option) \(text)`: expected HOST[::GUEST][::ro]") }
        guard !parts.contains("") else {
            throw GrantError("`\(kind.option) \(text)`: neither HOST nor GUEST may be empty")
        }
        host = parts[0]
        guest = parts.count == 2 ? parts[1] : parts[0]
    }

    public var description: String { "\(host)::\(guest)" + (isReadOnly ? "::ro" : "") }
}

/// The line for the variable WASMC_GRANTS that holds these words: blanks separate, quotes keep together.
public func quotedLine(_ words: [String]) -> String {
    words.map { word in
        let isPlain = !word.isEmpty && word.utf8.allSatisfy { plainBytes.contains($0) }
        return isPlain ? word : "'" + split(word, separator: "'").joined(separator: "'\\''") + "'"
    }.joined(separator: " ")
}

/// Bytes that need no quotes in a shell either.
let plainBytes = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=:/.,+@%".utf8)

/// The parts between the separators, leftmost match first.
private func split(_ text: String, separator: String) -> [String] {
    var parts: [[UInt8]] = [[]]
    var rest = Array(text.utf8)[...]
    let pattern = Array(separator.utf8)
    while let first = rest.first {
        if rest.starts(with: pattern) {
            parts.append([])
            rest = rest.dropFirst(pattern.count)
        } else {
            parts[parts.count - 1].append(first)
            rest = rest.dropFirst()
        }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
}

private let sizeForm = "expected a whole number of bytes, or with KiB, MiB, GiB or TiB, such as 256MiB"
private let durationForm =
    "expected a whole number of seconds, or with ns, us, ms, s, m or h, such as 10s or 500ms"

/// As in the GNU tools: k and KiB are 1024, KB is 1000; upper and lower case are the same.
private let sizeUnits: [(name: String, factor: UInt64)] = [
    ("", 1), ("b", 1), ("k", 1 << 10), ("kib", 1 << 10), ("kb", 1000), ("m", 1 << 20), ("mib", 1 << 20),
    ("mb", 1_000_000), ("g", 1 << 30), ("gib", 1 << 30), ("gb", 1_000_000_000), ("t", 1 << 40), ("tib", 1 << 40),
    ("tb", 1_000_000_000_000),
]

/// A number alone is seconds, as timeout(1) has it.
private let durationUnits: [(name: String, factor: UInt64)] = [
    ("", 1_000_000_000), ("ns", 1), ("us", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
]

/// Bytes of a size such as `256MiB`; nil for what is none.
func parseSize(_ text: String) -> UInt64? { parseQuantity(lowercasedASCII(text), units: sizeUnits) }

/// Nanoseconds of a duration such as `500ms`; nil for what is none.
func parseDuration(_ text: String) -> UInt64? { parseQuantity(text, units: durationUnits) }

/// Upper-case letters of ASCII alone: some others have lower-case forms in it (the Kelvin sign).
private func lowercasedASCII(_ text: String) -> String {
    let upper = UInt8(ascii: "A")...UInt8(ascii: "Z")
    return String(decoding: text.utf8.map { upper.contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
}

/// Digits, then a unit; nil for anything else and for what 64 bits do not hold.
private func parseQuantity(_ text: String, units: [(name: String, factor: UInt64)]) -> UInt64? {
    let digits = text.utf8.prefix { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
    let unitName = String(text.utf8.dropFirst(digits.count)) ?? ""
    guard let value = UInt64(String(digits) ?? ""), let unit = units.first(where: { $0.name == unitName }) else {
        return nil
    }
    let (result, overflow) = value.multipliedReportingOverflow(by: unit.factor)
    return overflow ? nil : result
}

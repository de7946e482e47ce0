// What the last command of a distributed build reads: how objects of units become the executable.

import CWasmcABI
import Diagnostics
import Support
import WasmLowering

/// How a program is linked, without its code.
public struct UnitLinkPlan: Equatable, Sendable {
    public var target: Target
    /// Of `LinkJob.ExecutableOptions`, all but where the runtime is.
    var options = LinkJob.ExecutableOptions(libraryDirectory: "")
    /// What is said of each unit, in the order of the objects.
    public var placements: [String] = []
    /// Whether the object with places of the source follows those of the units.
    public var hasSource = false
    /// With `-g`, what functions are called, by symbol.
    var symbols: [String: String] = [:]

    private static let title = "wasmc link 1"
    private static let switches: [(name: String, path: WritableKeyPath<LinkJob.ExecutableOptions, Bool> & Sendable)] = [
        ("symbols", \.keepsSymbols), ("invoke", \.includesInvoke), ("modules", \.includesModules),
        ("ceiling", \.includesCeiling), ("isolation", \.includesIsolation), ("exceptions", \.hasExceptions),
        ("recording", \.includesRecording), ("clones", \.includesClones), ("coredump", \.includesCoredump),
        ("abort", \.includesAbort), ("code-offsets", \.showsCodeOffsets), ("harness", \.isHarness),
    ]

    init(target: Target, options: LinkJob.ExecutableOptions) {
        self.target = target
        self.options = options
    }

    /// Lines: what is linked in, then each unit with its lines, indented, then symbols.
    public var text: String {
        var lines = [Self.title, "target \(target.triple)"]
        lines += Self.switches.filter { options[keyPath: $0.path] }.map { "with \($0.name)" }
        if hasSource { lines.append("source") }
        for placement in placements {
            lines.append("unit")
            lines += placement.split(separator: "\n").map { "  \($0)" }
        }
        lines += symbols.sorted { $0.key < $1.key }.map { "called \($0.key) \(Self.word($0.value))" }
        return lines.map { $0 + "\n" }.joined()
    }

    /// - Throws: `malformed` for what `text` does not write.
    public init(text: String) throws(Diagnostic) {
        let lines = text.split(separator: "\n")
        guard lines.count > 1, lines[0] == Self.title, lines[1].hasPrefix("target ") else {
            throw Diagnostic(
                .malformed, "this is no plan of a link", "expected `program.link` of `wasmc build --emit units`")
        }
        target = try Target.named(String(lines[1].dropFirst("target ".count)))
        for line in lines.dropFirst(2) { try read(line) }
    }

    private mutating func read(_ line: Substring) throws(Diagnostic) {
        let words = line.split(separator: " ")
        if line.hasPrefix("  "), !placements.isEmpty {
            placements[placements.count - 1] += line.dropFirst(2) + "\n"
        } else if line == "source" {
            hasSource = true
        } else if line == "unit" {
            placements.append("")
        } else if words.count == 2, words[0] == "with", let option = Self.switches.first(where: { $0.name == words[1] })
        {
            options[keyPath: option.path] = true
        } else if words.count == 3, words[0] == "called" {
            symbols[String(words[1])] = Self.text(ofWord: words[2])
        } else {
            throw Diagnostic(.malformed, "this plan of a link is damaged", "`\(line.prefix(80))`")
        }
    }

    /// A name as one word: guests choose it.
    private static func word(_ text: String) -> String {
        text.utf8.map { byte in
            (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte) && byte != UInt8(ascii: "%")
                ? String(UnicodeScalar(byte)) : "%" + SHA256.digits([byte])
        }.joined()
    }

    private static func text(ofWord word: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(word.utf8)[...]
        while let first = rest.popFirst() {
            guard first == UInt8(ascii: "%"), rest.count >= 2,
                let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else {
                bytes.append(first)
                continue
            }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Links the objects of the units, in the order of the plan.
    ///
    /// - Throws: `internal` when an object is not that of its unit; as `LinkJob.run`.
    public func link(_ objects: [[UInt8]], _ search: ToolchainSearch) throws(Diagnostic) -> [UInt8] {
        let count = placements.count + (hasSource ? 1 : 0)
        guard objects.count == count else {
            throw Diagnostic(.usage, "the plan has \(count) objects", "\(objects.count) objects are given")
        }
        var placed: [CompiledObject] = []
        for (object, placement) in zip(objects, placements) {
            placed += try placedObjects(object, placement: placement)
        }
        if hasSource { placed.append(CompiledObject(name: "source", bytes: objects[count - 1])) }
        return try link(placed, search.toolchain(for: target))
    }

    /// Links objects.
    func link(_ objects: [CompiledObject], _ toolchain: Toolchain) throws(Diagnostic) -> [UInt8] {
        let directory = try TemporaryDirectory()
        var options = options
        options.libraryDirectory = toolchain.libraryDirectory
        let job = LinkJob(
            .executable(options), target: target, linker: toolchain.linker, objects: try directory.write(objects),
            output: "\(directory.path)/executable")
        try job.run()
        let bytes = try Files.read(job.output)
        guard options.keepsSymbols else { return bytes }
        return GuestSymbolTable(bytes).renamed(symbols) {
            // The start of all code, and of a partition's, is that of a function, too; and the guest's `main` is what
            // people mean.
            $0.hasPrefix("wasm.text.") || $0.hasPrefix("wasm.at.") || $0.hasSuffix(WASMC_TEXT_SECTION) || $0 == "main"
        }
    }
}

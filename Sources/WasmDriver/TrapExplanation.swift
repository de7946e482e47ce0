// The message of a trap, with what a module says of the source of its code.

import Diagnostics
import WasmBinary
import WasmDebugInfo
import WasmSpec

/// Explains offsets in a module: functions, inlined ones too, files, lines and columns.
public struct TrapExplanation {
    private let input: ModuleInput
    let file: String
    private let names: FunctionNames
    private let debugInfo: DebugInfo?

    /// - Parameter file: the module's, which text modules have their lines in.
    public init(_ input: ModuleInput, file: String) {
        self.input = input
        self.file = file
        names = FunctionNames(input.module)
        debugInfo = DebugInfo(input.module)
    }

    /// The lines of the frame at a module offset, innermost function first.
    ///
    /// - Parameter prefix: what stands before names, e.g. the name of the module.
    public func lines(at offset: Int, prefix: String = "") -> [TerminalText] {
        let place: TerminalText = "(module offset 0x\(String(offset, radix: 16)))"
        var frames = debugInfo?.lookup(offset) ?? []
        if frames.isEmpty { frames = [SourceFrame()] }
        return frames.map { frame in
            let name = frame.function ?? functionName(at: offset)
            let called: TerminalText = name.isEmpty ? "" : "\(shortened(prefix + name)) "
            return "    at \(called)\(frame.isInlined ? "(inlined)" : place)\(source(frame, offset))"
        }
    }

    /// The line of a frame of which only the function is known.
    func line(ofFunction function: Int?, prefix: String = "") -> TerminalText {
        let name = function.map { names.name(FunctionIndex($0)) ?? "func[\($0)]" } ?? ""
        return "    at \(name.isEmpty ? "" : "\(shortened(prefix + name)) ")(module offset unknown)"
    }

    private func source(_ frame: SourceFrame, _ offset: Int) -> TerminalText {
        if let file = frame.file {
            if frame.line == 0 { return " \(file)" }
            return frame.column == 0 ? " \(file):\(frame.line)" : " \(file):\(frame.line):\(frame.column)"
        }
        guard case .text(let line, let column)? = input.sourceMap?.location(ofOffset: offset) else { return "" }
        return " \(file):\(line):\(column)"
    }

    /// The name of the function whose body has the offset; empty when no body has.
    private func functionName(at offset: Int) -> String {
        let module = input.module
        guard let position = module.functions.lastIndex(where: { $0.offset <= offset }),
            offset < module.functions[position].body.upperBound
        else { return "" }
        let imported = module.imports.count { if case .function = $0.description { true } else { false } }
        let index = FunctionIndex(position + imported)
        return names.name(index) ?? "func[\(index)]"
    }

    /// A line of a message with its frame explained; what is no frame stays as it is.
    ///
    /// - Parameters:
    ///   - main: of a program's main module.
    ///   - linked: of the others, by their names.
    static func explain(
        _ line: Substring, main: TrapExplanation, linked: [String: TrapExplanation] = [:]
    ) -> [TerminalText] {
        if isInlined(line) { return [] }
        guard let frame = Frame(line) else { return ["\(String(line))"] }
        for (name, module) in linked where frame.name == name || frame.name.hasPrefix(name + "!") {
            return module.lines(at: frame.offset, prefix: name + "!")
        }
        return main.lines(at: frame.offset)
    }

    /// The offset of a frame of a stripped program: `    at (code 0x1c)`.
    static func codeOffset(_ line: Substring) -> Int? {
        let begin = "    at (code 0x"
        guard line.hasPrefix(begin), line.hasSuffix(")") else { return nil }
        return Int(line.dropFirst(begin.count).dropLast(), radix: 16)
    }

    /// A function that the program itself knows to be inlined: the frame behind it says it again.
    private static func isInlined(_ line: Substring) -> Bool {
        line.hasPrefix("    at ") && line.contains(" (inlined)") && Frame(line) == nil
    }

    /// A line of a message: `    at NAME (module offset 0x2c)`.
    private struct Frame {
        var name: Substring
        var offset: Int

        init?(_ line: Substring) {
            let begin = "    at ", middle = "(module offset 0x"
            guard line.hasPrefix(begin) else { return nil }
            // Whatever a name looks like, the last one counts.
            let parts = line.split(separator: middle, omittingEmptySubsequences: false)
            guard parts.count > 1, let last = parts.last else { return nil }
            let digits = last.prefix { $0 != ")" }
            guard digits.count < last.count, let offset = Int(digits, radix: 16) else { return nil }
            self.offset = offset
            let name = line.dropFirst(begin.count).dropLast(last.count + middle.count)
            self.name = name.hasSuffix(" ") ? name.dropLast() : name
        }
    }
}

// What a module's debug information says of its code.
// Specification: https://yurydelendik.github.io/webassembly-dwarf/ and https://dwarfstd.org, versions 4 and 5

import WasmSpec

/// A function that is active at a place of the code, and where in the source it is.
public struct SourceFrame: Equatable, Sendable {
    /// The name with those of what it is declared in: `core::fmt::write`. Nil when it has none. Nobody has looked whether
    /// it can be printed on a terminal.
    public var function: String?
    /// The same without the types that the function is made for, as messages of traps have it.
    public var shortFunction: String? { function.map(ShortNames.short) }
    /// The symbol, which tools demangle. Nil when that is not another name.
    public var linkageName: String?
    /// The file's path as the compiler was given it, in the directory where it ran; nil when not known.
    public var file: String?
    /// From 1; 0 when not known, and for code that belongs to no line.
    public var line: UInt32
    /// From 1; 0 when not known.
    public var column: UInt32
    /// Whether the function has no frame of its own: the compiler of the module put its code into that of the next one.
    public var isInlined: Bool

    public init(
        function: String? = nil, linkageName: String? = nil, file: String? = nil, line: UInt32 = 0,
        column: UInt32 = 0, isInlined: Bool = false
    ) {
        self.function = function
        self.linkageName = linkageName
        self.file = file
        self.line = line
        self.column = column
        self.isInlined = isInlined
    }
}

/// The debug information of a module: DWARF 4 and 5, in custom sections.
///
/// It is read leniently: what is malformed, or beyond `DebugInfoLimits`, is as if it were not there. A module costs time
/// and memory in proportion to its size, whatever it says. Nothing changes after `init`.
public final class DebugInfo: Sendable {
    let entries: DebugEntries
    let lines: LineTable
    let scopes: CodeScopes
    private let names = FunctionNames()

    /// Reads the debug information; nil for a module that has none.
    public init?(_ module: Module) {
        guard let sections = DebugSections(module) else { return nil }
        entries = DebugEntries(sections)
        lines = LineTable(sections, units: entries.units)
        scopes = CodeScopes(entries)
    }

    /// Whether nothing is known of any code.
    public var isEmpty: Bool { lines.rows.isEmpty && scopes.scopes.isEmpty }

    /// The functions that are active at the instruction at a module offset, innermost first: all but the last are
    /// inlined. Empty when nothing is known of it.
    ///
    /// - Parameter offset: bytes from the start of the module to any byte of the instruction.
    public func lookup(_ offset: Int) -> [SourceFrame] {
        var place = lines.rowIndex(at: offset).map { SourcePlace(lines.rows[$0]) }
        var frames: [SourceFrame] = []
        var scope = scopes.innermost(at: offset)
        while let index = scope {
            let current = scopes.scopes[index]
            scope = current.parent
            if current.kind == .block { continue }
            frames.append(frame(place, of: current))
            if current.kind == .inlined { place = callPlace(current.entry) }
        }
        if frames.isEmpty, place != nil { frames.append(frame(place, of: nil)) }
        return frames
    }

    private func frame(_ place: SourcePlace?, of scope: CodeScopes.Scope?) -> SourceFrame {
        var frame = SourceFrame(
            file: place.flatMap { $0.file.flatMap(path) }, line: place?.line ?? 0, column: place?.column ?? 0)
        guard let scope else { return frame }
        frame.isInlined = scope.kind == .inlined
        let name = names.name(of: scope.entry, in: entries)
        frame.function = name.qualified
        frame.linkageName = name.linkage
        return frame
    }

    /// The short name of the function with the code at a module offset; nil when it has none.
    public func functionName(at offset: Int) -> String? {
        scopes.function(at: offset).flatMap { names.name(of: scopes.scopes[$0].entry, in: entries).qualified }
            .map(ShortNames.short)
    }

    /// The mangled symbol of the function with the code at a module offset; nil when it has none.
    public func symbol(ofFunctionAt offset: Int) -> String? {
        guard let scope = scopes.function(at: offset),
            let symbol = names.name(of: scopes.scopes[scope].entry, in: entries).linkage
        else { return nil }
        return Mangling.isMangled(symbol) ? symbol : nil
    }

    // MARK: Places

    /// Where the function of an entry was called that is inlined.
    func callPlace(_ entry: DebugEntryID) -> SourcePlace {
        let unit = entries.unit(entry)
        func number(_ name: DWARFAttribute) -> UInt64? {
            if case .unsigned(let value)? = entries.value(entry, name, unit) { return value }
            if case .signed(let value)? = entries.value(entry, name, unit) { return UInt64(exactly: value) }
            return nil
        }
        return SourcePlace(
            file: number(.callFile).flatMap { file($0, unit) }, line: UInt32(clamping: number(.callLine) ?? 0),
            column: UInt32(clamping: number(.callColumn) ?? 0))
    }

    /// The index of the file that a unit's entries call `number`.
    func file(_ number: UInt64, _ unit: DebugUnit) -> Int? {
        unit.lineProgram.flatMap { lines.file(number, program: $0) }
    }

    /// The path of a file, by its index; nil when there is no such file.
    func path(_ file: Int) -> String? { fileName(file).map { $0.directory.isEmpty ? $0.name : Self.joined($0) } }

    private static func joined(_ file: (directory: String, name: String)) -> String {
        file.name.hasPrefix("/") ? file.name : file.directory + "/" + file.name
    }

    /// A file's name, and the directory that it is relative to.
    func fileName(_ file: Int) -> (directory: String, name: String)? {
        guard lines.files.indices.contains(file), lines.files[file].name.position != 0 else { return nil }
        let entry = lines.files[file]
        let text = entries.sections.text
        let base = lines.directories[entry.program].map(text) ?? ""
        guard let inner = entry.directory.map(text), !inner.isEmpty else { return (base, text(entry.name)) }
        return (inner.hasPrefix("/") || base.isEmpty ? inner : base + "/" + inner, text(entry.name))
    }
}

/// A place in the source.
struct SourcePlace: Equatable {
    /// Index of the file; nil when not known.
    var file: Int?
    /// From 1; 0 when not known.
    var line: UInt32
    var column: UInt32

    init(file: Int?, line: UInt32, column: UInt32) {
        self.file = file
        self.line = line
        self.column = column
    }

    init(_ row: LineTable.Row) { self.init(file: Int(row.file), line: row.line, column: UInt32(row.column)) }
}

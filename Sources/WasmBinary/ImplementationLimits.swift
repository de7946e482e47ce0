// All limits that are wasmc's and not the specification's, each with its reason. They are generous: the
// JavaScript embedding's limits or above (https://webassembly.github.io/spec/js-api/#limits).
// Beyond them a module is refused in bounded time and memory.

import Diagnostics

/// Limits of this implementation.
public enum ImplementationLimits {
    /// Bytes of a module or an executable that is read. The largest modules that people ship have 200 MiB; browsers
    /// stop at 1 GiB. Offsets of trap places and of functions are stored in 32 bits.
    public static let moduleBytes = 1 << 29
    /// Bytes of a text or a script. Its tokens take many times as much.
    public static let textBytes = 1 << 27
    /// Bytes of the text that a module is printed as.
    public static let printedBytes = 1 << 31
    /// Types. As browsers; canonicalisation keeps one record for each.
    public static let types = 1_000_000
    /// Functions, imported and defined.
    public static let functions = 1_000_000
    /// Imports, exports, globals, segments, tags: as browsers.
    public static let entries = 1_000_000
    /// Tables and memories: each memory reserves 12 GiB of a 47-bit address space.
    public static let tables = 100_000
    public static let memories = 100
    /// Parameters or results of a function type. Native calls and operand stacks hold them all at once.
    public static let parametersOrResults = 1_000
    /// Fields of a structure type.
    public static let structureFields = 10_000
    /// Locals of a function, parameters included: as browsers and wasm-tools. Each is a value in
    /// the interpreter's frame and a variable for LLVM.
    public static let locals = 50_000
    /// Bytes of one function body: as browsers. LLVM's time is superlinear in it.
    public static let functionBodyBytes = 7_654_321
    /// Nesting of blocks in a function. Every consumer keeps an explicit stack, so that this bounds memory only.
    public static let blockNesting = 100_000
    /// Values on a function's operand stack at once. A call of two bytes can push `parametersOrResults` of them, so
    /// that without a limit memory would grow out of proportion to the module.
    public static let operands = 1_000_000
    /// Nesting of parentheses in the text format. The parser keeps an explicit stack, so that this bounds memory only.
    public static let textNesting = 100_000
    /// Depth of a subtype chain: the specification's recommendation for engines.
    public static let subtypeDepth = 63
    /// Elements of all tables of a program at start: 256 MiB of the 2 GiB that code reaches.
    public static let initialTableElements: UInt64 = 32 << 20
    /// Those among them that an initializer sets to something other than null: they are part of the executable, with a
    /// relocation each.
    public static let filledTableElements: UInt64 = 1 << 20

    /// The error for something beyond a limit.
    public static func exceeded(_ what: String, _ count: Int, _ limit: Int, at offset: Int) -> Diagnostic {
        Diagnostic(
            .unsupported, "too many \(what)", "\(count) exceeds this compiler's limit of \(limit)",
            at: .offset(offset))
    }
}

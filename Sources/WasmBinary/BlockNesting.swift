import WasmSpec

/// What an instruction does to the nesting of blocks.
public enum BlockNesting: Sendable {
    case opens, closes
    /// Ends one part of a block and begins another: `else`, legacy `catch`.
    case divides
    case none

    /// Levels that the nesting changes by.
    var change: Int {
        switch self {
        case .opens: 1
        case .closes: -1
        case .divides, .none: 0
        }
    }
}

extension Instruction {
    /// For who follows blocks without validating. A `default` is safe: an instruction that is missing above it makes
    /// an expression end early, which validation refuses.
    public var nesting: BlockNesting {
        switch self {
        case .block, .loop, .if, .tryTable, .legacyTry: .opens
        case .end, .legacyDelegate: .closes
        case .else, .legacyCatch, .legacyCatchAll: .divides
        default: .none
        }
    }
}

/// Symbols that stand for names with types.
enum Mangling {
    /// Whether tools demangle a symbol: C++ and older Rust, Rust, Swift.
    static func isMangled(_ symbol: String) -> Bool { ["_Z", "_R", "$s"].contains(where: symbol.hasPrefix) }
}

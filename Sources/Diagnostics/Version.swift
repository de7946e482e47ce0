/// The version of this project: `wasmc --version`, and recorded in every executable.
public enum WasmcVersion {
    /// Semantic version, e.g. `0.1.0`.
    public static let text = "0.1.0"
}

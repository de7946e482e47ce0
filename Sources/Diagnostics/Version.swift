/// The version of this project: `wasmc --version`, and recorded in every executable.
public enum WasmcVersion {
    /// Semantic version, e.g. `0.1.0`.
    public static let text = "0.1.0"

    /// The licence of this project, as SPDX writes it.
    public static let license = "Apache-2.0 WITH LLVM-exception"
}

// Files of profiles. Somebody else may have written them.

import Diagnostics
import Support
import WasmProfile

/// Reading files of profiles.
public enum ProfileFile {
    /// Of the largest modules at hand they take a hundredth of this.
    private static let limit = 256 << 20

    /// The counts of several files, added up.
    ///
    /// - Throws: `environment` when one cannot be read, `profile` when one is none or is damaged.
    public static func merged(_ paths: [String]) throws(Diagnostic) -> Profile {
        var result = Profile()
        for path in paths { result.merge(try read(path)) }
        return result
    }

    private static func read(_ path: String) throws(Diagnostic) -> Profile {
        let bytes = try Files.read(path, limit: limit)
        do throws(Diagnostic) { return try Profile(text: bytes) } catch { throw error.located(in: path) }
    }
}

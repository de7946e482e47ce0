// What decides an executable, for its key.

import Support
import WasmLowering

extension BuildPlan {
    /// Members that say nothing of the executable, or whose contents are hashed instead. All others are part of the key: a
    /// new one is so by itself.
    private static let withoutEffect: Set<String> = [
        "input", "mainModule", "profile", "jobs", "search", "cache", "progress", "remark",
    ]

    /// What decides the executable besides the compiler and the toolchain: options, and the bytes of all files.
    ///
    /// - Parameter linked: those of `linkedModules`, in this order.
    func executableParts(main: [UInt8], linked: [[UInt8]]) -> [[UInt8]] {
        let options = Mirror(reflecting: self).children.compactMap { child in
            child.label.flatMap { Self.withoutEffect.contains($0) ? nil : "\($0): \(String(reflecting: child.value))" }
        }
        // `native` is another machine elsewhere, and the note has the module's name.
        let rest = ["name: \(String(reflecting: moduleName))", "machine: \(machine)"]
        let counts = profile.map { Array($0.text.utf8) } ?? []
        return [Array((options + rest).joined(separator: "\n").utf8), counts, main] + linked
    }
}

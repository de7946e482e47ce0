import ArgumentParser

extension CompletionKind {
    /// Files of modules.
    static let modules = CompletionKind.file(extensions: ["wasm", "wat"])
}

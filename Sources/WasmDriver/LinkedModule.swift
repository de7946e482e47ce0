/// A module that is linked with the main one, with grants of its own.
public struct LinkedModule: Sendable {
    /// What other modules import it as.
    public var name: String
    /// A `.wasm` or `.wat` file.
    public var input: String
    public var grants: [Grant]

    /// What modules call the main one when they hand descriptors over.
    public static let mainName = "main"

    public init(name: String, input: String, grants: [Grant] = []) {
        self.name = name
        self.input = input
        self.grants = grants
    }

    /// Why `name` cannot be the name of a linked module, or nil.
    static func refusal(ofName name: String) -> String? {
        if name.isEmpty { return "a module's name is not empty" }
        if name == mainName { return "`\(mainName)` is the main module" }
        // Names end with a NUL in the runtime.
        return name.utf8.contains(0) ? "a module's name has no NUL" : nil
    }
}

import WasmSpec
import WasmValidation

/// What an import is bound to.
///
/// An adapter between types of different worlds, which the component model needs, will be one more case.
public enum ImportBinding: Hashable, Sendable {
    /// What an earlier instance of the program, by its number, exports under a name.
    case export(String, of: Int)
    /// A function of the host, by the names and the type of the import.
    case host
    /// A shared memory that the program itself defines, as nobody provides it: threads import theirs. Imports of the same
    /// names are the same memory.
    case sharedMemory
}

extension Import {
    /// Whether it is a memory that a program can define for its threads.
    public var isSharedMemory: Bool {
        if case .memory(let type) = description { type.isShared } else { false }
    }
}

/// A module of a program: one instance, whose imports are bound one by one.
///
/// A program is a list of them in instantiation order; the last is the main one, whose entry runs.
public struct ProgramModule: Sendable {
    /// What others import it as; in messages.
    public let name: String
    public let module: ValidatedModule
    /// One for each import of the module, in their order.
    public let bindings: [ImportBinding]

    /// `bind` says what an import is bound to.
    public init(name: String, module: ValidatedModule, bind: (Import) -> ImportBinding = { _ in .host }) {
        self.name = name
        self.module = module
        bindings = module.module.imports.map(bind)
    }

    /// The same with other bindings.
    public func bound(as name: String? = nil, bind: (Import) -> ImportBinding) -> ProgramModule {
        ProgramModule(name: name ?? self.name, module: module, bind: bind)
    }

    /// The imports that the host provides.
    public var hostImports: [Import] { zip(module.module.imports, bindings).filter { $0.1 == .host }.map(\.0) }
}

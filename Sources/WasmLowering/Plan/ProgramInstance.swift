import Diagnostics
import WasmSpec
import WasmValidation

/// A module instance that a program consists of.
///
/// An executable holds exactly the instances it was linked from, in instantiation order; the last is the
/// main one, whose entry runs.
public struct ProgramInstance: Sendable {
    /// The module's name in messages.
    public var name: String
    public var module: ValidatedModule
    /// Which earlier instance provides the imports from a module name. Names that are not here are host modules.
    public var providers: [String: Int]

    public init(name: String, module: ValidatedModule, providers: [String: Int] = [:]) {
        self.name = name
        self.module = module
        self.providers = providers
    }
}

/// Why instances cannot be linked.
public struct LinkError: Error {
    /// The position of the instance whose import or feature it is; offsets in `diagnostic` are its module's.
    public var instance: Int
    public var diagnostic: Diagnostic
}

/// A function of the program: the instance that defines it, or that imports it from the host.
struct FunctionID: Hashable, Comparable, Sendable {
    var instance: Int
    /// In the function index space of `instance`.
    var function: FunctionIndex

    static func < (lhs: FunctionID, rhs: FunctionID) -> Bool {
        (lhs.instance, lhs.function) < (rhs.instance, rhs.function)
    }
}

/// A table of the program; `position` counts the tables that the instance defines.
struct TableID: Hashable, Sendable {
    var instance: Int
    var position: Int
}

/// A memory of the program; `position` counts the memories that the instance defines.
struct MemoryID: Hashable, Sendable {
    var instance: Int
    var position: Int
}

/// A global of the program; `position` counts the globals that the instance defines.
struct GlobalID: Hashable, Sendable {
    var instance: Int
    var position: Int
}

/// A tag of the program; `position` counts the tags that the instance defines.
struct TagID: Hashable, Sendable {
    var instance: Int
    var position: Int
}

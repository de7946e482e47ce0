// What the functions, tables, memories, globals and tags of a program are called: by who defines them.

import WasmSpec

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

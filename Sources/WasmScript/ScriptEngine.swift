import Diagnostics
import WasmHostTable
import WasmSpec
import WasmText
import WasmValidation

/// What runs the modules of a script.
///
/// Instances have numbers, in the order in which the script instantiates them. Number 0 is `spectest`.
public protocol ScriptEngine: AnyObject {
    /// The name on the command line: `interpreter`, `native`, `both`.
    var name: String { get }

    /// Called once, before everything else, with every instance the script makes, by number, and those of its threads: a
    /// compiler needs to know the whole program. An import is bound to what is registered under its module's name at that
    /// point of the script.
    func prepare(_ instances: [ProgramModule], threads: [ThreadInstances]) throws(Diagnostic)

    /// Instantiates, start function included.
    func instantiate(_ instance: Int) -> ScriptOutcome

    /// Invokes an exported function.
    func invoke(_ instance: Int, _ export: String, _ arguments: [ScriptValue]) -> ScriptOutcome

    /// Reads an exported global.
    func get(_ instance: Int, _ export: String) -> ScriptOutcome

    /// Whether an action that nothing is expected of may end in any way: engines are compared.
    var allowsAnyEnd: Bool { get }

    /// An engine for the commands of a thread, one of those that `prepare` was told of, which runs while this one does.
    /// Shared memories are what it can import from instances of this one's.
    func makeThread(_ number: Int) -> any ScriptEngine
}

extension ScriptEngine {
    public var allowsAnyEnd: Bool { false }
}

/// What a thread of a script instantiates.
public struct ThreadInstances: Sendable {
    /// By number.
    public var instances: [ProgramModule]
    /// Of those, the ones that are instances of the thread that starts it, with their numbers there.
    public var shared: [Int: Int]
}

/// How an action or an instantiation ended.
public enum ScriptOutcome: Sendable {
    case values([ScriptResult])
    /// The phrase of the trap.
    case trap(String)
    case exhaustion(String)
    case exception
    case unlinkable(Diagnostic)
    /// The engine cannot run the module and says so by name.
    case unsupported(String)
    /// The engine itself failed.
    case failure(String)
}

/// A value that an action returned.
public enum ScriptResult: Hashable, Sendable {
    case i32(UInt32)
    case i64(UInt64)
    /// Bit patterns.
    case f32(UInt32)
    case f64(UInt64)
    case v128(V128)
    case null
    /// A function.
    case function
    /// `ref.extern N`
    case extern(UInt32)
    /// `ref.host N`
    case host(UInt32)
    /// A non-null reference of a heap type, the most specific one.
    case reference(AbstractHeapType)
}

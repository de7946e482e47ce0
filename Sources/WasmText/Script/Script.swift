// Test scripts (`.wast`) as data. Running them is the business of WasmScript.
// Spec: https://github.com/WebAssembly/spec/blob/main/interpreter/README.md#scripts

import Diagnostics
import WasmInstructionTable
import WasmSpec

/// A script.
public struct Script: Sendable {
    /// In the order of the text.
    public var commands: [ScriptCommand]
}

/// A command with its place.
public struct ScriptCommand: Sendable {
    /// What a command does. Messages are those of the script; a failure must begin with them.
    public enum Kind: Sendable {
        /// `(module ...)`: defined, instantiated, and from then on the current instance.
        case module(ScriptModule)
        /// `(module definition ...)`: only defined.
        case moduleDefinition(ScriptModule)
        /// `(module instance $instance $definition)`; nil stands for the last definition.
        case moduleInstance(name: String?, definition: String?)
        /// `(register "name" $instance)`; nil stands for the current instance.
        case register(name: [UInt8], instance: String?)
        case action(ScriptAction)
        case assertReturn(ScriptAction, [ResultPattern])
        case assertTrap(ScriptAction, message: String)
        /// Instantiating the module traps.
        case assertModuleTrap(ScriptModule, message: String)
        case assertExhaustion(ScriptAction, message: String)
        /// The action ends in an exception that nothing catches.
        case assertException(ScriptAction)
        /// The action suspends to a tag that nothing handles.
        case assertSuspension(ScriptAction, message: String)
        case assertMalformed(ScriptModule, message: String)
        /// A custom annotation or section is malformed.
        case assertMalformedCustom(ScriptModule, message: String)
        case assertInvalid(ScriptModule, message: String)
        /// A custom annotation or section is invalid.
        case assertInvalidCustom(ScriptModule, message: String)
        case assertUnlinkable(ScriptModule, message: String)
        /// `(thread $name (shared (module $instance))? command*)`
        case thread(name: String?, shared: [String], [ScriptCommand])
        /// `(wait $thread)`
        case wait(thread: String)
    }

    public var kind: Kind
    /// Both count from 1; columns count Unicode scalars.
    public var line: Int
    public var column: Int
}

/// Something to do with an instance.
public enum ScriptAction: Sendable {
    /// Calls an export; instance nil stands for the current one.
    case invoke(instance: String?, export: [UInt8], arguments: [ScriptValue])
    /// Reads an exported global.
    case get(instance: String?, export: [UInt8])
}

/// A value that a script passes.
public enum ScriptValue: Hashable, Sendable {
    case i32(UInt32)
    case i64(UInt64)
    /// Bit patterns.
    case f32(UInt32)
    case f64(UInt64)
    case v128(V128)
    /// Null; the heap type is not said by `(ref.null)` and not resolved by `(ref.null $t)`.
    case refNull(AbstractHeapType?)
    /// A host reference that is an `externref`.
    case refExtern(UInt32)
    /// A host reference that is an `anyref`.
    case refHost(UInt32)
}

/// A module in a script, assembled on demand: one bad module does not stop the others.
public struct ScriptModule: Sendable {
    enum Contents: Sendable {
        /// Fields, from a token on.
        case text(SourceText, firstToken: Int)
        /// `binary "..."`
        case binary([UInt8])
        /// `quote "..."`: a text of its own.
        case quote([UInt8])
    }

    /// The identifier without `$`, or nil.
    public var name: String?
    var contents: Contents
    private var symbol: UInt32?

    init(name: String?, contents: Contents) {
        self.name = name
        self.contents = contents
    }

    /// Reads `$name? (binary|quote "..."* | field*)` up to the parenthesis that closes the module. Fields are
    /// skipped, not read.
    init(_ cursor: inout TokenCursor) {
        symbol = cursor.identifierIf()
        name = symbol.map { String(decoding: cursor.source.symbols.bytes($0), as: UTF8.self) }
        contents = .text(cursor.source, firstToken: cursor.index)
        if cursor.skipIf(.binary) {
            contents = .binary(cursor.strings())
        } else if cursor.skipIf(.quote) {
            contents = .quote(cursor.strings())
        } else {
            while cursor.isAtOpen { cursor.skipParentheses() }
        }
    }

    /// Whether the module is text in quotes, whose errors have places inside the quotes.
    public var isQuote: Bool { if case .quote = contents { true } else { false } }
    /// Whether the module is bytes.
    public var isBinary: Bool { if case .binary = contents { true } else { false } }

    /// The binary format. Bytes of `(module binary ...)` are returned as they are, well formed or not.
    ///
    /// Throws as `assembleModule`.
    public func assemble(features: FeatureSet = .all) throws(Diagnostic) -> AssembledModule {
        switch contents {
        case .binary(let bytes): return AssembledModule(bytes: bytes, sourceMap: .empty, name: name)
        case .quote(let text):
            let module = try assembleModule(text: text, features: features)
            return AssembledModule(
                bytes: module.bytes, sourceMap: module.sourceMap, name: name ?? module.name)
        case .text(let source, let firstToken):
            var assembler = ModuleAssembler(TokenCursor(source, at: firstToken), features: features)
            return try assembler.assemble(name: symbol)
        }
    }
}

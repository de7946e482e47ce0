// A decoded module. Function bodies and constant expressions stay bytes: every consumer walks them once
// with `InstructionReader`. Spec: https://webassembly.github.io/spec/core/syntax/modules.html

/// The bytes of a module, shared by everything that refers to them.
public final class ModuleBytes: Sendable {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var count: Int { bytes.count }
}

/// A module in memory: decoded, not yet validated.
public struct Module: Sendable {
    /// The binary format's bytes; every offset and range below refers to them.
    public var source: ModuleBytes
    /// All types of all recursive groups, in index order.
    public var types: [SubType] = []
    /// Where each recursive group lies in `types`.
    public var recursiveGroups: [Range<Int>] = []
    /// The module offset of each type, as of `types`.
    public var typeOffsets: [Int] = []
    public var imports: [Import] = []
    /// Functions the module defines; imported ones come first in the index space.
    public var functions: [Function] = []
    public var tables: [Table] = []
    public var memories: [Memory] = []
    public var tags: [Tag] = []
    public var globals: [Global] = []
    public var exports: [Export] = []
    public var start: StartFunction?
    public var elementSegments: [ElementSegment] = []
    public var dataCount: UInt32?
    public var dataSegments: [DataSegment] = []
    public var customSections: [CustomSection] = []
    /// Every section in file order, custom ones included.
    public var sections: [SectionInfo] = []

    public init(source: ModuleBytes) { self.source = source }
}

/// A section's place in the file.
public struct SectionInfo: Sendable {
    public var id: UInt8
    /// The contents, without id and size; a custom section's include its name.
    public var range: Range<Int>

    public init(id: UInt8, range: Range<Int>) {
        self.id = id
        self.range = range
    }
}

/// An import.
public struct Import: Sendable {
    public var module: String
    public var name: String
    public var description: ExternalType
    public var offset: Int

    public init(module: String, name: String, description: ExternalType, offset: Int) {
        self.module = module
        self.name = name
        self.description = description
        self.offset = offset
    }
}

/// The type of something that is imported (or exported).
public enum ExternalType: Hashable, Sendable {
    case function(TypeIndex)
    case table(TableType)
    case memory(MemoryType)
    case global(GlobalType)
    /// A tag with its function type.
    case tag(TypeIndex)
}

/// A function that the module defines.
public struct Function: Sendable {
    public var type: TypeIndex
    /// Runs of locals behind the parameters, as encoded.
    public var locals: [LocalGroup]
    /// The instructions, from behind the locals to behind the final `end`.
    public var body: Range<Int>
    /// The offset of the code entry (its locals), by which function bodies are known in tools.
    public var offset: Int

    public init(type: TypeIndex, locals: [LocalGroup], body: Range<Int>, offset: Int) {
        self.type = type
        self.locals = locals
        self.body = body
        self.offset = offset
    }
}

/// A run of locals of one type.
public struct LocalGroup: Hashable, Sendable {
    public var count: UInt32
    public var type: ValueType

    public init(count: UInt32, type: ValueType) {
        self.count = count
        self.type = type
    }
}

/// A constant expression, as bytes up to behind its `end`.
public struct ConstantExpression: Hashable, Sendable {
    public var body: Range<Int>

    public init(body: Range<Int>) { self.body = body }
}

/// A table that the module defines.
public struct Table: Sendable {
    public var type: TableType
    /// The first value of each element; null references when absent.
    public var initializer: ConstantExpression?
    public var offset: Int

    public init(type: TableType, initializer: ConstantExpression?, offset: Int) {
        self.type = type
        self.initializer = initializer
        self.offset = offset
    }
}

/// A memory that the module defines.
public struct Memory: Sendable {
    public var type: MemoryType
    public var offset: Int

    public init(type: MemoryType, offset: Int) {
        self.type = type
        self.offset = offset
    }
}

/// A tag that the module defines.
public struct Tag: Sendable {
    public var type: TypeIndex
    public var offset: Int

    public init(type: TypeIndex, offset: Int) {
        self.type = type
        self.offset = offset
    }
}

/// A global that the module defines.
public struct Global: Sendable {
    public var type: GlobalType
    public var initializer: ConstantExpression
    public var offset: Int

    public init(type: GlobalType, initializer: ConstantExpression, offset: Int) {
        self.type = type
        self.initializer = initializer
        self.offset = offset
    }
}

/// An export.
public struct Export: Sendable {
    public var name: String
    public var description: ExternalIndex
    public var offset: Int

    public init(name: String, description: ExternalIndex, offset: Int) {
        self.name = name
        self.description = description
        self.offset = offset
    }
}

extension Module {
    /// The export called `name`. Names are equal when their bytes are; Swift's `==` on strings would find one that is
    /// only canonically equivalent.
    public func export(named name: String) -> Export? {
        exports.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}

/// What an export refers to.
public enum ExternalIndex: Hashable, Sendable {
    case function(FunctionIndex)
    case table(TableIndex)
    case memory(MemoryIndex)
    case global(GlobalIndex)
    case tag(TagIndex)
}

/// The start function.
public struct StartFunction: Sendable {
    public var function: FunctionIndex
    public var offset: Int

    public init(function: FunctionIndex, offset: Int) {
        self.function = function
        self.offset = offset
    }
}

/// An element segment.
public struct ElementSegment: Sendable {
    public var type: ReferenceType
    public var elements: Elements
    public var mode: ElementMode
    public var offset: Int

    public init(type: ReferenceType, elements: Elements, mode: ElementMode, offset: Int) {
        self.type = type
        self.elements = elements
        self.mode = mode
        self.offset = offset
    }
}

/// The two encodings of a segment's elements.
public enum Elements: Sendable {
    case functions([FunctionIndex])
    case expressions([ConstantExpression])

    public var count: Int {
        switch self {
        case .functions(let indices): indices.count
        case .expressions(let expressions): expressions.count
        }
    }
}

/// What happens to an element segment at instantiation.
public enum ElementMode: Sendable {
    case active(TableIndex, offset: ConstantExpression)
    case passive
    case declarative
}

/// A data segment.
public struct DataSegment: Sendable {
    public var mode: DataMode
    /// Its bytes.
    public var contents: Range<Int>
    public var offset: Int

    public init(mode: DataMode, contents: Range<Int>, offset: Int) {
        self.mode = mode
        self.contents = contents
        self.offset = offset
    }
}

/// What happens to a data segment at instantiation.
public enum DataMode: Sendable {
    case active(MemoryIndex, offset: ConstantExpression)
    case passive
}

/// A custom section.
public struct CustomSection: Sendable {
    public var name: String
    /// The contents behind the name.
    public var contents: Range<Int>
    /// The id of the last non-custom section before it, or 0.
    public var afterSection: UInt8

    public init(name: String, contents: Range<Int>, afterSection: UInt8) {
        self.name = name
        self.contents = contents
        self.afterSection = afterSection
    }
}

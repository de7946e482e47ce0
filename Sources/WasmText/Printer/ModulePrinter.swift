// Binary to text. The text assembles to an equal module, up to custom sections and the lengths of integers.
// Spec: https://webassembly.github.io/spec/core/text/modules.html

import Diagnostics
import WasmBinary
import WasmSpec

/// The text of a module, UTF-8, with flat instructions on lines of their own.
///
/// Identifiers come from the name section. Other custom sections become annotations, if `customSections` is true;
/// what they say about offsets holds no longer when the text is assembled again. A data count that no instruction
/// needs is lost, since the text format cannot say it.
///
/// Throws `malformed` where a function's body does not decode, or where its blocks do not close with the body;
/// the module need not be valid otherwise. Throws `unsupported` if the text would be longer than `assembleModule`
/// takes: a module can be made such that each of its bytes is a long name.
public func printModule(_ module: Module, customSections: Bool = true) throws(Diagnostic) -> [UInt8] {
    var printer = ModulePrinter(module)
    try printer.module(customSections: customSections)
    return printer.out.bytes
}

/// The state of printing one module.
struct ModulePrinter {
    let module: Module
    let names: ModuleNames
    let hints: BranchHintSection
    var out = TextWriter()

    init(_ module: Module) {
        self.module = module
        names = ModuleNames(module)
        hints = BranchHintSection(module)
    }

    mutating func module(customSections: Bool) throws(Diagnostic) {
        out.write("(module")
        moduleName()
        let start = out.bytes.count
        try types()
        try imports()
        try definitions()
        try exports()
        if let entry = module.start { field("start \(names.functions[entry.function])") }
        try elementSegments()
        try functions()
        try dataSegments()
        if customSections { self.customSections() }
        out.write(out.bytes.count == start ? ")\n" : "\n)\n")
    }

    private mutating func moduleName() {
        guard let name = names.names.module else { return }
        out.write(name.isEmpty ? " (@name \"\")" : " " + identifier(name))
    }

    /// `(contents)` on a line of its own.
    mutating func field(_ contents: String) {
        out.newline(1)
        out.write("(\(contents))")
    }

    // MARK: - Imports and exports

    /// Throws if the text is too long.
    func checkLength() throws(Diagnostic) {
        guard out.bytes.count <= ImplementationLimits.printedBytes else {
            throw Diagnostic(.unsupported, "text too long", "the limit is \(ImplementationLimits.printedBytes) bytes")
        }
    }

    private mutating func imports() throws(Diagnostic) {
        var counts = ImportCounts()
        for entry in module.imports {
            let description: String
            switch entry.description {
            case .function(let type):
                let index = FunctionIndex(counts.functions)
                description = "func\(names.functions.definition(index))\(typeUse(type))"
            case .table(let type):
                description = "table\(names.tables.definition(TableIndex(counts.tables))) \(text(type))"
            case .memory(let type):
                description = "memory\(names.memories.definition(MemoryIndex(counts.memories))) \(text(type))"
            case .tag(let type):
                description = "tag\(names.tags.definition(TagIndex(counts.tags)))\(typeUse(type))"
            case .global(let type):
                description = "global\(names.globals.definition(GlobalIndex(counts.globals))) \(text(type))"
            }
            counts.add(entry.description)
            field("import \(quoted(entry.module)) \(quoted(entry.name)) (\(description))")
            try checkLength()
        }
    }

    private mutating func exports() throws(Diagnostic) {
        for export in module.exports {
            let description =
                switch export.description {
                case .function(let index): "func \(names.functions[index])"
                case .table(let index): "table \(names.tables[index])"
                case .memory(let index): "memory \(names.memories[index])"
                case .global(let index): "global \(names.globals[index])"
                case .tag(let index): "tag \(names.tags[index])"
                }
            field("export \(quoted(export.name)) (\(description))")
            try checkLength()
        }
    }

    // MARK: - Definitions

    private mutating func definitions() throws(Diagnostic) {
        let imports = ImportCounts(module)
        for (position, table) in module.tables.enumerated() {
            let definition = names.tables.definition(TableIndex(imports.tables + position))
            out.newline(1)
            out.write("(table\(definition) \(text(table.type))")
            if let initializer = table.initializer { try expression(initializer) }
            out.write(")")
        }
        for (position, memory) in module.memories.enumerated() {
            field("memory\(names.memories.definition(MemoryIndex(imports.memories + position))) \(text(memory.type))")
        }
        for (position, tag) in module.tags.enumerated() {
            field("tag\(names.tags.definition(TagIndex(imports.tags + position)))\(typeUse(tag.type))")
            try checkLength()
        }
        for (position, global) in module.globals.enumerated() {
            let definition = names.globals.definition(GlobalIndex(imports.globals + position))
            out.newline(1)
            out.write("(global\(definition) \(text(global.type))")
            try expression(global.initializer)
            out.write(")")
        }
    }

    // MARK: - Segments

    private mutating func elementSegments() throws(Diagnostic) {
        for (position, segment) in module.elementSegments.enumerated() {
            out.newline(1)
            out.write("(elem\(names.elements.definition(ElementIndex(position)))")
            switch segment.mode {
            case .passive: break
            case .declarative: out.word("declare")
            case .active(let table, let offset):
                if table != 0 { out.word("(table \(names.tables[table]))") }
                try offsetExpression(offset)
            }
            switch segment.elements {
            case .functions(let functions):
                out.word("func")
                for function in functions {
                    out.word(names.functions[function])
                    try checkLength()
                }
            case .expressions(let expressions):
                out.word(text(segment.type))
                for item in expressions {
                    out.word("(item")
                    try expression(item)
                    out.write(")")
                }
            }
            out.write(")")
        }
    }

    private mutating func dataSegments() throws(Diagnostic) {
        for (position, segment) in module.dataSegments.enumerated() {
            out.newline(1)
            out.write("(data\(names.data.definition(DataIndex(position)))")
            if case .active(let memory, let offset) = segment.mode {
                if memory != 0 { out.word("(memory \(names.memories[memory]))") }
                try offsetExpression(offset)
            }
            out.write(" ")
            out.string(module.source.bytes[segment.contents])
            out.write(")")
        }
    }

    private mutating func offsetExpression(_ offset: ConstantExpression) throws(Diagnostic) {
        out.word("(offset")
        try expression(offset)
        out.write(")")
    }

    // MARK: - Custom sections

    /// Custom sections that identifiers and hints do not say already.
    private mutating func customSections() {
        var said: Set = ["name", BranchHintSection.name]
        for section in module.customSections {
            if said.remove(section.name) != nil { continue }
            let place = SectionID(rawValue: section.afterSection).flatMap(keyword).map { "after \($0)" }
            out.newline(1)
            out.write("(@custom \(quoted(section.name)) (\(place ?? "before first")) ")
            out.string(module.source.bytes[section.contents])
            out.write(")")
        }
    }

    /// The word for a section in a placement; nil for the beginning of the module.
    private func keyword(_ section: SectionID) -> String? {
        switch section {
        case .custom: nil
        case .type: "type"
        case .import: "import"
        case .function: "func"
        case .table: "table"
        case .memory: "memory"
        case .tag: "tag"
        case .global: "global"
        case .export: "export"
        case .start: "start"
        case .element: "elem"
        case .dataCount: "datacount"
        case .code: "code"
        case .data: "data"
        }
    }
}

// Constant expressions, exports, the start function and segments.
// Spec: https://webassembly.github.io/spec/core/valid/modules.html

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec

extension ModuleValidator {
    mutating func validateDefinitions(_ validator: inout FunctionValidator) throws(Diagnostic) {
        try validateTables(&validator)
        try validateGlobals(&validator)
        try validateExports()
        try validateStart()
        try validateElements(&validator)
        if module.dataCount != nil { try use(.bulkMemory, at: 0) }
        try validateData(&validator)
        validator.visibleGlobals = spaces.globals.count
    }

    /// A table's initializer sees imported globals only: in the file it comes before those of the module.
    private mutating func validateTables(_ validator: inout FunctionValidator) throws(Diagnostic) {
        let imported = spaces.globals.count - module.globals.count
        for table in module.tables {
            let type = StackType(table.type.element)
            guard let initializer = table.initializer else {
                guard type.isDefaultable else {
                    throw invalid(
                        "type mismatch", "a table of \(type), which has no default, needs an initializer",
                        at: table.offset)
                }
                continue
            }
            try use(.functionReferences, at: table.offset)
            try validator.validateConstant(initializer, type: type, visibleGlobals: imported)
        }
    }

    /// A global's initializer sees the globals before it.
    private func validateGlobals(_ validator: inout FunctionValidator) throws(Diagnostic) {
        let imported = spaces.globals.count - module.globals.count
        for (position, global) in module.globals.enumerated() {
            try validator.validateConstant(
                global.initializer, type: StackType(global.type.value), visibleGlobals: imported + position)
        }
    }

    private mutating func validateExports() throws(Diagnostic) {
        // Names are equal if their bytes are; Swift's strings would compare by canonical equivalence.
        var names: Set<[UInt8]> = []
        names.reserveCapacity(module.exports.count)
        for export in module.exports {
            try validateExport(export)
            guard names.insert(Array(export.name.utf8)).inserted else {
                throw invalid("duplicate export name", "\"\(export.name)\"", at: export.offset)
            }
        }
    }

    private mutating func validateExport(_ export: Export) throws(Diagnostic) {
        switch export.description {
        case .function(let index): try check("function", index, spaces.functionTypes.count, at: export.offset)
        case .table(let index): try check("table", index, spaces.tables.count, at: export.offset)
        case .memory(let index): try check("memory", index, spaces.memories.count, at: export.offset)
        case .tag(let index): try check("tag", index, spaces.tags.count, at: export.offset)
        case .global(let index):
            try check("global", index, spaces.globals.count, at: export.offset)
            if spaces.globals[index.position].isMutable { try use(.mutableGlobals, at: export.offset) }
        }
    }

    private func validateStart() throws(Diagnostic) {
        guard let start = module.start else { return }
        try check("function", start.function, spaces.functionTypes.count, at: start.offset)
        let index = spaces.functionTypes[start.function.position]
        guard case .function(let type) = module.types[index.position].composite, type.parameters.isEmpty,
            type.results.isEmpty
        else {
            throw invalid("start function must not have parameters or results", "type \(index)", at: start.offset)
        }
    }

    private mutating func validateElements(_ validator: inout FunctionValidator) throws(Diagnostic) {
        for segment in module.elementSegments {
            try checkReferenceType(segment.type, at: segment.offset)
            try validateMode(of: segment, &validator)
            switch segment.elements {
            case .functions(let indices):
                for index in indices {
                    try check("function", index, spaces.functionTypes.count, at: segment.offset)
                }
            case .expressions(let expressions):
                if segment.type != .funcref { try use(segment.type.feature, at: segment.offset) }
                for expression in expressions {
                    try validator.validateConstant(
                        expression, type: StackType(segment.type), visibleGlobals: spaces.globals.count)
                }
            }
        }
    }

    private mutating func validateMode(
        of segment: ElementSegment, _ validator: inout FunctionValidator
    ) throws(Diagnostic) {
        switch segment.mode {
        case .passive: try use(.bulkMemory, at: segment.offset)
        case .declarative: try use(.referenceTypes, at: segment.offset)
        case .active(let index, let offset):
            try check("table", index, spaces.tables.count, at: segment.offset)
            let table = spaces.tables[index.position]
            guard matcher.isSubtype(segment.type, of: table.element) else {
                throw invalid(
                    "type mismatch", "elements of \(segment.type) do not match the table's \(table.element)",
                    at: segment.offset)
            }
            try validator.validateConstant(
                offset, type: StackType(table.addressType), visibleGlobals: spaces.globals.count)
        }
    }

    private mutating func validateData(_ validator: inout FunctionValidator) throws(Diagnostic) {
        for segment in module.dataSegments {
            switch segment.mode {
            case .passive: try use(.bulkMemory, at: segment.offset)
            case .active(let index, let offset):
                try check("memory", index, spaces.memories.count, at: segment.offset)
                let memory = spaces.memories[index.position]
                try validator.validateConstant(
                    offset, type: StackType(memory.addressType), visibleGlobals: spaces.globals.count)
            }
        }
    }

    private func check(
        _ what: String, _ index: some SpaceIndex, _ count: Int, at offset: Int
    ) throws(Diagnostic) {
        guard index.position < count else { throw invalid("unknown \(what) \(index)", at: offset) }
    }
}

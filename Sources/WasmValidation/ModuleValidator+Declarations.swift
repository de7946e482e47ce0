// Imports and the types of what a module defines.
// Spec: https://webassembly.github.io/spec/core/valid/types.html and valid/modules.html

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec

extension ModuleValidator {
    /// Validates imports and the types of definitions, and fills the index spaces.
    mutating func validateDeclarations() throws(Diagnostic) {
        for entry in module.imports { try validateImport(entry) }
        for function in module.functions {
            try checkFunctionType(function.type, at: function.offset)
            spaces.functionTypes.append(function.type)
        }
        for table in module.tables { try addTable(table.type, at: table.offset) }
        for memory in module.memories { try addMemory(memory.type, at: memory.offset) }
        for tag in module.tags { try addTag(tag.type, at: tag.offset) }
        for global in module.globals {
            try checkValueType(global.type.value, at: global.offset)
            spaces.globals.append(global.type)
        }
        try checkCount("functions", spaces.functionTypes.count, ImplementationLimits.functions)
        try checkCount("tables", spaces.tables.count, ImplementationLimits.tables)
        try checkCount("memories", spaces.memories.count, ImplementationLimits.memories)
    }

    private func checkCount(_ what: String, _ count: Int, _ limit: Int) throws(Diagnostic) {
        guard count <= limit else { throw ImplementationLimits.exceeded(what, count, limit, at: 0) }
    }

    private mutating func validateImport(_ entry: Import) throws(Diagnostic) {
        switch entry.description {
        case .function(let type):
            try checkFunctionType(type, at: entry.offset)
            spaces.functionTypes.append(type)
        case .table(let type): try addTable(type, at: entry.offset)
        case .memory(let type): try addMemory(type, at: entry.offset)
        case .global(let type):
            try checkValueType(type.value, at: entry.offset)
            if type.isMutable { try use(.mutableGlobals, at: entry.offset) }
            spaces.globals.append(type)
        case .tag(let type): try addTag(type, at: entry.offset)
        }
    }

    private mutating func addTable(_ type: TableType, at offset: Int) throws(Diagnostic) {
        if type.addressType == .i64 { try use(.memory64, at: offset) }
        if type.element != .funcref { try use(type.element.feature, at: offset) }
        try checkReferenceType(type.element, at: offset)
        let maximum: UInt64 = type.addressType == .i64 ? .max : UInt64(UInt32.max)
        try checkLimits(type.limits, maximum, "table size must be at most 2^32-1 elements", at: offset)
        spaces.tables.append(type)
        if spaces.tables.count > 1 { try use(.multiTable, at: offset, "multiple tables") }
    }

    private mutating func addMemory(_ type: MemoryType, at offset: Int) throws(Diagnostic) {
        if type.addressType == .i64 { try use(.memory64, at: offset) }
        if type.pageSizeLog2 != 16 {
            guard type.pageSizeLog2 == 0 else {
                throw invalid(
                    "invalid custom page size", "2^\(type.pageSizeLog2) bytes; it can be 1 or 65536", at: offset)
            }
            try use(.customPageSizes, at: offset)
        }
        try checkLimits(type.limits, type.maximumPages, type.maximumPhrase, at: offset)
        if type.isShared {
            try use(.threads, at: offset)
            guard type.limits.maximum != nil else { throw invalid("shared memory must have maximum", at: offset) }
        }
        spaces.memories.append(type)
        if spaces.memories.count > 1 { try use(.multiMemory, at: offset, "multiple memories") }
    }

    private mutating func addTag(_ type: TypeIndex, at offset: Int) throws(Diagnostic) {
        try use(.exceptions, at: offset)
        try checkFunctionType(type, at: offset)
        guard case .function(let function) = module.types[type.position].composite, function.results.isEmpty else {
            throw invalid("non-empty tag result type", "type \(type)", at: offset)
        }
        spaces.tags.append(type)
    }

    private func checkLimits(
        _ limits: Limits, _ maximum: UInt64, _ phrase: String, at offset: Int
    ) throws(Diagnostic) {
        guard limits.minimum <= maximum, limits.maximum ?? 0 <= maximum else {
            throw invalid(phrase, "found \(limits)", at: offset)
        }
        guard limits.minimum <= limits.maximum ?? .max else {
            throw invalid("size minimum must not be greater than maximum", "\(limits)", at: offset)
        }
    }
}

extension MemoryType {
    /// Pages that addresses can reach; in 64 bits the specification stops at 2^64 bytes, less one with pages of a byte.
    fileprivate var maximumPages: UInt64 {
        switch addressType {
        case .i32: pageSizeLog2 == 0 ? UInt64(UInt32.max) : 1 << (32 - UInt64(pageSizeLog2))
        case .i64: pageSizeLog2 == 0 ? .max : 1 << (64 - UInt64(pageSizeLog2))
        }
    }

    fileprivate var maximumPhrase: String {
        switch (addressType, pageSizeLog2) {
        case (.i32, 16): "memory size must be at most 65536 pages (4GiB)"
        case (.i64, 16): "memory size must be at most 2^48 pages"
        case (.i32, _): "memory size must be at most 2^32-1 bytes"
        case (.i64, _): "memory size must be at most 2^64-1 bytes"
        }
    }
}

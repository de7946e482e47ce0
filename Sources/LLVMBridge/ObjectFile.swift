import CLLVM

/// Reads sections and symbols of an object file that LLVM emitted.
///
/// Only for objects of our own making: LLVM ends the process on some malformed ones.
public final class ObjectFile {
    public struct Section: Equatable, Sendable {
        public let name: String
        /// Address in memory; 0 in a relocatable object.
        public let address: UInt64
        public let contents: [UInt8]
    }

    public struct Symbol: Equatable, Sendable {
        public let name: String
        public let address: UInt64
        /// Size in bytes.
        public let size: UInt64
    }

    let ref: OpaquePointer
    // The binary refers to the bytes of the buffer.
    private let buffer: MemoryBuffer
    private let context: LLVMContext

    /// Throws: `.object` when the bytes are no object file.
    public init(_ buffer: MemoryBuffer, in context: LLVMContext) throws(LLVMError) {
        self.buffer = buffer
        self.context = context
        var message: UnsafeMutablePointer<CChar>?
        let binary = LLVMCreateBinary(buffer.ref, context.ref, &message)
        let text = takeMessage(message)
        guard let binary else { throw LLVMError(.object, text) }
        ref = binary
        switch LLVMBinaryGetType(binary) {
        case LLVMBinaryTypeELF64L, LLVMBinaryTypeELF32L, LLVMBinaryTypeELF64B, LLVMBinaryTypeELF32B: break
        default: throw LLVMError(.object, "not an ELF object file")
        }
    }

    deinit { LLVMDisposeBinary(ref) }

    public func sections() -> [Section] {
        let iterator = LLVMObjectFileCopySectionIterator(ref)
        defer { LLVMDisposeSectionIterator(iterator) }
        var sections: [Section] = []
        while !Bool(LLVMObjectFileIsSectionIteratorAtEnd(ref, iterator)) {
            sections.append(section(at: iterator))
            LLVMMoveToNextSection(iterator)
        }
        return sections
    }

    /// The first section called `name`.
    public func section(named name: String) -> Section? { sections().first { $0.name == name } }

    public func symbols() -> [Symbol] {
        let iterator = LLVMObjectFileCopySymbolIterator(ref)
        defer { LLVMDisposeSymbolIterator(iterator) }
        var symbols: [Symbol] = []
        while !Bool(LLVMObjectFileIsSymbolIteratorAtEnd(ref, iterator)) {
            let name = LLVMGetSymbolName(iterator).map { String(cString: $0) } ?? ""
            symbols.append(
                Symbol(name: name, address: LLVMGetSymbolAddress(iterator), size: LLVMGetSymbolSize(iterator)))
            LLVMMoveToNextSymbol(iterator)
        }
        return symbols
    }

    private func section(at iterator: LLVMSectionIteratorRef?) -> Section {
        let name = LLVMGetSectionName(iterator).map { String(cString: $0) } ?? ""
        // A section without contents, such as .bss, has a size, and LLVM then gives the start of the file.
        let start = UnsafeRawPointer(LLVMGetSectionContents(iterator))
        let contents = buffer.withUnsafeBytes { file -> [UInt8] in
            guard let start, let base = file.baseAddress, start > base else { return [] }
            let offset = start - base
            let size = LLVMGetSectionSize(iterator)
            guard offset <= file.count, size <= UInt64(file.count - offset) else { return [] }
            return Array(UnsafeRawBufferPointer(start: start, count: Int(size)))
        }
        return Section(name: name, address: LLVMGetSectionAddress(iterator), contents: contents)
    }
}

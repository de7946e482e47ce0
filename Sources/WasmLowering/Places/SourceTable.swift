// The table from places in a module to its source, for messages of traps.
// Its format: runtime-c/include/wasmc/source.h.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmDebugInfo

/// What a module says of the source of some of its places.
struct SourceTable {
    /// The lists that the runtime reads, without the header.
    let places: [UInt8]
    let scopes: [UInt8]
    let strings: [UInt8]

    /// The number of the instance in the program.
    let instance: Int

    /// A function, or one that was inlined into another, and where its code is from.
    private struct Scope: Hashable {
        /// From 1 on; 0 for a function of the module.
        var parent = 0
        var name: String?
        var file: String?
        var callLine: UInt32 = 0
        var callColumn: UInt32 = 0
    }

    private struct Place: Equatable {
        var offset: UInt32
        var scope = 0
        var line: UInt32 = 0
        var column: UInt32 = 0

        func isSameSource(as other: Place) -> Bool {
            (scope, line, column) == (other.scope, other.line, other.column)
        }
    }

    /// Encodes what debug information has of module offsets. An entry that says what the one before says is left out.
    ///
    /// - Parameter offsets: in ascending order.
    ///
    /// Throws `.internal` when a list exceeds 4 GiB.
    init(_ debugInfo: DebugInfo, offsets: [UInt32], instance: Int) throws(Diagnostic) {
        self.instance = instance
        var list: [Scope] = []
        var numbers: [Scope: Int] = [:]
        var entries: [Place] = []
        for offset in offsets {
            var place = Place(offset: offset)
            var outer: SourceFrame?
            for frame in debugInfo.lookup(Int(offset)).reversed() {
                var scope = Scope(file: frame.file)
                if let outer {
                    scope.parent = place.scope
                    scope.name = frame.shortFunction
                    (scope.callLine, scope.callColumn) = (outer.line, outer.column)
                }
                if numbers[scope] == nil {
                    list.append(scope)
                    numbers[scope] = list.count
                }
                place.scope = numbers[scope] ?? 0
                (place.line, place.column) = (frame.line, frame.column)
                outer = frame
            }
            if (entries.last ?? Place(offset: 0)).isSameSource(as: place) { continue }
            entries.append(place)
        }
        let names = Set(list.flatMap { [$0.name, $0.file].compactMap(\.self) }).map { Array($0.utf8) }
            .sorted { $0.lexicographicallyPrecedes($1) }
        places = Self.encode(entries)
        scopes = Self.encode(list, names)
        strings = Self.encode(names)
        guard UInt32(exactly: places.count + scopes.count + strings.count) != nil else {
            throw Diagnostic(.internal, "the table of the source is too large", "\(places.count) bytes")
        }
    }

    private static func encode(_ places: [Place]) -> [UInt8] {
        var bytes: [UInt8] = []
        var last = Place(offset: 0)
        for place in places {
            let isOther = place.scope != last.scope
            bytes.appendULEB128(UInt64(place.offset - last.offset) << 1 | (isOther ? 1 : 0))
            if isOther { bytes.appendSLEB128(Int64(place.scope) - Int64(last.scope)) }
            bytes.appendSLEB128(Int64(place.line) - Int64(last.line))
            bytes.appendULEB128(UInt64(place.column))
            last = place
        }
        return bytes
    }

    private static func encode(_ scopes: [Scope], _ strings: [[UInt8]]) -> [UInt8] {
        let numbers = Dictionary(zip(strings, 1...), uniquingKeysWith: { first, _ in first })
        func number(_ text: String?) -> UInt64 { UInt64(text.flatMap { numbers[Array($0.utf8)] } ?? 0) }
        var bytes: [UInt8] = []
        for (index, scope) in scopes.enumerated() {
            bytes.appendULEB128(scope.parent == 0 ? 0 : UInt64(index + 1 - scope.parent))
            if scope.parent != 0 { bytes.appendULEB128(number(scope.name)) }
            bytes.appendULEB128(number(scope.file))
            guard scope.parent != 0 else { continue }
            bytes.appendULEB128(UInt64(scope.callLine))
            bytes.appendULEB128(UInt64(scope.callColumn))
        }
        return bytes
    }

    private static func encode(_ strings: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        var last: [UInt8] = []
        for string in strings {
            let shared = zip(last, string).prefix { $0 == $1 }.count
            bytes.appendULEB128(UInt64(shared))
            bytes.appendULEB128(UInt64(string.count - shared))
            bytes += string[shared...]
            last = string
        }
        return bytes
    }

    /// The contents of the section, with those of other instances beside it.
    fileprivate var chunk: [UInt8] {
        let header = wasmc_source_header(
            instance: UInt32(instance), place_bytes: UInt32(places.count), scope_bytes: UInt32(scopes.count),
            string_bytes: UInt32(strings.count))
        let bytes = withUnsafeBytes(of: header) { Array($0) } + places + scopes + strings
        return bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }
}

extension ProgramPlan {
    /// The object file with the tables of all instances, which brings what reads them; nil when no module says anything
    /// of its source.
    ///
    /// - Parameter places: module offsets that messages may show, by instance.
    func sourceObject(_ places: [Int: Set<UInt32>]) throws(Diagnostic) -> CompiledObject? {
        var chunks: [UInt8] = []
        for (instance, debugInfo) in debugInfo.enumerated() {
            guard let debugInfo, options.includesSource, let offsets = places[instance], !offsets.isEmpty else {
                continue
            }
            let table = try SourceTable(debugInfo, offsets: offsets.sorted(), instance: instance)
            if !table.places.isEmpty { chunks += table.chunk }
        }
        guard !chunks.isEmpty else { return nil }
        do {
            let machine = try TargetMachine(
                TargetMachineOptions(triple: options.architecture.linuxTriple, relocationModel: .pic, codeModel: .small)
            )
            let context = LLVMContext()
            let module = IRModule("source", in: context)
            module.setTarget(machine)
            let value = context.constBytes(chunks)
            let table = module.addGlobal(
                "wasm.source", value.type, initializer: value, linkage: .internal, isConstant: true)
            table.setSection(WASMC_SOURCE_SECTION)
            table.setAlignment(4)
            module.addUsed([table.value])
            module.appendInlineAsm(".globl \(WASMC_SOURCE_READER)")
            return CompiledObject(name: "source", bytes: try machine.emit(module, .object).bytes)
        } catch {
            throw Diagnostic(.internal, "LLVM rejects the table of the source", "\(error)")
        }
    }
}

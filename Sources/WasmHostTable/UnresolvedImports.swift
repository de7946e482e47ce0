// What a module imports and nobody provides: all of it in one error, because whoever mends one wants to know the others.

import Diagnostics
import WasmSpec
import WasmValidation

/// The imports of one module that cannot be resolved.
public struct UnresolvedImports {
    private struct Item {
        var entry: Import
        /// With the kind, e.g. `function [i32] -> []`.
        var type: String
        var error: Diagnostic
    }

    private let module: ValidatedModule
    private var items: [Item] = []

    /// Most imports that an error names.
    static let namedLimit = 20

    public init(of module: ValidatedModule) { self.module = module }

    /// Checks an import that the host has to provide.
    public mutating func checkHost(_ entry: Import) {
        do throws(Diagnostic) {
            _ = try HostFunctionTable.all.resolve(entry, of: module)
        } catch { items.append(Item(entry: entry, type: module.describe(entry.description), error: error)) }
    }

    /// Adds an import from a linked module that exports nothing of this name.
    public mutating func addMissing(_ entry: Import) {
        let error = Diagnostic(
            .unlinkable, "unknown import",
            "\(entry.quotedName): module \(shortened(entry.module)) exports no such name", at: .offset(entry.offset))
        items.append(Item(entry: entry, type: "", error: error))
    }

    /// Throws "unknown import", or "incompatible import type" when that is all that is wrong, with every import and a
    /// hint for each known family of them.
    public func check() throws(Diagnostic) {
        guard let first = items.first(where: { $0.error.message == "unknown import" }) ?? items.first else { return }
        var error = first.error
        if items.count > 1 {
            error.detail = "nothing provides these \(items.count) imports"
            error.notes = items.prefix(Self.namedLimit).map { item in
                let isPlain = !item.type.isEmpty && item.error.message == error.message
                return Note(
                    isPlain ? "\(item.entry.quotedName): \(item.type)" : item.error.detail,
                    at: .offset(item.entry.offset))
            }
            if items.count > Self.namedLimit {
                error.notes.append(Note("... and \(items.count - Self.namedLimit) more"))
            }
        }
        error.notes += hints.map { Note("hint: \($0)") }
        throw error
    }

    /// Each once, in the order of the imports.
    private var hints: [String] {
        var hints: [String] = []
        for item in items where item.error.message == "unknown import" && !item.type.isEmpty {
            // The host has functions only; that needs no advice.
            if HostFunctionTable.all.hasModule(item.entry.module), !item.type.hasPrefix("function") { continue }
            let hint = ImportFamily.hint(for: item.entry, type: item.type)
            if !hints.contains(hint) { hints.append(hint) }
        }
        // What holds of any import is of use alone only.
        return hints.count > 1 ? hints.filter { $0 != ImportFamily.hintForAny } : hints
    }
}

extension Import {
    /// Both names for a message, cut when they are long.
    public var quotedName: String { "\"\(shortened(module))\" \"\(shortened(name))\"" }
}

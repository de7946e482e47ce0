// Where variables are. Specification: DWARF 5, sections 2.5, 2.6 and 7.7.3;
// https://yurydelendik.github.io/webassembly-dwarf/#DWARF-expressions-and-location-descriptions

/// Where a variable is, in some of its function's code.
public struct VariableLocation: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// In memory, so many bytes from the address of the function's frame.
        case frame(offset: Int64)
    }

    /// Module offsets; nil for all of the function.
    public var range: Range<Int>?
    public var kind: Kind
}

extension DebugEntries {
    private enum Operation {
        static let frameBase: UInt8 = 0x91
        static let wasmLocation: UInt8 = 0xED
    }

    /// The WebAssembly local that holds the address of a function's frame; nil when none does.
    func frameBaseLocal(_ entry: DebugEntryID) -> UInt32? {
        guard case .block(let range)? = value(entry, .frameBase) else { return nil }
        var reader = sections.reader(range)
        guard (try? reader.u8()) == Operation.wasmLocation, (try? reader.u8()) == 0, let local = try? reader.uleb128()
        else { return nil }
        return UInt32(exactly: local)
    }

    /// Where a variable is, as far as one of the forms says so that compilers use.
    func locations(_ entry: DebugEntryID) -> [VariableLocation] {
        let unit = unit(entry)
        switch value(entry, .location, unit) {
        case .block(let range):
            return kind(range).map { [VariableLocation(range: nil, kind: $0)] } ?? []
        default: return []
        }
    }

    private func kind(_ range: Range<Int>) -> VariableLocation.Kind? {
        var reader = sections.reader(range)
        do throws(DWARFError) {
            switch try reader.u8() {
            case Operation.frameBase:
                let offset = try reader.sleb128()
                return reader.isAtEnd ? .frame(offset: offset) : nil
            default: return nil
            }
        } catch { return nil }
    }
}

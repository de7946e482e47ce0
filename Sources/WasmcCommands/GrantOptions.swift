import ArgumentParser
import WasmDriver

/// The grants of `build` and `run`, an option for each row of the table that has a help. Nothing is granted by default.
struct GrantOptions: ParsableArguments, CustomReflectable {
    /// The texts of each option that was given; of a flag an empty one.
    private var texts: [GrantKind: [String]] = [:]

    private static let kinds = GrantKind.all.filter { !$0.help.isEmpty }

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: TableKey.self)
        for kind in Self.kinds { texts[kind] = try TableKey.texts(of: kind.option, kind.shape, in: container) }
    }

    /// What the parser asks for its definitions.
    var customMirror: Mirror { Mirror(self, children: Self.kinds.map(Self.child)) }

    private static func child(_ kind: GrantKind) -> Mirror.Child {
        let help = ArgumentHelp("\(kind.help)", valueName: kind.valueName.isEmpty ? nil : kind.valueName)
        return TableKey.child(kind.option, kind.shape, help: help, completion: kind.completion)
    }

    /// The grants. Directories keep their order, which is that of the program's descriptors.
    func grants() throws(GrantError) -> [Grant] {
        var grants: [Grant] = []
        for kind in Self.kinds {
            for text in texts[kind] ?? [] { grants.append(try Grant(kind, text)) }
        }
        return grants
    }

    mutating func validate() throws {
        do { _ = try grants() } catch { throw ValidationError(error.description) }
    }
}

extension GrantKind {
    fileprivate var shape: TableKey.Shape { value == .flag ? .flag : isList ? .list : .single }

    fileprivate var completion: CompletionKind {
        switch value {
        case .directories: .directory
        case .sealMode: .list(SealMode.allCases.map(\.rawValue))
        case .text where self == .resolvConf || self == .coredump: .file()
        default: .default
        }
    }
}

/// Options that other tools have and a later version may; each is refused by its name.
struct RefusedGrantOptions: ParsableArguments, CustomReflectable {
    private var given: String?

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: TableKey.self)
        for refused in GrantKind.refused {
            let texts = try TableKey.texts(of: refused.option, refused.takesValue ? .list : .flag, in: container)
            if !texts.isEmpty, given == nil { given = refused.option }
        }
    }

    var customMirror: Mirror {
        Mirror(
            self,
            children: GrantKind.refused.map {
                TableKey.child($0.option, $0.takesValue ? .list : .flag, help: .hidden, completion: .default)
            })
    }

    mutating func validate() throws { try refuse(given.map { [($0, true)] } ?? []) }
}

/// An option of a table, for a parser that knows options as properties: it finds them with a mirror, under names with an
/// underscore as those of property wrappers are, and decodes them by these keys.
private struct TableKey: CodingKey {
    enum Shape { case flag, single, list }

    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }

    /// - Parameter option: with its dashes.
    static func child(
        _ option: String, _ shape: Shape, help: ArgumentHelp, completion: CompletionKind
    ) -> Mirror.Child {
        let name = NameSpecification.customLong(String(option.dropFirst(2)))
        let definition: Any =
            switch shape {
            case .flag: Flag(wrappedValue: false, name: name, help: help)
            case .single: Option<String?>(name: name, help: help, completion: completion)
            case .list: Option<[String]>(wrappedValue: [], name: name, help: help, completion: completion)
            }
        return ("_" + option, definition)
    }

    static func texts(
        of option: String, _ shape: Shape, in container: KeyedDecodingContainer<Self>
    ) throws -> [String] {
        let key = Self(stringValue: option)
        switch shape {
        case .flag: return try container.decode(Flag<Bool>.self, forKey: key).wrappedValue ? [""] : []
        case .single: return try container.decode(Option<String?>.self, forKey: key).wrappedValue.map { [$0] } ?? []
        case .list: return try container.decode(Option<[String]>.self, forKey: key).wrappedValue
        }
    }
}

/// Throws for the first option that was given.
func refuse(_ options: [(name: String, isGiven: Bool)]) throws {
    guard let option = options.first(where: \.isGiven) else { return }
    throw ValidationError("option \(option.name) is not supported by this version")
}

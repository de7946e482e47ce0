/// An instruction set that programs are made for: those there is a runtime for.
///
/// What depends on it switches over it, without `default:`: a new case shows by errors of the compiler what it needs.
/// LLVM knows more of them, with which some of the lowering is tested.
public enum Architecture: String, CaseIterable, Sendable {
    case x86_64

    /// The instruction set of a target triple, such as `x86_64-unknown-linux-musl`; nil for any other.
    ///
    /// The one place that looks into a triple.
    public init?(triple: String) {
        guard let name = triple.split(separator: "-").first else { return nil }
        self.init(rawValue: String(name))
    }

    /// The target triple of Linux programs, as LLVM counts fields.
    public var linuxTriple: String { "\(rawValue)-unknown-linux-musl" }
}

extension IRModule {
    /// The instruction set that the module is for; nil for one without a case, or when no target is set.
    public var architecture: Architecture? { Architecture(triple: triple) }
}

/// A feature of WebAssembly beyond (or, for `mvp`, of) the first version, under its proposal's usual name.
///
/// Feature sets are `FeatureSet`; a back end that cannot lower one refuses the module by this name.
public enum Feature: UInt8, CaseIterable, Sendable {
    case mvp, mutableGlobals, signExtension, saturatingTruncation, multiValue, bulkMemory, referenceTypes
    case multiTable, extendedConst, simd, relaxedSIMD, tailCall, functionReferences, gc, exceptions
    case legacyExceptions, multiMemory, memory64, threads, customPageSizes, wideArithmetic

    /// The name in `target_features` sections and on command lines, e.g. `bulk-memory`.
    public var name: String {
        switch self {
        case .mvp: "mvp"
        case .mutableGlobals: "mutable-globals"
        case .signExtension: "sign-ext"
        case .saturatingTruncation: "nontrapping-fptoint"
        case .multiValue: "multivalue"
        case .bulkMemory: "bulk-memory"
        case .referenceTypes: "reference-types"
        case .multiTable: "multi-table"
        case .extendedConst: "extended-const"
        case .simd: "simd128"
        case .relaxedSIMD: "relaxed-simd"
        case .tailCall: "tail-call"
        case .functionReferences: "function-references"
        case .gc: "gc"
        case .exceptions: "exception-handling"
        case .legacyExceptions: "legacy-exceptions"
        case .multiMemory: "multimemory"
        case .memory64: "memory64"
        case .threads: "threads"
        case .customPageSizes: "custom-page-sizes"
        case .wideArithmetic: "wide-arithmetic"
        }
    }
}

/// A set of features.
public struct FeatureSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public init(_ features: [Feature]) {
        rawValue = features.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    }

    /// Every feature there is.
    public static let all = FeatureSet(Feature.allCases)

    public func contains(_ feature: Feature) -> Bool { rawValue & (1 << UInt32(feature.rawValue)) != 0 }

    public mutating func insert(_ feature: Feature) {
        self = FeatureSet(rawValue: rawValue | 1 << UInt32(feature.rawValue))
    }

    /// The members, in declaration order.
    public var features: [Feature] { Feature.allCases.filter { contains($0) } }
}

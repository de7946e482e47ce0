// What a program did when it ran: how often each of its functions was entered, and at each place where control divides, how
// often it went where. A profile is a hint: whatever it says, it changes how fast code is and nothing else.

import WasmSpec

/// Counts of one program, of one run or of several. Counts never wrap: what is too large is the largest number.
public struct Profile: Hashable, Sendable {
    public var modules: [ModuleProfile]

    public init(modules: [ModuleProfile] = []) { self.modules = modules }
}

/// Counts of a module of the program.
public struct ModuleProfile: Hashable, Sendable {
    /// What other modules import it as; nil for the main module.
    public var name: String?
    /// All functions that it defines, those included that never ran.
    public var functions: [FunctionProfile]

    /// `name` as the key of a dictionary: names are equal when their bytes are.
    var key: ExactName? { name.map(ExactName.init) }

    public init(name: String?, functions: [FunctionProfile] = []) {
        self.name = name
        self.functions = functions
    }
}

extension Profile {
    /// Where each module is, by its name; of several with one name the first.
    var numbers: [ExactName?: Int] {
        Dictionary(modules.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// Counts of a function.
public struct FunctionProfile: Hashable, Sendable {
    public var identity: FunctionIdentity
    /// How often it was called.
    public var entries: UInt64
    /// All of its sites, in the order of the code; none when it was never called.
    public var sites: [Site]

    public init(identity: FunctionIdentity, entries: UInt64 = 0, sites: [Site] = []) {
        self.identity = identity
        self.entries = entries
        self.sites = sites
    }

    /// A place where control divides or comes together.
    public struct Site: Hashable, Sendable {
        /// Bytes from the beginning of the function's locals, as branch hints have them.
        public var offset: UInt32
        public var counts: SiteCounts

        public init(offset: UInt32, counts: SiteCounts) {
            self.offset = offset
            self.counts = counts
        }
    }
}

/// How often control went where.
public enum SiteCounts: Hashable, Sendable {
    /// Iterations of a `loop`, the first of each run included.
    case loop(UInt64)
    /// How often an `if` or a conditional branch was reached, and how often its condition held.
    case branch(reached: UInt64, taken: UInt64)
    /// By label of a `br_table`, the default last.
    case table([UInt64])
    /// Whom a call through a table or a reference has called.
    case call(CallCounts)
}

/// The callees of a call through a table or a reference.
public struct CallCounts: Hashable, Sendable {
    /// Calls of functions that are not among `targets`: there were too many of them, or the host's.
    public var others: UInt64
    /// The most frequent first, each once.
    public var targets: [Target]

    public init(others: UInt64 = 0, targets: [Target] = []) {
        self.others = others
        self.targets = targets
        normalize()
    }

    public struct Target: Hashable, Sendable {
        /// Positions in `Profile.modules` and `ModuleProfile.functions`.
        public var module: Int
        public var function: Int
        public var count: UInt64

        public init(module: Int, function: Int, count: UInt64) {
            self.module = module
            self.function = function
            self.count = count
        }
    }

    /// Orders targets, and makes `others` of those that are too many.
    mutating func normalize() {
        targets.sort { ($1.count, $0.module, $0.function) < ($0.count, $1.module, $1.function) }
        while targets.count > Self.mostTargets { others = others.adding(targets.removeLast().count) }
    }

    /// Callees of one site that are told apart.
    public static let mostTargets = 8
}

extension UInt64 {
    /// The sum, or the largest number.
    public func adding(_ other: UInt64) -> UInt64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}

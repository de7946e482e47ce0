// An error is data: a phase, the spec's phrase, what was found, and a place. One renderer prints it.

/// The phase that found an error. Each has its own meaning for the user and for script assertions.
public enum Phase: String, Sendable {
    /// A file that is something else than a module, and which is recognized as that.
    case foreign
    /// The bytes or the text do not form a module (`assert_malformed`).
    case malformed
    /// A module that violates a validation rule (`assert_invalid`).
    case invalid
    /// A valid module that uses something this build of wasmc refuses by name.
    case unsupported
    /// An import that nothing provides, or with another type (`assert_unlinkable`).
    case unlinkable
    /// A command line that makes no sense.
    case usage
    /// A manifest (`wasmc.toml`) that is no TOML, or says what a manifest does not.
    case manifest
    /// A profile (`--profile-use`) that is damaged.
    case profile
    /// A file that cannot be read or written, or a tool that cannot be run.
    case environment
    /// A module whose initialization, called when it is compiled, did not come back.
    case initialization
    /// Two engines that did not do the same, or a program that did not do what it has recorded.
    case divergence
    /// An error of wasmc itself.
    case `internal`
}

/// Where in the input an error lies.
public enum Location: Hashable, Sendable {
    /// No single place.
    case none
    /// Bytes from the start of the module.
    case offset(Int)
    /// Text position; both count from 1.
    case text(line: Int, column: Int)
}

/// A further line of an error.
public struct Note: Hashable, Sendable {
    public var text: String
    /// In the same file as the error.
    public var location: Location

    public init(_ text: String, at location: Location = .none) {
        self.text = text
        self.location = location
    }
}

/// An error of any phase.
public struct Diagnostic: Error, Hashable, Sendable {
    public var phase: Phase
    /// The spec's phrase, lower case, without a period; scripts compare their expectation with its beginning.
    public var message: String
    /// What was expected and what was found, or what to do; empty if the phrase says it all.
    public var detail: String
    public var location: Location
    /// The function the place lies in, e.g. `func[12] <main>`, or nil.
    public var function: String?
    /// The file it lies in, when that is not the one the command is about.
    public var file: String?
    /// Further lines: what else is wrong in the same way, advice, a tool's output.
    public var notes: [Note] = []
    /// Whether it is about an import that is larger than what it gets ever is: where nothing is compiled, the program finds it
    /// when it starts.
    public var isAboutSizes = false
    /// The line of the text that `location` lies in.
    public var excerpt: SourceExcerpt?

    public init(
        _ phase: Phase, _ message: String, _ detail: String = "", at location: Location = .none,
        function: String? = nil, notes: [Note] = []
    ) {
        self.notes = notes
        self.phase = phase
        self.message = message
        self.detail = detail
        self.location = location
        self.function = function
    }

    /// The error with its file named if it has none yet.
    public func located(in file: String) -> Diagnostic {
        guard self.file == nil else { return self }
        var result = self
        result.file = file
        return result
    }

    /// The error with its location replaced if it has none yet.
    public func located(at location: Location) -> Diagnostic {
        guard self.location == .none else { return self }
        var result = self
        result.location = location
        return result
    }

    /// The error with the line of `text` that it lies in, if it has a place in a text and no such line yet.
    public func excerpted(from text: [UInt8]) -> Diagnostic {
        guard excerpt == nil, case .text(let line, let column) = location else { return self }
        var result = self
        result.excerpt = SourceExcerpt(text, line: line, column: column)
        return result
    }
}

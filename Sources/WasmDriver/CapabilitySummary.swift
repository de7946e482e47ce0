// What a program can do, in sentences, for somebody who has to decide whether to run it. Each sentence follows from two
// facts: the host functions that it imports, as nothing else is linked in, and what it was granted.

/// What a program, or one module of it, can and cannot do.
public struct CapabilitySummary {
    /// Whose capabilities these are, which decides what a missing grant means.
    public enum Subject: Hashable, Sendable {
        /// A module that has not been built; anything may be granted to it.
        case module
        /// The main module of an executable, which has the standard streams. With a ceiling nobody can grant more.
        case program(isCeiling: Bool)
        /// A linked module of an executable.
        case linkedModule(isCeiling: Bool)
    }

    let subject: Subject
    /// The host functions that it imports, by name; both versions of WASI have the same names.
    private let functions: Set<String>
    /// Modules it imports from that are not the host's.
    private let providers: [String]
    let grants: [Grant]
    /// What holds for every module of the program.
    let program: NetworkGrants

    /// - Parameters:
    ///   - imports: `module name`, as a note has them.
    ///   - grants: words as a note has them. Either may come from a hostile file.
    ///   - program: words of the main module, where this is a linked one.
    public init(subject: Subject, imports: [String], grants: [String] = [], program: [String] = []) {
        self.subject = subject
        self.grants = grants.compactMap { Grant(word: $0) }
        self.program = NetworkGrants(grants + program)
        var functions: Set<String> = []
        var providers: [String] = []
        for item in imports {
            let parts = item.split(separator: " ", maxSplits: 1).map(String.init)
            if parts.count == 2, Self.hostModules.contains(parts[0]) {
                // WasmEdge's second version of a function does the same.
                functions.insert(parts[1].hasSuffix("_v2") ? String(parts[1].dropLast(3)) : parts[1])
            } else if let module = parts.first, !providers.contains(module) {
                providers.append(module)
            }
        }
        self.functions = functions
        self.providers = providers
    }

    private static let hostModules: Set<String> = [
        "wasi_snapshot_preview1", "wasi_unstable", "wasi", "wasmc_capability",
    ]

    /// The sentences, from what reviewers ask first.
    public var sentences: [String] {
        files + network + environment + streams + [others] + handedOver + limits + provided
    }

    /// Whether whoever starts it can add grants.
    var canBeGranted: Bool {
        switch subject {
        case .module: true
        case .program(let isCeiling), .linkedModule(let isCeiling): !isCeiling
        }
    }

    /// The modules whose descriptors it takes.
    var senders: [String] {
        texts(.acceptFrom).map { "`\($0)`" }
    }

    /// The values of a grant that is any text.
    private func texts(_ kind: GrantKind) -> [String] {
        grants.compactMap { if $0.kind == kind, case .text(let text) = $0.value { text } else { nil } }
    }

    func imports(_ names: String...) -> Bool { !functions.isDisjoint(with: names) }
}

// MARK: - Files

extension CapabilitySummary {
    private static let changing: Set<String> = [
        "path_create_directory", "path_filestat_set_times", "path_link", "path_remove_directory", "path_rename",
        "path_symlink", "path_unlink_file", "fd_filestat_set_times",
    ]

    private var directories: [DirectoryGrant] {
        grants.compactMap { if case .directory(let directory) = $0.value { directory } else { nil } }
    }

    /// What can be done to files without changing them; nil when nothing.
    private var looking: String? {
        if imports("path_open") { return imports("fd_read", "fd_pread") ? "read files" : "open files" }
        if imports("path_filestat_get", "path_readlink", "fd_readdir") { return "list files and their sizes and times" }
        return nil
    }

    /// `path_open` creates files and empties them.
    private var canChange: Bool { imports("path_open") || !functions.isDisjoint(with: Self.changing) }

    private var files: [String] {
        guard looking != nil || canChange else {
            return ["It cannot reach files: it imports no function for that."]
        }
        if subject == .module {
            let verbs = looking.map { canChange ? "\($0) and change them" : $0 } ?? "change files"
            return ["Below directories that it is granted, and nowhere else, it can \(verbs)."]
        }
        let known = directories.map(sentence)
        if known.isEmpty, !senders.isEmpty {
            return ["It is granted no directory, and reaches files only below those that others hand over."]
        }
        if known.isEmpty {
            return [
                "It is granted no directory, so it cannot reach files"
                    + (canBeGranted ? ", unless whoever starts it grants one." : ".")
            ]
        }
        return known + [
            canBeGranted
                ? "It reaches no other files, unless whoever starts it grants more."
                : "It reaches no other files."
        ]
    }

    private func sentence(_ directory: DirectoryGrant) -> String {
        let place =
            "below `\(directory.host)`"
            + (directory.guest == directory.host ? "" : ", which it calls `\(directory.guest)`")
        switch (looking, canChange, directory.isReadOnly) {
        case (let look?, true, false): return "It can \(look) and change them \(place)."
        case (let look?, false, _): return "It can \(look) \(place)."
        case (let look?, true, true): return "It can \(look) \(place), and change nothing there."
        case (nil, _, false): return "It can change files \(place)."
        case (nil, _, true): return "It can neither read nor change anything \(place)."
        }
    }
}

// MARK: - Variables, streams

extension CapabilitySummary {
    private var environment: [String] {
        guard imports("environ_get") else { return ["It reads no environment variables."] }
        if subject == .module { return ["It reads the environment variables that it is granted."] }
        if grants.contains(where: { $0.kind == .inheritEnvironment }) {
            return ["It reads all environment variables of whoever starts it."]
        }
        var baked: [String] = []
        var passed: [String] = []
        for grant in grants {
            guard case .variable(let name, let value) = grant.value else { continue }
            if value == nil { passed.append("`\(name)`") } else { baked.append("`\(name)`") }
        }
        var sentences: [String] = []
        if !baked.isEmpty { sentences.append("It reads \(list(baked)), whose values are baked in.") }
        if !passed.isEmpty { sentences.append("It reads \(list(passed)) of the environment of whoever starts it.") }
        if sentences.isEmpty {
            sentences.append(
                "It reads no environment variables" + (canBeGranted ? ", unless whoever starts it grants some." : "."))
        }
        return sentences
    }

    /// Streams are files too: what reads or writes any descriptor does so with these.
    private var streams: [String] {
        let granted = Set(
            grants.compactMap { grant -> StandardStream? in
                if case .stream(let stream) = grant.value { stream } else { nil }
            })
        func has(_ stream: StandardStream) -> Bool {
            if case .linkedModule = subject { granted.contains(stream) } else { true }
        }
        var verbs: [String] = []
        if imports("fd_read", "fd_pread", "sock_recv"), has(.stdin) { verbs.append("read standard input") }
        if imports("fd_write", "fd_pwrite", "sock_send") {
            let names = [has(.stdout) ? "output" : nil, has(.stderr) ? "error" : nil].compactMap { $0 }
            if !names.isEmpty { verbs.append("write standard \(list(names))") }
        }
        return [verbs.isEmpty ? "It uses no standard stream." : "It can \(list(verbs))."]
    }

    /// What no program can, and what needs no grant.
    private var others: String {
        var verbs: [String] = []
        if imports("clock_time_get", "clock_res_get", "poll_oneoff", "epoll_oneoff") { verbs.append("read clocks") }
        if imports("thread-spawn") { verbs.append("start threads") }
        if imports("random_get") { verbs.append("get random numbers") }
        let never = "cannot start processes, send signals to others or load code."
        return verbs.isEmpty ? "It " + never : "It can \(list(verbs)); it " + never
    }

    private var handedOver: [String] {
        var sentences: [String] = []
        if !senders.isEmpty { sentences.append("It takes open files that \(list(senders)) hands over.") }
        if imports("fd_hand_over") { sentences.append("It can hand its open files over to modules that take them.") }
        return sentences
    }
}

// MARK: - Limits, and what is not the host's

extension CapabilitySummary {
    private var limits: [String] {
        var words: [String] = []
        for grant in grants {
            guard case .number(let number) = grant.value else { continue }
            switch grant.kind {
            case .maxMemory: words.append("\(Quantity.rounded(bytes: number)) of memory")
            case .maxStack: words.append("\(Quantity.rounded(bytes: number)) of stack")
            case .maxThreads: words.append("\(number) threads besides its first")
            case .maxFiles: words.append("\(number) open files")
            case .timeout: words.append("\(Quantity.duration(nanoseconds: number)) of time")
            default: continue
            }
        }
        if !words.isEmpty { return ["It has at most \(list(words))."] }
        if case .program = subject {
            return ["Its time is not limited, and its memory only by what its module declares."]
        }
        return []
    }

    private var provided: [String] {
        providers.isEmpty
            ? [] : ["What it imports from \(list(providers.map { "`\($0)`" })) has to come from linked modules."]
    }
}

/// `a`, `a and b`, `a, b and c`.
func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
}

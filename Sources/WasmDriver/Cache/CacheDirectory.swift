// The directory of the cache: whose it is, and its files. Everything is done relative to a descriptor, so that nobody
// puts another directory in its place meanwhile.

import Diagnostics
import Glibc
import Support
import Synchronization

/// An open directory of entries, which this user alone can change.
final class CacheDirectory: Sendable {
    let path: String
    private let descriptor: Int32
    private let nextNumber = Atomic(0)

    /// An entry's file, or one that was to become one.
    struct File {
        var name: String
        var bytes: UInt64
        /// When it was used last, in nanoseconds since 1970.
        var used_ns: Int64
        /// Whether a build that was killed, or still runs, has left it.
        var isTemporary: Bool { name.hasPrefix(CacheDirectory.temporaryPrefix) }
    }

    static let temporaryPrefix = "tmp-"
    /// What tells tools for backups that everything here can be made again (https://bford.info/cachedir).
    private static let tag = "CACHEDIR.TAG"
    private static let tagText = "Signature: 8a477f597d28d172789f06886806bc55\n# The cache of wasmc.\n"

    /// Opens a directory, which is made if it is not there.
    ///
    /// - Throws: `environment`: what cannot be made or opened, or is not this user's alone.
    init(_ path: String, makes: Bool = true) throws(Diagnostic) {
        self.path = path
        if makes { try Self.make(path) }
        let descriptor = open(HostText.cString(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw systemError("cannot use the cache", path, errno) }
        self.descriptor = descriptor
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw systemError("cannot use the cache", path, errno) }
        guard information.st_uid == geteuid() else {
            throw Diagnostic(
                .environment, "cannot use the cache `\(path)`", "it is another user's, who could put programs into it")
        }
        guard information.st_mode & 0o022 == 0 else {
            throw Diagnostic(
                .environment, "cannot use the cache `\(path)`",
                "others can write there (`chmod go-w`), and could put programs into it")
        }
    }

    deinit { close(descriptor) }

    /// Makes a directory and those above it, for this user alone.
    private static func make(_ path: String) throws(Diagnostic) {
        if mkdir(HostText.cString(path), 0o700) == 0 || errno == EEXIST { return }
        let parent = Paths.directory(path)
        guard errno == ENOENT, parent != path, parent != "." else {
            throw systemError("cannot make the cache", path, errno)
        }
        try make(parent)
        guard mkdir(HostText.cString(path), 0o700) == 0 || errno == EEXIST else {
            throw systemError("cannot make the cache", path, errno)
        }
    }

    // MARK: Entries

    /// The contents of an entry; nil when it is not there or damaged, which is the same.
    func read(_ key: CacheKey) -> [UInt8]? {
        let file = openat(descriptor, HostText.cString(key.name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var information = stat()
        guard fstat(file, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
            information.st_size >= CacheEntry.headerBytes,
            let header = Files.read(file, count: CacheEntry.headerBytes),
            let contents = Files.read(file, count: Int(information.st_size) - CacheEntry.headerBytes),
            CacheEntry.isWhole(header, key, contents)
        else {
            remove(key.name)
            return nil
        }
        // What was used last is kept longest.
        futimens(file, nil)
        return contents
    }

    /// Writes an entry, which appears when it is whole; an error number, or 0.
    func write(_ contents: [UInt8], _ key: CacheKey) -> Int32 {
        // Names of processes that are no more may be there, and those of others in a container.
        for _ in 0..<100 {
            let number = nextNumber.add(1, ordering: .relaxed).oldValue
            let name = "\(Self.temporaryPrefix)\(getpid())-\(number)"
            let leftover = Interruption.remember(.file("\(path)/\(name)"))
            let file = openat(
                descriptor, HostText.cString(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(0o600))
            if file >= 0 { return finish(file, name, leftover, contents, key) }
            let code = errno
            Interruption.forget(leftover) {}
            if code != EEXIST { return code }
        }
        return EEXIST
    }

    /// Fills a new file and gives it the name of its entry; an error number, or 0.
    private func finish(
        _ file: Int32, _ name: String, _ leftover: Int, _ contents: [UInt8], _ key: CacheKey
    ) -> Int32 {
        var code = Files.write(CacheEntry.header(key, contents), to: file)
        if code == 0 { code = Files.write(contents, to: file) }
        if close(file) != 0, code == 0 { code = errno }
        let written = code
        return Interruption.forget(leftover) {
            guard written == 0 else {
                self.remove(name)
                return written
            }
            if renameat(self.descriptor, HostText.cString(name), self.descriptor, HostText.cString(key.name)) == 0 {
                return 0
            }
            let code = errno
            self.remove(name)
            return code
        }
    }

    /// Marks the directory as a cache.
    func writeTag() {
        let file = openat(
            descriptor, HostText.cString(Self.tag), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(0o600))
        guard file >= 0 else { return }
        _ = Files.write(Array(Self.tagText.utf8), to: file)
        close(file)
    }

    func remove(_ name: String) { unlinkat(descriptor, HostText.cString(name), 0) }

    /// All files of the cache; what others have put here is none of them.
    func files() -> [File] {
        guard let names = Files.names(inDirectory: descriptor) else { return [] }
        return names.compactMap { name in
            guard name.hasPrefix(Self.temporaryPrefix) || CacheKey.isName(name) else { return nil }
            var information = stat()
            guard fstatat(descriptor, HostText.cString(name), &information, AT_SYMLINK_NOFOLLOW) == 0 else {
                return nil
            }
            let used = Int64(information.st_mtim.tv_sec) * 1_000_000_000 + Int64(information.st_mtim.tv_nsec)
            return File(name: name, bytes: UInt64(information.st_blocks) * 512, used_ns: used)
        }
    }
}

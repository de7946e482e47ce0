import ArgumentParser
import Glibc

/// The bytes of a file.
func readFile(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError("cannot read", path) }
    defer { close(descriptor) }
    var contents: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &block, block.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw systemError("cannot read", path) }
        if count == 0 { return contents }
        contents += block[..<count]
    }
}

/// Writes a file anew.
func writeFile(_ path: String, _ contents: [UInt8]) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw systemError("cannot write", path) }
    defer { close(descriptor) }
    var rest = contents[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw systemError("cannot write", path) }
        rest = rest.dropFirst(count)
    }
}

/// Makes a directory unless there is one.
func makeDirectory(_ path: String) throws {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw systemError("cannot make", path) }
}

/// The files of a directory whose names end with one of `suffixes`, by name.
func files(in directory: String, suffixes: [String]) throws -> [String] {
    guard let stream = opendir(directory) else { throw systemError("cannot read", directory) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if suffixes.contains(where: name.hasSuffix) { names.append(name) }
    }
    return names.sorted().map { "\(directory)/\($0)" }
}

func systemError(_ what: String, _ path: String) -> ValidationError {
    ValidationError("\(what) \(path): \(String(cString: strerror(errno)))")
}

/// Seconds of the monotonic clock.
func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

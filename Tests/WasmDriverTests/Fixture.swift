import Diagnostics
import Glibc

@testable import WasmDriver

typealias Diagnostic = Diagnostics.Diagnostic

extension TemporaryDirectory {
    /// The names in the directory, sorted.
    var names: [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// An executable shell script; returns its path.
    func script(_ name: String, _ text: String) throws -> String {
        let path = try write(Array("#!/bin/sh\n\(text)\n".utf8), name: name)
        chmod(path, 0o700)
        return path
    }
}

import Diagnostics
import Glibc
import Support

@testable import WasmDriver

typealias Diagnostic = Diagnostics.Diagnostic

extension TemporaryDirectory {
    /// The names in the directory, sorted.
    var names: [String] { (try? Files.names(in: path)) ?? [] }

    /// An executable shell script; returns its path.
    func script(_ name: String, _ text: String) throws -> String {
        let path = try write(Array("#!/bin/sh\n\(text)\n".utf8), name: name)
        chmod(path, 0o700)
        return path
    }
}

import Diagnostics
import Glibc
import Support

@testable import WasmDriver

/// A directory in which shell scripts run the `wasmc` that was built with the tests, as `$WASMC`.
///
/// The runtime has to be there (`make runtime`).
final class Workplace {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    var path: String { directory.path }

    /// Writes a file.
    func add(_ name: String, _ text: String) throws { _ = try directory.write(Array(text.utf8), name: name) }

    /// What a script did: its status and everything it printed, on both streams.
    func run(_ script: String) throws -> (status: Subprocess.Status, output: String) {
        let prologue = "cd \"$1\" && WASMC=$2 && unset WASMC_GRANTS\n"
        let outcome = try Subprocess(
            executable: "/bin/sh", arguments: ["-c", prologue + script, "sh", directory.path, Workplace.wasmc]
        ).run()
        return (outcome.status, outcome.output)
    }

    /// The program beside the tests' executable.
    private static let wasmc = Paths.directory(ToolchainSearch.current().executable) + "/wasmc"
}

/// A command that prints `hello` and ends with status 7, or does what its first argument says.
let sampleProgram = """
    (module
      (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
      (memory (export "memory") 1)
      (data (i32.const 0) "\\10\\00\\00\\00\\06\\00\\00\\00")
      (data (i32.const 16) "hello\\n")
      (func (export "_start")
        (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
        (call $proc_exit (i32.const 7))))
    """

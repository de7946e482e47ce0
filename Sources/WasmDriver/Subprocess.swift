import Diagnostics
import Glibc
import Support

/// A program to be run, as a value. No shell takes part: arguments arrive as they are.
public struct Subprocess: Equatable, Sendable {
    /// Path of the executable; PATH is not searched.
    public var executable: String
    /// Arguments behind argv[0], which is the executable's path.
    public var arguments: [String]

    public init(executable: String, arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    public typealias Status = ExitStatus

    /// How a program ended, and what it wrote.
    public struct Outcome: Equatable, Sendable {
        public var status: Status
        /// Standard output and standard error together, at most `Subprocess.outputLimit` bytes.
        public var output: String
    }

    /// Bytes of a program's messages that are kept.
    public static let outputLimit = 1 << 16

    /// Runs the program with an empty standard input and waits for its end.
    ///
    /// - Throws: `environment` when it cannot be started.
    public func run() throws(Diagnostic) -> Outcome {
        let pipe = try Pipe()
        var process = ProcessStart(executable: executable, arguments: arguments)
        process.hasEmptyInput = true
        process.descriptors = [(pipe.writeEnd, STDOUT_FILENO), (pipe.writeEnd, STDERR_FILENO)]
        process.signals = (Interruption.originalMask(), Interruption.defaultSignals())
        let child: pid_t
        do throws(Diagnostic) { child = try process.start() } catch {
            for end in [pipe.readEnd, pipe.writeEnd] { close(end) }
            throw error
        }
        Interruption.setChild(child)
        close(pipe.writeEnd)
        let output = Self.drain(pipe.readEnd)
        close(pipe.readEnd)
        return Outcome(status: ExitStatus(waitStatus: Interruption.reap(child)), output: output)
    }

    /// Reads to the end and keeps the beginning.
    private static func drain(_ descriptor: Int32) -> String {
        var kept: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Files.read(descriptor, into: &block)
            if count <= 0 { return String(decoding: kept, as: UTF8.self) }
            kept += block[..<min(count, outputLimit - kept.count)]
        }
    }
}

import Diagnostics
import Glibc
import Testing

@testable import Support

@Suite final class FilesTests {
    private let directory: String

    init() throws {
        var template = Array("/tmp/wasmc-support-XXXXXX".utf8CString)
        let path = try #require(template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) })
        directory = String(cString: path)
    }

    deinit {
        for name in (try? Files.names(in: directory)) ?? [] { unlink("\(directory)/\(name)") }
        rmdir(directory)
    }

    private func path(_ name: String) -> String { "\(directory)/\(name)" }

    @Test func filesAreReadAsTheyWereWritten() throws {
        for bytes in [[], [0, 255, 10], Array(repeating: 7, count: 1_000_000)] as [[UInt8]] {
            try Files.write(bytes, toFile: path("file"))
            #expect(try Files.read(path("file")) == bytes)
        }
    }

    @Test func whatIsLongerThanAllowedIsRefused() throws {
        try Files.write([1, 2, 3], toFile: path("file"))
        #expect(try Files.read(path("file"), limit: 3) == [1, 2, 3])
        let error = try #require(throws: Diagnostic.self) { try Files.read(self.path("file"), limit: 2) }
        #expect(error.phase == .unsupported)
    }

    @Test func errorsNameTheFileAndTheReason() throws {
        let error = try #require(throws: Diagnostic.self) { try Files.read(self.path("none")) }
        #expect(error.phase == .environment && error.message == "cannot read `\(path("none"))`")
        #expect(error.detail == String(cString: strerror(ENOENT)))
        #expect(throws: Diagnostic.self) { try Files.write([], toFile: self.path("none/file")) }
        #expect(throws: Diagnostic.self) { try Files.names(in: self.path("none")) }
    }

    @Test func namesAreSortedAndLeaveOutTheDirectoryItself() throws {
        for name in ["b", "a", ".hidden"] { try Files.write([], toFile: path(name)) }
        #expect(try Files.names(in: directory) == [".hidden", "a", "b"])
    }

    @Test func directoriesMayBeThereAlready() throws {
        try Files.makeDirectory(directory)
        #expect(Files.isDirectory(directory) && !Files.isFile(directory))
        #expect(throws: Diagnostic.self) { try Files.makeDirectory(self.path("none/directory")) }
    }

    @Test func partsOfPaths() {
        #expect(Paths.baseName("a/b.wasm") == "b.wasm")
        #expect(Paths.baseName("b") == "b")
        #expect(Paths.directory("a/b/c") == "a/b")
        #expect(Paths.directory("c") == ".")
        #expect(Paths.directory("/c") == "/")
        #expect(Paths.withoutModuleExtension("a/.wasm") == "a/.wasm")
        #expect(Paths.withoutModuleExtension("a/x.wasm.wat") == "a/x.wasm")
    }
}

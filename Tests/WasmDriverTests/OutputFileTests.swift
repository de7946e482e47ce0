import Glibc
import Support
import Testing

@testable import WasmDriver

@Suite struct OutputFileTests {
    @Test func appearsOnlyWhenCommitted() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/out"
        let file = try OutputFile(path: path)
        try file.write(Array("hello".utf8))
        #expect(!Files.exists(path))
        try file.commit()
        #expect(try Files.read(path) == Array("hello".utf8))
        #expect(directory.names == ["out"])
    }

    @Test func isRemovedWithoutCommit() throws {
        let directory = try TemporaryDirectory()
        do {
            let file = try OutputFile(path: directory.path + "/out")
            try file.write([1, 2, 3])
            #expect(directory.names.count == 1)
        }
        #expect(directory.names.isEmpty)
    }

    /// An older file stays whole until the new one takes its place.
    @Test func olderFileSurvivesAnError() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(Array("old".utf8), name: "out")
        do {
            let file = try OutputFile(path: path)
            try file.write(Array("new".utf8))
            #expect(try Files.read(path) == Array("old".utf8))
        }
        #expect(try Files.read(path) == Array("old".utf8))
        let file = try OutputFile(path: path)
        try file.write(Array("new".utf8))
        try file.commit()
        #expect(try Files.read(path) == Array("new".utf8))
        #expect(directory.names == ["out"])
    }

    @Test func modeFollowsTheUmask() throws {
        let directory = try TemporaryDirectory()
        let mask = umask(0)
        umask(mask)
        for (name, isExecutable, mode) in [("a", false, mode_t(0o666)), ("b", true, mode_t(0o777))] {
            try OutputFile(path: "\(directory.path)/\(name)", isExecutable: isExecutable).commit()
            var information = stat()
            #expect(stat("\(directory.path)/\(name)", &information) == 0)
            #expect(information.st_mode & 0o7777 == mode & ~mask)
        }
    }

    @Test func deviceIsWrittenInPlace() throws {
        let file = try OutputFile(path: "/dev/null", isExecutable: true)
        try file.write([1])
        try file.commit()
        var information = stat()
        #expect(stat("/dev/null", &information) == 0)
        #expect(information.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func directoriesAreRefused() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        #expect(throws: Diagnostic.self) { try OutputFile(path: path).commit() }
        #expect(throws: Diagnostic.self) { try OutputFile(path: path + "/absent/out").commit() }
        #expect(directory.names.isEmpty)
    }

    @Test func temporaryDirectoryGoesWithItsFiles() throws {
        var path = ""
        do {
            let directory = try TemporaryDirectory()
            path = directory.path
            _ = try directory.write([1], name: "0.o")
            var information = stat()
            #expect(stat(path, &information) == 0)
            #expect(information.st_mode & 0o7777 == 0o700)
        }
        #expect(!Files.exists(path))
    }
}

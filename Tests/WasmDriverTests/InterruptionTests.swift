import Glibc
import Testing

@testable import WasmDriver

@Suite struct InterruptionTests {
    @Test func removalCoversFilesAndDirectories() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write([], name: "a")
        Interruption.remove(.file(file))
        #expect(directory.names.isEmpty)

        let inner = directory.path + "/inner"
        #expect(mkdir(inner, 0o700) == 0)
        let descriptor = open(inner + "/0.o", O_CREAT | O_WRONLY, 0o600)
        close(descriptor)
        Interruption.remove(.directory(inner))
        #expect(directory.names.isEmpty)
    }

    @Test func stepOfForgetRunsOnce() {
        let key = Interruption.remember(.file("/nonexistent"))
        #expect(Interruption.forget(key) { 7 } == 7)
    }
}

import Glibc
import LLVMBridge

/// A fresh directory that goes away, with the files in it, when the last reference does.
final class TemporaryDirectory {
    let path: String

    init() throws {
        var template = Array("/tmp/wasmc-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw LLVMError(.file, "cannot make a temporary directory") }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                unlink(path + "/" + name)
            }
            closedir(directory)
        }
        rmdir(path)
    }
}

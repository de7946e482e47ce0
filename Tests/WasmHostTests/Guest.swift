import Diagnostics
import Glibc
import WasmBinary
import WasmInterpreter
import WasmText
import WasmValidation

@testable import WasmHost

/// The module with these fields.
func validModule(_ fields: String) throws -> ValidatedModule {
    try validate(try decodeModule(try assembleModule(text: Array("(module \(fields))".utf8)).bytes))
}

/// An instance with a host.
struct Guest {
    let store = Store()
    let instance: ModuleInstance

    init(_ fields: String, arguments: [String] = ["program"], environment: [String] = []) throws {
        let module = try validModule(fields)
        let host = try HostModule(arguments: arguments, environment: environment)
        var imports = try host.imports(of: module, in: store).makeIterator()
        instance = try instantiate(module, imports: { _, _ in imports.next() }, in: store)
    }

    func invoke(_ name: String, _ arguments: [Value] = []) throws(ExecutionError) -> [Value] {
        guard case .function(let function)? = instance.export(name) else { return [] }
        return try store.invoke(function, arguments)
    }

    /// How a call of a host function ended the execution; nil when it did not.
    func end(_ name: String, _ arguments: [Value] = []) -> HostEnd? {
        do throws(ExecutionError) {
            _ = try invoke(name, arguments)
        } catch {
            if case .host(let end as HostEnd) = error { return end }
        }
        return nil
    }

    private var bytes: UnsafeMutableRawBufferPointer {
        guard case .memory(let memory)? = instance.export("memory") else { return .init(start: nil, count: 0) }
        return memory.bytes
    }

    func word(at address: Int) -> UInt32 { bytes.loadUnaligned(fromByteOffset: address, as: UInt32.self) }

    func text(at address: Int, bytes count: Int) -> String {
        String(decoding: bytes[address..<address + count], as: UTF8.self)
    }
}

/// An empty directory that is removed at the end.
final class Directory {
    let path: String

    init() throws {
        var template = Array("/tmp/wasmc-host-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Diagnostic(.environment, "cannot create a directory", "") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        unlink("\(path)/new")
        rmdir(path)
    }
}

/// How many descriptors this process has open.
func openDescriptors() throws -> Int {
    guard let stream = opendir("/proc/self/fd") else { throw Diagnostic(.environment, "cannot list descriptors", "") }
    defer { closedir(stream) }
    var count = 0
    while readdir(stream) != nil { count += 1 }
    return count
}

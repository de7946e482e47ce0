// Writes what is derived from the instruction table: `wasmc-generate DIRECTORY [--check]`, where DIRECTORY is
// the package's. With --check nothing is written; stale files are named and the exit status is 1.

import WasmInstructionTable

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

func fail(_ message: String) -> Never {
    let line = "wasmc-generate: \(message)\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(1)
}

func readFile(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&buffer, 1, buffer.count, file)
        if count == 0 { break }
        bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
}

func writeFile(_ path: String, _ text: String) {
    guard let file = fopen(path, "w") else { fail("cannot write \(path)") }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { fail("cannot write \(path)") }
}

let arguments = Array(CommandLine.arguments.dropFirst())
let isCheck = arguments.contains("--check")
guard let directory = arguments.first(where: { !$0.hasPrefix("--") }) else {
    fail("usage: wasmc-generate DIRECTORY [--check]")
}

let files = [
    ("Sources/WasmSpec/Generated/Instruction+Generated.swift", InstructionGenerator.instructionEnum()),
    ("Sources/WasmSpec/Generated/Operations+Generated.swift", InstructionGenerator.operationEnums()),
    ("Sources/WasmBinary/Generated/InstructionReader+Generated.swift", InstructionGenerator.readerSwitch()),
]
var stale: [String] = []
for (path, text) in files {
    let full = directory + "/" + path
    if readFile(full) == text { continue }
    stale.append(path)
    if !isCheck { writeFile(full, text) }
}
if isCheck, !stale.isEmpty { fail("stale, run `make generate`: " + stale.joined(separator: ", ")) }

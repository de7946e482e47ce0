// Writes what is derived from the instruction table: `wasmc-generate DIRECTORY [--check]`, where DIRECTORY is
// the package's. With --check nothing is written; stale files are named and the exit status is 1.

import Diagnostics
import Glibc
import Support
import WasmInstructionTable

func fail(_ message: String) -> Never {
    _ = Files.write(Array("wasmc-generate: \(message)\n".utf8), to: STDERR_FILENO)
    exit(1)
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
    let bytes = Array(text.utf8)
    if let written = try? Files.read(full), written == bytes { continue }
    stale.append(path)
    guard !isCheck else { continue }
    do throws(Diagnostic) {
        try Files.write(bytes, toFile: full)
    } catch {
        fail("\(error.message): \(error.detail)")
    }
}
if isCheck, !stale.isEmpty { fail("stale, run `make generate`: " + stale.joined(separator: ", ")) }

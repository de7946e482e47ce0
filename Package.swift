// swift-tools-version: 6.1

import PackageDescription

// LLVM 22 ships no pkg-config file: its headers and library are found below LLVM_PREFIX.
let llvmPrefix = Context.environment["LLVM_PREFIX"] ?? "/usr/lib/llvm-22"

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .unsafeFlags(["-warnings-as-errors"]),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
    name: "wasmc",
    products: [
        .executable(name: "wasmc-generate", targets: ["wasmc-generate"])
    ],
    targets: [
        // Dependencies point only upward in this list (ARCHITECTURE.md).
        .target(name: "Diagnostics", swiftSettings: strict),
        .target(name: "WasmInstructionTable", swiftSettings: strict),
        .target(name: "WasmSpec", dependencies: ["WasmInstructionTable"], swiftSettings: strict),
        .target(name: "WasmBinary", dependencies: ["WasmSpec", "Diagnostics"], swiftSettings: strict),
        .executableTarget(name: "wasmc-generate", dependencies: ["WasmInstructionTable"], swiftSettings: strict),
    ]
)

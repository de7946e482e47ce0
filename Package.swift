// swift-tools-version: 6.1

import Foundation
import PackageDescription

// LLVM 22 ships no pkg-config file: its headers and library are found below LLVM_PREFIX. The prefix of the
// distribution's packages is known to the loader; another one has to be recorded in what is linked.
let llvmPrefix = Context.environment["LLVM_PREFIX"] ?? "/usr/lib/llvm-22"
let llvmLinkerSettings: [LinkerSetting] = [
    .unsafeFlags(["-L\(llvmPrefix)/lib"]),
    .unsafeFlags(
        Context.environment["LLVM_PREFIX"] == nil ? [] : ["-Xlinker", "-rpath", "-Xlinker", "\(llvmPrefix)/lib"]),
]

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .unsafeFlags(["-warnings-as-errors"]),
    // The tests are built in the compiler's configuration, with its objects, and so test what users get.
    .unsafeFlags(["-cross-module-optimization", "-enable-testing"], .when(configuration: .release)),
]

// For each target that imports LLVMBridge, at whatever distance: its module map is read with these.
let strictWithLLVM = strict + [.unsafeFlags(["-I\(llvmPrefix)/include"])]

// The tests themselves run for seconds, and would take minutes to optimize.
let unoptimized: [SwiftSetting] = [.unsafeFlags(["-Onone"], .when(configuration: .release))]
let tests = strict + unoptimized
let testsWithLLVM = strictWithLLVM + unoptimized

// What LLVM's C API cannot do, in C++ as LLVM is compiled: without exceptions, and without its headers' warnings.
let strictLLVMExtension: [CXXSetting] = [
    .define("NDEBUG"),
    .unsafeFlags([
        "-isystem", "\(llvmPrefix)/include", "-fno-exceptions", "-fno-rtti", "-Wall", "-Wextra", "-Werror",
    ]),
]

// LLVM allocates so much that an eighth of a compilation's time goes into the C library's allocator. Where this one was
// installed with the packages that building needs, the compiler has it.
let allocators: [LinkerSetting] =
    ["x86_64", "aarch64"].contains { FileManager.default.fileExists(atPath: "/usr/lib/\($0)-linux-gnu/libmimalloc.so") }
    ? [.linkedLibrary("mimalloc")] : []

// Handlers of register code must end in jumps (Execution/Machine.swift). So they are optimized as a whole in debug
// builds too, and equal ones are not merged, which would make a jump a call. Nothing there is accessed exclusively.
let interpreterFlags: [SwiftSetting] = [
    .unsafeFlags(["-O", "-whole-module-optimization", "-num-threads", "2"], .when(configuration: .debug)),
    .unsafeFlags([
        "-enforce-exclusivity=unchecked", "-Xllvm", "-swiftmergefunc-threshold=0",
        // The package manager asks for frame pointers, behind everything but this.
        "-Xcc", "-Xclang", "-Xcc", "-mframe-pointer=none",
    ]),
]

// A target names every target that it imports: what it does not name may change, and it is not compiled again.
let moduleTargets: [Target.Dependency] = ["Diagnostics", "WasmInstructionTable", "WasmSpec", "WasmBinary"]

let package = Package(
    name: "wasmc",
    products: [
        .executable(name: "wasmc", targets: ["wasmc"]),
        .executable(name: "wasmc-generate", targets: ["wasmc-generate"]),
        .executable(name: "wasmc-fuzz", targets: ["wasmc-fuzz"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        // Dependencies point only upward in this list (ARCHITECTURE.md).
        .systemLibrary(name: "CWasmcABI", path: "runtime-c/include/wasmc"),
        .target(name: "Diagnostics", swiftSettings: strict),
        .systemLibrary(name: "CLinux"),
        .target(name: "CSHA256", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
        .target(name: "Support", dependencies: ["CLinux", "Diagnostics"], swiftSettings: strict),
        .target(name: "WasmInstructionTable", dependencies: ["CWasmcABI"], swiftSettings: strict),
        .target(name: "WasmSpec", dependencies: ["WasmInstructionTable"], swiftSettings: strict),
        .target(
            name: "WasmBinary", dependencies: ["Diagnostics", "WasmInstructionTable", "WasmSpec"],
            swiftSettings: strict),
        .target(name: "WasmDebugInfo", dependencies: ["WasmSpec"], swiftSettings: strict),
        .target(name: "WasmText", dependencies: moduleTargets, swiftSettings: strict),
        .target(name: "WasmValidation", dependencies: moduleTargets + ["Support"], swiftSettings: strict),
        .target(name: "WasmProfile", dependencies: moduleTargets, swiftSettings: strict),
        .target(
            name: "WasmFuzz", dependencies: ["WasmSpec", "WasmInstructionTable", "WasmBinary"], swiftSettings: strict),
        .target(
            name: "WasmInterpreter", dependencies: moduleTargets + ["WasmValidation"],
            swiftSettings: strict + interpreterFlags),
        .systemLibrary(name: "CLLVM"),
        .target(name: "LLVMPasses", cxxSettings: strictLLVMExtension),
        .target(name: "MachineCode", cxxSettings: strictLLVMExtension),
        .target(
            name: "LLVMBridge", dependencies: ["CLLVM", "CLinux", "LLVMPasses", "MachineCode"],
            swiftSettings: strictWithLLVM,
            linkerSettings: llvmLinkerSettings),
        .target(name: "StrictLoads", dependencies: ["LLVMBridge"], swiftSettings: strictWithLLVM),
        .target(
            name: "WasmHostTable", dependencies: ["CWasmcABI", "Diagnostics", "WasmSpec", "WasmValidation"],
            swiftSettings: strict),
        // The runtime's host functions, for the interpreter: what a program needs besides (start, signals, stack,
        // memories) is the interpreter's, and `src/host` takes the place of what ends a process.
        .target(
            name: "CWasmcRuntime", path: "runtime-c",
            exclude: ["Makefile", "README.md", "tests", "include/wasmc"],
            sources: [
                "src/alarm.c", "src/arena.c", "src/coredump.c", "src/coredump_file.c", "src/coredump_output.c",
                "src/ctx.c", "src/gc/report.c", "src/grants.c", "src/grants_ceiling.c",
                "src/grants_modules.c", "src/grants_parse.c", "src/grants_table.c", "src/grants_words.c",
                "src/guest.c", "src/guest_copy.c", "src/import_text.c", "src/invoke.c", "src/number.c",
                "src/source_text.c", "src/text.c",
                "src/trap_place.c", "src/exception_text.c", "src/threads_started.c", "src/value_number.c",
                "src/value_text.c",
                "src/net/address.c", "src/net/address_text.c", "src/net/answers.c", "src/net/ceiling.c",
                "src/net/ceiling_words.c", "src/net/channel.c", "src/net/endpoint.c", "src/net/endpoint_text.c",
                "src/net/forward_parse.c",
                "src/net/keeper_prefix.c", "src/net/learn.c", "src/net/name.c", "src/net/policy.c", "src/net/ports.c",
                "src/net/rule.c", "src/net/rule_error.c", "src/net/rules.c", "src/net/socket.c",
                "src/net/socket_ahead.c", "src/net/socket_asking.c", "src/net/socket_connect.c",
                "src/net/socket_fd.c", "src/net/socket_fresh.c", "src/net/socket_send.c", "src/net/socket_datagrams.c",
                "src/net/socket_names.c", "src/net/socket_options.c",
                "src/net/socket_paths.c", "src/net/socket_receive.c", "src/net/socket_state.c",
                "src/net/socket_twins.c", "src/net/socket_twins_receive.c", "src/net/socket_twins_send.c",
                "src/net/socket_unix.c", "src/sys/linux.c", "src/sys/linux_coredump.c", "src/sys/linux_epoll.c",
                "src/sys/linux_landlock.c",
                "src/sys/linux_network.c", "src/sys/linux_socket.c", "src/sys/linux_start.c", "src/wasi", "src/host",
            ],
            publicHeadersPath: "include/host",
            cSettings: [
                .define("_GNU_SOURCE"), .headerSearchPath("include"), .headerSearchPath("src"),
                .headerSearchPath("src/arch/x86_64"),
                .unsafeFlags(["-Wall", "-Wextra", "-Werror"]),
            ],
            linkerSettings: [.linkedLibrary("ffi")]),
        .target(
            name: "WasmHost",
            dependencies: moduleTargets + [
                "CWasmcABI", "CWasmcRuntime", "Support", "WasmDebugInfo", "WasmHostTable", "WasmInterpreter",
                "WasmProfile", "WasmValidation",
            ],
            swiftSettings: strict),
        .target(
            name: "WasmLowering",
            dependencies: moduleTargets + [
                "CWasmcABI", "LLVMBridge", "StrictLoads", "Support", "WasmDebugInfo", "WasmHostTable", "WasmProfile",
                "WasmValidation",
            ],
            swiftSettings: strictWithLLVM),
        .target(
            name: "WasmInitialization",
            dependencies: moduleTargets + ["Support", "WasmHostTable", "WasmInterpreter", "WasmValidation"],
            swiftSettings: strict),
        // What `wasmc --version` says; the Makefile knows the commit.
        .target(
            name: "CWasmcCommit",
            cSettings: Context.environment["WASMC_COMMIT"].map { [.define("WASMC_COMMIT", to: "\"\($0)\"")] } ?? []),
        .target(
            name: "WasmDriver",
            dependencies: moduleTargets + [
                "CLinux", "CSHA256", "CWasmcABI", "CWasmcRuntime", "LLVMBridge", "Support", "WasmDebugInfo",
                "WasmHostTable", "WasmInitialization", "WasmLowering", "WasmProfile", "WasmText", "WasmValidation",
            ],
            swiftSettings: strictWithLLVM),
        .target(
            name: "WasmScript",
            dependencies: moduleTargets + [
                "CWasmcABI", "Support", "WasmDriver", "WasmHostTable", "WasmInterpreter", "WasmLowering", "WasmText",
                "WasmValidation",
            ],
            swiftSettings: strictWithLLVM),
        .target(
            name: "WasmcCommands",
            dependencies: moduleTargets + [
                "CLinux", "CWasmcCommit", "LLVMBridge", "Support", "WasmDriver", "WasmHost", "WasmHostTable",
                "WasmLowering", "WasmProfile", "WasmScript", "WasmText", "WasmValidation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strictWithLLVM),
        // The Swift libraries become part of the executable, so that an installed wasmc needs none. Objects are compiled as
        // for the tests, whose library is no static one; so what static modules would say of Foundation is said here.
        .executableTarget(
            name: "wasmc", dependencies: ["WasmcCommands"], swiftSettings: strictWithLLVM,
            linkerSettings: [
                .unsafeFlags(["-static-stdlib"]),
                .linkedLibrary("_FoundationCShims"), .linkedLibrary("_FoundationCollections"),
            ] + allocators),
        .executableTarget(
            name: "wasmc-generate", dependencies: ["Diagnostics", "Support", "WasmInstructionTable"],
            swiftSettings: strict),
        .executableTarget(
            name: "wasmc-fuzz",
            dependencies: moduleTargets + [
                "Support", "WasmDebugInfo", "WasmFuzz", "WasmText", "WasmValidation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(
            name: "TestSupport", dependencies: ["Support"], path: "Tests/TestSupport", swiftSettings: tests),
        .testTarget(
            name: "WasmLoweringTests",
            dependencies: moduleTargets + [
                "CWasmcABI", "LLVMBridge", "Support", "WasmDriver", "WasmHostTable", "WasmLowering", "WasmText",
                "WasmValidation",
            ],
            swiftSettings: testsWithLLVM),
        .testTarget(name: "SupportTests", dependencies: ["Diagnostics", "Support"], swiftSettings: tests),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: tests),
        .testTarget(
            name: "WasmDriverTests",
            dependencies: [
                "CSHA256", "Diagnostics", "LLVMBridge", "Support", "TestSupport", "WasmDriver", "WasmLowering",
                "WasmValidation",
            ],
            swiftSettings: testsWithLLVM),
        .testTarget(
            name: "WasmcCommandsTests",
            dependencies: moduleTargets + ["Support", "WasmDriver", "WasmLowering", "WasmcCommands"],
            swiftSettings: testsWithLLVM),
        .testTarget(
            name: "WasmTextTests", dependencies: moduleTargets + ["TestSupport", "WasmText"],
            swiftSettings: tests),
        .testTarget(name: "WasmBinaryTests", dependencies: moduleTargets, swiftSettings: tests),
        .testTarget(
            name: "WasmDebugInfoTests",
            dependencies: moduleTargets + ["Support", "WasmDebugInfo", "WasmDriver", "WasmFuzz"],
            swiftSettings: testsWithLLVM),
        .testTarget(
            name: "WasmValidationTests", dependencies: moduleTargets + ["TestSupport", "WasmText", "WasmValidation"],
            swiftSettings: tests),
        .testTarget(
            name: "WasmInterpreterTests",
            dependencies: moduleTargets + ["WasmInterpreter", "WasmText", "WasmValidation"],
            swiftSettings: tests),
        .testTarget(
            name: "WasmInitializationTests",
            dependencies: moduleTargets + ["WasmInitialization", "WasmText", "WasmValidation"],
            swiftSettings: tests),
        .testTarget(
            name: "WasmScriptTests", dependencies: ["TestSupport", "WasmScript", "WasmInstructionTable"],
            swiftSettings: testsWithLLVM),
        .testTarget(
            name: "WasmProfileTests", dependencies: moduleTargets + ["WasmProfile", "WasmText"], swiftSettings: tests),
        .testTarget(
            name: "WasmFuzzTests", dependencies: moduleTargets + ["WasmFuzz", "WasmValidation"],
            swiftSettings: tests),
        .testTarget(
            name: "WasmHostTests",
            dependencies: moduleTargets + [
                "WasmHost", "WasmHostTable", "WasmInterpreter", "WasmText", "WasmValidation",
            ],
            swiftSettings: tests),
        .testTarget(
            name: "StrictLoadsTests", dependencies: ["LLVMBridge", "StrictLoads"],
            swiftSettings: testsWithLLVM),
        .testTarget(name: "LLVMBridgeTests", dependencies: ["LLVMBridge"], swiftSettings: testsWithLLVM),
    ],
    cLanguageStandard: .c11,
    cxxLanguageStandard: .cxx17
)

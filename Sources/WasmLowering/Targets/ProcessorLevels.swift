import CWasmcABI
import LLVMBridge

/// A set of CPUs with a documented meaning, of which a program says at its start whether it runs on one.
public struct ProcessorLevel: Sendable {
    /// LLVM's name, and that of the command line.
    public let name: String
    /// How the runtime knows it.
    let code: wasmc_cpu_level
}

extension Architecture {
    /// The levels of the instruction set, lowest first; the first is its baseline.
    public var processorLevels: [ProcessorLevel] {
        switch self {
        case .x86_64:
            [
                ProcessorLevel(name: "x86-64", code: WASMC_CPU_BASELINE),
                ProcessorLevel(name: "x86-64-v2", code: WASMC_CPU_X86_64_V2),
                ProcessorLevel(name: "x86-64-v3", code: WASMC_CPU_X86_64_V3),
                ProcessorLevel(name: "x86-64-v4", code: WASMC_CPU_X86_64_V4),
            ]
        }
    }

    /// The level that programs are compiled for unless another one is named.
    public var defaultProcessor: String {
        switch self {
        case .x86_64: "x86-64-v2"
        }
    }
}

extension Architecture {
    /// Assembly of a function of that name that jumps to where the pointer at the symbol `slot` says.
    func jump(from name: String, through slot: String) -> String {
        switch self {
        case .x86_64:
            """
            .section .text.\(name),"ax",@progbits
            .globl \(name)
            .hidden \(name)
            .type \(name),@function
            \(name):
            jmpq *\(slot)(%rip)
            .size \(name), . - \(name)
            .hidden \(slot)
            """
        }
    }
}

extension CompileOptions {
    /// All levels that functions may be compiled for, the lowest first.
    var cpuLevels: [String] { [targetCPU] + cloneCPUs }

    /// The level that is compiled for; nil for a CPU that is none.
    var processorLevel: ProcessorLevel? { architecture.processorLevels.first { $0.name == targetCPU } }
}

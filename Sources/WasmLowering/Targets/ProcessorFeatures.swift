// What of an instruction set the lowering itself chooses by. Everything else is LLVM's choice.

import LLVMBridge

/// What the CPUs that are compiled for can do; on x86-64, which vector extensions code may use.
///
/// LLVM turns most operations that a CPU lacks into others. Two it cannot: the intrinsic for `pshufb` has to be selected as
/// it is, and rounding becomes calls of the C library's functions, of which `roundeven` is in none that we link.
struct ProcessorFeatures: Equatable {
    /// Each implies those before it.
    private enum Extension: Int {
        case sse2, sse3, ssse3, sse41

        /// The extension of LLVM's name, or the highest of these that it implies. A name that is missing here means
        /// slower code, not wrong code.
        init?(implied name: Substring) {
            switch name {
            case "sse4.1", "sse4.2", "f16c", "fma", "fma4", "xop", "vaes", "vpclmulqdq", "sha512", "sm3", "sm4":
                self = .sse41
            case _ where name.hasPrefix("avx"): self = .sse41
            case "ssse3": self = .ssse3
            case "sse3", "sse4a": self = .sse3
            default: return nil
            }
        }

        /// What is left without the feature of that name: LLVM also takes away what implies it.
        init?(without name: Substring) {
            switch name {
            case "sse3": self = .sse2
            case "ssse3": self = .sse3
            case "sse4.1": self = .ssse3
            default: return nil
            }
        }
    }

    /// Whether shuffling bytes by a vector of indices is one instruction.
    let shufflesBytes: Bool
    /// Whether rounding floating-point numbers to integral ones is one instruction.
    let roundsFloats: Bool

    /// - Parameters:
    ///   - processor: LLVM's name of a CPU. For one that is no level of x86-64, `features` are complete.
    ///   - features: `+a,-b`; later words win.
    init(_ architecture: Architecture, processor: String, features: String) {
        switch architecture {
        case .x86_64:
            let highest = Self.highestExtension(processor, features)
            shufflesBytes = highest.rawValue >= Extension.ssse3.rawValue
            roundsFloats = highest.rawValue >= Extension.sse41.rawValue
        }
    }

    /// The highest of x86's extensions that may be used.
    private static func highestExtension(_ processor: String, _ features: String) -> Extension {
        var highest = ["x86-64-v2", "x86-64-v3", "x86-64-v4"].contains(processor) ? Extension.sse41 : .sse2
        for word in features.split(separator: ",") {
            let name = word.dropFirst()
            if word.hasPrefix("+"), let added = Extension(implied: name), added.rawValue > highest.rawValue {
                highest = added
            } else if word.hasPrefix("-"), let rest = Extension(without: name), rest.rawValue < highest.rawValue {
                highest = rest
            }
        }
        return highest
    }
}

extension CompileOptions {
    var processorFeatures: ProcessorFeatures {
        ProcessorFeatures(architecture, processor: targetCPU, features: targetFeatures)
    }
}

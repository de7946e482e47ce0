import CLLVM
import CLinux
import Glibc

/// Process-wide state of the LLVM library: version, registered targets, fatal errors.
public enum LLVMLibrary {
    /// Version of the library that is loaded, such as "22.1.8".
    public static let version: String = {
        var major: UInt32 = 0
        var minor: UInt32 = 0
        var patch: UInt32 = 0
        LLVMGetVersion(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }()

    /// The file of the library that is loaded; empty when that is not known.
    public static let path: String = {
        var origin = wasmc_code_origin()
        let function:
            @convention(c) (UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?)
                -> Void = LLVMGetVersion
        let address = unsafeBitCast(function, to: UnsafeRawPointer.self)
        guard wasmc_code_origin(address, &origin) != 0, let file = origin.file else { return "" }
        return String(cString: file)
    }()

    /// Runs once, before the first context exists: compares versions and takes over fatal errors.
    static let isPrepared: Bool = {
        var major: UInt32 = 0
        LLVMGetVersion(&major, nil, nil)
        guard major == UInt32(WASMC_LLVM_HEADER_MAJOR) else {
            // Enumerations and structure layouts may differ: going on would corrupt memory.
            reportInternalError("built for LLVM \(WASMC_LLVM_HEADER_MAJOR), loaded LLVM \(version)")
        }
        LLVMInstallFatalErrorHandler { reason in
            reportInternalError(reason.map { String(cString: $0) } ?? "no reason given")
        }
        return true
    }()

    /// Runs once: registers the code generators. Swift's lazy initialisation makes this safe from any thread.
    static let areTargetsInitialized: Bool = {
        LLVMInitializeX86TargetInfo()
        LLVMInitializeX86Target()
        LLVMInitializeX86TargetMC()
        LLVMInitializeX86AsmPrinter()
        LLVMInitializeX86AsmParser()
        LLVMInitializeAArch64TargetInfo()
        LLVMInitializeAArch64Target()
        LLVMInitializeAArch64TargetMC()
        LLVMInitializeAArch64AsmPrinter()
        LLVMInitializeAArch64AsmParser()
        LLVMInitializeRISCVTargetInfo()
        LLVMInitializeRISCVTarget()
        LLVMInitializeRISCVTargetMC()
        LLVMInitializeRISCVAsmPrinter()
        LLVMInitializeRISCVAsmParser()
        return true
    }()

    /// Sets LLVM's own command-line options, such as "-vectorize-loops=false". They hold for the process: call this
    /// once, before the first context. LLVM ignores an option that it does not know.
    public static func setOptions(_ options: [String]) {
        let arguments = (["wasmc"] + options).map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        let pointers = arguments.map { UnsafePointer($0) }
        LLVMParseCommandLineOptions(Int32(pointers.count), pointers, nil)
    }

    /// Exit status after a fatal error inside LLVM (`EX_SOFTWARE` of sysexits.h): neither an error in the
    /// input (1), nor usage (2), nor a trap (134, which LLVM's own `abort` would look like).
    public static let internalErrorStatus: Int32 = 70
}

/// Writes one line to standard error and ends the process; LLVM is in no state to be unwound or used again.
private func reportInternalError(_ reason: String) -> Never {
    var line = Array("internal error: LLVM: \(reason)\n".utf8)
    while !line.isEmpty {
        let written = write(STDERR_FILENO, line, line.count)
        if written <= 0 { break }
        line.removeFirst(written)
    }
    _exit(LLVMLibrary.internalErrorStatus)
}

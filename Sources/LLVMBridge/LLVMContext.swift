import CLLVM

/// Owns an LLVM context: types, constants and metadata live in it.
///
/// A context belongs to one thread at a time. Everything that was made from it keeps it alive only through
/// `IRModule`, `IRBuilder` and `DIBuilder`; the small reference structures do not.
///
/// Errors that passes and code generators report are collected and thrown by the operation that caused
/// them: LLVM's default handler would print them and end the process.
public final class LLVMContext {
    public let ref: OpaquePointer
    let sink: DiagnosticSink

    public let void: IRType
    public let i1: IRType
    public let i8: IRType
    public let i16: IRType
    public let i32: IRType
    public let i64: IRType
    public let i128: IRType
    public let f32: IRType
    public let f64: IRType
    /// An opaque pointer in address space 0.
    public let ptr: IRType

    public init() {
        precondition(LLVMLibrary.isPrepared)
        let context: OpaquePointer = LLVMContextCreate()
        ref = context
        sink = DiagnosticSink()
        void = IRType(LLVMVoidTypeInContext(context))
        i1 = IRType(LLVMInt1TypeInContext(context))
        i8 = IRType(LLVMInt8TypeInContext(context))
        i16 = IRType(LLVMInt16TypeInContext(context))
        i32 = IRType(LLVMInt32TypeInContext(context))
        i64 = IRType(LLVMInt64TypeInContext(context))
        i128 = IRType(LLVMInt128TypeInContext(context))
        f32 = IRType(LLVMFloatTypeInContext(context))
        f64 = IRType(LLVMDoubleTypeInContext(context))
        ptr = IRType(LLVMPointerTypeInContext(context, 0))
        LLVMContextSetDiagnosticHandler(context, receiveDiagnostic, Unmanaged.passUnretained(sink).toOpaque())
    }

    deinit { LLVMContextDispose(ref) }

    /// Whether names given to instructions and blocks are dropped. Saves time and memory where nobody reads
    /// the IR; names of functions and globals always stay.
    public var discardsValueNames: Bool {
        get { Bool(LLVMContextShouldDiscardValueNames(ref)) }
        set { LLVMContextSetDiscardValueNames(ref, LLVMBool(newValue)) }
    }

    /// Returns the warnings that were collected, and forgets them.
    public func takeWarnings() -> [String] {
        defer { sink.warnings.removeAll() }
        return sink.warnings
    }

    /// Throws the errors that were collected since the last call, as one error; forgets them.
    func throwCollectedErrors(as kind: LLVMError.Kind) throws(LLVMError) {
        guard !sink.errors.isEmpty else { return }
        defer { sink.errors.removeAll() }
        throw LLVMError(kind, sink.errors.joined(separator: "\n"))
    }
}

/// What the diagnostic handler of one context has received. A class, so that its address is stable.
final class DiagnosticSink {
    /// Enough to understand a failure; a broken module could otherwise report once per instruction.
    static let limit = 64

    var errors: [String] = []
    var warnings: [String] = []

    func receive(_ info: LLVMDiagnosticInfoRef) {
        let severity = LLVMGetDiagInfoSeverity(info)
        if severity == LLVMDSError, errors.count < Self.limit {
            errors.append(takeMessage(LLVMGetDiagInfoDescription(info)))
        } else if severity == LLVMDSWarning, warnings.count < Self.limit {
            warnings.append(takeMessage(LLVMGetDiagInfoDescription(info)))
        }
        // Remarks and notes tell what was optimized; nobody asked for them.
    }
}

private func receiveDiagnostic(_ info: LLVMDiagnosticInfoRef?, _ opaque: UnsafeMutableRawPointer?) {
    guard let info, let opaque else { return }
    Unmanaged<DiagnosticSink>.fromOpaque(opaque).takeUnretainedValue().receive(info)
}

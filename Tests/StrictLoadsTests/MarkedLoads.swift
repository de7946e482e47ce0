import LLVMBridge
import Testing

@testable import StrictLoads

/// The names of the loads in `body` that are marked, in order. In `body`, `guest i32 %p` is a guest load, and a
/// `store` without a tag is one to guest memory.
func marked(_ body: String) throws -> [String] {
    let context = LLVMContext()
    let declarations = """
        declare void @effect(i32)
        declare i32 @source()
        declare i32 @llvm.ctpop.i32(i32)
        declare void @trap() noreturn cold
        !0 = !{!"wasmc"}
        !1 = !{!"memory", !0, i64 0}
        !2 = !{!1, !1, i64 0}
        !3 = !{!"global", !0, i64 0}
        !4 = !{!3, !3, i64 0}
        @global = global i32 0

        """
    var lines: [String] = []
    for line in body.split(separator: "\n") {
        let parts = line.split(separator: " ")
        if let index = parts.firstIndex(of: "guest") {
            lines.append("\(parts[0]) = load \(parts[index + 1]), ptr \(parts[index + 2]), align 1, !tbaa !2")
        } else {
            lines.append(parts.first == "store" && !line.contains("!tbaa") ? "\(line), !tbaa !2" : String(line))
        }
    }
    let text = declarations + lines.joined(separator: "\n") + "\n"
    let module = try IRModule(parsing: MemoryBuffer(text), in: context)
    try module.verify()
    let counts = StrictLoads.mark(in: module, memoryTag: guestMemoryTag(context))
    var names: [String] = []
    for line in module.print().split(separator: "\n") where line.contains("load volatile") {
        names.append(String(line.split(separator: " ")[0].dropFirst()))
    }
    #expect(counts.marked == names.count)
    #expect(counts.loads == lines.filter { $0.contains(" = load") }.count)
    return names
}

/// The tag of what is accessed as `name`, below the root of the lowering's tags; the same node as in the text above.
func accessTag(_ name: String, _ context: LLVMContext) -> Metadata {
    let zero = context.metadata(context.constI64(0))
    let root = context.metadataNode([context.metadataString("wasmc")])
    let type = context.metadataNode([context.metadataString(name), root, zero])
    return context.metadataNode([type, type, zero])
}

func guestMemoryTag(_ context: LLVMContext) -> Metadata { accessTag("memory", context) }

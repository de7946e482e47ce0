import LLVMBridge
import Testing

@testable import StrictLoads

/// Which loads of functions written as LLVM IR are made volatile, and that LLVM keeps all the others.
@Suite struct StrictLoadsTests {
    // MARK: Straight code

    @Test func droppedValue() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p) {
                  %x = guest i32 %p
                  %y = add i32 %x, 1
                  ret void
                }
                """) == ["x"])
    }

    @Test func effects() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, ptr %q) {
                  %stored = guest i32 %p
                  store i32 %stored, ptr %q
                  %address = guest ptr %p
                  store i32 1, ptr %address
                  %passed = guest i32 %p
                  call void @effect(i32 %passed)
                  %exchanged = guest i32 %p
                  %old = atomicrmw xchg ptr %q, i32 %exchanged seq_cst
                  %returned = guest i32 %p
                  %half = lshr i32 %returned, 1
                  %bits = call i32 @llvm.ctpop.i32(i32 %half)
                  ret i32 %bits
                }
                """) == [])
    }

    /// The caller of `@pair` needs one of its results, that of `@whole` both.
    @Test func severalResults() throws {
        #expect(
            try marked(
                """
                define internal {i32, i32} @pair(ptr %p, i32 %n) {
                  %dropped = guest i32 %p
                  %first = insertvalue {i32, i32} poison, i32 %n, 0
                  %both = insertvalue {i32, i32} %first, i32 %dropped, 1
                  ret {i32, i32} %both
                }
                define internal {i32, i32} @whole(ptr %p, i32 %n) {
                  %used = guest i32 %p
                  %first = insertvalue {i32, i32} poison, i32 %n, 0
                  %both = insertvalue {i32, i32} %first, i32 %used, 1
                  ret {i32, i32} %both
                }
                define i32 @f(ptr %p, ptr %q) {
                  %pair = call {i32, i32} @pair(ptr %p, i32 1)
                  %a = extractvalue {i32, i32} %pair, 0
                  %whole = call {i32, i32} @whole(ptr %q, i32 %a)
                  %b = extractvalue {i32, i32} %whole, 0
                  call void @effect(i32 %b)
                  %c = extractvalue {i32, i32} %whole, 1
                  ret i32 %c
                }
                """) == ["dropped"])
    }

    @Test func uselessUses() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p) {
                  %slot = alloca i32
                  %stored = guest i32 %p
                  store i32 %stored, ptr %slot
                  %counted = guest i32 %p
                  %bits = call i32 @llvm.ctpop.i32(i32 %counted)
                  %global = guest i32 %p
                  store i32 %global, ptr @global, !tbaa !4
                  ret void
                }
                """) == ["stored", "counted", "global"])
    }

    /// Removed arguments, removed calls and removed results take the loads with them.
    @Test func callsThatLLVMSeesThrough() throws {
        #expect(
            try marked(
                """
                define i32 @first(i32 %x, i32 %y) {
                  call void @effect(i32 %x)
                  ret i32 %x
                }
                define internal i32 @compute(i32 %x) {
                  %y = mul i32 %x, %x
                  ret i32 %y
                }
                define internal i32 @compute_more(i32 %x) {
                  %y = call i32 @compute(i32 %x)
                  ret i32 %y
                }
                define internal i32 @ignored(ptr %p) {
                  %inside = guest i32 %p
                  ret i32 %inside
                }
                define internal i32 @used(ptr %p) {
                  %inside.used = guest i32 %p
                  ret i32 %inside.used
                }
                define i32 @f(ptr %p, ptr %q) {
                  %a = guest i32 %p
                  %b = guest i32 %q
                  %r = call i32 @first(i32 %a, i32 %b)
                  %c = guest i32 %p
                  %s = call i32 @compute_more(i32 %c)
                  %d = guest i32 %p
                  %t = call i32 @compute_more(i32 %d)
                  call i32 @ignored(ptr %p)
                  %u = call i32 @ignored(ptr %p)
                  %v = call i32 @used(ptr %p)
                  call void @effect(i32 %t)
                  call void @effect(i32 %u)
                  ret i32 %v
                }
                """) == ["inside", "b", "c"])
    }

    /// An inlined callee may use its argument on one of its paths, or hand it on to somebody who does.
    @Test func argumentsUsedSometimes() throws {
        #expect(
            try marked(
                """
                define internal void @sometimes(i32 %n, i32 %x) {
                  %c = icmp eq i32 %n, 0
                  br i1 %c, label %end, label %use
                use:
                  call void @effect(i32 %x)
                  br label %end
                end:
                  ret void
                }
                define internal void @pass(i32 %x, i32 %y) {
                  call void @sometimes(i32 %x, i32 %y)
                  ret void
                }
                define internal i32 @sum(i32 %n, i32 %x) {
                  %end = icmp eq i32 %n, 0
                  br i1 %end, label %last, label %more
                last:
                  ret i32 %x
                more:
                  %less = sub i32 %n, 1
                  %double = add i32 %x, %x
                  %r = call i32 @sum(i32 %less, i32 %double)
                  ret i32 %r
                }
                define i32 @f(ptr %p, ptr %q, ptr %callee) {
                  %n = guest i32 %p
                  %x = guest i32 %q
                  call void @pass(i32 %n, i32 %x)
                  %y = guest i32 %p
                  call void %callee(i32 %y)
                  %z = guest i32 %p
                  %r = call i32 @sum(i32 3, i32 %z)
                  ret i32 %r
                }
                """) == ["x"])
    }

    /// Who needs a result decides about loads in functions that only pass it on, and about branches in them.
    @Test func resultsThatNobodyNeeds() throws {
        #expect(
            try marked(
                """
                define internal i32 @get(ptr %p, i1 %c) {
                  %x = guest i1 %p
                  br i1 %x, label %a, label %b
                a:
                  ret i32 1
                b:
                  %y = guest i32 %p
                  ret i32 %y
                }
                define internal i32 @pass(ptr %p, i32 %n) {
                  %z = guest i32 %p
                  call void @effect(i32 %z)
                  %r = call i32 @get(ptr %p, i1 true)
                  ret i32 %r
                }
                define internal i32 @count(ptr %p, i32 %n) {
                  %more = icmp ne i32 %n, 0
                  br i1 %more, label %again, label %end
                again:
                  %less = sub i32 %n, 1
                  %w = guest i32 %p
                  %r = call i32 @count(ptr %p, i32 %less)
                  %s = add i32 %r, %w
                  ret i32 %s
                end:
                  ret i32 0
                }
                define i32 @f(ptr %p) {
                  %r = call i32 @pass(ptr %p, i32 2)
                  %s = add i32 %r, 1
                  %t = call i32 @count(ptr %p, i32 2)
                  ret i32 %t
                }
                """) == ["x", "y"])
    }

    /// The inner load is dropped and stays, and needs its address.
    @Test func addressOfADroppedLoad() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p) {
                  %outer = guest ptr %p
                  %field = getelementptr i8, ptr %outer, i64 8
                  %inner = guest i32 %field
                  ret void
                }
                """) == ["inner"])
    }

    @Test func selectThrowsOneAway() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, ptr %q, i1 %c) {
                  %first = guest i32 %p
                  %second = guest i32 %q
                  %condition = guest i1 %p
                  %either = select i1 %c, i32 %first, i32 %second
                  %either.2 = select i1 %condition, i32 %either, i32 7
                  %undecided = guest i1 %p
                  %same = select i1 %undecided, i32 %either.2, i32 %either.2
                  ret i32 %same
                }
                """) == ["first", "second", "undecided"])
    }

    // MARK: Branches

    @Test func oneArm() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p, ptr %q, i1 %c) {
                  %x = guest i32 %p
                  br i1 %c, label %then, label %end
                then:
                  store i32 %x, ptr %q
                  br label %end
                end:
                  ret void
                }
                """) == ["x"])
    }

    @Test func bothArms() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, ptr %q, i1 %c) {
                  %x = guest i32 %p
                  br i1 %c, label %then, label %else
                then:
                  store i32 %x, ptr %q
                  ret i32 0
                else:
                  ret i32 %x
                }
                """) == [])
    }

    /// `br_if` with a value: the edge alone uses it.
    @Test func edgeOfAPhi() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, i1 %c) {
                  %x = guest i32 %p
                  %y = guest i32 %p
                  br i1 %c, label %end, label %next
                next:
                  %z = add i32 %y, 1
                  br label %end
                end:
                  %either = phi i32 [ %x, %0 ], [ 0, %next ]
                  %both = phi i32 [ %y, %0 ], [ %z, %next ]
                  %sum = add i32 %either, %both
                  ret i32 %sum
                }
                """) == ["x"])
    }

    @Test func switchCases() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, i32 %n) {
                  %x = guest i32 %p
                  %y = guest i32 %p
                  %selector = guest i32 %p
                  switch i32 %selector, label %other [ i32 0, label %zero i32 1, label %zero i32 2, label %two ]
                zero:
                  %a = add i32 %x, %y
                  ret i32 %a
                two:
                  %b = mul i32 %x, %y
                  ret i32 %b
                other:
                  ret i32 %x
                }
                """) == ["y"])
    }

    /// A load that only decides about nothing is not needed.
    @Test func decisions() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, ptr %q) {
                  %nothing = guest i1 %p
                  br i1 %nothing, label %empty, label %a
                empty:
                  br label %a
                a:
                  %effect = guest i1 %p
                  br i1 %effect, label %full, label %b
                full:
                  call void @effect(i32 1)
                  br label %b
                b:
                  %value = guest i1 %p
                  br i1 %value, label %one, label %two
                one:
                  br label %c
                two:
                  br label %c
                c:
                  %chosen = phi i32 [ 1, %one ], [ 2, %two ]
                  %same = guest i1 %p
                  br i1 %same, label %three, label %d
                three:
                  br label %d
                d:
                  %unused = phi i32 [ 1, %c ], [ 2, %three ]
                  %equal = phi i32 [ 5, %c ], [ 5, %three ]
                  %sum = add i32 %chosen, %equal
                  ret i32 %sum
                }
                """) == ["nothing", "same"])
    }

    @Test func bothWaysEndAlike() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p) {
                  %x = guest i1 %p
                  br i1 %x, label %a, label %b
                a:
                  ret void
                b:
                  ret void
                }
                """) == ["x"])
    }

    // MARK: Traps

    /// The load may trap before the branch does, and which trap comes first can be seen.
    @Test func trapsCountAsPaths() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, i32 %d) {
                  %x = guest i32 %p
                  %is_zero = icmp eq i32 %d, 0
                  br i1 %is_zero, label %trap, label %next
                trap:
                  call void @effect(i32 0)
                  br label %last
                last:
                  call void @trap()
                  unreachable
                next:
                  %q = udiv i32 %x, %d
                  ret i32 %q
                }
                """) == ["x"])
    }

    @Test func guardingATrap() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p) {
                  %x = guest i32 %p
                  %is_zero = icmp eq i32 %x, 0
                  br i1 %is_zero, label %trap, label %next
                trap:
                  call void @trap()
                  unreachable
                next:
                  ret void
                }
                """) == [])
    }

    /// In a function that never returns, ways to different traps are different ways.
    @Test func functionThatDoesNotReturn() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p, i1 %c) {
                  %x = guest i32 %p
                  %y = guest i32 %p
                  call void @effect(i32 %y)
                  br i1 %c, label %a, label %b
                a:
                  call void @effect(i32 %x)
                  unreachable
                b:
                  call void @trap()
                  unreachable
                }
                """) == ["x"])
    }

    // MARK: Many

    /// Time must not grow with the square of the function's size.
    @Test func longFunctions() throws {
        var body = "define void @f(ptr %p, ptr %q, i1 %c) {\n"
        for index in 0..<3000 {
            body += """
                  %x\(index) = guest i32 %p
                  br i1 %c, label %then\(index), label %end\(index)
                then\(index):
                  call void @effect(i32 %x\(index))
                  br label %end\(index)
                end\(index):

                """
        }
        for index in 0..<3000 where index % 2 == 0 { body += "  store i32 %x\(index), ptr %q\n" }
        body += "  ret void\n}"
        let names = try marked(body)
        // Too far away to be found, except for the last few.
        #expect((1500...2999).contains(names.count))
    }

    /// Only loads of guest memory count. They come volatile from the simplification before.
    @Test func otherLoads() throws {
        let context = LLVMContext()
        let kind = context.metadataKind("tbaa")
        let (memory, sizes) = (guestMemoryTag(context), accessTag("size", context))
        let module = IRModule("test", in: context)
        let builder = IRBuilder(module)
        let function = module.addFunction("f", context.functionType([context.ptr], returning: context.i32))
        builder.positionAtEnd(function.appendBlock())
        let size = builder.load(context.i32, function.parameter(0))
        size.setMetadata(kind, sizes)
        let plain = builder.load(context.i32, function.parameter(0))
        let unneeded = builder.load(context.i32, function.parameter(0), isVolatile: true)
        unneeded.setMetadata(kind, memory)
        let needed = builder.load(context.i32, function.parameter(0), isVolatile: true)
        needed.setMetadata(kind, memory)
        builder.ret(needed)
        let counts = StrictLoads.mark(in: module, memoryTag: memory)
        #expect([size, plain, unneeded, needed].map(\.isVolatile) == [false, false, true, false])
        #expect(counts.loads == 2 && counts.marked == 1)
    }
}

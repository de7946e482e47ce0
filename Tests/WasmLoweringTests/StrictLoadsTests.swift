import LLVMBridge
import Testing

@testable import WasmLowering

/// Which loads of functions written as LLVM IR are made volatile, and that LLVM keeps all the others.
@Suite struct StrictLoadsTests {
    /// The names of the loads in `body` that are marked, in order. In `body`, `guest i32 %p` is a guest load, and a
    /// `store` without a tag is one to guest memory.
    private func marked(_ body: String) throws -> [String] {
        let context = LLVMContext()
        let tags = AliasTags(context)
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
        let counts = StrictLoads.mark(in: module, memoryTag: tags.memory)
        var names: [String] = []
        for line in module.print().split(separator: "\n") where line.contains("load volatile") {
            names.append(String(line.split(separator: " ")[0].dropFirst()))
        }
        #expect(counts.marked == names.count)
        #expect(counts.loads == lines.filter { $0.contains(" = load") }.count)
        return names
    }

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
                define i32 @f(ptr %p) {
                  %a = guest i32 %p
                  %b = guest i32 %p
                  %r = call i32 @first(i32 %a, i32 %b)
                  %c = guest i32 %p
                  %s = call i32 @compute_more(i32 %c)
                  %d = guest i32 %p
                  %t = call i32 @compute_more(i32 %d)
                  call i32 @ignored(ptr %p)
                  %u = call i32 @ignored(ptr %p)
                  %v = call i32 @used(ptr %p)
                  %w = add i32 %t, %u
                  %z = add i32 %w, %v
                  ret i32 %z
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
                define i32 @f(ptr %p, ptr %callee) {
                  %n = guest i32 %p
                  %x = guest i32 %p
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

    // MARK: Computations that may come to nothing

    /// A call that gives a constant, or passes on what may be one, may make a copy in which `m` is 0.
    @Test func masksFromCallers() throws {
        #expect(
            try marked(
                """
                define internal i32 @mask(ptr %p, i32 %m, i32 %n) {
                  %x = guest i32 %p
                  %y = guest i32 %p
                  %a = and i32 %x, %m
                  %b = and i32 %y, %n
                  %c = xor i32 %a, %b
                  ret i32 %c
                }
                define internal i32 @pass(ptr %p, i32 %m, i32 %n) {
                  %r = call i32 @mask(ptr %p, i32 %m, i32 %n)
                  ret i32 %r
                }
                define i32 @f(ptr %p, i32 %n) {
                  %r = call i32 @pass(ptr %p, i32 0, i32 %n)
                  %other = call i32 @source()
                  %s = call i32 @pass(ptr %p, i32 %other, i32 %n)
                  %t = add i32 %r, %s
                  ret i32 %t
                }
                """) == ["x"])
    }

    @Test func productsWithResults() throws {
        #expect(
            try marked(
                """
                define internal i32 @zero() {
                  ret i32 0
                }
                define i32 @f(ptr %p, ptr %q) {
                  %z = call i32 @zero()
                  %x = guest i32 %p
                  %a = mul i32 %x, %z
                  %y = guest i32 %p
                  %u = call i32 @source()
                  %b = mul i32 %y, %u
                  %v = guest i32 %p
                  %w = guest i32 %p
                  %c = and i32 %v, %w
                  %d = add i32 %a, %b
                  %e = add i32 %c, %d
                  ret i32 %e
                }
                """) == ["x"])
    }

    /// The first round may become one of its own.
    @Test func productsWithCounters() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, i32 %n, i32 %k) {
                entry:
                  br label %loop
                loop:
                  %i = phi i32 [ 0, %entry ], [ %i.next, %loop ]
                  %s = phi i32 [ %n, %entry ], [ %s.next, %loop ]
                  %x = guest i32 %p
                  %product = mul i32 %x, %i
                  %y = guest i32 %p
                  %scaled = mul i32 %y, %k
                  %sum = add i32 %product, %scaled
                  %s.next = add i32 %s, %sum
                  %i.next = add i32 %i, 1
                  %more = icmp ult i32 %i.next, %n
                  br i1 %more, label %loop, label %exit
                exit:
                  ret i32 %s.next
                }
                """) == ["x"])
    }

    /// Nothing is greater than the largest number, and no byte is 300.
    @Test func comparisonsWithResults() throws {
        #expect(
            try marked(
                """
                define internal i32 @bound() {
                  ret i32 2147483647
                }
                define i32 @f(ptr %p, i32 %n) {
                  %limit = call i32 @bound()
                  %unknown = call i32 @source()
                  %x = guest i32 %p
                  %a = icmp sgt i32 %x, %limit
                  %y = guest i32 %p
                  %b = icmp eq i32 %y, %limit
                  %bits = call i32 @llvm.ctpop.i32(i32 %limit)
                  %z = guest i8 %p
                  %z.wide = zext i8 %z to i32
                  %c = icmp eq i32 %z.wide, %bits
                  %v = guest i8 %p
                  %v.wide = zext i8 %v to i32
                  %d = icmp ult i32 %unknown, %v.wide
                  %w = guest i32 %p
                  %e = icmp ult i32 %w, %n
                  %ab = xor i1 %a, %b
                  %cd = xor i1 %c, %d
                  %abcd = xor i1 %ab, %cd
                  %r = xor i1 %abcd, %e
                  %result = zext i1 %r to i32
                  ret i32 %result
                }
                """) == ["x", "z"])
    }

    /// A counter that starts with a number at the end of the range: nothing is less than the first.
    @Test func comparisonsWithCounters() throws {
        func marked(_ comparison: String) throws -> [String] {
            try self.marked(
                """
                define i32 @f(ptr %p, i32 %n) {
                entry:
                  br label %loop
                loop:
                  %i = phi i32 [ 0, %entry ], [ %i.next, %loop ]
                  %s = phi i32 [ %n, %entry ], [ %s.next, %loop ]
                  %x = guest i32 %p
                  %c = icmp \(comparison)
                  %c.wide = zext i1 %c to i32
                  %s.next = add i32 %s, %c.wide
                  %i.next = add i32 %i, 1
                  %more = icmp ult i32 %i.next, %n
                  br i1 %more, label %loop, label %exit
                exit:
                  ret i32 %s.next
                }
                """)
        }
        #expect(try marked("ult i32 %x, %i") == ["x"])
        #expect(try marked("ugt i32 %i, %x") == ["x"])
        #expect(try marked("ugt i32 %x, %i") == [])
        #expect(try marked("slt i32 %x, %i") == [])
        #expect(try marked("eq i32 %x, %i") == [])
    }

    /// Both outcomes of a choice may be the same number.
    @Test func choicesBetweenUnknownConstants() throws {
        #expect(
            try marked(
                """
                define internal i32 @choose(ptr %p, i32 %m, i32 %n) {
                  %x = guest i1 %p
                  %a = select i1 %x, i32 %m, i32 5
                  %y = guest i1 %p
                  %b = select i1 %y, i32 %n, i32 5
                  %z = guest i1 %p
                  br i1 %z, label %then, label %end
                then:
                  br label %end
                end:
                  %c = phi i32 [ 5, %0 ], [ %m, %then ]
                  %d = add i32 %a, %b
                  %e = add i32 %c, %d
                  ret i32 %e
                }
                define i32 @f(ptr %p, i32 %n) {
                  %r = call i32 @choose(ptr %p, i32 5, i32 %n)
                  ret i32 %r
                }
                """) == ["x", "z"])
    }

    /// What a function finds out about another after many rounds does not matter: it stays on the safe side.
    @Test func longChainsOfCalls() throws {
        var body = "define internal i32 @f0(ptr %p) {\n  %x0 = guest i32 %p\n  ret i32 %x0\n}\n"
        for index in 1...50 {
            body += """
                define internal i32 @f\(index)(ptr %p) {
                  %x\(index) = guest i32 %p
                  %r = call i32 @f\(index - 1)(ptr %p)
                  %s = add i32 %r, %x\(index)
                  ret i32 %s
                }

                """
        }
        let needed = body + "define i32 @f(ptr %p) {\n  %r = call i32 @f50(ptr %p)\n  ret i32 %r\n}\n"
        #expect(try marked(needed) == [])
        let ignored = body + "define void @f(ptr %p) {\n  %r = call i32 @f50(ptr %p)\n  ret void\n}\n"
        #expect(try marked(ignored).count == 51)
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

    // MARK: Loops

    @Test func reductionTestedAtTheHead() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, i64 %n) {
                entry:
                  br label %head
                head:
                  %i = phi i64 [ 0, %entry ], [ %i.next, %body ]
                  %s = phi i32 [ 0, %entry ], [ %s.next, %body ]
                  %more = icmp ult i64 %i, %n
                  br i1 %more, label %body, label %exit
                body:
                  %a = getelementptr i32, ptr %p, i64 %i
                  %x = guest i32 %a
                  %s.next = add i32 %s, %x
                  %i.next = add i64 %i, 1
                  br label %head
                exit:
                  ret i32 %s
                }
                """) == [])
    }

    private func loop(_ result: String, _ extra: String = "") -> String {
        """
        define i32 @f(ptr %p, i64 %n, i1 %c) {
        entry:
          br label %loop
        loop:
          %i = phi i64 [ 0, %entry ], [ %i.next, %loop ]
          %s = phi i32 [ 0, %entry ], [ %s.next, %loop ]
          %a = getelementptr i32, ptr %p, i64 %i
          %x = guest i32 %a
          %s.next = add i32 %s, %x
          %i.next = add i64 %i, 1
          %more = icmp ult i64 %i.next, %n
          br i1 %more, label %loop, label %exit
        exit:
          \(extra)
          ret i32 \(result)
        }
        """
    }

    @Test func reductionTestedAtTheEnd() throws { #expect(try marked(loop("%s.next")) == []) }

    /// The phi lags behind: the last round's load is not in it.
    @Test func reductionWithoutTheLastRound() throws { #expect(try marked(loop("%s")) == ["x"]) }

    /// Whether the element is added or not, the sum so far is used; the element itself only when it is added.
    @Test func conditionalSum() throws {
        #expect(
            try marked(
                """
                define float @f(ptr %p, ptr %q, i64 %n) {
                entry:
                  %start = guest float %p
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %i.next, %loop ]
                  %s = phi float [ %start, %entry ], [ %s.next, %loop ]
                  %a = getelementptr float, ptr %p, i64 %i
                  %b = getelementptr i8, ptr %q, i64 %i
                  %x = guest float %a
                  %mask = guest i1 %b
                  %more.s = fadd float %s, %x
                  %s.next = select i1 %mask, float %more.s, float %s
                  %i.next = add i64 %i, 1
                  %more = icmp ult i64 %i.next, %n
                  br i1 %more, label %loop, label %exit
                exit:
                  ret float %s.next
                }
                """) == ["x"])
    }

    @Test func reductionUsedByNobody() throws { #expect(try marked(loop("0")) == ["x"]) }

    @Test func lastRoundOnly() throws { #expect(try marked(loop("%x")) == ["x"]) }

    @Test func reductionUsedSometimes() throws {
        let extra = """
              br i1 %c, label %none, label %all
            none:
              ret i32 0
            all:
            """
        #expect(try marked(loop("%s.next", extra)) == ["x"])
    }

    @Test func skippedByContinue() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p) {
                entry:
                  br label %loop
                loop:
                  %x = guest i32 %p
                  %again = call i32 @source()
                  %c = icmp eq i32 %again, 0
                  br i1 %c, label %loop, label %use
                use:
                  call void @effect(i32 %x)
                  %more = call i32 @source()
                  %d = icmp eq i32 %more, 0
                  br i1 %d, label %loop, label %exit
                exit:
                  ret void
                }
                """) == ["x"])
    }

    /// What is loaded decides when the loop ends, and so what the function gives.
    @Test func lengthOfAString() throws {
        #expect(
            try marked(
                """
                define ptr @f(ptr %p) {
                entry:
                  br label %loop
                loop:
                  %s = phi ptr [ %p, %entry ], [ %next, %loop ]
                  %x = guest i8 %s
                  %next = getelementptr i8, ptr %s, i64 1
                  %end = icmp eq i8 %x, 0
                  br i1 %end, label %exit, label %loop
                exit:
                  ret ptr %s
                }
                """) == [])
    }

    /// The same with a bound and without a result: LLVM can tell that the loop ends, and removes it.
    @Test func searchWithoutResult() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p) {
                entry:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %next, %more ]
                  %a = getelementptr i8, ptr %p, i64 %i
                  %x = guest i8 %a
                  %end = icmp eq i8 %x, 0
                  br i1 %end, label %exit, label %more
                more:
                  %next = add i64 %i, 1
                  %last = icmp eq i64 %next, 100
                  br i1 %last, label %exit, label %loop
                exit:
                  ret void
                }
                """) == ["x"])
    }

    /// Each load needs the one before; nobody needs the last. One volatile load holds the others.
    @Test func listWithoutResult() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p, i64 %n) {
                entry:
                  %first = guest ptr %p
                  br label %loop
                loop:
                  %node = phi ptr [ %first, %entry ], [ %link, %loop ]
                  %i = phi i64 [ 0, %entry ], [ %i.next, %loop ]
                  %link = guest ptr %node
                  %i.next = add i64 %i, 1
                  %more = icmp ult i64 %i.next, %n
                  br i1 %more, label %loop, label %exit
                exit:
                  ret void
                }
                """) == ["link"])
    }

    // MARK: Loops without end

    @Test func endlessLoop() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p, ptr %q) {
                entry:
                  br label %loop
                loop:
                  %s = phi i32 [ 0, %entry ], [ %s.next, %end ]
                  %unused = guest i32 %p
                  %s.next = add i32 %s, %unused
                  %stored = guest i32 %p
                  %condition = guest i1 %p
                  %nothing = guest i1 %p
                  br i1 %condition, label %a, label %b
                a:
                  store i32 1, ptr %q
                  br label %b
                b:
                  store i32 %stored, ptr %q
                  br i1 %nothing, label %c, label %end
                c:
                  br label %end
                end:
                  br label %loop
                }
                """) == ["unused", "nothing"])
    }

    @Test func endlessLoopBeforeTheUse() throws {
        #expect(
            try marked(
                """
                define void @f(ptr %p, ptr %q, i1 %c) {
                  %x = guest i32 %p
                  br i1 %c, label %forever, label %end
                forever:
                  br label %forever
                end:
                  store i32 %x, ptr %q
                  ret void
                }
                """) == ["x"])
    }

    // MARK: Code generation

    /// A volatile load stays a load of its own, whatever the select becomes.
    @Test(arguments: [("x86-64", "i32"), ("x86-64", "double"), ("x86-64-v4", "float"), ("x86-64-v4", "<4 x i32>")])
    func selectsOfVolatileLoads(_ cpu: String, _ type: String) throws {
        let context = LLVMContext()
        let text = """
            define \(type) @f(ptr %p, i1 %c, \(type) %y) {
              %x = load volatile \(type), ptr %p, align 1
              %s = select i1 %c, \(type) %x, \(type) zeroinitializer
              ret \(type) %s
            }
            """
        let module = try IRModule(parsing: MemoryBuffer(text), in: context)
        let machine = try TargetMachine(TargetMachineOptions(triple: "x86_64-unknown-linux-musl", cpu: cpu))
        module.setTarget(machine)
        StrictLoads.addBarriers(in: module)
        try module.verify()
        let lines = try machine.emit(module, .assembly).text.split(separator: "\n")
        let body = lines.drop { $0 != "f:" && !$0.hasPrefix("f:") }.prefix { !$0.contains("retq") }
        let load = try #require(body.firstIndex { $0.contains("(%rdi)") })
        // Before any branch, and without a mask.
        #expect(!body[..<load].contains { $0.contains("\tj") })
        #expect(body[load].contains("\tmov") || body[load].contains("\tvmov"))
        #expect(!body[load].contains("{%k"))
    }

    /// No register class of x86-64 has the types of the narrow vector loads, and none of SSE those of wide ones.
    @Test(arguments: [
        "<2 x i32>", "<4 x i16>", "<8 x i8>", "<2 x float>", "<4 x i8>", "<2 x double>", "i8", "<8 x i32>", "<3 x i32>",
    ])
    func barriersOfOtherLoads(_ type: String) throws {
        let context = LLVMContext()
        let text = """
            define \(type) @f(ptr %p, i1 %c) {
              %x = load volatile \(type), ptr %p, align 1
              %s = select i1 %c, \(type) %x, \(type) zeroinitializer
              ret \(type) %s
            }
            """
        let module = try IRModule(parsing: MemoryBuffer(text), in: context)
        let options = TargetMachineOptions(triple: "x86_64-unknown-linux-musl", cpu: "x86-64-v2", optLevel: .none)
        let machine = try TargetMachine(options)
        module.setTarget(machine)
        StrictLoads.addBarriers(in: module)
        try module.verify()
        #expect(try !machine.emit(module, .object).bytes.isEmpty)
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
        let tags = AliasTags(context)
        let module = IRModule("test", in: context)
        let builder = IRBuilder(module)
        let function = module.addFunction("f", context.functionType([context.ptr], returning: context.i32))
        builder.positionAtEnd(function.appendBlock())
        let size = builder.load(context.i32, function.parameter(0))
        size.setMetadata(tags.kind, tags.sizes)
        let plain = builder.load(context.i32, function.parameter(0))
        let unneeded = builder.load(context.i32, function.parameter(0), isVolatile: true)
        unneeded.setMetadata(tags.kind, tags.memory)
        let needed = builder.load(context.i32, function.parameter(0), isVolatile: true)
        needed.setMetadata(tags.kind, tags.memory)
        builder.ret(needed)
        let counts = StrictLoads.mark(in: module, memoryTag: tags.memory)
        #expect([size, plain, unneeded, needed].map(\.isVolatile) == [false, false, true, false])
        #expect(counts.loads == 2 && counts.marked == 1)
    }
}

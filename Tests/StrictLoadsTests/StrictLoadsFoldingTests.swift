import LLVMBridge
import Testing

@testable import StrictLoads

/// Loads that computations use which may come to the same whatever is loaded.
@Suite struct StrictLoadsFoldingTests {
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
                  %w = guest i32 %q
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
                  %a.wide = zext i1 %a to i32
                  call void @effect(i32 %a.wide)
                  %b.wide = zext i1 %b to i32
                  call void @effect(i32 %b.wide)
                  %c.wide = zext i1 %c to i32
                  call void @effect(i32 %c.wide)
                  %d.wide = zext i1 %d to i32
                  call void @effect(i32 %d.wide)
                  %e.wide = zext i1 %e to i32
                  ret i32 %e.wide
                }
                """) == ["x", "z"])
    }

    /// A counter that starts with a number at the end of the range: nothing is less than the first.
    @Test func comparisonsWithCounters() throws {
        func markedBeside(_ comparison: String) throws -> [String] {
            try marked(
                """
                define i32 @f(ptr %p, i32 %n) {
                entry:
                  br label %loop
                loop:
                  %i = phi i32 [ 0, %entry ], [ %i.next, %loop ]
                  %s = phi i32 [ %n, %entry ], [ %s.next, %loop ]
                  %place = getelementptr i32, ptr %p, i32 %i
                  %x = guest i32 %place
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
        #expect(try markedBeside("ult i32 %x, %i") == ["x"])
        #expect(try markedBeside("ugt i32 %i, %x") == ["x"])
        #expect(try markedBeside("ugt i32 %x, %i") == [])
        #expect(try markedBeside("slt i32 %x, %i") == [])
        #expect(try markedBeside("eq i32 %x, %i") == [])
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
}

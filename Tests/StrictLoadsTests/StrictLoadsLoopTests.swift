import LLVMBridge
import Testing

@testable import StrictLoads

/// Loads in loops, and before loops without end.
@Suite struct StrictLoadsLoopTests {
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
}

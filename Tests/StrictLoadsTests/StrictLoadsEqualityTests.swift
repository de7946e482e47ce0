import LLVMBridge
import Testing

@testable import StrictLoads

/// Loads that LLVM may make one of, and what may then not depend on them.
@Suite struct StrictLoadsEqualityTests {
    @Test func equalLoads() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, ptr %q) {
                  %a = guest i32 %p
                  %b = guest i32 %p
                  %double = mul i32 %a, 2
                  %shifted = shl i32 %b, 1
                  %zero = sub i32 %double, %shifted
                  %c = guest i32 %p
                  %d = guest i32 %q
                  %difference = sub i32 %c, %d
                  %e = guest i32 %p
                  %f = guest i32 %p
                  %sum = add i32 %e, %f
                  %g = guest i32 %p
                  %h = guest i32 %p
                  %product = mul i32 %g, %h
                  call void @effect(i32 %zero)
                  call void @effect(i32 %difference)
                  call void @effect(i32 %sum)
                  ret i32 %product
                }
                """) == ["a", "b"])
    }

    /// Of one value, too: sums are put in another order.
    @Test func oneValueTwice() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, i32 %n) {
                  %x = guest i32 %p
                  %a = add i32 %x, %n
                  %b = add i32 %x, 3
                  %c = sub i32 %a, %b
                  %y = guest i32 %p
                  %d = shl i32 %y, 5
                  %e = add i32 %d, %y
                  call void @effect(i32 %c)
                  ret i32 %e
                }
                """) == ["x"])
    }

    @Test func bytesInCommon() throws {
        #expect(
            try marked(
                """
                define i1 @f(ptr %p) {
                  %whole = guest i32 %p
                  %third = getelementptr i8, ptr %p, i64 3
                  %byte = guest i8 %third
                  %top = lshr i32 %whole, 24
                  %wide = zext i8 %byte to i32
                  %r = icmp ne i32 %top, %wide
                  %r.wide = zext i1 %r to i32
                  call void @effect(i32 %r.wide)
                  %fourth = getelementptr i8, ptr %p, i64 4
                  %apart = guest i8 %fourth
                  %other = guest i8 %p
                  %s = icmp ult i8 %apart, %other
                  ret i1 %s
                }
                """) == ["whole", "byte"])
    }

    /// A constant added to an index, or to an address.
    @Test func addresses() throws {
        #expect(
            try marked(
                """
                define i32 @f(i32 %i, i32 %j) {
                  %more = add i32 %i, 4
                  %wide = zext i32 %more to i64
                  %p = getelementptr i8, ptr inttoptr (i64 65536 to ptr), i64 %wide
                  %x = guest i32 %p
                  %index = zext i32 %i to i64
                  %q = getelementptr i8, ptr inttoptr (i64 65536 to ptr), i64 %index
                  %q4 = getelementptr i8, ptr %q, i64 4
                  %y = guest i32 %q4
                  %a = xor i32 %x, %y
                  %apart = guest i32 %q
                  %apart.too = guest i32 %q4
                  %b = xor i32 %apart, %apart.too
                  call void @effect(i32 %a)
                  ret i32 %b
                }
                """) == ["x", "y"])
    }

    /// What decides between equal values decides nothing.
    @Test func choices() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, ptr %q, i1 %n) {
                  %c = guest i1 %q
                  %a = guest i32 %p
                  %b = guest i32 %p
                  %r = select i1 %c, i32 %a, i32 %b
                  br label %next
                next:
                  %d = guest i1 %q
                  br i1 %d, label %left, label %right
                left:
                  %x = guest i32 %p
                  br label %end
                right:
                  %y = guest i32 %p
                  br label %end
                end:
                  %z = phi i32 [ %x, %left ], [ %y, %right ]
                  %s = add i32 %r, %z
                  ret i32 %s
                }
                """) == ["c", "a", "b", "d"])
    }

    /// An address that is chosen: `load` of it may become the load of either.
    @Test func chosenAddresses() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, ptr %q, i1 %c) {
                  br i1 %c, label %left, label %right
                left:
                  br label %join
                right:
                  br label %join
                join:
                  %r = phi ptr [ %p, %left ], [ %q, %right ]
                  %x = guest i32 %r
                  %y = guest i32 %q
                  %d = sub i32 %x, %y
                  ret i32 %d
                }
                """) == ["x", "y"])
    }

    /// In rounds of a loop, loads of different places stay apart. What is loaded from one place in all rounds does not.
    @Test func rounds() throws {
        func loop(_ place: String, _ operation: String) -> String {
            """
            define i32 @f(ptr %p, ptr %q, i32 %n) {
              br label %loop
            loop:
              %i = phi i32 [ 0, %0 ], [ %next, %loop ]
              %s = phi i32 [ 0, %0 ], [ %sum, %loop ]
              %moving = getelementptr i32, ptr %p, i32 %i
              %x = guest i32 \(place)
              %sum = \(operation) i32 %s, %x
              %next = add i32 %i, 1
              %more = icmp ult i32 %next, %n
              br i1 %more, label %loop, label %end
            end:
              ret i32 %sum
            }
            """
        }
        #expect(try marked(loop("%moving", "add")) == [])
        #expect(try marked(loop("%moving", "xor")) == [])
        #expect(try marked(loop("%q", "add")) == [])
        #expect(try marked(loop("%q", "xor")) == ["x"])
    }

    /// What two sums have in common may cancel, the rest does not.
    @Test func sums() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, ptr %q, ptr %r) {
                  %x = guest i32 %p
                  %y = guest i32 %q
                  %z = guest i32 %r
                  %a = mul i32 %x, %y
                  %b = mul i32 %x, %z
                  %c = sub i32 %a, %b
                  ret i32 %c
                }
                """) == ["x"])
    }

    /// The start is in both, the element in one: it is not the same whether it was added or not.
    @Test func conditionalSum() throws {
        #expect(
            try marked(
                """
                define i32 @f(ptr %p, ptr %q, ptr %r) {
                  %start = guest i32 %p
                  %x = guest i32 %q
                  %more = add i32 %start, %x
                  %c = guest i1 %r
                  %s = select i1 %c, i32 %more, i32 %start
                  ret i32 %s
                }
                """) == ["x"])
    }

    @Test func callees() throws {
        #expect(
            try marked(
                """
                define internal i32 @get(ptr %p) {
                  %inside = guest i32 %p
                  ret i32 %inside
                }
                define internal i32 @minus(i32 %x, i32 %y) {
                  %d = sub i32 %x, %y
                  ret i32 %d
                }
                define i32 @f(ptr %p, ptr %q) {
                  %a = guest i32 %p
                  %b = call i32 @get(ptr %p)
                  %r = xor i32 %a, %b
                  %c = guest i32 %p
                  %d = guest i32 %p
                  %s = call i32 @minus(i32 %c, i32 %d)
                  %e = guest i32 %p
                  %f = guest i32 %q
                  %t = call i32 @minus(i32 %e, i32 %f)
                  call void @effect(i32 %r)
                  call void @effect(i32 %s)
                  ret i32 %t
                }
                """) == ["inside", "a", "c", "d"])
    }

    /// Parameters that a call gives one address for.
    @Test func equalParameters() throws {
        func function(_ second: String) -> String {
            """
            define internal i32 @minus(ptr %p, ptr %q) {
              %a = guest i32 %p
              %b = guest i32 %q
              %d = sub i32 %a, %b
              ret i32 %d
            }
            define i32 @f(ptr %p, ptr %q) {
              %r = call i32 @minus(ptr %p, ptr \(second))
              ret i32 %r
            }
            """
        }
        #expect(try marked(function("%p")) == ["a", "b"])
        #expect(try marked(function("%q")) == [])
    }
}

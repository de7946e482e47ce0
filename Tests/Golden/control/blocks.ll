define i32 @if(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  br i1 %icmp, label %if.then, label %if.else
if.then:
  br label %if.end
if.else:
  br label %if.end
if.end:
  %phi = phi i32 [ 1, %if.then ], [ 2, %if.else ]
  ret i32 %phi
}

define i32 @if without else(i32 %p0, i32 %p1) {
  %icmp = icmp ne i32 %p0, 0
  br i1 %icmp, label %if.then, label %if.else
if.then:
  br label %if.end
if.else:
  br label %if.end
if.end:
  %phi = phi i32 [ 1, %if.then ], [ %p1, %if.else ]
  ret i32 %phi
}

define i32 @loop(i32 %p0) {
  br label %loop.head
loop.head:
  %phi = phi i32 [ %p0, %entry ], [ %sub, %loop.head ]
  %phi.2 = phi i32 [ 0, %entry ], [ %add, %loop.head ]
  %add = add i32 %phi.2, %phi
  %sub = sub i32 %phi, 1
  %icmp = icmp ne i32 %sub, 0
  br i1 %icmp, label %loop.head, label %next
next:
  ret i32 %add
}

define i64 @loop with parameters(i64 %p0) {
  br label %loop.head
loop.head:
  %phi = phi i64 [ %p0, %entry ], [ %add, %loop.head ]
  %add = add i64 %phi, 1
  br i1 true, label %loop.head, label %next
next:
  ret i64 %add
}

define { i32, i64 } @two results(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  br i1 %icmp, label %block.end, label %next
block.end:
  %phi = phi i32 [ 1, %entry ], [ 3, %next ]
  %phi.2 = phi i64 [ 2, %entry ], [ 4, %next ]
  %mrv = insertvalue { i32, i64 } poison, i32 %phi, 0
  %mrv.2 = insertvalue { i32, i64 } %mrv, i64 %phi.2, 1
  ret { i32, i64 } %mrv.2
next:
  br label %block.end
}

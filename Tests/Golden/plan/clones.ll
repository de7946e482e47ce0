define i32 @sum.x86-64-v2(i32 %p0) {
  br label %loop.head
loop.head:
  %phi = phi i32 [ %p0, %entry ], [ %sub, %loop.head ]
  %phi.2 = phi i32 [ 0, %entry ], [ %add, %loop.head ]
  %zext = zext i32 %phi to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %add = add i32 %phi.2, %load
  %sub = sub i32 %phi, 4
  %icmp = icmp ne i32 %sub, 0
  br i1 %icmp, label %loop.head, label %next
next:
  ret i32 %add
}

define i32 @sum.x86-64-v3(i32 %p0) {
  br label %loop.head
loop.head:
  %phi = phi i32 [ %p0, %entry ], [ %sub, %loop.head ]
  %phi.2 = phi i32 [ 0, %entry ], [ %add, %loop.head ]
  %zext = zext i32 %phi to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %add = add i32 %phi.2, %load
  %sub = sub i32 %phi, 4
  %icmp = icmp ne i32 %sub, 0
  br i1 %icmp, label %loop.head, label %next
next:
  ret i32 %add
}

define i32 @bits.x86-64-v2(i32 %p0) {
  br label %loop.head
loop.head:
  %phi = phi i32 [ %p0, %entry ], [ %shl, %loop.head ]
  %shl = shl i32 %phi, 1
  %call = call i32 @llvm.ctpop.i32(i32 %shl)
  %icmp = icmp ne i32 %call, 0
  br i1 %icmp, label %loop.head, label %next
next:
  %call.2 = notail call fastcc i32 @sum.x86-64-v2(i32 %shl)
  ret i32 %call.2
}

define i32 @bits.x86-64-v3(i32 %p0) {
  br label %loop.head
loop.head:
  %phi = phi i32 [ %p0, %entry ], [ %shl, %loop.head ]
  %shl = shl i32 %phi, 1
  %call = call i32 @llvm.ctpop.i32(i32 %shl)
  %icmp = icmp ne i32 %call, 0
  br i1 %icmp, label %loop.head, label %next
next:
  %call.2 = notail call fastcc i32 @sum.x86-64-v3(i32 %shl)
  ret i32 %call.2
}

define i32 @caller(i32 %p0) {
  %call = notail call fastcc i32 @sum(i32 %p0)
  %call.2 = notail call fastcc i32 @bits(i32 %p0)
  %add = add i32 %call, %call.2
  ret i32 %add
}

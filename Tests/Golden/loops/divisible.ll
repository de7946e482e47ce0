define void @up(i32 %p0, i32 %p1, i32 %p2) {
  %root = inttoptr i64 %add.5 to ptr
  %reroll.count = shl nuw nsw i64 %zext.4, 1
  %n.vec = and i64 %reroll.count, 8589934588
  store <2 x double> %fmul.3, ptr %gep.2, align 1, !tbaa memory
  store <2 x double> %fmul.4, ptr %gep.3, align 1, !tbaa memory
  %cmp.n = icmp eq i64 %reroll.count, %n.vec
  %counter6.ph = phi i64 [ 0, %fast ], [ %n.vec, %middle.block ]
  %counter4.ph = phi i64 [ 0, %fast ], [ %shl, %middle.block ]
  %counter = phi i64 [ %counter.next.2, %loop.head ], [ %counter6.ph, %loop.head.preheader ]
  %counter.2 = phi i64 [ %counter.next, %loop.head ], [ %counter4.ph, %loop.head.preheader ]
  %gep.4 = getelementptr i8, ptr %root, i64 %counter.2
  %gep.5 = getelementptr i8, ptr %root, i64 %counter.2
  %counter.next = add nuw nsw i64 %counter.2, 8
  %counter.next.2 = add nuw nsw i64 %counter, 1
  %icmp.3 = icmp eq i64 %counter.next.2, %reroll.count
}

define void @down(i32 %p0, i32 %p1, i32 %p2) {
  %root = inttoptr i64 %add.5 to ptr
  %reroll.count = shl nuw nsw i64 %zext.4, 1
  %n.vec = and i64 %reroll.count, 8589934588
  store <2 x double> %fmul.3, ptr %gep.2, align 1, !tbaa memory
  store <2 x double> %fmul.4, ptr %gep.3, align 1, !tbaa memory
  %cmp.n = icmp eq i64 %reroll.count, %n.vec
  %counter6.ph = phi i64 [ 0, %fast ], [ %n.vec, %middle.block ]
  %counter4.ph = phi i64 [ 0, %fast ], [ %shl, %middle.block ]
  %counter = phi i64 [ %counter.next.2, %loop.head ], [ %counter6.ph, %loop.head.preheader ]
  %counter.2 = phi i64 [ %counter.next, %loop.head ], [ %counter4.ph, %loop.head.preheader ]
  %gep.4 = getelementptr i8, ptr %root, i64 %counter.2
  %gep.5 = getelementptr i8, ptr %root, i64 %counter.2
  %counter.next = add nuw nsw i64 %counter.2, 8
  %counter.next.2 = add nuw nsw i64 %counter, 1
  %icmp.3 = icmp eq i64 %counter.next.2, %reroll.count
}

define void @by six(i32 %p0, i32 %p1, i32 %p2) {
  store <2 x double> %fmul, ptr %gep, align 1, !tbaa memory
  store <2 x double> %fmul.2, ptr %gep.2, align 1, !tbaa memory
}
